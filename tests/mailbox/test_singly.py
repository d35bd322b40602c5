"""Messages that are fetched one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from intake.domain.message import Sighting
from intake.errors import ThrottledError, UnreachableError
from intake.mailbox.base import Fetched, WithheldError
from intake.mailbox.singly import fetch_singly


def outcome(uid: str, how: str) -> Callable[[], Fetched | None]:
    def attempt() -> Fetched | None:
        if how == "fails":
            raise OSError(uid)
        if how == "refused":
            raise FileNotFoundError(uid)
        if how == "throttled":
            raise TimeoutError(uid)
        if how == "ours":
            raise ZeroDivisionError(uid)
        return None if how == "gone" else Fetched(Sighting("m", "e", uid), uid.encode(), arrived_at=None)

    return attempt


def in_words(error: Exception) -> UnreachableError:
    if isinstance(error, TimeoutError):
        return ThrottledError(f"busy at {error}", "Wait.", seconds=1)
    return UnreachableError(f"no answer for {error}", "Wait.")


def about_the_one(error: Exception) -> bool:
    return isinstance(error, FileNotFoundError)


def fetched(*outcomes: str) -> tuple[list[str], str, list[str]]:
    """What came, what was raised, and which messages were asked for."""
    asked: list[str] = []

    def attempts() -> Iterator[tuple[str, Callable[[], Fetched | None]]]:
        for number, how in enumerate(outcomes):
            asked.append(f"{number}")
            yield f"{number}", outcome(f"{number}", how)

    came: list[str] = []
    try:
        for message in fetch_singly("m", "e", attempts(), (OSError,), in_words, about_the_one):
            came.append(message.sighting.uid)  # noqa: PERF401  # what came before a failure counts
    except WithheldError as error:
        return came, f"withheld {' '.join(sighting.uid for sighting in error.sightings)}", asked
    except UnreachableError as error:
        return came, str(error), asked
    return came, "", asked


@pytest.mark.parametrize(
    ("outcomes", "came", "raised", "asked"),
    [
        ([], "", "", 0),
        (["comes", "comes"], "01", "", 2),
        (["gone", "comes"], "1", "", 2),
        (["fails", "comes"], "1", "withheld 0", 2),
        (["comes", "fails", "fails", "comes", "fails", "fails"], "03", "withheld 1 2 4 5", 6),
        (["fails", "fails", "gone", "fails", "fails"], "", "withheld 0 1 3 4", 5),
        (["comes", "fails", "fails", "fails", "comes"], "0", "no answer for 3", 4),
        (["refused", "refused", "refused", "refused", "comes"], "4", "withheld 0 1 2 3", 5),
        (["fails", "refused", "fails", "refused", "fails", "comes"], "", "no answer for 4", 5),
        (["refused"] * 120, "", "no answer for 99", 100),
        (["comes", "throttled", "comes"], "0", "busy at 1", 2),
        (["fails", "throttled", "comes"], "", "busy at 1", 2),
    ],
)
def test_some_messages_come_and_some_do_not(outcomes: list[str], came: str, raised: str, asked: int) -> None:
    told = fetched(*outcomes)
    assert ("".join(told[0]), told[1], len(told[2])) == (came, raised, asked)


def test_a_fault_of_ours_is_not_the_server_s() -> None:
    with pytest.raises(ZeroDivisionError):
        fetched("comes", "ours")


def test_the_sentence_says_how_many_of_how_many() -> None:
    attempts = [(f"{number}", outcome(f"{number}", how)) for number, how in enumerate(("comes", "fails", "comes"))]
    with pytest.raises(WithheldError, match="1 of 3 messages could not be fetched, first: no answer for 1"):
        list(fetch_singly("m", "e", attempts, (OSError,), in_words, about_the_one))
