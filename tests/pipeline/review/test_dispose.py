"""Mail is closed with a reason, or answered and closed, and nothing else is pretended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from helpers import a_submission, fetched, mail
from pipeline.case.test_thread import answer, arrives, decided, identity, letters, names, submitted, waiting, work_off
from pipeline.desk import now, step, told
from pipeline.outgoing.test_deliver import Postman

from intake.demo import products
from intake.domain.letter import text_of
from intake.domain.message import MessageKind
from intake.domain.review import Action, DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case import claims
from intake.pipeline.evidence.verify import verify
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.outgoing.letters import send_all_held, send_held_letter
from intake.pipeline.reading import extract
from intake.pipeline.review.disposal import Disposal
from intake.pipeline.review.dispose import close, no_close, no_reply, reply
from intake.pipeline.review.hand_over import hand_over, take_back
from intake.pipeline.review.refile import mark
from intake.pipeline.review.regroup import join, split
from intake.pipeline.review.reopen import reopen
from intake.pipeline.services import Services
from intake.store import outbox
from intake.store.outbox import LetterState, NewLetter

__all__ = ["submitted"]

QUESTION = mail("CPL submission", body="Which edition do you take?\n")


def settled_by_reply(services: Services, number: int, disposal: Disposal) -> object:
    return reply(services, number, disposal, "The edition of 2026, please.")


WAYS = (close, settled_by_reply)
Way = Callable[[Services, int, Disposal], object]


@pytest.fixture
def asked_us(services: Services) -> Services:
    """A question in review, acknowledged."""
    arrives(services, QUESTION)
    deliver(services, Postman(), Event())
    return services


def test_it_is_closed_with_a_reason_and_nobody_is_written_to(asked_us: Services) -> None:
    close(asked_us, 1, step(asked_us, 1, reason=" answered by telephone "))
    closed = now(asked_us, 1)
    assert (closed.state, closed.decided_by) == (State.CLOSED, "Ada")
    assert told(asked_us, 1, "closed") == {"reason": "answered by telephone", "actor": "Ada"}
    assert letters(asked_us, 1) == [LetterState.SENT]
    assert waiting(asked_us) == []


@pytest.mark.parametrize("reason", ["", " \n"])
def test_without_a_reason_it_is_not_closed(asked_us: Services, reason: str) -> None:
    with pytest.raises(DecisionRefusedError, match="Give a reason"):
        close(asked_us, 1, step(asked_us, 1, reason=reason))
    assert now(asked_us, 1).state is State.IN_REVIEW


def test_a_reply_holds_ones_own_words_and_the_reference_and_closes_it(asked_us: Services) -> None:
    reply(asked_us, 1, step(asked_us, 1, reason=""), "\nDear Robin,\n\nThe edition of 2026.\n\n")
    assert now(asked_us, 1).state is State.CLOSED
    with asked_us.store.reading() as tx:
        letter = outbox.of_message(tx, 1)[-1]
    text = text_of(letter.content)
    assert (letter.kind, letter.recipient, letter.state) == ("reply", "robin@ashdown.example", LetterState.QUEUED)
    assert text.startswith("Dear Robin,\n\nThe edition of 2026.\n\nOur reference")
    assert "CPL-000001" in text
    assert not any(word in text for word in ("submission", "return", "put right", "["))
    assert told(asked_us, 1, "replied")["letter"] == text + "\n"
    postman = Postman()
    assert deliver(asked_us, postman, Event()) == 1


@pytest.mark.parametrize("settled", ["closed", "returned"])
def test_a_settled_case_is_answered_and_stays_as_it_was_decided(asked_us: Services, settled: str) -> None:
    if settled == "closed":
        close(asked_us, 1, step(asked_us, 1))
    else:
        decided(asked_us, Action.RETURN, "Ada")
    before, older = now(asked_us, 1), step(asked_us, 1, person="Ben", reason=" by telephone too ")
    after = reply(asked_us, 1, older, "Dear Robin,\n\nYes, it does.")
    assert (after.state, after.decided_by, after.decided_at) == (before.state, before.decided_by, before.decided_at)
    happened = told(asked_us, 1, "replied_afterwards")
    assert (happened["actor"], happened["reason"]) == ("Ben", "by telephone too")
    with asked_us.store.reading() as tx:
        letter = outbox.of_message(tx, 1)[-1]
    assert (letter.kind, letter.state) == ("reply", LetterState.QUEUED)
    assert happened["letter"] == text_of(letter.content) + "\n"
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        reply(asked_us, 1, older, "Dear Robin,\n\nYes, it does.")
    with pytest.raises(DecisionRefusedError, match=r"is empty; write it\.$"):
        reply(asked_us, 1, step(asked_us, 1), " ")
    assert verify(asked_us).findings == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The reply is empty"),
        (" \n ", "The reply is empty"),
        ("Dear Robin, [Say here what you mean]", "still says “.Say here what you mean]”"),
        ("[ say  here", "still says"),
    ],
)
def test_a_reply_without_words_or_with_a_placeholder_does_not_leave(asked_us: Services, text: str, said: str) -> None:
    with pytest.raises(DecisionRefusedError, match=said):
        reply(asked_us, 1, step(asked_us, 1), text)
    assert (now(asked_us, 1).state, len(letters(asked_us, 1))) == (State.IN_REVIEW, 1)


def test_nobody_is_answered_who_left_no_address(services: Services) -> None:
    arrives(services, QUESTION.replace(b"Robin Hale <robin@ashdown.example>", b"nobody"))
    with pytest.raises(DecisionRefusedError, match="no address to answer to"):
        settled_by_reply(services, 1, step(services, 1))
    close(services, 1, step(services, 1))


@pytest.mark.parametrize("way", WAYS)
def test_a_form_that_is_posted_twice_does_it_once(asked_us: Services, way: Way) -> None:
    form = step(asked_us, 1)
    way(asked_us, 1, form)
    before = (letters(asked_us, 1), names(asked_us, 1))
    with pytest.raises(DecisionRefusedError, match="CPL-000001 has changed since you opened the page: it is closed"):
        way(asked_us, 1, form)
    with pytest.raises(DecisionRefusedError, match="is closed, so there is nothing to close"):
        close(asked_us, 1, step(asked_us, 1))
    assert (letters(asked_us, 1), names(asked_us, 1)) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("read", [False, True])
def test_nothing_is_settled_over_a_message_that_was_not_on_the_page(asked_us: Services, way: Way, read: bool) -> None:
    form = step(asked_us, 1)
    receive(asked_us, fetched(answer(In_Reply_To=identity(asked_us)), "answer"))
    if read:
        work_off(asked_us)
    with pytest.raises(DecisionRefusedError, match="CPL-000002"):
        way(asked_us, 1, form)
    way(asked_us, 1, step(asked_us, 1))
    assert now(asked_us, 1).state is State.CLOSED
    assert waiting(asked_us) == []


@pytest.mark.parametrize(
    ("action", "way", "said"),
    [
        (Action.APPROVE, close, "CPL-000001 is proposed for approval by Ben; withdraw, confirm or return it first"),
        (Action.APPROVE, settled_by_reply, "CPL-000001 is proposed for approval by Ben"),
        (Action.RETURN, close, "CPL-000001 is returned, so there is nothing to close"),
    ],
)
def test_what_is_decided_or_proposed_is_not_closed(submitted: Services, way: Way, action: Action, said: str) -> None:
    decided(submitted, action, "Ben")
    with pytest.raises(DecisionRefusedError, match=said):
        way(submitted, 1, step(submitted, 1))


def test_what_is_being_read_or_filed_or_approved_is_not_closed(submitted: Services) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    decided(submitted, Action.APPROVE, "Ben")
    receive(submitted, fetched(mail("CPL submission", body="2\n"), "2"))
    arrives(submitted, mail("Lunch", body="At one?\n"))
    assert "is approved, so there is nothing" in (no_close(now(submitted, 1)) or "")
    assert "is filed, so there is nothing" in (no_reply(now(submitted, 3)) or "")
    receive(submitted, fetched(mail("CPL submission", body="4\n"), "4"))
    assert "is just being read" in (no_close(now(submitted, 4)) or "")


@pytest.mark.parametrize("state", sorted(State))
def test_every_state_either_may_be_closed_or_says_why_not(asked_us: Services, state: State) -> None:
    submission = replace(now(asked_us, 1), state=state, proposed_by="Ben")
    refusal = no_close(submission)
    assert (refusal is None) is (state in {State.IN_REVIEW, State.ASKED, State.QUARANTINED})
    assert refusal is None or (refusal.startswith("CPL-000001 is ") and refusal.endswith("."))


def test_an_answer_on_a_closed_case_comes_before_a_person(asked_us: Services) -> None:
    settled_by_reply(asked_us, 1, step(asked_us, 1))
    arrives(asked_us, answer(In_Reply_To=identity(asked_us)))
    assert (now(asked_us, 2).thread, now(asked_us, 1).state, waiting(asked_us)) == (1, State.CLOSED, [1])


@pytest.mark.parametrize("release", ["one", "all"])
def test_a_letter_of_an_earlier_release_does_not_leave_with_its_placeholder(asked_us: Services, release: str) -> None:
    content = (
        b"Subject: x\r\n\r\nPlease\r\n[Say here what is to be put right: the checks found nothing that must be.]\r\n"
    )
    old = NewLetter(1, "return", "<return.1@example.test>", "robin@ashdown.example", content, "DMARC fails")
    with asked_us.store.transaction() as tx:
        outbox.queue(tx, [old], asked_us.clock.now())
        letter = outbox.of_message(tx, 1)[-1]
    if release == "one":
        with pytest.raises(DecisionRefusedError, match="still holds a placeholder"):
            send_held_letter(asked_us, letter.id, "Ada")
    else:
        assert send_all_held(asked_us, "DMARC fails", letter.id, "Ada") == 0
    assert letters(asked_us, 1)[-1] is LetterState.HELD


def test_a_subject_that_reads_like_a_placeholder_holds_no_acknowledgement_up(services: Services) -> None:
    arrives(services, mail("CPL submission [say here]", headers={"X-Auto-Response-Suppress": "All"}))
    with services.store.reading() as tx:
        (letter,) = outbox.of_message(tx, 1)
    assert letter.state is LetterState.HELD
    send_held_letter(services, letter.id, "Ada")
    assert letters(services, 1) == [LetterState.QUEUED]


# ---- reopened


@pytest.mark.parametrize("way", WAYS)
def test_what_was_closed_is_reopened_with_a_reason(asked_us: Services, way: Way) -> None:
    way(asked_us, 1, step(asked_us, 1))
    with pytest.raises(DecisionRefusedError, match="Give a reason"):
        reopen(asked_us, 1, step(asked_us, 1, reason=""))
    form = step(asked_us, 1, reason="closed by mistake", person="Ben")
    reopen(asked_us, 1, form)
    assert (now(asked_us, 1).state, now(asked_us, 1).decided_by) == (State.IN_REVIEW, None)
    assert told(asked_us, 1, "reopened") == {"reason": "closed by mistake", "before": "closed", "actor": "Ben"}
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        reopen(asked_us, 1, form)
    with pytest.raises(DecisionRefusedError, match="is in review, so it is open"):
        reopen(asked_us, 1, step(asked_us, 1))


def test_what_was_returned_is_reopened_and_may_be_decided_again(submitted: Services) -> None:
    decided(submitted, Action.RETURN, "Ada")
    reopen(submitted, 1, step(submitted, 1))
    assert decided(submitted, Action.APPROVE, "Ben").state is State.PROPOSED


def test_an_approval_is_not_reopened_and_the_way_is_said(submitted: Services) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    decided(submitted, Action.APPROVE, "Ben")
    with pytest.raises(
        DecisionRefusedError, match=r"approved, and an approval is not taken back here.*removal from the"
    ):
        reopen(submitted, 1, step(submitted, 1))
    assert now(submitted, 1).state is State.APPROVED


@pytest.mark.parametrize(
    "raw",
    [
        mail("Lunch", body="At one?\n"),
        mail("Automatic reply: CPL submission", headers={"Auto-Submitted": "auto-replied"}),
    ],
    ids=["other", "automatic answer"],
)
def test_what_was_filed_is_read_anew_and_not_filed_again(services: Services, raw: bytes) -> None:
    assert arrives(services, raw).state is State.FILED
    reopen(services, 1, step(services, 1))
    work_off(services)
    assert (now(services, 1).state, now(services, 1).kind_set_by) == (State.IN_REVIEW, "Ada")
    assert waiting(services) == [1]
    assert letters(services, 1) == []


def test_what_answers_a_case_is_not_reopened_but_split_off(submitted: Services) -> None:
    arrives(submitted, answer(In_Reply_To=identity(submitted)))
    with pytest.raises(DecisionRefusedError, match="is looked at on CPL-000001; split it off"):
        reopen(submitted, 2, step(submitted, 2))


def test_a_proposal_is_suspended_when_the_later_version_is_reopened(submitted: Services) -> None:
    later = a_submission(products.GAS, serial=2, subject="Re: CPL submission CPL-000001")
    assert arrives(submitted, later).state is State.IN_REVIEW
    close(submitted, 2, step(submitted, 2))
    decided(submitted, Action.APPROVE, "Ada")
    reopen(submitted, 2, step(submitted, 2))
    assert now(submitted, 1).state is State.IN_REVIEW
    assert told(submitted, 1, "proposal_suspended") == {"by": "CPL-000002", "proposed_by": "Ada", "actor": "Ada"}


# ---- what could not be processed


@pytest.fixture
def failing(services: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    """A message whose reading fails, set aside."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(extract, "read_message", fail)
        receive(services, fetched(a_submission(products.GAS)))
        for _ in range(3):
            work_off(services)
            services.clock.forward(seconds=10)  # type: ignore[attr-defined]  # the tests' clock
    return services


