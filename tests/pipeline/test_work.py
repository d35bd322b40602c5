"""Working: read, judged, before a person; what fails three times goes there too."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from types import SimpleNamespace

import pytest
from helpers import HandClock, a_submission, fetched, let_leases_run_out, mail

from intake.demo import products
from intake.domain import records
from intake.domain.submission import State
from intake.errors import UnreachableError
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.reading import examine, extract
from intake.pipeline.reading.again import judge_again
from intake.pipeline.reading.examine import Then
from intake.pipeline.services import Services
from intake.store import events, outbox, queue, resolutions, submissions
from intake.store.engine import Store, Transaction
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow
from intake.store.submissions import Submission


def work_everything(services: Services) -> None:
    for _ in range(20):
        submission = work.claim_one(services)
        if submission is None:
            return
        work.work_on(services, submission, Event())


def taken_in(services: Services, raw: bytes) -> QueueRow:
    receive(services, fetched(raw))
    work_everything(services)
    with services.store.reading() as tx:
        (row,) = queue.rows(tx)
    return row


def test_a_faultless_submission_is_ready_and_waits_for_a_person(services: Services) -> None:
    submission = taken_in(services, a_submission(products.SINGLE)).submission
    assert (submission.state, submission.outcome, submission.entries) == (State.IN_REVIEW, "ready", 1)
    assert submission.lease_owner is None
    report = records.report(services.archive.get(submission.report_sha256 or ""))
    dossier = records.dossier(services.archive.get(submission.dossier_sha256 or ""))
    assert report.outcome == "ready"
    assert [document.kind for document in dossier.documents] == [
        "new_entry",
        "zigbee_certificate",
        "cpa_certificate",
        "dlms_certificate",
    ]
    assert dossier.judged_at == submission.received_at


@pytest.mark.parametrize(
    ("raw", "kind", "state", "acknowledged"),
    [
        (a_submission(subject="Documents as discussed"), "unclear", State.IN_REVIEW, True),
        (mail("Documents", documents={"form.xlsx": b"PK\x03\x04 cut short"}), "unclear", State.IN_REVIEW, True),
        (mail("Central Products List?"), "unclear", State.IN_REVIEW, False),
        (mail("Lunch on Friday", body="At one?\n"), "other", State.FILED, False),
        (mail("Lunch", body="At one?\n", documents={"menu.txt": b"soup"}), "other", State.FILED, False),
        (mail("CPL submission", headers={"Auto-Submitted": "auto-replied"}), "submission", State.FILED, False),
        (b"\x00\x01", "unclear", State.IN_REVIEW, True),
    ],
)
def test_nothing_that_may_be_a_submission_is_filed_away(
    services: Services, raw: bytes, kind: str, state: State, acknowledged: bool
) -> None:
    row = taken_in(services, raw)
    assert (row.submission.kind, row.submission.state) == (kind, state)
    assert (row.letter_state is not None) is acknowledged


def test_automatic_mail_that_brings_a_form_is_shown_but_not_answered(services: Services) -> None:
    raw = a_submission().replace(b"Subject:", b"Auto-Submitted: auto-generated\r\nSubject:", 1)
    row = taken_in(services, raw)
    assert (row.submission.state, row.letter_state) == (State.IN_REVIEW, LetterState.HELD)
    assert "and yet it may bring a submission" in (row.hold_reason or "")


def breaks(*_: object) -> Submission:
    message = "a fault of ours"
    raise RuntimeError(message)


def test_a_step_that_fails_three_times_goes_before_a_person(
    services: Services, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "judge", breaks)
    monkeypatch.setattr(examine, "judge", breaks)
    receive(services, fetched(a_submission()))
    for _ in range(4):
        work_everything(services)
        clock.forward(minutes=1)
    with services.store.reading() as tx:
        submission = submissions.get(tx, 1)
        names = [event.name for event in events.of_message(tx, 1)]
    assert submission.state is State.QUARANTINED
    assert submission.last_error == "RuntimeError: a fault of ours"
    assert names[-5:] == ["extracted", "step_failed", "step_failed", "step_failed", "quarantined"]


def test_one_that_fails_does_not_stop_the_others(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = work.STEPS[State.RECEIVED]

    def breaks_on_the_first(given: Services, submission: Submission, then: Then) -> Submission:
        return breaks() if submission.id == 1 else ordinary(given, submission, then)

    monkeypatch.setitem(work.STEPS, State.RECEIVED, breaks_on_the_first)
    for serial in (1, 2):
        receive(services, fetched(a_submission(serial=serial), str(serial)))
    work_everything(services)
    with services.store.reading() as tx:
        assert submissions.get(tx, 2).state is State.IN_REVIEW


def test_an_edge_that_does_not_answer_is_not_the_submission_s_fault(
    services: Services, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> Submission:
        message = "the archive is away"
        raise UnreachableError(message)

    monkeypatch.setitem(work.STEPS, State.RECEIVED, away)
    monkeypatch.setattr(work, "patiently", lambda step, _stopping: step())
    receive(services, fetched(a_submission()))
    for _ in range(5):
        held = work.claim_one(services)
        assert held is not None
        with pytest.raises(UnreachableError):
            work.work_on(services, held, Event())
        clock.forward(minutes=1)
    with services.store.reading() as tx:
        submission = submissions.get(tx, 1)
    assert (submission.state, submission.attempts) == (State.RECEIVED, 0)


def test_told_to_stop_it_stops_between_steps_and_lets_go(services: Services) -> None:
    receive(services, fetched(a_submission()))
    held = work.claim_one(services)
    assert held is not None
    stopping = Event()
    stopping.set()
    work.work_on(services, held, stopping)
    with services.store.reading() as tx:
        submission = submissions.get(tx, 1)
    assert (submission.state, submission.lease_owner) == (State.RECEIVED, None)


def test_what_another_took_over_is_left_to_it(services: Services, clock: HandClock) -> None:
    receive(services, fetched(a_submission()))
    held = work.claim_one(services)
    assert held is not None
    let_leases_run_out(services.store)
    with services.store.transaction() as tx:
        assert submissions.claim(tx, "they", now=clock.now(), lease=timedelta(hours=1), limit=1)
    work.work_on(services, held, Event())
    with services.store.reading() as tx:
        submission = submissions.get(tx, 1)
    assert (submission.state, submission.lease_owner) == (State.RECEIVED, "they")


def test_a_message_read_again_has_no_report_until_it_is_judged_again(services: Services) -> None:
    """The earlier report is of the earlier dossier, and would be shown beside the new one."""
    taken_in(services, a_submission())
    judge_again(services, 1, "Ada")
    submission = work.claim_one(services)
    assert submission is not None
    read = extract.extract(services, submission)
    assert (read.state, read.report_sha256, read.outcome) == (State.EXTRACTED, None, None)


@pytest.mark.parametrize(
    ("raw", "promised"),
    [
        (a_submission(), True),
        (a_submission(subject="Documents as discussed"), False),
        (mail("Documents", documents={"form.xlsx": b"PK\x03\x04 cut short"}), False),
        (mail("Figures", documents={"figures.xls": b"no workbook"}), False),
    ],
)
def test_only_what_says_that_it_is_a_submission_is_told_that_it_will_be_checked(
    services: Services, raw: bytes, promised: bool
) -> None:
    taken_in(services, raw)
    with services.store.reading() as tx:
        (letter,) = outbox.of_message(tx, 1)
    told = " ".join(letter.content.decode("ascii").split())
    assert "This confirms receipt only" in told
    assert ("will now be checked" in told) is promised


def commits(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give a list that grows with every commit."""
    ordinary, counted = Store.transaction, list[int]()

    @contextmanager
    def watched(self: Store) -> Iterator[Transaction]:
        with ordinary(self) as tx:
            yield tx
        if self is store:
            counted.append(1)

    monkeypatch.setattr(Store, "transaction", watched)
    return counted


