"""Deciding: a person, bound to what the person saw, four eyes for an approval."""

import email
from datetime import timedelta
from threading import Event

import pytest
from helpers import a_submission, fetched, mail

from intake.demo import products
from intake.demo.samples import submission
from intake.domain.review import Action, Decision, DecisionRefusedError
from intake.domain.submission import State
from intake.domain.working_days import WorkingCalendar
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import case
from intake.pipeline.case.claims import claim, unclaim
from intake.pipeline.outgoing.letters import drop_held_letter, send_held_letter
from intake.pipeline.review.decide import decide, draft, retry, withdraw
from intake.pipeline.services import Services
from intake.store import events, outbox, submissions
from intake.store.outbox import LetterState
from intake.store.submissions import Submission


def in_review(services: Services, raw: bytes) -> Submission:
    receive(services, fetched(raw))
    held = work.claim_one(services)
    assert held is not None
    work.work_on(services, held, Event())
    return now(services)


def now(services: Services) -> Submission:
    with services.store.reading() as tx:
        return submissions.get(tx, 1)


def decision(services: Services, action: Action, person: str = "Ada", **changes: str) -> Decision:
    report = changes.pop("report_sha256", now(services).report_sha256 or "")
    return Decision(action, person, report, changes.get("letter", "A letter.\n"), changes.get("reason", ""))


@pytest.fixture
def ready(services: Services) -> Services:
    in_review(services, a_submission())
    return services


def test_a_publication_has_a_term_of_its_own(ready: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkingCalendar, "publish_due", lambda _calendar, approved_at: approved_at + timedelta(days=9))
    decide(ready, 1, decision(ready, Action.APPROVE))
    approved = decide(ready, 1, decision(ready, Action.APPROVE, "Ben"))
    assert approved.publish_due == ready.clock.now() + timedelta(days=9)
    assert approved.acknowledge_due == ready.calendar.acknowledge_due(approved.received_at)


def test_an_approval_takes_two_people(ready: Services) -> None:
    assert decide(ready, 1, decision(ready, Action.APPROVE)).state is State.PROPOSED
    with pytest.raises(DecisionRefusedError, match="another person"):
        decide(ready, 1, decision(ready, Action.APPROVE))
    approved = decide(ready, 1, decision(ready, Action.APPROVE, "Ben"))
    assert (approved.state, approved.proposed_by, approved.decided_by) == (State.APPROVED, "Ada", "Ben")
    assert approved.publish_due is not None
    with ready.store.reading() as tx:
        kinds = [letter.kind for letter in outbox.of_message(tx, 1)]
        names = [(event.name, event.actor) for event in events.of_message(tx, 1)][-4:]
    assert kinds == ["acknowledgement", "approve"]
    assert names == [
        ("approval_proposed", "Ada"),
        ("list_change_waits", "Ben"),
        ("letter_written", "cpl-intake"),
        ("approved", "Ben"),
    ]


def test_the_proposer_s_words_are_what_the_second_person_sees(ready: Services) -> None:
    decide(ready, 1, decision(ready, Action.APPROVE, letter="My own words.\n"))
    assert draft(case(ready, 1), Action.APPROVE) == "My own words.\n"


def test_a_proposal_is_withdrawn_by_whoever_made_it_and_nobody_hears_of_it(ready: Services) -> None:
    decide(ready, 1, decision(ready, Action.APPROVE, "Ada"))
    with pytest.raises(DecisionRefusedError, match="no proposal of yours"):
        withdraw(ready, 1, "Ben")
    withdraw(ready, 1, "Ada")
    after = now(ready)
    assert (after.state, after.proposed_by) == (State.IN_REVIEW, None)
    with ready.store.reading() as tx:
        last = events.of_message(tx, 1)[-1]
        kinds = [letter.kind for letter in outbox.of_message(tx, 1)]
    assert (last.name, last.actor) == ("proposal_withdrawn", "Ada")
    assert kinds == ["acknowledgement"]
    decide(ready, 1, decision(ready, Action.APPROVE, "Ben"))  # it is as if nobody had proposed it
    assert now(ready).proposed_by == "Ben"


@pytest.mark.parametrize("action", [Action.RETURN, Action.ASK])
def test_what_is_not_proposed_cannot_be_withdrawn(ready: Services, action: Action) -> None:
    decide(ready, 1, decision(ready, action))
    with pytest.raises(DecisionRefusedError, match="no proposal of yours"):
        withdraw(ready, 1, "Ada")


def test_a_return_takes_one_person_and_sends_the_letter_as_left(ready: Services) -> None:
    assert decide(ready, 1, decision(ready, Action.RETURN, letter="Please mend it.\n")).state is State.RETURNED
    with ready.store.reading() as tx:
        letter = outbox.of_message(tx, 1)[-1]
    message = email.message_from_bytes(letter.content)
    assert message.get_payload() == "Please mend it.\r\n"
    assert message["Auto-Submitted"] in {None, "no"}
    assert letter.state is LetterState.QUEUED


