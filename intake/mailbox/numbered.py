"""The messages of a folder that are known by number, kept as numbers: a million of them take eight megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from intake.domain.message import Sighting
from intake.mailbox.keyed import KeyedSightings


class Numbered(KeyedSightings):
    """Sightings of one mailbox and one epoch; each is made when it is asked for."""

    def __init__(self, mailbox: str, epoch: str, numbers: Iterable[int]) -> None:
        """Take the numbers, in order."""
        self._mailbox, self._epoch = mailbox, epoch
        self._numbers = numbers if isinstance(numbers, array) else array("Q", numbers)

    def __len__(self) -> int:
        """Tell how many there are."""
        return len(self._numbers)

    def _made(self, some: slice) -> list[Sighting]:
        return [Sighting(self._mailbox, self._epoch, str(number)) for number in self._numbers[some]]

    def keys(self, start: int, stop: int) -> Sequence[str]:
        """Give the keys of some of them, in order."""
        return [f"{number}/{self._epoch}" for number in self._numbers[start:stop]]

    def in_order(self, some: Iterable[Sighting]) -> list[Sighting]:
        """Put some of them in order."""
        return sorted(some, key=lambda sighting: int(sighting.uid))