def test_reading_judging_and_taking_the_next_is_one_commit(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    for serial in (1, 2, 3):
        receive(services, fetched(a_submission(serial=serial), str(serial)))
    first = work.claim_one(services)
    assert first is not None
    counted = commits(services.store, monkeypatch)
    work.work_through(services, first, Event())
    assert len(counted) == 3
    with services.store.reading() as tx:
        done = [submissions.get(tx, number) for number in (1, 2, 3)]
        names = [event.name for event in events.of_message(tx, 2)]
    assert [(item.state, item.outcome, item.lease_owner) for item in done] == [(State.IN_REVIEW, "ready", None)] * 3
    assert names == ["received", "acknowledgement_queued", "extracted", "examined", "review_opened"]


def test_what_was_taken_with_the_last_commit_is_let_go_when_told_to_stop(services: Services) -> None:
    class StopsAfterOne(Event):
        """Set as soon as the first submission is done."""

        def is_set(self) -> bool:
            with services.store.reading() as tx:
                return submissions.get(tx, 1).state is State.IN_REVIEW

    for serial in (1, 2):
        receive(services, fetched(a_submission(serial=serial), str(serial)))
    first = work.claim_one(services)
    assert first is not None
    work.work_through(services, first, StopsAfterOne())
    with services.store.reading() as tx:
        second = submissions.get(tx, 2)
    assert (second.state, second.lease_owner) == (State.RECEIVED, None)


def test_a_submission_with_corrections_is_judged_by_the_step_that_applies_them(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(services, a_submission(products.SINGLE))
    judge_again(services, 1, "Ada")
    monkeypatch.setattr(resolutions, "of_message", lambda *_: (SimpleNamespace(correction=None),))
    submission = work.claim_one(services)
    assert submission is not None
    assert extract.extract_and_examine(services, submission).state is State.EXTRACTED
