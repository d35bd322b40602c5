"""The messages of a large folder, kept shorter than one by one: each is made when it is asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import overload

from intake.domain.message import Sighting


class KeyedSightings(Sequence[Sighting]):
    """Sightings in order of arrival that can tell their keys, in an order of their own, without being made."""

    @overload
    def __getitem__(self, index: int) -> Sighting: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sighting]: ...

    def __getitem__(self, index: int | slice) -> Sighting | Sequence[Sighting]:
        """Give one, or some of them as a list."""
        return self._made(index) if isinstance(index, slice) else self._made(slice(index, index + 1 or None))[0]

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same ones."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list has none

    @abstractmethod
    def _made(self, some: slice) -> list[Sighting]:
        """Make some of them, in order of arrival."""

    @abstractmethod
    def keys(self, start: int, stop: int) -> Sequence[str]:
        """Give the keys of some of them."""

    @abstractmethod
    def in_order(self, some: Iterable[Sighting]) -> list[Sighting]:
        """Put some of them in order of arrival."""