def test_it_is_handed_to_the_administrator_and_taken_back(failing: Services) -> None:
    with pytest.raises(DecisionRefusedError, match="is not with the administrator"):
        take_back(failing, 1, step(failing, 1))
    form = step(failing, 1, reason="see the workbook")
    hand_over(failing, 1, form)
    assert now(failing, 1).handed_over_at is not None
    assert told(failing, 1, "handed_over") == {"reason": "see the workbook", "actor": "Ada"}
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        hand_over(failing, 1, form)
    with pytest.raises(DecisionRefusedError, match="administrator has CPL-000001 already"):
        hand_over(failing, 1, step(failing, 1))
    take_back(failing, 1, step(failing, 1, person="Ben", reason=""))
    assert now(failing, 1).handed_over_at is None
    assert told(failing, 1, "taken_back")["actor"] == "Ben"


def test_only_what_failed_is_for_the_administrator(asked_us: Services) -> None:
    with pytest.raises(DecisionRefusedError, match="only what could not be processed"):
        hand_over(asked_us, 1, step(asked_us, 1))


def test_what_failed_may_be_closed_and_reopened_which_reads_it(failing: Services) -> None:
    hand_over(failing, 1, step(failing, 1))
    close(failing, 1, step(failing, 1))
    assert (now(failing, 1).state, now(failing, 1).handed_over_at) == (State.CLOSED, None)
    reopen(failing, 1, step(failing, 1))
    work_off(failing)
    assert (now(failing, 1).state, now(failing, 1).outcome) == (State.IN_REVIEW, "ready")


