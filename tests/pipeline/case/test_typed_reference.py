"""References that somebody typed: without zeros, with a blank; they lead to their case, and never to a wrong one."""

from __future__ import annotations

import pytest
from pipeline.case.test_thread import ROBIN, STRANGER, answer, arrives, letters, row, submitted, waiting

from intake.domain.submission import State
from intake.pipeline.services import Services

__all__ = ["submitted"]


@pytest.mark.parametrize(
    "subject",
    [
        "CPL-1",
        "Re: CPL 1",
        "cpl-000001.",
        "[CPL-000001]",
        "AW: CPL\u20131, Frage",
        "CPL000001",
        "Your ref. CPL #1",
        "CPL 1: hold",
    ],
)
def test_a_typed_reference_in_the_subject_joins(submitted: Services, subject: str) -> None:
    joined = arrives(submitted, answer(subject))
    assert (joined.state, joined.thread) == (State.FILED, 1)
    assert letters(submitted, 2) == []
    assert row(submitted, 1)["unseen"] == 2


@pytest.mark.parametrize("body", ["This is about CPL-1.\n", "Our case CPL 1\n", "cpl_000001: please stop.\n"])
def test_a_typed_reference_in_the_text_joins_for_its_own_domain(submitted: Services, body: str) -> None:
    assert arrives(submitted, answer("Our meter", body=body)).thread == 1


@pytest.mark.parametrize(
    ("subject", "body", "sender"),
    [
        ("CPL 1", "Hello.\n", STRANGER),
        ("CPL-7", "Hello.\n", ROBIN),
        ("CPL-1 and CPL-2", "Hello.\n", ROBIN),
        ("CPL meter with firmware CPL-1", "Hello.\n", ROBIN),
        ("CPL 1 of 3", "Hello.\n", ROBIN),
        ("CPL 2.051", "Hello.\n", ROBIN),
        ("Our meter", "This is about CPL-7.\n", ROBIN),
        ("Our meter", "This is about CPL-000007.\n", ROBIN),
        ("Our meter", "This is about CPL-1.\n", STRANGER),
        ("Our meter", "This is about CPL-000001.\n", STRANGER),
        ("CPL000007", "Hello.\n", ROBIN),
    ],
)
def test_what_is_not_certain_joins_nothing_and_comes_before_a_person(
    submitted: Services, subject: str, body: str, sender: str
) -> None:
    alone = arrives(submitted, answer(subject, body=body, sender=sender))
    assert (alone.thread, alone.state) == (None, State.IN_REVIEW)
    assert alone.id in waiting(submitted)


def test_a_reference_in_what_is_quoted_is_no_reason_to_look(submitted: Services) -> None:
    filed = arrives(submitted, answer("Lunch", body="Yes.\n\n> About CPL-7: no.\n", sender=STRANGER))
    assert filed.state is State.FILED
