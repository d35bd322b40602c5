"""A person's word on what a message is and where it belongs; the program keeps to it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from helpers import HandClock, a_submission, fetched, mail
from pipeline.case.test_thread import (
    STRANGER,
    answer,
    arrives,
    decided,
    identity,
    letters,
    names,
    row,
    submitted,
    waiting,
    work_off,
)
from pipeline.desk import now, step, told
from pipeline.outgoing.test_deliver import Postman

from intake.demo import products
from intake.domain.message import MessageKind
from intake.domain.review import Action, Decision, DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import case
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.reading import extract
from intake.pipeline.review import decide
from intake.pipeline.review.dispose import close
from intake.pipeline.review.refile import mark
from intake.pipeline.review.regroup import join, split
from intake.pipeline.review.see import see
from intake.pipeline.services import Services
from intake.store.outbox import LetterState

__all__ = ["submitted"]

LUNCH = mail("Lunch on Friday", body="At one?\n")
MACHINE = mail("Automatic reply: our meter", headers={"Auto-Submitted": "auto-replied"})
UNCLEAR = mail("Our new meter", documents={"form.zip": b"PK\x03\x04 broken"}, sender=STRANGER)


# ---- marked


@pytest.mark.parametrize("kind", [MessageKind.SUBMISSION, MessageKind.UPDATE])
@pytest.mark.parametrize("raw", [LUNCH, UNCLEAR], ids=["filed", "unclear"])
def test_what_is_marked_is_acknowledged_read_anew_and_not_overruled(
    services: Services, raw: bytes, kind: MessageKind
) -> None:
    assert arrives(services, raw).kind not in {"submission", "update"}
    assert letters(services, 1) == []
    mark(services, 1, kind, step(services, 1, reason=""))
    assert letters(services, 1) == [LetterState.QUEUED]
    work_off(services)
    read = now(services, 1)
    assert (read.state, read.kind, read.kind_set_by) == (State.IN_REVIEW, kind, "Ada")
    told_kind = told(services, 1, "kind_set")
    assert (told_kind["kind"], told_kind["actor"]) == (kind, "Ada")
    postman = Postman()
    assert deliver(services, postman, Event()) == 1
    facts = case(services, 1).dossier
    assert facts is not None
    assert facts.message is not None
    assert facts.message.kind == kind
    assert row(services, 1)["kind"] == kind


def test_a_machine_s_mail_that_is_marked_comes_before_a_person_and_its_letter_is_held(services: Services) -> None:
    arrives(services, MACHINE)
    mark(services, 1, MessageKind.SUBMISSION, step(services, 1))
    work_off(services)
    assert now(services, 1).state is State.IN_REVIEW
    assert letters(services, 1) == [LetterState.HELD]


def test_what_was_acknowledged_is_not_acknowledged_twice(submitted: Services) -> None:
    form = step(submitted, 1)
    mark(submitted, 1, MessageKind.UPDATE, form)
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        mark(submitted, 1, MessageKind.UPDATE, form)
    with pytest.raises(DecisionRefusedError, match="is just being read"):
        mark(submitted, 1, MessageKind.OTHER, step(submitted, 1))
    work_off(submitted)
    assert letters(submitted, 1) == [LetterState.SENT]
    with pytest.raises(DecisionRefusedError, match="is taken as an update already"):
        mark(submitted, 1, MessageKind.UPDATE, step(submitted, 1))


def test_an_update_is_judged_as_one(submitted: Services) -> None:
    before = now(submitted, 1).report_sha256
    mark(submitted, 1, MessageKind.UPDATE, step(submitted, 1))
    work_off(submitted)
    assert now(submitted, 1).report_sha256 != before


def test_other_mail_is_closed_with_a_reason_and_not_acknowledged(services: Services) -> None:
    arrives(services, mail("CPL submission", headers={"X-Auto-Response-Suppress": "All"}))
    assert letters(services, 1) == [LetterState.HELD]
    with pytest.raises(DecisionRefusedError, match="Give a reason"):
        mark(services, 1, MessageKind.OTHER, step(services, 1, reason=""))
    mark(services, 1, MessageKind.OTHER, step(services, 1, reason="a newsletter"))
    assert (now(services, 1).state, now(services, 1).kind) == (State.CLOSED, "other")
    assert letters(services, 1) == [LetterState.NOT_OWED]
    assert waiting(services) == []
    assert names(services, 1)[-3:] == ["kind_set", "letter_dropped", "closed"]


def test_a_word_that_is_taken_back_brings_the_acknowledgement_back(services: Services) -> None:
    arrives(services, mail("CPL submission"))
    mark(services, 1, MessageKind.OTHER, step(services, 1))
    from intake.pipeline.review.reopen import reopen  # noqa: PLC0415  # beside its only use

    reopen(services, 1, step(services, 1))
    mark(services, 1, MessageKind.SUBMISSION, step(services, 1))
    assert letters(services, 1) == [LetterState.QUEUED]
    assert names(services, 1)[-1] == "acknowledgement_queued"


def test_filed_mail_that_is_marked_as_other_stays_filed(services: Services) -> None:
    arrives(services, mail("Automatic reply: CPL submission", headers={"Auto-Submitted": "auto-replied"}))
    mark(services, 1, MessageKind.OTHER, step(services, 1, reason=""))
    assert (now(services, 1).state, now(services, 1).kind) == (State.FILED, "other")


@pytest.mark.parametrize("kind", [MessageKind.UNCLEAR])
def test_nobody_marks_a_message_as_unclear(submitted: Services, kind: MessageKind) -> None:
    with pytest.raises(DecisionRefusedError, match="a submission, an update, or other mail"):
        mark(submitted, 1, kind, step(submitted, 1))


@pytest.mark.parametrize(
    ("action", "said"), [(Action.APPROVE, "withdraw, confirm or return it"), (Action.RETURN, "reopen it first")]
)
def test_what_is_proposed_or_decided_keeps_its_kind(submitted: Services, action: Action, said: str) -> None:
    decided(submitted, action, "Ben")
    with pytest.raises(DecisionRefusedError, match=said):
        mark(submitted, 1, MessageKind.UPDATE, step(submitted, 1))


def test_an_asked_one_may_be_marked_and_comes_back(submitted: Services) -> None:
    decided(submitted, Action.ASK, "Ben")
    mark(submitted, 1, MessageKind.UPDATE, step(submitted, 1))
    work_off(submitted)
    assert now(submitted, 1).state is State.IN_REVIEW


# ---- joined


def alone(services: Services, *, automatic: bool = False, body: str = "Do NOT approve.\n") -> int:
    """A message of a stranger that answers nothing; gives its number."""
    marks = {"Auto_Submitted": "auto-generated"} if automatic else {}
    return arrives(services, answer("CPL submission: our meter", sender=STRANGER, body=body, **marks)).id


def test_it_is_looked_at_on_the_case_that_a_person_names(submitted: Services) -> None:
    see(submitted, 1, 1, "Ben")
    number = alone(submitted)
    assert letters(submitted, number) == [LetterState.QUEUED]
    join(submitted, number, 1, step(submitted, number, reason="their works number"))
    member = now(submitted, number)
    assert (member.state, member.thread, member.thread_set_by, member.outcome) == (State.FILED, 1, "Ada", None)
    assert letters(submitted, number) == [LetterState.NOT_OWED]
    assert (row(submitted, 1)["unseen"], waiting(submitted)) == (1, [1])
    assert told(submitted, number, "put_into_case")["case"] == "CPL-000001"
    assert told(submitted, 1, "case_answered") == {"by": "CPL-000002", "same_sender": False, "actor": "Ada"}


@pytest.mark.parametrize("automatic", [False, True], ids=["a person's", "a machine's"])
@pytest.mark.parametrize(
    ("action", "event"), [(Action.APPROVE, "proposal_suspended"), (Action.ASK, "question_answered")]
)
def test_what_is_moved_in_by_hand_brings_the_case_back(
    submitted: Services, action: Action, event: str, automatic: bool
) -> None:
    number = alone(submitted, automatic=automatic)
    decided(submitted, action, "Ben")
    join(submitted, number, 1, step(submitted, number))
    assert now(submitted, 1).state is State.IN_REVIEW
    assert told(submitted, 1, event)["by"] == "CPL-000002"


def test_an_older_message_that_is_moved_in_beneath_a_newer_one_is_news_and_stops_a_decision(
    submitted: Services,
) -> None:
    number = alone(submitted)
    arrives(submitted, answer(In_Reply_To=identity(submitted)))
    see(submitted, 1, 3, "Ben")
    with submitted.store.reading():
        before = now(submitted, 1)
    join(submitted, number, 1, step(submitted, number))
    assert waiting(submitted) == [1]
    late = Decision(Action.APPROVE, "Ben", before.report_sha256 or "", "Dear", "", thread=3, version=before.version)
    with pytest.raises(DecisionRefusedError, match="has changed since you opened the page"):
        decide.decide(submitted, 1, late)


def test_what_has_joined_it_moves_along(submitted: Services) -> None:
    number = alone(submitted)
    arrives(submitted, answer("Re: it", In_Reply_To=now(submitted, number).message_id, body="And another.\n"))
    assert now(submitted, 3).thread == number
    join(submitted, number, 1, step(submitted, number))
    assert [turn.submission.id for turn in case(submitted, 1).thread] == [2, 3]
    assert case(submitted, 2).thread == ()
    assert waiting(submitted) == [1]


def test_a_person_s_word_on_the_case_stands_when_it_is_read_again(submitted: Services) -> None:
    number = alone(submitted)
    join(submitted, number, 1, step(submitted, number))
    decide.retry(submitted, number, "Ada")
    work_off(submitted)
    assert (now(submitted, number).state, now(submitted, number).thread) == (State.FILED, 1)


def test_it_may_be_named_by_any_message_of_the_case(submitted: Services) -> None:
    arrives(submitted, answer(In_Reply_To=identity(submitted)))
    number = alone(submitted)
    join(submitted, number, 2, step(submitted, number))
    assert now(submitted, number).thread == 1


def test_it_moves_from_one_case_to_another(submitted: Services) -> None:
    arrives(submitted, a_submission(products.GAS, serial=7, subject="CPL submission: another"))
    arrives(submitted, answer(In_Reply_To=identity(submitted)))
    decided(submitted, Action.APPROVE, "Ben", thread=3)
    join(submitted, 3, 2, step(submitted, 3))
    assert now(submitted, 3).thread == 2
    assert now(submitted, 1).state is State.IN_REVIEW
    assert told(submitted, 1, "proposal_suspended_by_split")["member"] == "CPL-000003"
    assert (row(submitted, 1)["unseen"], case(submitted, 1).thread) == (0, ())
    with pytest.raises(DecisionRefusedError, match="is looked at on CPL-000002 already"):
        join(submitted, 3, 2, step(submitted, 3))


@pytest.mark.parametrize(
    ("number", "named", "said"),
    [
        (2, 2, "begins that case itself"),
        (2, 99, "There is no CPL-000099"),
        (2, 2**40, "There is no CPL"),
        (2, 4, "CPL-000004 came later; open it, and join it to CPL-000002"),
        (4, 3, "CPL-000003 is only kept"),
        (1, 4, "brings a New Entry form"),
    ],
)
def test_there_are_cases_that_it_cannot_join(submitted: Services, number: int, named: int, said: str) -> None:
    alone(submitted)
    arrives(submitted, LUNCH)
    alone(submitted, body="Another.\n")
    with pytest.raises(DecisionRefusedError, match=said):
        join(submitted, number, named, step(submitted, number))
    assert now(submitted, number).thread is None


def test_what_is_settled_or_not_read_stays_where_it_is(submitted: Services) -> None:
    number = alone(submitted)
    form = step(submitted, number)
    close(submitted, number, form)
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        join(submitted, number, 1, form)
    with pytest.raises(DecisionRefusedError, match="is closed; reopen it first"):
        join(submitted, number, 1, step(submitted, number))
    receive(submitted, fetched(mail("CPL submission", body="3\n"), "3"))
    with pytest.raises(DecisionRefusedError, match="is just being read"):
        join(submitted, 3, 1, step(submitted, 3))


# ---- split off


def member(services: Services, subject: str = "Re: CPL submission") -> int:
    return arrives(services, answer(subject, In_Reply_To=identity(services))).id


def test_what_is_split_off_is_read_judged_and_acknowledged_as_a_case_of_its_own(submitted: Services) -> None:
    number = member(submitted)
    assert letters(submitted, number) == [LetterState.NOT_OWED]
    form = step(submitted, number, reason="another device")
    split(submitted, number, form)
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        split(submitted, number, form)
    work_off(submitted)
    own = now(submitted, number)
    assert (own.state, own.thread, own.thread_set_by) == (State.IN_REVIEW, None, "Ada")
    assert own.report_sha256
    assert letters(submitted, number) == [LetterState.QUEUED]
    assert deliver(submitted, Postman(), Event()) == 1
    assert case(submitted, 1).thread == ()
    assert told(submitted, number, "split_off")["case"] == "CPL-000001"
    assert told(submitted, 1, "member_taken_out") == {"member": "CPL-000002", "actor": "Ada"}
    with pytest.raises(DecisionRefusedError, match="is a case of its own already"):
        split(submitted, number, step(submitted, number))


@pytest.mark.parametrize(
    "raw",
    [
        lambda services: answer("Lunch", In_Reply_To=identity(services)),
        lambda services: answer("Out of office", In_Reply_To=identity(services), Auto_Submitted="auto-replied"),
    ],
    ids=["other", "automatic"],
)
def test_what_is_split_off_comes_before_a_person_whatever_it_is(
    submitted: Services, raw: Callable[[Services], bytes]
) -> None:
    number = arrives(submitted, raw(submitted)).id
    split(submitted, number, step(submitted, number))
    work_off(submitted)
    assert now(submitted, number).state is State.IN_REVIEW
    assert LetterState.QUEUED not in letters(submitted, number)


def test_a_split_suspends_a_proposed_approval(submitted: Services) -> None:
    number = member(submitted)
    decided(submitted, Action.APPROVE, "Ben", thread=number)
    split(submitted, number, step(submitted, number))
    assert now(submitted, 1).state is State.IN_REVIEW
    assert told(submitted, 1, "proposal_suspended_by_split") == {
        "member": "CPL-000002",
        "proposed_by": "Ben",
        "actor": "Ada",
    }


def test_what_was_split_off_may_be_joined_again(submitted: Services) -> None:
    number = member(submitted)
    split(submitted, number, step(submitted, number))
    work_off(submitted)
    join(submitted, number, 1, step(submitted, number))
    assert (now(submitted, number).thread, letters(submitted, number)) == (1, [LetterState.NOT_OWED])


# ---- every way by which mail overtakes a proposal, and a page that is open


def test_a_submission_that_answers_a_joined_message_overtakes_the_case(submitted: Services) -> None:
    number = member(submitted)
    decided(submitted, Action.APPROVE, "Ben", thread=number)
    again = a_submission(products.GAS, serial=2, subject="A better one").replace(
        b"Subject:", f"In-Reply-To: {now(submitted, number).message_id}\r\nSubject:".encode(), 1
    )
    arrives(submitted, again)
    assert now(submitted, 1).state is State.IN_REVIEW
    assert told(submitted, 3, "linked")["earlier"] == "CPL-000001"


def test_a_submission_that_is_sent_again_answers_an_asked_case(submitted: Services) -> None:
    decided(submitted, Action.ASK, "Ada")
    arrives(submitted, a_submission(products.GAS, serial=2, subject="Re: CPL submission CPL-000001"))
    assert now(submitted, 1).state is State.IN_REVIEW
    assert told(submitted, 1, "question_answered")["by"] == "CPL-000002"


def test_a_submission_that_a_machine_sends_on_overtakes_the_case(submitted: Services) -> None:
    decided(submitted, Action.APPROVE, "Ben")
    again = a_submission(products.GAS, serial=2, subject="Re: CPL submission CPL-000001")
    arrives(submitted, again.replace(b"Subject:", b"Auto-Submitted: auto-generated\r\nSubject:", 1))
    assert now(submitted, 2).automatic
    assert now(submitted, 1).state is State.IN_REVIEW


def test_a_page_opened_before_a_submission_was_sent_again_decides_nothing(submitted: Services) -> None:
    before = now(submitted, 1)
    arrives(submitted, a_submission(products.GAS, serial=2, subject="Re: CPL submission CPL-000001"))
    late = Decision(Action.APPROVE, "Ben", before.report_sha256 or "", "Dear", "", version=before.version)
    with pytest.raises(DecisionRefusedError, match="has changed since you opened the page"):
        decide.decide(submitted, 1, late)


def test_an_answer_that_cannot_be_read_suspends_a_proposed_approval(
    submitted: Services, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    decided(submitted, Action.APPROVE, "Ben")
    monkeypatch.setattr(extract, "read_message", fail)
    receive(submitted, fetched(answer(In_Reply_To=identity(submitted)), "answer"))
    for _ in range(3):
        work_off(submitted)
        clock.forward(seconds=10)
    assert now(submitted, 2).state is State.QUARANTINED
    assert now(submitted, 1).state is State.IN_REVIEW
