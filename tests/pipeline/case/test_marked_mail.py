"""Mail with a machine's mark that a person may have written: it calls for one, whatever became of its case."""

from __future__ import annotations

import pytest
from pipeline.case.test_thread import answer, arrives, decided, identity, letters, names, row, submitted, waiting

from intake.domain.review import Action
from intake.pipeline.case.case import case
from intake.pipeline.evidence.verify import verify
from intake.pipeline.review.see import see
from intake.pipeline.services import Services

__all__ = ["submitted"]

MARKS: list[dict[str, str]] = [
    {"Auto-Submitted": "auto-generated"},
    {"Auto-Submitted": "auto-replied"},
    {"List-Id": "<team.ashdown.example>"},
    {"List-Unsubscribe": "<mailto:x@crm.example>"},
    {"Precedence": "bulk"},
    {"Precedence": "list"},
    {"X-Auto-Generated": "1"},
    {"X-Loop": "helpdesk@ashdown.example"},
    {"Return-Path": "<>"},
]
MACHINES_OWN: list[dict[str, str]] = [
    {"Subject": "Automatic reply: CPL submission"},
    {"X-Autoreply": "yes", "Auto-Submitted": "auto-replied"},
    {"Precedence": "auto_reply"},
    {"Content-Type": "multipart/report; report-type=disposition-notification; boundary=b"},
]


def marked(services: Services, mark: dict[str, str], *, body: str = "Please do NOT list it.\n") -> bytes:
    subject = mark.get("Subject", "Re: CPL submission")
    raw = answer(subject, body=body, In_Reply_To=identity(services))
    other = {name: value for name, value in mark.items() if name != "Subject"}
    head = "".join(f"{name}: {value}\r\n" for name, value in other.items()).encode()
    return head + (raw.replace(b"Content-Type: text/plain", b"X-Was: text/plain") if "Content-Type" in mark else raw)


@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_on_a_case_that_is_over_it_comes_before_a_person_until_one_looks(
    submitted: Services, mark: dict[str, str]
) -> None:
    decided(submitted, Action.RETURN, "Ada")
    arrives(submitted, marked(submitted, mark))
    assert (row(submitted, 1)["status"], row(submitted, 1)["unseen"], waiting(submitted)) == ("returned", 1, [1])
    assert letters(submitted, 2) == []
    (turn,) = case(submitted, 1).thread
    assert turn.unseen
    see(submitted, 1, 2, "Ben")
    assert (row(submitted, 1)["unseen"], waiting(submitted)) == (0, [])
    assert verify(submitted).findings == ()


@pytest.mark.parametrize("mark", MACHINES_OWN, ids=str)
def test_what_a_machine_says_of_itself_is_shown_and_calls_nobody(submitted: Services, mark: dict[str, str]) -> None:
    decided(submitted, Action.RETURN, "Ada")
    arrives(submitted, marked(submitted, mark))
    assert (row(submitted, 1)["unseen"], waiting(submitted)) == (0, [])
    assert len(case(submitted, 1).thread) == 1


@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_its_objection_suspends_a_proposal_and_is_not_answered(submitted: Services, mark: dict[str, str]) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    arrives(submitted, marked(submitted, mark))
    assert row(submitted, 1)["status"] == "in_review"
    assert "proposal_suspended" in names(submitted, 1)
    assert letters(submitted, 2) == []


def test_an_absence_that_is_told_under_no_name_suspends_nothing_and_is_looked_at(submitted: Services) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    away = marked(submitted, {"Auto-Submitted": "auto-replied"}, body="I am out of the office this week.\n")
    arrives(submitted, away)
    assert (row(submitted, 1)["status"], row(submitted, 1)["unseen"]) == ("approval_proposed", 1)
