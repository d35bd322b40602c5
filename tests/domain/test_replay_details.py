"""What is told over again asks for events that there are, and for details that they have: else nothing is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from intake.domain.events import EVENTS
from intake.domain.replay import TOLD, Replay
from intake.domain.replay_case import CASE_EVENTS, OfCase
from intake.domain.replay_letters import LETTER_MOVES
from intake.domain.replay_rows import TOLD_ROWS, Happened, Rows


class Asked(Mapping[str, object]):
    """A detail that remembers what it was asked for."""

    def __init__(self, detail: Mapping[str, object]) -> None:
        self._detail = detail
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> object:
        self.names.add(name)
        return self._detail[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._detail)

    def __len__(self) -> int:
        return len(self._detail)


def of_submission(name: str, detail: Asked) -> None:
    Replay().apply(1, 7, name, "t1", "ada", detail)


def of_rows(name: str, detail: Asked) -> None:
    Rows().apply(name, Happened(1, 7, "t1", "ada", detail))


def of_case(name: str, detail: Asked) -> None:
    OfCase().apply(1, name, "t1", "ada", detail)


TELLERS = [
    *((of_submission, name) for name in TOLD),
    *((of_rows, name) for name in TOLD_ROWS),
    *((of_case, name) for name in sorted(CASE_EVENTS)),
]


@pytest.mark.parametrize(("tell", "name"), TELLERS)
@pytest.mark.parametrize("full", [True, False])
def test_only_details_that_an_event_has_are_asked_for(
    tell: Callable[[str, Asked], None], name: str, full: bool
) -> None:
    fields = EVENTS[name].__struct_fields__
    detail = Asked(dict.fromkeys(fields, "words") if full else {})
    tell(name, detail)
    assert detail.names <= set(fields)


def test_every_event_that_moves_a_letter_is_known() -> None:
    assert LETTER_MOVES.keys() <= EVENTS.keys()