STEPS: dict[str, Way] = {
    "close": close,
    "reply": settled_by_reply,
    "mark": lambda services, number, disposal: mark(services, number, MessageKind.OTHER, disposal),
    "join": lambda services, number, disposal: join(services, number, 1, disposal),
}


@pytest.mark.parametrize("way", STEPS.values(), ids=STEPS)
def test_what_a_colleague_has_claimed_is_disposed_of_by_nobody_else(asked_us: Services, way: Way) -> None:
    arrives(asked_us, mail("CPL submission", body="And the other one?\n"))
    claims.claim(asked_us, 2, "Ben")
    with pytest.raises(DecisionRefusedError, match="Ben has claimed CPL-000002"):
        way(asked_us, 2, step(asked_us, 2))
    claims.claim(asked_us, 2, "Ada")  # takes it over
    way(asked_us, 2, step(asked_us, 2))
    assert now(asked_us, 2).claimed_by is None


def test_what_a_colleague_has_claimed_is_not_split_up(submitted: Services) -> None:
    arrives(submitted, answer("Re: CPL-000001"))
    claims.claim(submitted, 1, "Ben")
    with pytest.raises(DecisionRefusedError, match="Ben has claimed CPL-000001"):
        split(submitted, 2, step(submitted, 2))
    assert split(submitted, 2, step(submitted, 2, person="Ben")).state is State.RECEIVED
