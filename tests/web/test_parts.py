from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import intake.web
from intake.render.differs import marked
from intake.store.events import Event
from intake.store.schema import PROGRAM
from intake.web import words
from intake.web.clocks import deadline
from intake.web.timeline import timeline_item

NUMBERS = [f"{number:06}" for number in range(1, 15)]


@pytest.mark.parametrize(
    ("said", "expected", "shown"),
    [
        ("12:03:12:34", "12:03:12:35", "12:03:12:3[4] 12:03:12:3[5]"),
        ("10:6C", "10:6c", "10:6[C] 10:6[c]"),
        ("abc", "abc", "abc abc"),
        ("12:03", "four pairs of characters", "12:03 four pairs of characters"),
        ("", "x", " x"),
        ("abcd", "wxyz", "abcd wxyz"),
    ],
)
def test_only_alike_values_of_one_length_are_marked(said: str, expected: str, shown: str) -> None:
    ours, theirs = marked(said, expected)
    assert theirs is not None
    written = ("".join(f"[{text}]" if differs else text for text, differs in each) for each in (ours, theirs))
    assert " ".join(written) == shown


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC), "end of Mon 23 Nov 2026"),
        (datetime(2026, 6, 22, 22, 59, 59, tzinfo=UTC), "end of Mon 22 Jun 2026"),
        (datetime(2026, 6, 22, 12, 0, tzinfo=UTC), "Mon 22 Jun 2026 13:00"),
        (None, "–"),  # noqa: RUF001  # the dash a reader expects for 'none'
    ],
)
def test_a_deadline_at_the_end_of_a_day_is_named_by_its_day(moment: datetime | None, said: str) -> None:
    assert deadline(moment) == said


@pytest.mark.parametrize(
    ("name", "actor", "detail", "text", "reason"),
    [
        ("claimed", "Ada", {"before": None}, "Claimed", ""),
        ("returned", "Ada", {"reason": "as agreed", "letter": "Dear"}, "Returned to the submitter", "as agreed"),
        (
            "examined",
            PROGRAM,
            {"outcome": "needs_a_person", "rulebook": "1"},
            "Examined under rulebook 1: needs a person",
            "",
        ),
        ("letter_sent", PROGRAM, {"kind": "ack", "message_id": "<x>"}, "Letter sent: acknowledgement", ""),
        ("letter_written", PROGRAM, {"kind": "list-dcc"}, "Letter written: letter to the DCC", ""),
        (
            "entries_published",
            "Ben",
            {"version": "1.018", "entries": ["000018", "000019"]},
            "Published in version 1.018 of the list: 000018, 000019",
            "",
        ),
        (
            "entries_published",
            "Ben",
            {"version": "1.018", "entries": NUMBERS},
            f"Published in version 1.018 of the list: {', '.join(NUMBERS[:12])} and 2 more",
            "",
        ),
        ("examined", PROGRAM, {"older": 1}, "Examined (older 1)", ""),
        ("unheard_of", PROGRAM, {}, "Unheard of", ""),
    ],
)
def test_an_event_is_told_in_words(name: str, actor: str, detail: dict[str, object], text: str, reason: str) -> None:
    told = timeline_item(Event(1, 1, datetime(2026, 11, 20, tzinfo=UTC), name, actor, detail, ""))
    assert (told.text, told.reason) == (text, reason)
    assert told.actor == ("" if actor == PROGRAM else actor)


@pytest.mark.parametrize(
    ("sender", "short"),
    [
        ("Robin Hale <robin@example.test>", "Robin Hale, example.test"),
        ("robin@example.test", "robin@example.test"),
        ("nonsense", "nonsense"),
        ("", "(no sender)"),
    ],
)
def test_a_sender_in_short_always_shows_where_they_write_from(sender: str, short: str) -> None:
    assert words.submitter(sender) == short


def test_breakable_text_is_still_escaped() -> None:
    assert words.breakable("<b>a_b.c</b>") == "&lt;b&gt;a_<wbr>b.<wbr>c&lt;/b&gt;"


def test_no_mail_is_taken_apart_in_the_web_process() -> None:
    """What strangers wrote is read in a limited child alone; `email.utils` only splits an address that is shown."""
    parsers = re.compile(r"email\.(?!utils\b)|message_from|read_envelope|attachments|read_document|BytesParser")
    sources = {file.name: file.read_text() for file in Path(intake.web.__file__).parent.rglob("*.py")}
    assert sources
    assert {name for name, source in sources.items() if parsers.search(source)} == set()
