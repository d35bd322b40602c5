"""Short patience at the edges: seconds to a minute. Longer waits belong to the store, which survives a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    sleep_using_event,
    stop_after_attempt,
    stop_after_delay,
    stop_any,
    stop_when_event_set,
    wait_exception,
    wait_random_exponential,
)

from intake.errors import ThrottledError, UnreachableError

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """The retry budget at an edge."""

    attempts: int = 4
    seconds: float = 60.0
    """No further attempt begins after so long."""
    first_wait: float = 1.0
    longest_wait: float = 15.0
    """Waits are drawn at random below a bound that doubles from the first to the longest.

    A server that asks for a longer wait is not tried again here: whoever calls can wait better.
    """


ORDINARY = Patience()


def patiently(
    work: Callable[[], Result],
    shutdown: Event,
    patience: Patience = ORDINARY,
    complain: Callable[[UnreachableError, int], None] = lambda _error, _attempt: None,
) -> Result:
    """Run the work, retrying on UnreachableError until patience ends or `shutdown` is set.

    The work must bear being done twice. `complain` hears of every failure that is followed by a wait.

    Raises:
        UnreachableError: the last one. Any other error is passed on at once.
    """
    failures: list[UnreachableError] = []

    def attempt() -> Result:
        if failures and shutdown.is_set():
            raise failures[-1]  # woken from its wait to end, not to try again
        return work()

    def worth_waiting(error: BaseException) -> bool:
        return isinstance(error, UnreachableError) and seconds_asked(error) <= patience.longest_wait

    def before_sleep(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, UnreachableError):
            failures.append(error)
            complain(error, state.attempt_number)

    retrying = Retrying(
        retry=retry_if_exception(worth_waiting),
        stop=stop_any(
            stop_after_attempt(patience.attempts),
            stop_after_delay(patience.seconds),
            stop_when_event_set(shutdown),
        ),
        wait=wait_exception(seconds_asked)
        + wait_random_exponential(multiplier=patience.first_wait, max=patience.longest_wait),
        sleep=sleep_using_event(shutdown),
        before_sleep=before_sleep,
        reraise=True,
    )
    return retrying(attempt)


def seconds_asked(error: BaseException) -> float:
    """Give the seconds that the other side asks us to wait; 0 where it does not say."""
    return error.seconds if isinstance(error, ThrottledError) else 0.0
