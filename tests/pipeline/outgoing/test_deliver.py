"""Delivering: sent once it can be, under one Message-ID, and never lost."""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

import pytest
from helpers import HandClock, fetched, mail

from intake.errors import DeferredError, PermanentFailureError, ThrottledError, UnreachableError
from intake.mailbox.base import Letter
from intake.pipeline.arrival.receive import receive
from intake.pipeline.outgoing import deliver as delivering
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.services import Services
from intake.store import events, outbox
from intake.store.outbox import LetterState, NewLetter


@dataclass
class Postman:
    """Takes letters, or does not."""

    trouble: Exception | None = None
    taken: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        if self.trouble:
            raise self.trouble
        self.taken.append(letter)

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "patiently", lambda send, _stopping: send())


def states(services: Services) -> list[tuple[LetterState, int]]:
    with services.store.reading() as tx:
        return [(letter.state, letter.attempts) for number in (1, 2) for letter in outbox.of_message(tx, number)]


@pytest.fixture
def two_letters(services: Services) -> Services:
    for number in (1, 2):
        receive(services, fetched(mail(body=str(number)), str(number)))
    return services


def test_each_letter_is_sent_once(two_letters: Services, clock: HandClock) -> None:
    postman = Postman()
    assert deliver(two_letters, postman, Event()) == 2
    assert deliver(two_letters, postman, Event()) == 0
    assert len({letter.message_id for letter in postman.taken}) == len(postman.taken) == 2
    assert states(two_letters) == [(LetterState.SENT, 0)] * 2
    with two_letters.store.reading() as tx:
        assert outbox.of_message(tx, 1)[0].sent_at == clock.now()


def test_a_postman_who_is_away_is_tried_again_later_and_later(two_letters: Services, clock: HandClock) -> None:
    away = Postman(UnreachableError("away"))
    for attempts in (1, 2):
        with pytest.raises(UnreachableError):
            deliver(two_letters, away, Event())
        assert states(two_letters)[0] == (LetterState.QUEUED, attempts)
        clock.forward(minutes=2)
    postman = Postman()
    deliver(two_letters, postman, Event())
    assert len(postman.taken) == 2


def test_a_letter_that_is_put_off_holds_up_no_other(two_letters: Services) -> None:
    assert deliver(two_letters, Postman(DeferredError("450 greylisted")), Event()) == 2
    assert states(two_letters) == [(LetterState.QUEUED, 1)] * 2
    with two_letters.store.reading() as tx:
        assert outbox.of_message(tx, 2)[0].last_error == "450 greylisted"


@pytest.mark.parametrize(("asked", "waited"), [(5, 30), (600, 600), (1e9, 3600)])
def test_a_server_is_left_alone_for_as_long_as_it_asks_within_an_hour(
    two_letters: Services, clock: HandClock, asked: float, waited: int
) -> None:
    with pytest.raises(UnreachableError):
        deliver(two_letters, Postman(ThrottledError("busy", seconds=asked)), Event())
    with two_letters.store.reading() as tx:
        assert outbox.of_message(tx, 1)[0].next_attempt_at == clock.now() + timedelta(seconds=waited)


def test_a_letter_that_came_back_meanwhile_is_left_alone(two_letters: Services) -> None:
    class Slow(Postman):
        def send(self, letter: Letter) -> None:
            super().send(letter)
            with two_letters.store.transaction() as tx:
                known = outbox.of_message_id(tx, letter.message_id)
                assert known is not None
                outbox.come_back(tx, known, "no such user")

    assert deliver(two_letters, Slow(), Event()) == 2
    assert [state for state, _ in states(two_letters)] == [LetterState.BOUNCED] * 2


def test_a_letter_nobody_will_take_is_left_for_a_person(two_letters: Services) -> None:
    deliver(two_letters, Postman(PermanentFailureError("no such address")), Event())
    assert [state for state, _ in states(two_letters)] == [LetterState.REFUSED] * 2


def test_a_fault_of_ours_holds_a_letter_after_three_attempts(two_letters: Services, clock: HandClock) -> None:
    for _ in range(3):
        deliver(two_letters, Postman(RuntimeError("oh")), Event())
        clock.forward(minutes=1)
    assert states(two_letters) == [(LetterState.HELD, 3)] * 2


def test_told_to_stop_it_lets_go_of_what_it_did_not_send(two_letters: Services) -> None:
    stopping = Event()
    stopping.set()
    assert deliver(two_letters, Postman(), stopping) == 0
    postman = Postman()
    deliver(two_letters, postman, Event())
    assert len(postman.taken) == 2


def test_a_letter_that_a_wrong_clock_put_off_for_years_is_sent_when_the_clock_is_right(
    two_letters: Services, clock: HandClock
) -> None:
    clock.forward(days=3650)
    with pytest.raises(UnreachableError):
        deliver(two_letters, Postman(UnreachableError("no server")), Event())
    clock.forward(days=-3650)
    postman = Postman()
    deliver(two_letters, postman, Event())
    assert len(postman.taken) == 2


def test_a_letter_about_an_entry_is_sent_and_told_like_any_other(services: Services) -> None:
    notice = NewLetter(None, "expiry", "<expiry.1@example.test>", "robin@ashdown.example", b"x", entry="000042")
    with services.store.transaction() as tx:
        outbox.queue(tx, [notice], services.clock.now())
    assert deliver(services, Postman(), Event()) == 1
    with services.store.reading() as tx:
        (letter,) = outbox.of_list(tx, "000042")
        (told,) = events.chain(tx)
    assert letter.state is LetterState.SENT
    assert (told.name, told.message, told.entry) == ("letter_sent", None, "000042")


@pytest.mark.parametrize("trouble", [PermanentFailureError("no"), DeferredError("later")])
def test_a_letter_about_an_entry_that_does_not_go_is_told_too(services: Services, trouble: Exception) -> None:
    notice = NewLetter(None, "expiry", "<expiry.1@example.test>", "robin@ashdown.example", b"x", entry="000042")
    with services.store.transaction() as tx:
        outbox.queue(tx, [notice], services.clock.now())
    deliver(services, Postman(trouble), Event())
    with services.store.reading() as tx:
        (told,) = events.chain(tx)
    assert (told.message, told.entry) == (None, "000042")
