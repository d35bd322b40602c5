"""Groups the list's entries by release, and links releases by the upgrades that their entries state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from rules.facts import RegisterEntry
from rules.fields import DEVICE_MODEL, FormField
from rules.published import MODEL, UPGRADE_PATH, is_current, key_of, published
from rules.shapes import ENTRY_IDS, entry_ids


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """One firmware version of one piece of hardware; its entries are listings or fragments of it."""

    key: tuple[str, ...]
    """Type, manufacturer, model, hardware and firmware version, in the form in which they are compared."""
    entries: tuple[RegisterEntry, ...]
    """In the list's order; at least one."""
    leaving: bool
    """Its removal is looked at before anybody decides on it."""

    @property
    def current(self) -> tuple[RegisterEntry, ...]:
        """The entries that may be relied on."""
        return tuple(entry for entry in self.entries if is_current(entry))

    @property
    def shown(self) -> str:
        """The number that stands for it: of its newest Current entry with a hash, else Current, else of any."""
        if len(self.entries) == 1:
            return self.entries[0].number
        return max(self.entries, key=lambda entry: (is_current(entry), _hashed(entry), entry.number)).number

    @property
    def numbers(self) -> str:
        """All its entries: ``000268 and 000269``."""
        *first, last = (entry.number for entry in self.entries)
        return f"{', '.join(first)} and {last}" if first else last

    @property
    def hindrance(self) -> str:
        """Why nothing can be upgraded to it; empty where an upgrade can be sent."""
        if not self.current:
            return f"{self.numbers} {'would be' if self.leaving else 'was'} removed from the list"
        if not any(map(_hashed, self.current)):
            return f"{self.numbers} has no image hash listed, so no upgrade to it can be sent"
        return ""

    @property
    def stated(self) -> tuple[str, ...] | None:
        """The entries that can be upgraded to it; none where it says N/A, None where nobody can tell."""
        meant = [ENTRY_IDS.meant(text) for text in self._paths]
        named = tuple(dict.fromkeys(number for text in meant if text for number in entry_ids(text)))
        return named if named or (meant and None not in meant) else None

    @property
    def unread(self) -> tuple[str, ...]:
        """What its entries say of it that is neither numbers of entries nor N/A."""
        return tuple(dict.fromkeys(text for text in self._paths if ENTRY_IDS.meant(text) is None))

    @property
    def _paths(self) -> list[str]:
        return [text for entry in self.entries if (text := published(entry, UPGRADE_PATH))]


def _hashed(entry: RegisterEntry) -> bool:
    return bool(published(entry, FormField.IMAGE_HASH))


class Releases:
    """A list as its releases and the upgrades between them."""

    def __init__(self, entries: Iterable[RegisterEntry], as_of: str = "", leaving: Collection[str] = ()) -> None:
        """Group the entries.

        Args:
            entries: the list.
            as_of: of which version of the list they are.
            leaving: numbers of those that are shown as Removed, and are not yet.
        """
        self.as_of = as_of
        self.entries: Mapping[str, RegisterEntry] = {entry.number: entry for entry in entries}
        grouped: dict[tuple[str, ...], list[RegisterEntry]] = {}
        for entry in self.entries.values():
            grouped.setdefault(key_of(entry, MODEL), []).append(entry)
        self.by_key = {
            key: Release(key, tuple(group), any(entry.number in leaving for entry in group))
            for key, group in grouped.items()
        }

    @cached_property
    def of_entry(self) -> Mapping[str, Release]:
        """The release of each entry."""
        return {entry.number: release for release in self.by_key.values() for entry in release.entries}

    @cached_property
    def _of_hardware(self) -> Mapping[tuple[str, ...], Sequence[Release]]:
        grouped: dict[tuple[str, ...], list[Release]] = {}
        for release in self.by_key.values():
            grouped.setdefault(release.key[:-1], []).append(release)
        return grouped

    @cached_property
    def _of_device_model(self) -> Mapping[tuple[str, ...], Sequence[Release]]:
        grouped: dict[tuple[str, ...], list[Release]] = {}
        for release in self.by_key.values():
            grouped.setdefault(release.key[1:], []).append(release)
        return grouped

    def of_device_model(self, values: tuple[str, ...]) -> Sequence[Release]:
        """Give the releases of a Device Model, of whatever type: `DEVICE_MODEL`'s fields in comparable form."""
        return self._of_device_model.get(values, ())

    def newest(self, release: Release) -> Release:
        """Give the newest on the list for the hardware: of its Current releases that with the highest entry number."""
        return self._newest.get(release.key[:-1], release)

    @cached_property
    def _newest(self) -> Mapping[tuple[str, ...], Release]:
        ranked = sorted(
            (max(entry.number for entry in release.current), release)
            for release in self.by_key.values()
            if release.current
        )
        return {release.key[:-1]: release for _, release in ranked}

    @cached_property
    def bases(self) -> Mapping[tuple[str, ...], tuple[Release, ...]]:
        """By release: those that its entries say can be upgraded to it, and that are on the list."""
        return {
            key: tuple(
                dict.fromkeys(
                    self.of_entry[number]
                    for number in release.stated or ()
                    if number in self.of_entry and self.of_entry[number] is not release
                )
            )
            for key, release in self.by_key.items()
        }

    @cached_property
    def onward(self) -> Mapping[tuple[str, ...], tuple[Release, ...]]:
        """By release: those that it can be upgraded to, as their entries state."""
        ahead: dict[tuple[str, ...], list[Release]] = {}
        for key, bases in self.bases.items():
            for base in bases:
                ahead.setdefault(base.key, []).append(self.by_key[key])
        shown = {key: release.shown for key, release in self.by_key.items()}
        return {key: tuple(sorted(others, key=lambda other: shown[other.key])) for key, others in ahead.items()}

    @cached_property
    def deliverable(self) -> Mapping[tuple[str, ...], tuple[Release, ...]]:
        """The same, as far as an image of theirs is listed that can be sent."""
        sendable = {key for key, release in self.by_key.items() if not release.hindrance}
        return {key: tuple(other for other in ahead if other.key in sendable) for key, ahead in self.onward.items()}

    def circle(self, release: Release) -> tuple[str, ...]:
        """Give the entries of a circle among the releases of this hardware; empty where there is none."""
        inside = {other.key for other in self._of_hardware[release.key[:-1]]}
        graph = {key: [base.key for base in self.bases[key] if base.key in inside] for key in inside}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            return tuple(self.by_key[key].shown for key in error.args[1])
        return ()


def device_model(values: Mapping[str, str]) -> tuple[str, ...]:
    """Give the fields of a Device Model in the form in which they are compared."""
    return key_of(RegisterEntry("", "", values), DEVICE_MODEL)
