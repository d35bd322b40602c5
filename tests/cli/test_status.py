"""What `status` and `queue` say to a person."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from helpers import FRIDAY

from intake.cli.queue import as_lines
from intake.cli.status import ago, lines, public_status
from intake.clock import iso
from intake.config import Config, FolderMailboxConfig, StoreConfig
from intake.domain.submission import State
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow
from intake.store.sightings import Waiting
from intake.store.submissions import Submission
from intake.store.unsent import Unsent
from intake.store.vitals import Vitals

QUIET = Vitals(
    messages=dict.fromkeys(State, 0),
    letters=dict.fromkeys(LetterState, 0),
    unsent=Unsent(),
    waiting=0,
    waiting_since=None,
    unacknowledged=0,
    overdue=0,
    oldest_unacknowledged=None,
    next_due=None,
    polls={},
    owed={},
    events={},
    verified=None,
    backed_up_at=None,
    checkpoint=None,
)
CONFIG = Config(mailbox=(FolderMailboxConfig(name="secas", path="mail"),))
HOUR = timedelta(hours=1)


def told(config: Config, vitals: Vitals = QUIET) -> dict[str, str]:
    return dict(lines(vitals, config, FRIDAY))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 s ago"),
        (0, "0 s ago"),
        (119, "119 s ago"),
        (120, "2 min ago"),
        (7199, "119 min ago"),
        (7200, "2 h ago"),
        (47 * 3600, "47 h ago"),
        (48 * 3600, "Wednesday 18 November 2026, 12:00"),
    ],
)
def test_how_long_ago_is_said_in_the_unit_that_fits(seconds: int, said: str) -> None:
    assert ago(FRIDAY - timedelta(seconds=seconds), FRIDAY) == said


def test_a_new_house_says_what_has_never_been_done() -> None:
    assert told(CONFIG) == {
        "Messages": "none",
        "Waiting": "nothing waits for a person",
        "Acknowledgements": "none owed",
        "Letters": "none",
        "Mailbox secas": "never read",
        "Evidence": "never verified; run: cpl-intake evidence verify",
        "Checkpoint": "none: there is no key ([ledger] key_file), so a rewritten ledger cannot be told from a true one",
        "Backup": "none",
        "Rules": "reference data of 2022-09, 1521 days old",
    }


@pytest.mark.parametrize(
    ("changes", "title", "said"),
    [
        ({"messages": {"in_review": 2, "filed": 0}}, "Messages", "2 in review"),
        ({"waiting": 2, "waiting_since": FRIDAY - HOUR}, "Waiting", "2 for a person, the oldest received 60 min ago"),
        (
            {"unacknowledged": 3, "next_due": (FRIDAY, FRIDAY + HOUR)},
            "Acknowledgements",
            "3 owed; the first due Friday 20 November 2026, 13:00",
        ),
        (
            {"unacknowledged": 3, "overdue": 1, "next_due": (FRIDAY, FRIDAY - HOUR)},
            "Acknowledgements",
            "3 owed, 1 overdue; the first was due 60 min ago",
        ),
        ({"polls": {"secas": (FRIDAY, None)}}, "Mailbox secas", "read 0 s ago"),
        ({"polls": {"secas": (FRIDAY, "no answer")}}, "Mailbox secas", "read 0 s ago; since then: no answer"),
        (
            {"polls": {"secas": (FRIDAY, None)}, "owed": {"secas": Waiting(2, 0, 0, None)}},
            "",
            "2 found there and not yet taken in",
        ),
        ({"verified": (FRIDAY, 0)}, "Evidence", "verified 0 s ago: intact"),
        ({"verified": (FRIDAY, 2)}, "Evidence", "verified 0 s ago: 2 faults; run: cpl-intake evidence verify"),
        ({"backed_up_at": FRIDAY - 3 * HOUR}, "Backup", "3 h ago"),
    ],
)
def test_each_line_says_what_a_person_asks_first(changes: dict[str, object], title: str, said: str) -> None:
    assert told(CONFIG, replace(QUIET, **changes))[title] == said  # type: ignore[arg-type]  # the test names what it changes


def test_of_backups_by_other_tools_nothing_is_claimed() -> None:
    config = Config(mailbox=CONFIG.mailbox, store=StoreConfig("postgresql+psycopg://cpl@db/cpl"))
    assert "Backup" not in told(config)


def row(letter: LetterState | None, sent: datetime | None = None, **changes: object) -> QueueRow:
    facts: dict[str, object] = {field.name: None for field in fields(Submission)}
    facts |= {"id": 7, "state": State.IN_REVIEW, "kind": "submission", "subject": "CPL submission: a gas meter",
              "received_at": FRIDAY, "acknowledge_due": FRIDAY + 84 * HOUR, "outcome": "needs_a_person"}  # fmt: skip
    return QueueRow(Submission(**{**facts, **changes}), letter, None, sent)  # type: ignore[arg-type]  # the test names what it needs


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (row(LetterState.SENT, FRIDAY), ("CPL-000007", "needs a person", "20 Nov 12:00", "sent   ")),
        (row(LetterState.SENT, FRIDAY, state=State.APPROVED), ("  approved  ",)),
        (row(LetterState.HELD), ("held, due Tue 24 Nov",)),
        (row(LetterState.REFUSED), ("refused, due Tue 24 Nov",)),
        (row(LetterState.DROPPED), ("dropped",)),
        (row(None, automatic="it says so", outcome=None), ("automatic mail", "none owed")),
        (row(None, kind="other", state=State.FILED, outcome=None), ("other mail",)),
        (row(None, kind="other", state=State.CLOSED, outcome=None), ("  closed  ",)),
        (row(None, outcome=None), ("  in review  ",)),
        (row(None, subject=""), ("(no subject)",)),
        (row(None, subject="a\x1b[31m\nb"), ("a<U+001B>[31m<U+000A>b",)),
    ],
)
def test_a_row_is_one_line(shown: QueueRow, words: tuple[str, ...]) -> None:
    heading, line = as_lines([shown], None)
    assert heading.startswith("Reference   State")
    assert all(word in line for word in words), line
    assert "\n" not in line


def test_a_terminal_s_width_is_kept_and_a_program_reads_everything() -> None:
    rows = [row(None, subject="x" * 300)]
    assert max(map(len, as_lines(rows, 80))) == 80
    assert max(map(len, as_lines(rows, None))) > 300
    (_, line) = as_lines([row(LetterState.SENT, FRIDAY, subject="x" * 300)], 80)
    assert line.count("x") >= 25  # the subject is what tells one from another


def test_the_public_object_tells_what_the_vital_signs_tell() -> None:
    vitals = replace(
        QUIET,
        messages={**QUIET.messages, State.QUARANTINED: 2, State.IN_REVIEW: 1},
        letters={**QUIET.letters, LetterState.HELD: 3},
        oldest_unacknowledged=FRIDAY,
        polls={"secas": (FRIDAY, "it hung up"), "post": (None, None)},
    )
    assert public_status(vitals) == {
        "messages": {"in_review": 1, "quarantined": 2},
        "outbox": {"held": 3},
        "oldest_unacknowledged": iso(FRIDAY),
        "last_poll": {"secas": iso(FRIDAY), "post": None},
        "quarantined": 2,
    }


def test_nothing_at_all_is_told_as_nothing() -> None:
    assert public_status(QUIET) == {
        "messages": {}, "outbox": {}, "oldest_unacknowledged": None, "last_poll": {}, "quarantined": 0,
    }  # fmt: skip


def test_letters_that_are_not_taken_are_told_with_the_server_s_words() -> None:
    unsent = Unsent(2, 1, 3, "the server hung up", "554 spam\x1b[2J")
    said = [text for _, text in lines(replace(QUIET, unsent=unsent), CONFIG, FRIDAY)]
    assert "2 could not be handed over and will be tried again: the server hung up" in said
    assert "3 refused for good and waiting for a person: 554 spam<U+001B>[2J" in said
    assert not any("handed over" in text for _, text in lines(QUIET, CONFIG, FRIDAY))
