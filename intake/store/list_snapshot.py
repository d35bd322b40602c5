"""The list as of some version or day, in short: what its pages are cut from.

A long list says the same few thousand things of its devices again and again: what many entries share, their `Shape`, is
kept, narrowed and searched once, and not once an entry.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

_MANY = 1_000
"""Entries that say a word on their own from which on it is faster to look through each of them."""

_FEW = 8
"""Of so many shapes one: below that it is faster to gather their entries than to look through all."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What an entry said at some time and shares with others, as far as lists are narrowed by it; one object each."""

    current: bool
    device_type: str
    manufacturer: str
    """Its identifier, as published."""
    device: tuple[str, ...]
    """Type, manufacturer and model, comparable: those among whom upgrades lead."""
    certificates: tuple[str, ...]
    """The numbers of its certificates, comparable, by `CERTIFICATES`; empty where it has none."""
    text: str
    """Its columns, folded; codes a second time without colons."""

    @property
    def certified(self) -> bool:
        """Whether it rests on a CPA certificate, whose end somebody has to be told of."""
        return bool(self.certificates[0])

    def rests_on(self, keys: Collection[str]) -> bool:
        """Tell whether one of its certificates is among these."""
        return any(key in keys for key in self.certificates if key)


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """What an entry said at some time, in short."""

    id: int
    """Of the entry's version."""
    number: str
    shape: Shape
    own: str
    """The columns that it shares with few, folded."""
    codes: str
    """The same without colons."""
    effective: str
    before: Glance | None
    """What it said before; None where it was new."""

    def says(self, word: str) -> bool:
        """Tell whether its own columns say a word, folded, with colons or without."""
        return word in self.own or word in self.codes


@dataclass(frozen=True)
class Snapshot:
    """The list as of some version or day."""

    entries: tuple[Glance, ...]
    """By number."""

    @cached_property
    def _by_shape(self) -> dict[Shape, list[int]]:
        """The places of entries, in their order."""
        by_shape: dict[Shape, list[int]] = {}
        for at, glance in enumerate(self.entries):
            by_shape.setdefault(glance.shape, []).append(at)
        return by_shape

    @cached_property
    def _shapes(self) -> frozenset[Shape]:
        return frozenset(glance.shape for glance in self.entries)

    @cached_property
    def device_types(self) -> tuple[str, ...]:
        """Every type of device on the list, as published."""
        return tuple(sorted({shape.device_type for shape in self._shapes} - {""}))

    @cached_property
    def manufacturers(self) -> tuple[str, ...]:
        """Every manufacturer's identifier on the list, as published."""
        return tuple(sorted({shape.manufacturer for shape in self._shapes} - {""}))

    def find(self, number: str) -> Glance | None:
        """Give the entry of a number; None where there is none."""
        at = bisect_left(self.entries, number, key=_number)
        return self.entries[at] if at < len(self.entries) and self.entries[at].number == number else None

    def those(self, fits: Callable[[Shape], bool]) -> Sequence[Glance]:
        """Give the entries whose shape fits, by number."""
        shapes = {shape for shape in self._shapes if fits(shape)}
        if len(shapes) == len(self._shapes):
            return self.entries
        if len(shapes) * _FEW > len(self._shapes):
            return [glance for glance in self.entries if glance.shape in shapes]
        return self._at([*chain.from_iterable(self._by_shape[shape] for shape in shapes)])

    def of_devices(self, devices: Collection[tuple[str, ...]]) -> Sequence[Glance]:
        """Give the entries of these devices, by number."""
        return self.those(lambda shape: shape.device in devices)

    def with_certificate(self, keys: Collection[str]) -> Sequence[Glance]:
        """Give the entries that rest on one of these certificates, comparable, by number."""
        return self.those(lambda shape: shape.rests_on(keys))

    def having(self, word: str, among: Sequence[Glance]) -> Sequence[Glance]:
        """Give those of the entries that say a word in any column.

        Args:
            word: folded, and without white space.
            among: entries of this list, in its order.
        """
        shapes = {shape for shape in self._shapes if word in shape.text}
        own = self._saying(word)
        if own is None:
            return [glance for glance in among if glance.shape in shapes or glance.says(word)]
        if among is self.entries:
            return self._at({*own, *chain.from_iterable(self._by_shape[shape] for shape in shapes)})
        ids = {self.entries[at].id for at in own}
        return [glance for glance in among if glance.shape in shapes or glance.id in ids]

    def _at(self, places: Collection[int]) -> Sequence[Glance]:
        """The entries of these places, by number."""
        return self.entries if len(places) == len(self.entries) else [self.entries[at] for at in sorted(places)]

    def _saying(self, word: str) -> list[int] | None:
        """The places of the entries that say a word in the columns that they share with few; None where many may.

        A code is looked for without its colons, and then with them, where it was found.
        """
        bare = word.replace(":", "")
        if not bare:
            return None
        if not self._characters.issuperset(bare):
            return []
        places, begins = list[int](), self._codes.find(bare)
        while begins >= 0:
            at = bisect_right(self._starts, begins) - 1
            places.append(at)
            if len(places) > _MANY:
                return None
            begins = self._codes.find(bare, self._starts[at + 1])
        return [at for at in places if self.entries[at].says(word)]

    @cached_property
    def _codes(self) -> str:
        """The entries' own columns in a row, without colons; no word reaches over the end of one."""
        return "".join(f"{glance.codes}\n" for glance in self.entries)

    @cached_property
    def _starts(self) -> list[int]:
        return [*accumulate((len(glance.codes) + 1 for glance in self.entries), initial=0)]

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(self._codes)


def _number(glance: Glance) -> str:
    return glance.number
