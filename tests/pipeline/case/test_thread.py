"""A message that answers a case and brings no form joins it: it is looked at there, and no decision passes it by."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from helpers import HandClock, a_submission, fetched, mail
from pipeline.outgoing.test_deliver import Postman

from intake.cli.queue import public_row
from intake.demo import products
from intake.domain.review import Action, Decision, DecisionRefusedError, Written
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive, receive_all
from intake.pipeline.case.case import case
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.reading import extract
from intake.pipeline.review import decide
from intake.pipeline.review.see import see
from intake.pipeline.services import Services
from intake.store import events, outbox, queue, submissions
from intake.store.outbox import LetterState
from intake.store.submissions import Submission

ROBIN, STRANGER = "Robin Hale <robin@ashdown.example>", "Kim Reed <kim@elsewhere.example>"


def work_off(services: Services) -> None:
    while (submission := work.claim_one(services)) is not None:
        work.work_on(services, submission, Event())


def arrives(services: Services, raw: bytes) -> Submission:
    """Received and read; gives it as it is then."""
    receive(services, fetched(raw, uid=str(hash(raw))))
    work_off(services)
    with services.store.reading() as tx:
        return queue.rows(tx)[-1].submission


def row(services: Services, number: int) -> dict[str, object]:
    with services.store.reading() as tx:
        queue_row = queue.one(tx, number)
    assert queue_row is not None
    return public_row(queue_row, services.clock.now())


def waiting(services: Services) -> list[int]:
    with services.store.reading() as tx:
        return [queue_row.submission.id for queue_row in queue.rows(tx, where=queue.WAITING)]


def letters(services: Services, number: int) -> list[LetterState]:
    with services.store.reading() as tx:
        return [letter.state for letter in outbox.of_message(tx, number)]


def identity(services: Services, number: int = 1) -> str:
    with services.store.reading() as tx:
        return outbox.of_message(tx, number)[-1].message_id


def names(services: Services, number: int) -> list[str]:
    with services.store.reading() as tx:
        return [event.name for event in events.of_message(tx, number)]


def decided(services: Services, action: Action, person: str, *, thread: int = 0) -> Submission:
    with services.store.reading() as tx:
        report = submissions.get(tx, 1).report_sha256 or ""
    return decide.decide(services, 1, Decision(action, person, report, "Dear Robin", "as agreed", thread))


def answer(
    subject: str = "Re: CPL submission", *, sender: str = ROBIN, body: str = "Please do NOT approve.\n", **headers: str
) -> bytes:
    return mail(subject, sender=sender, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.fixture
def submitted(services: Services) -> Services:
    """One submission in review, its acknowledgement sent."""
    arrives(services, a_submission(products.GAS))
    deliver(services, Postman(), Event())
    return services


def by_reply(services: Services) -> bytes:
    return answer(In_Reply_To=identity(services))


def by_references(services: Services) -> bytes:
    return answer("Something else", References=f"<x@ashdown.example> {identity(services)}")


def by_own_message(services: Services) -> bytes:
    with services.store.reading() as tx:
        return answer("Something else", In_Reply_To=submissions.get(tx, 1).message_id)


def by_subject(_services: Services) -> bytes:
    return answer("CPL submission, our reference cpl-000001")


def by_subject_from_a_colleague(_services: Services) -> bytes:
    return answer("[External] Re: CPL-000001", sender="Sam <sam@ashdown.example>")


def by_a_letter_s_id_in_the_text(services: Services) -> bytes:
    return answer("Something else", body=f"> Message-ID: {identity(services)}\n", sender=STRANGER)


def by_reference_in_a_quotation(_services: Services) -> bytes:
    return answer("[Ticket 4711] CPL submission", body="Logged.\n\n> Reference   CPL-000001\n")


Way = Callable[[Services], bytes]
WAYS = (
    by_reply,
    by_references,
    by_own_message,
    by_subject,
    by_subject_from_a_colleague,
    by_a_letter_s_id_in_the_text,
    by_reference_in_a_quotation,
)


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_without_a_form_joins_and_is_looked_at_on_its_case(submitted: Services, way: Way) -> None:
    see(submitted, 1, 1, "Ada")
    joined = arrives(submitted, way(submitted))
    assert (joined.state, joined.thread, joined.outcome) == (State.FILED, 1, None)
    assert LetterState.HELD not in letters(submitted, 2)
    assert (row(submitted, 2)["case"], row(submitted, 2)["unseen"]) == ("CPL-000001", 0)
    assert (row(submitted, 1)["case"], row(submitted, 1)["unseen"]) == ("CPL-000001", 1)
    assert waiting(submitted) == [1]
    (turn,) = case(submitted, 1).thread
    assert (turn.submission.id, turn.unseen, bool(turn.text)) == (2, True, True)


@pytest.mark.parametrize("way", WAYS[:5])
def test_it_owes_no_acknowledgement_of_its_own(submitted: Services, clock: HandClock, way: Way) -> None:
    receive(submitted, fetched(way(submitted), "answer"))
    postman = Postman()
    assert deliver(submitted, postman, Event()) == 0  # not even before it is read
    work_off(submitted)
    clock.forward(hours=3)
    assert deliver(submitted, postman, Event()) == 0
    assert letters(submitted, 2) in ([], [LetterState.NOT_OWED])
    assert row(submitted, 2)["acknowledged_at"] is None


@pytest.mark.parametrize(
    "raw",
    [
        answer("CPL submission: another meter"),
        answer("Re: CPL submission CPL-000077"),
        answer("Re: CPL submission CPL-999999999999"),
        answer("CPL submission", body="> Reference   CPL-000001\n", sender=STRANGER),
        answer("CPL submission", In_Reply_To="<nothing@ashdown.example>"),
    ],
    ids=["new", "no such case", "no number we could have", "guessed in a text", "answers somebody else"],
)
def test_what_answers_no_case_is_a_case_of_its_own(submitted: Services, raw: bytes) -> None:
    alone = arrives(submitted, raw)
    assert (alone.thread, alone.state) == (None, State.IN_REVIEW)
    assert letters(submitted, 2) == [LetterState.QUEUED]
    assert deliver(submitted, Postman(), Event()) == 1
    assert row(submitted, 2)["case"] == "CPL-000002"


def test_mail_that_is_only_kept_is_no_case(services: Services) -> None:
    arrives(services, mail("Lunch", body="At one?\n", headers={"X-Number": "1"}))
    with services.store.reading() as tx:
        lunch = submissions.get(tx, 1).message_id
    alone = arrives(services, answer("CPL submission", In_Reply_To=lunch))
    assert (alone.thread, alone.state) == (None, State.IN_REVIEW)
    assert letters(services, 2) == [LetterState.QUEUED]
    assert row(services, 1)["unseen"] == 0


def test_an_answer_with_a_form_is_a_submission_of_its_own(submitted: Services) -> None:
    raw = a_submission(products.GAS, serial=1, subject="Re: CPL submission [CPL-000001]").replace(
        b"\r\n\r\n", b"\r\nX-Again: 1\r\n\r\n", 1
    )
    receive(submitted, fetched(raw, "again"))
    postman = Postman()
    assert deliver(submitted, postman, Event()) == 0  # whether it is one is known when it has been read
    work_off(submitted)
    assert deliver(submitted, postman, Event()) == 1
    again = case(submitted, 2)
    assert (again.submission.thread, again.submission.state) == (None, State.IN_REVIEW)
    assert again.previous is not None
    assert again.previous.id == 1
    assert row(submitted, 2)["case"] == "CPL-000002"
    assert row(submitted, 1)["unseen"] == 1  # the case itself, at which nobody has looked
    assert case(submitted, 1).newest == 0


def test_an_answer_that_cannot_be_opened_is_acknowledged_like_a_submission(submitted: Services) -> None:
    closed = mail(
        "Re: CPL submission CPL-000001", documents={"form.zip": b"PK\x03\x04 broken"}, headers={"X-Number": "2"}
    )
    alone = arrives(submitted, closed)
    assert (alone.thread, alone.state) == (None, State.IN_REVIEW)
    assert letters(submitted, 2) == [LetterState.QUEUED]


def test_an_answer_that_cannot_be_opened_is_looked_at_by_itself_and_leads_to_its_case(submitted: Services) -> None:
    closed = mail(
        "Re: our meter", documents={"form.zip": b"PK\x03\x04 broken"}, headers={"In-Reply-To": identity(submitted)}
    )
    alone = arrives(submitted, closed)
    assert (alone.thread, alone.state, alone.documents) == (None, State.IN_REVIEW, 1)
    with submitted.store.reading() as tx:
        linked = next(event for event in events.of_message(tx, alone.id) if event.name == "linked")
    assert linked.detail["earlier"] == "CPL-000001"


def test_the_acknowledgement_goes_though_the_reading_fails(
    submitted: Services, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(extract, "read_message", fail)
    receive(submitted, fetched(by_reply(submitted), "answer"))
    for _ in range(3):
        work_off(submitted)
        clock.forward(seconds=10)
    assert row(submitted, 2)["status"] == "quarantined"
    assert 2 in waiting(submitted)
    assert deliver(submitted, Postman(), Event()) == 1


def test_the_acknowledgement_goes_though_nobody_reads(submitted: Services, clock: HandClock) -> None:
    receive(submitted, fetched(by_reply(submitted), "answer"))
    clock.forward(minutes=59)
    assert deliver(submitted, Postman(), Event()) == 0
    clock.forward(minutes=2)
    assert deliver(submitted, Postman(), Event()) == 1
    work_off(submitted)
    assert letters(submitted, 2) == [LetterState.SENT]
    assert row(submitted, 2)["case"] == "CPL-000001"


def test_an_asked_case_comes_back(submitted: Services) -> None:
    decided(submitted, Action.ASK, "Ada")
    assert row(submitted, 1)["status"] == "asked"
    assert row(submitted, 1)["unseen"] == 0
    arrives(submitted, answer(In_Reply_To=identity(submitted), body="It is 01:02:05:0A.\n"))
    assert (row(submitted, 1)["status"], row(submitted, 1)["unseen"]) == ("in_review", 1)
    assert "question_answered" in names(submitted, 1)


@pytest.mark.parametrize("sender", [ROBIN, STRANGER])
def test_a_proposed_approval_is_suspended(submitted: Services, sender: str) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    arrives(submitted, answer("Re: CPL-000001", sender=sender))
    assert row(submitted, 1)["status"] == "in_review"
    assert "proposal_suspended" in names(submitted, 1)
    (turn,) = case(submitted, 1).thread
    assert turn.same_sender is (sender == ROBIN)
    (draft,) = case(submitted, 1, "Ada").drafts  # what she had written need not be written again
    assert (draft.action, draft.letter, draft.reason) == (Written.APPROVE, "Dear Robin", "as agreed")
    assert case(submitted, 1, "Ben").drafts == ()
    assert decided(submitted, Action.APPROVE, "Ben", thread=2).state is State.PROPOSED  # not the second pair of eyes


def test_a_form_that_is_sent_again_suspends_it_too(submitted: Services) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    arrives(submitted, a_submission(products.GAS, serial=2, subject="Re: CPL submission CPL-000001"))
    assert row(submitted, 1)["status"] == "in_review"


@pytest.mark.parametrize("read", [False, True], ids=["just received", "read"])
@pytest.mark.parametrize("action", Action)
def test_no_decision_passes_a_message_by_that_was_not_on_the_page(
    submitted: Services, action: Action, read: bool
) -> None:
    receive(submitted, fetched(by_reply(submitted), "answer"))
    if read:
        work_off(submitted)
    with pytest.raises(DecisionRefusedError, match="new message has come in on this case, CPL-000002"):
        decided(submitted, action, "Ada")
    assert row(submitted, 1)["status"] == "in_review"
    if action is Action.APPROVE and not read:
        with pytest.raises(DecisionRefusedError, match="CPL-000002 has come in on this case and is still being read"):
            decided(submitted, action, "Ada", thread=2)
        work_off(submitted)
    assert decided(submitted, action, "Ada", thread=2).state is not State.IN_REVIEW
    assert row(submitted, 1)["unseen"] == 0


def test_an_approval_is_not_confirmed_over_a_message_that_has_just_come(submitted: Services) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    receive(submitted, fetched(by_reply(submitted), "answer"))
    with pytest.raises(DecisionRefusedError, match="CPL-000002"):
        decided(submitted, Action.APPROVE, "Ben")
    assert row(submitted, 1)["status"] == "approval_proposed"


def test_mail_on_a_case_that_is_over_comes_before_a_person_until_one_looks(submitted: Services) -> None:
    decided(submitted, Action.RETURN, "Ada")
    assert waiting(submitted) == []
    arrives(submitted, by_reply(submitted))
    assert (row(submitted, 1)["status"], waiting(submitted)) == ("returned", [1])
    see(submitted, 1, 2, "Ben")
    assert (row(submitted, 1)["unseen"], waiting(submitted)) == (0, [])
    assert names(submitted, 1)[-1] == "case_seen"


def test_automatic_mail_shows_on_the_case_and_calls_nobody(submitted: Services) -> None:
    decided(submitted, Action.ASK, "Ada")
    away = answer("Automatic reply: CPL submission", In_Reply_To=identity(submitted), Auto_Submitted="auto-replied")
    arrives(submitted, away)
    assert (row(submitted, 1)["status"], row(submitted, 1)["unseen"]) == ("asked", 0)
    assert [turn.submission.id for turn in case(submitted, 1).thread] == [2]
    with pytest.raises(DecisionRefusedError, match="CPL-000002"):  # it may say what matters
        decided(submitted, Action.RETURN, "Ada")


@pytest.mark.parametrize(
    "mark",
    [{"Precedence": "bulk"}, {"List-Unsubscribe": "<mailto:x@crm.example>"}, {"Auto-Submitted": "auto-generated"}],
)
def test_what_a_person_wrote_by_way_of_a_machine_suspends_a_proposal(submitted: Services, mark: dict[str, str]) -> None:
    decided(submitted, Action.APPROVE, "Ada")
    arrives(submitted, answer(**{"In-Reply-To": identity(submitted), **mark}))
    assert row(submitted, 1)["status"] == "in_review"
    assert "proposal_suspended" in names(submitted, 1)
    assert letters(submitted, 2) == []


def test_an_answer_whose_in_reply_to_has_no_brackets_joins(submitted: Services) -> None:
    arrives(submitted, answer("Stop", In_Reply_To=identity(submitted).strip("<>")))
    assert row(submitted, 2)["case"] == "CPL-000001"


def test_an_answer_to_an_answer_joins_the_same_case(submitted: Services) -> None:
    first = arrives(submitted, by_reply(submitted))
    arrives(submitted, answer("Re: Re: something", body="One more thing.\n", In_Reply_To=first.message_id))
    assert [turn.submission.id for turn in case(submitted, 1).thread] == [2, 3]
    assert row(submitted, 3)["case"] == "CPL-000001"


def test_a_whole_conversation_may_arrive_at_once(services: Services, clock: HandClock) -> None:
    first = a_submission(products.GAS)
    with_id = first.replace(b"Subject:", b"X-Serial: 1\r\nSubject:", 1)
    own = next(line.split(b" ")[1] for line in with_id.splitlines() if line.startswith(b"Message-ID:")).decode()
    reply = answer(In_Reply_To=own, body="First.\n")
    batch = [
        fetched(raw, str(number)) for number, raw in enumerate((with_id, reply, answer("CPL-000001", body="Second.\n")))
    ]
    list(receive_all(services, [batch]))
    work_off(services)
    assert [row(services, number)["case"] for number in (1, 2, 3)] == ["CPL-000001"] * 3
    assert deliver(services, Postman(), Event()) == 1
    clock.forward(hours=2)
    assert deliver(services, Postman(), Event()) == 0


def test_a_joined_message_that_is_read_again_stays_where_it_is(submitted: Services) -> None:
    arrives(submitted, by_reply(submitted))
    decide.retry(submitted, 2, "Ada")
    work_off(submitted)
    assert (row(submitted, 2)["status"], row(submitted, 2)["case"]) == ("filed", "CPL-000001")
    assert letters(submitted, 2) == [LetterState.NOT_OWED]


def test_an_acknowledgement_that_was_held_and_not_owed_is_held_again_where_it_is_owed(submitted: Services) -> None:
    content = answer(In_Reply_To=identity(submitted), X_Auto_Response_Suppress="All")
    arrives(submitted, content)
    assert letters(submitted, 2) == [LetterState.NOT_OWED]
    with submitted.store.transaction() as tx:
        letter = outbox.let_go(tx, 2)
    assert letter is not None
    assert letter.state is LetterState.HELD


def test_a_look_is_counted_once_and_only_forward(submitted: Services, clock: HandClock) -> None:
    arrives(submitted, by_reply(submitted))
    see(submitted, 1, 2, "Ada")
    clock.forward(minutes=1)
    see(submitted, 1, 1, "Ben")
    assert names(submitted, 1).count("case_seen") == 1
    assert row(submitted, 1)["unseen"] == 0
