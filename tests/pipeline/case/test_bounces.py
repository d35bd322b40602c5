"""A letter that comes back comes before a person; a report on anything else is filed."""

from __future__ import annotations

from threading import Event

import pytest
import reports
from helpers import a_submission, fetched, mail
from pipeline.outgoing.test_deliver import Postman

from intake.domain.letter import message_id
from intake.domain.submission import State
from intake.errors import UnreachableError
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.outgoing import deliver as delivering
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.services import Services
from intake.store import events, outbox, queue, submissions
from intake.store.outbox import LetterState, QueuedLetter
from intake.store.vitals import vitals


def letter(services: Services) -> QueuedLetter:
    with services.store.reading() as tx:
        return outbox.of_message(tx, 1)[0]


def names(services: Services, number: int) -> list[str]:
    with services.store.reading() as tx:
        return [event.name for event in events.of_message(tx, number)]


def arrives(services: Services, raw: bytes, uid: str = "report") -> None:
    receive(services, fetched(raw, uid))
    while (submission := work.claim_one(services)) is not None:
        work.work_on(services, submission, Event())


@pytest.fixture
def sent(services: Services) -> Services:
    receive(services, fetched(a_submission()))
    assert deliver(services, Postman(), Event()) == 1
    return services


@pytest.mark.parametrize("case", reports.FAILURES)
def test_a_letter_that_comes_back_comes_before_a_person(sent: Services, case: str) -> None:
    arrives(sent, reports.FAILURES[case](letter(sent).message_id))
    assert letter(sent).state is LetterState.BOUNCED
    assert "letter_bounced" in names(sent, 1)
    assert "report_matched" in names(sent, 2)
    with sent.store.reading() as tx:
        assert submissions.get(tx, 2).state is State.FILED
        assert [row.submission.id for row in queue.rows(tx, where=queue.WAITING)] == [1]
        assert vitals(tx, sent.tally, sent.clock.now()).oldest_unacknowledged is not None


def test_what_the_other_server_said_is_kept(sent: Services) -> None:
    arrives(sent, reports.standard(letter(sent).message_id))
    assert letter(sent).last_error == "robin@ashdown.example: 5.1.1 550 5.1.1 no such user"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_no_failure_is_recorded_and_no_more(sent: Services, action: str) -> None:
    arrives(sent, reports.standard(letter(sent).message_id, action=action))
    assert letter(sent).state is LetterState.SENT
    assert f"letter_{action}" in names(sent, 1)


def test_a_warning_in_words_is_no_failure(sent: Services) -> None:
    arrives(sent, reports.in_words(letter(sent).message_id, subject="Warning: message delayed 4 hours"))
    assert letter(sent).state is LetterState.SENT


def test_a_report_on_a_letter_we_never_sent_is_filed(sent: Services) -> None:
    arrives(sent, reports.standard(message_id("ack", "f" * 64, "example.test")))
    assert letter(sent).state is LetterState.SENT
    assert names(sent, 2)[-1] == "report_on_no_letter_of_ours"
    with sent.store.reading() as tx:
        assert submissions.get(tx, 2).state is State.FILED


@pytest.mark.parametrize("raw", [reports.standard(), reports.of_exim("")])
def test_a_failure_that_does_not_say_of_which_letter_is_put_to_the_latest(sent: Services, raw: bytes) -> None:
    arrives(sent, raw)
    assert letter(sent).state is LetterState.BOUNCED
    assert "names no letter" in (letter(sent).last_error or "")
    with sent.store.reading() as tx:
        assert submissions.get(tx, 2).state is State.FILED
        assert [row.submission.id for row in queue.rows(tx, where=queue.WAITING)] == [1]


def test_a_failure_of_somebody_whom_we_never_wrote_to_is_filed(services: Services) -> None:
    arrives(services, reports.standard())
    with services.store.reading() as tx:
        assert submissions.get(tx, 1).state is State.FILED


def test_a_report_on_a_letter_that_still_waits_for_its_first_try_is_forged(services: Services) -> None:
    receive(services, fetched(a_submission()))
    arrives(services, reports.standard(letter(services).message_id))
    assert letter(services).state is LetterState.QUEUED


def test_a_letter_of_unknown_outcome_may_come_back(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "patiently", lambda send, _stopping: send())
    receive(services, fetched(a_submission()))
    with pytest.raises(UnreachableError):
        deliver(services, Postman(UnreachableError("it hung up behind the last full stop")), Event())
    arrives(services, reports.standard(letter(services).message_id))
    assert letter(services).state is LetterState.BOUNCED


def test_a_person_who_says_that_a_letter_came_back_changes_nothing(sent: Services) -> None:
    quoted = f"It came back:\n\nMessage-ID: {letter(sent).message_id}\n"
    arrives(sent, mail("Undeliverable: your letter, CPL submission", body=quoted).replace(b"Undeliverable: ", b""))
    assert letter(sent).state is LetterState.SENT


def test_a_second_report_changes_nothing(sent: Services) -> None:
    arrives(sent, reports.standard(letter(sent).message_id))
    arrives(sent, reports.in_words(letter(sent).message_id), "again")
    assert letter(sent).state is LetterState.BOUNCED
    assert names(sent, 1).count("letter_bounced") == 2