def test_two_questions_are_two_letters(ready: Services) -> None:
    for _ in range(2):
        assert decide(ready, 1, decision(ready, Action.ASK)).state is State.ASKED
    with ready.store.reading() as tx:
        letters = outbox.of_message(tx, 1)
    assert len({letter.message_id for letter in letters}) == 3


@pytest.mark.parametrize(
    ("action", "changes", "says"),
    [
        (Action.APPROVE, {"report_sha256": "0" * 64}, "report has changed"),
        (Action.RETURN, {"letter": " \n"}, "letter is empty"),
        (Action.ASK, {"letter": ""}, "letter is empty"),
    ],
)
def test_what_a_person_cannot_mean_is_refused(
    ready: Services, action: Action, changes: dict[str, str], says: str
) -> None:
    with pytest.raises(DecisionRefusedError, match=says):
        decide(ready, 1, decision(ready, action, **changes))
    assert now(ready).state is State.IN_REVIEW


def test_what_is_decided_stays_decided(ready: Services) -> None:
    decide(ready, 1, decision(ready, Action.RETURN))
    with pytest.raises(DecisionRefusedError, match="nothing to decide"):
        decide(ready, 1, decision(ready, Action.APPROVE))


def test_an_approval_against_the_checks_needs_a_reason(services: Services) -> None:
    values = products.faultless_form(products.PPMID, on=services.clock.now().date())
    values["Device_Model.firmware_version"] = "01:02:05:0a"
    in_review(services, mail(documents=submission(values)))
    assert now(services).outcome == "return"
    with pytest.raises(DecisionRefusedError, match="say in the reason"):
        decide(services, 1, decision(services, Action.APPROVE))
    assert decide(services, 1, decision(services, Action.APPROVE, reason="Agreed by phone.")).state is State.PROPOSED


def test_a_message_without_a_form_cannot_be_approved(services: Services) -> None:
    in_review(services, mail("CPL submission"))
    with pytest.raises(DecisionRefusedError, match="no New Entry form"):
        decide(services, 1, decision(services, Action.APPROVE, reason="because"))


def test_the_drafted_return_says_what_the_report_says(services: Services) -> None:
    values = products.faultless_form(products.PPMID, on=services.clock.now().date())
    values["Device_Model.firmware_version"] = "01:02:05:0a"
    in_review(services, mail(documents=submission(values)))
    letter = draft(case(services, 1), Action.RETURN)
    for said in ("CPL-000001", "Device_Model.firmware_version", "01:02:05:0a", "01:02:05:0A", "CPL - New Entry!G14"):
        assert said in letter
    assert max(map(len, letter.splitlines())) <= 100


def test_claims_are_shown_and_recorded(ready: Services) -> None:
    claim(ready, 1, "Ada")
    claim(ready, 1, "Ben")
    assert now(ready).claimed_by == "Ben"
    unclaim(ready, 1, "Ben")
    assert now(ready).claimed_by is None
    with ready.store.reading() as tx:
        told = [(e.name, e.actor, e.detail["before"]) for e in events.of_message(tx, 1)[-3:]]
    assert told == [("claimed", "Ada", None), ("claimed", "Ben", "Ada"), ("unclaimed", "Ben", "Ben")]


def test_only_what_failed_or_was_filed_is_retried(ready: Services) -> None:
    with pytest.raises(DecisionRefusedError, match="only what failed"):
        retry(ready, 1, "Ada")


def test_filed_mail_can_be_read_anew(services: Services) -> None:
    assert in_review(services, mail("Lunch", body="At one?\n")).state is State.FILED
    retry(services, 1, "Ada")
    assert now(services).state is State.RECEIVED


def held_letter(services: Services) -> int:
    receive(services, fetched(mail(headers={"X-Auto-Response-Suppress": "All"})))
    with services.store.reading() as tx:
        return outbox.of_message(tx, 1)[0].id


@pytest.mark.parametrize(
    ("do", "state"), [(send_held_letter, LetterState.QUEUED), (drop_held_letter, LetterState.DROPPED)]
)
def test_a_held_letter_waits_for_a_person_s_word(services: Services, do: object, state: LetterState) -> None:
    letter = held_letter(services)
    assert callable(do)
    do(services, letter, "Ada")
    with services.store.reading() as tx:
        assert outbox.of_message(tx, 1)[0].state is state
    with pytest.raises(DecisionRefusedError, match="not held any more"):
        do(services, letter, "Ada")


def test_a_letter_to_nobody_cannot_be_sent(services: Services) -> None:
    receive(services, fetched(mail(sender="nobody")))
    with pytest.raises(DecisionRefusedError, match="by hand"):
        send_held_letter(services, 1, "Ada")
