"""Outlook's wish to have a message back: it names no case, and is looked at where its message is."""

from __future__ import annotations

import pytest
from pipeline.case.test_thread import ROBIN, STRANGER, answer, arrives, row, submitted, waiting

from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.store import submissions

__all__ = ["submitted"]

BODY = "Robin Hale would like to recall the message, “CPL submission”.\n"


def subject_of(services: Services, number: int = 1) -> str:
    with services.store.reading() as tx:
        return submissions.get(tx, number).subject


@pytest.mark.parametrize("mark", ["Recall: ", "recall :", "[External] Recall: ", "Rückruf: ", "Richiamo: Re: "])
def test_a_recall_joins_the_case_of_the_message_that_it_asks_back(submitted: Services, mark: str) -> None:
    joined = arrives(submitted, answer(mark + subject_of(submitted), body=BODY))
    assert (joined.state, joined.thread) == (State.FILED, 1)
    assert row(submitted, 1)["unseen"] == 2


@pytest.mark.parametrize(
    ("subject", "sender"), [("Recall: {}", STRANGER), ("Recall: {} 2", ROBIN), ("Recall: ", ROBIN), ("{}", ROBIN)]
)
def test_a_recall_of_what_nobody_sent_comes_before_a_person_alone(
    submitted: Services, subject: str, sender: str
) -> None:
    alone = arrives(submitted, answer(subject.format(subject_of(submitted)), body=BODY, sender=sender))
    assert (alone.thread, alone.state) == (None, State.IN_REVIEW)
    assert alone.id in waiting(submitted)


def test_the_newest_of_messages_that_are_alike_is_asked_back(submitted: Services) -> None:
    subject = subject_of(submitted)
    later = arrives(submitted, answer(subject, body="Once more, please.\n"))
    joined = arrives(submitted, answer(f"Recall: {subject}", body=BODY))
    assert joined.thread == later.id
