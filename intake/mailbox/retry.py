"""Short patience at the edges: seconds to a minute. Longer waits belong to the store, which survives a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
    stop_any,
    stop_before_delay,
    stop_when_event_set,
    wait_combine,
    wait_exception,
    wait_random_exponential,
)

from intake.errors import UnreachableError

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on trying."""

    attempts: int = 4
    seconds: float = 60.0
    """No further attempt begins after so long."""
    first_wait: float = 1.0
    longest_wait: float = 15.0
    """Waits are drawn at random below a bound that doubles from the first to the longest.

    An edge that says how long it wants to be left alone is, if that is before patience ends; else it ends at once.
    """


ORDINARY = Patience()


def patiently(
    work: Callable[[], Result],
    shutdown: Event,
    patience: Patience = ORDINARY,
    complain: Callable[[UnreachableError, int], None] = lambda _error, _attempt: None,
) -> Result:
    """Do the work, again if the world did not answer, until it is done, patience ends or `shutdown` is set.

    The work must bear being done twice. `complain` hears of every failure that is followed by a wait.

    Raises:
        UnreachableError: the last one. Any other error is passed on at once.
    """
    failures: list[UnreachableError] = []

    def attempt() -> Result:
        if failures and shutdown.is_set():
            raise failures[-1]  # woken from its wait to end, not to try again
        return work()

    def before_sleep(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, UnreachableError):
            failures.append(error)
            complain(error, state.attempt_number)

    retrying = Retrying(
        retry=retry_if_exception_type(UnreachableError),
        stop=stop_any(
            stop_after_attempt(patience.attempts),
            stop_before_delay(patience.seconds),
            stop_when_event_set(shutdown),
        ),
        wait=wait_combine(
            wait_random_exponential(multiplier=patience.first_wait, max=patience.longest_wait),
            wait_exception(_asked_for),
        ),
        sleep=sleep_using_event(shutdown),
        before_sleep=before_sleep,
        reraise=True,
    )
    return retrying(attempt)


def _asked_for(error: BaseException) -> float:
    """The seconds that the other side wants to be left alone."""
    return (error.retry_after or 0.0) if isinstance(error, UnreachableError) else 0.0
