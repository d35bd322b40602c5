"""What subjects are taken to mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.message import MessageKind
from intake.domain.subject import classify, grammar, says_automatic, without_marks, without_reply_marks

SUBMISSIONS = [
    "CPL submission",
    "CPL Submission - Electricity Meter E470",
    "cpl SUBMISSION",
    "New submission to the Certified Products List",
    "Submission to the Central Products List",
    "Certified Product List: new entry",
    "CPL New Entry Form \N{EN DASH} Gas Meter",
    "CPL_New_Entry_EDMI",
    "New Device Model for the CPL",
    "Request for inclusion in the Certified Products List",
    "Please add to CPL: IHD 3",
    "C.P.L. submission",
    "C P L new entry",
    "".join(chr(ord(letter) + 0xFEE0) for letter in "CPL") + "\N{IDEOGRAPHIC SPACE}submission",  # full width
    "CPL\N{NO-BREAK SPACE}submission",
    "CPL\N{EM DASH}Submission",
    "CPL/submission",
    "(CPL) submission",
    "CPL sub\N{SOFT HYPHEN}mission",
    "CPL submision",
    "Resubmission: CPL new entry",
    "Updated CPL submission",
    "New CPL entry",
    "New Central Products List entry",
    "CPL new entry with hash",
    "CPL submission - hash",
    "CPL submission incl. hash",
    "Submission to the CPL with manufacturer image hash",
    "CPL entry form and hash",
    "Re: CPL submission",
    "RE: FW: Re: CPL submission",
    "Fwd: [External] CPL submission",
    "[EXTERNAL] RE: CPL submission",
    "EXTERNAL: CPL submission",
    "AW: AW: CPL submission",
    "SV: VS: CPL submission",
    "Re[2]: CPL submission",
    "CPL submission - firmware update 2.1",  # new firmware is a new Device Model
    "CPL Submission.xlsx",
]
UPDATES = [
    "CPL hash update",
    "CPL submission: hash update to entry 1234",
    "Update to an existing entry on the CPL",
    "Certified Products List - update of current entry",
    "CPL entry update",
    "Re: CPL update",
    "CPL: manufacturer image hashes",
    "Amendment to Central Products List entry",
    "CPL entry, updated hash",
    "CPL firmware hash update",
    "Please add the hash to our CPL entry",
    "CPL submission: updated entry, hash update",
]
UNCLEAR = [
    "CPL",
    "cpl?",
    "Certified Products List",
    "CPL.xlsx",
    "About the CPL entry for meter A",
    "Question about CPL submission",
    "How do I make a CPL submission",
    "When will my CPL submission be published?",
    "Any update on our CPL submission",
    "Withdrawal of CPL submission",
    "CPL new entry and update of entry 12",
    "New Entry Form attached",
    "Certified products",
    "Central Products",
    "CPL firmware update",  # new firmware, but nobody says that it is submitted
    # The list's own publication: it speaks of the list and submits nothing. A newsletter is mostly automatic as well,
    # by its List-* headers; where it is not, one glance of a person costs little.
    "Central Products List v2.051 published",
    "CPL update: v2.052 published",
]
OTHERS = [
    "",
    "   ",
    "Hello",
    "Submission",
    "New entry in your calendar",
    "CPLD programming",
    "CPLs of the world",
    "Running cpl.exe and appwiz.cpl",
    "secas@cpl.example",
    "encpl submission",
    "Certified mail list",
    "Hash update",
    "Update your password",
    "Invoice 4711",
    "Out of office",
]


@pytest.mark.parametrize(
    ("subject", "kind"),
    [(subject, MessageKind.SUBMISSION) for subject in SUBMISSIONS]
    + [(subject, MessageKind.UPDATE) for subject in UPDATES]
    + [(subject, MessageKind.UNCLEAR) for subject in UNCLEAR]
    + [(subject, MessageKind.OTHER) for subject in OTHERS],
)
def test_a_subject_is_taken_for(subject: str, kind: MessageKind) -> None:
    assert classify(subject) is kind


@pytest.mark.parametrize(
    "mark", ["Re: ", "FW: ", "Fwd:", "[External] ", "[EXT]", "AW: ", "SV:", "re : ", "Re: Re: Fwd: "]
)
@pytest.mark.parametrize(
    ("subject", "kind"), [("CPL submission", "submission"), ("CPL hash", "update"), ("Hi", "other")]
)
def test_marks_before_a_subject_change_nothing(mark: str, subject: str, kind: str) -> None:
    assert classify(mark + subject) == kind
    assert without_marks(mark + subject) == subject


@pytest.mark.parametrize(
    ("subject", "rest"),
    [
        ("Re: RE: re: CPL", "CPL"),
        ("Fwd: Re: CPL", "Fwd: Re: CPL"),
        ("Re : CPL", "CPL"),
        ("Antw: CPL", "CPL"),
        ("Regarding: CPL", "Regarding: CPL"),
        ("Re:", ""),
        ("", ""),
    ],
)
def test_an_answer_piles_up_no_re(subject: str, rest: str) -> None:
    assert without_reply_marks(subject) == rest


@pytest.mark.parametrize(
    ("subject", "automatic"),
    [
        ("Automatic reply: CPL submission", True),
        ("[External] Automatic reply: CPL submission", True),
        ("Out of Office: CPL submission", True),
        ("Out of office", True),
        ("Undeliverable: CPL submission", True),
        ("Délivery", False),
        ("Delivery Status Notification (Failure)", True),
        ("Réponse automatique : CPL", True),
        ("CPL submission", False),
        ("Re: Automatic reply: CPL submission", False),  # a person answered the machine
        ("Out of office contacts for our CPL submission", False),
        ("OOO meters: CPL submission", False),
        ("Delivery delayed by a week: CPL submission", False),
    ],
)
def test_machines_begin_their_subjects_in_known_ways(subject: str, automatic: bool) -> None:
    assert says_automatic(subject) is automatic


@given(st.text(max_size=400))
def test_any_text_is_some_kind(subject: str) -> None:
    assert classify(subject) in MessageKind


@given(st.text(alphabet="reRE:[] cplCPL.-\N{NO-BREAK SPACE}", max_size=200))
def test_case_never_matters(subject: str) -> None:
    assert classify(subject) == classify(subject.upper()) == classify(subject.lower())


def test_every_phrase_of_the_grammar_is_written_as_it_is_compared() -> None:
    words = grammar()
    for name in words.__dataclass_fields__:
        for phrase in getattr(words, name):
            assert phrase == " ".join(phrase.lower().split()), f"{name}: {phrase!r} can never be found"


def test_a_very_long_subject_is_read_within_bounds() -> None:
    assert classify("Re: " * 50_000 + "CPL submission") is MessageKind.OTHER
    assert classify("CPL submission " + "x" * 1_000_000) is MessageKind.SUBMISSION


@pytest.mark.parametrize(
    "subject",
    [
        "\N{CYRILLIC CAPITAL LETTER ES}PL submission",
        "C\N{CYRILLIC CAPITAL LETTER ER}L New Entry",
        "Re: \N{CYRILLIC SMALL LETTER ES}\N{CYRILLIC SMALL LETTER ER}l submission",
        "Central Pr\N{CYRILLIC SMALL LETTER O}ducts List",
    ],
)
def test_a_name_written_with_letters_of_another_script_comes_before_a_person(subject: str) -> None:
    assert classify(subject) is MessageKind.UNCLEAR
    assert classify(subject.replace("L", "K").replace("l", "k")) is MessageKind.OTHER


@pytest.mark.parametrize(
    "subject",
    [
        "Abwesenheitsassistent: CPL submission",
        "Absence du bureau\N{NO-BREAK SPACE}: Re: CPL submission",
        "Unzustellbar: Re: CPL submission",
        "Autosvar: CPL submission",
        "自动回复: CPL submission",
        "OOO: CPL submission",
        "[External] OOF: CPL submission",
        "Automatyczna odpowiedź: CPL submission",
        "Autoresponder: CPL submission",
        "Auto responder : Re: CPL submission",
        "Autoresponse: CPL submission",
        "Automatischer Hinweis: CPL submission",
        "Message automatique\N{NO-BREAK SPACE}: CPL submission",
        "Mensaje automático: CPL submission",
        "Messaggio automatico: CPL submission",
        "Automatisk besked: CPL submission",
        "Delivery delayed: CPL submission",
        "Mail delivery delayed: CPL submission",
        "自動応答: CPL submission",
        "자동 회신: CPL submission",
        "Automaattinen vastaus: CPL submission",
        "Automatická odpověď: CPL submission",
        "Otomatik yan\u0131t: CPL submission",
        "Автоматический ответ: CPL submission",
        "Αυτόματη απάντηση: CPL submission",
        "Automatikus válasz: CPL submission",
        "[External] Răspuns automat: CPL submission",
    ],
)
def test_machines_of_other_countries_say_so_too(subject: str) -> None:
    assert says_automatic(subject)
