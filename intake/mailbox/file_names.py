"""The messages of a folder, kept as their keys: a hundred thousand files are listed at every look, and few are new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from intake.domain.message import Sighting
from intake.mailbox.keyed import KeyedSightings


class FileNames(KeyedSightings):
    """Sightings of files, the oldest first; each is made when it is asked for, and not put in order before.

    Their epochs are those of `intake.mailbox.files.epoch_of`.
    """

    def __init__(self, mailbox: str, keys: Iterable[str]) -> None:
        """Take the files' keys, in any order."""
        self._mailbox, self._by_name = mailbox, sorted(keys)

    def __len__(self) -> int:
        """Tell how many there are."""
        return len(self._by_name)

    def _made(self, some: slice) -> list[Sighting]:
        return [Sighting.of_key(self._mailbox, key) for key in self._by_time[some]]

    def keys(self, start: int, stop: int) -> Sequence[str]:
        """Give the keys of some of them, by name: neighbours lie near one another in the store's index."""
        return self._by_name[start:stop]

    def in_order(self, some: Iterable[Sighting]) -> list[Sighting]:
        """Put some of them in order, the oldest first."""
        return sorted(some, key=lambda sighting: (_written_at(sighting.epoch), sighting.uid))

    @cached_property
    def _by_time(self) -> list[str]:
        return sorted(self._by_name, key=lambda key: _written_at(key.rpartition("/")[2]))


def _written_at(epoch: str) -> int:
    """When a file was written, in nanoseconds; before 1970 it is less than 0."""
    return int(epoch.partition("-")[2])
