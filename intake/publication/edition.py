"""Says what a version of the list is as it is published, and gives it a digest of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED, UPGRADE_PATH

_COLUMNS = (*map(str, PUBLISHED), UPGRADE_PATH)
_NUMBER, _STATUS = str(FormField.ENTRY_NUMBER), str(FormField.ENTRY_STATUS)
_written = json.JSONEncoder(separators=(",", ":")).encode
"""Made once: it is asked for every entry of a long list."""


@dataclass(frozen=True)
class Edition:
    """A version of the list, complete."""

    version: str
    """Such as ``2.052``; text, since 1.10 is not 1.100."""
    issued: date
    entries: tuple[RegisterEntry, ...]
    """Current and Removed ones, by number."""
    note: str = ""
    """What this version changed, for its readers."""

    @property
    def line(self) -> str:
        """The version line of the list and of the DCC's copy: ``Version 2.051 Issued on 21-09-2022``."""
        return f"Version {self.version} Issued on {self.issued:%d-%m-%Y}" if self.version else ""

    @cached_property
    def digest(self) -> str:
        """The list's digest, of its content and never of a file: SHA-256, in hex, over `canonical_lines`."""
        digest = hashlib.sha256()
        for line in canonical_lines(self.version, self.entries):
            digest.update(line)
        return digest.hexdigest()


@dataclass(frozen=True)
class Copy(Edition):
    """A version that is written again, with the version line that its own file had."""

    said: str = ""

    @property
    def line(self) -> str:
        """The version line as it was; empty where there was none."""
        return self.said


@dataclass(frozen=True, slots=True)
class Why:
    """Why an entry says something else in a version than in the one before; only what its readers may know."""

    kind: str
    """Of `intake.register.changes.ChangeKind`, or ``import``."""
    reason: str = ""
    references: tuple[str, ...] = ()
    """Such as ``DCC incident INC000012345``."""
    replaced_by: str = ""
    """The number of the entry that takes its place; empty where none does."""
    effective: date | None = None
    touched: frozenset[str] | None = None
    """The columns that it changed, to the letter; None where that is not known, or it made the whole entry."""


def whys_of(whys: Sequence[Why], field: str | None) -> tuple[Why, ...]:
    """Select of an entry's changes those that made a column what it is; None asks for those that made the entry.

    Where none of them is known to have, any of them may have.
    """
    return tuple(why for why in whys if why.touched is None or field in why.touched) or tuple(whys)


@dataclass(frozen=True, slots=True)
class Issue:
    """A version of the list beside the one before it: all that its files are written from."""

    edition: Edition
    before: Edition | None = None
    """None where it is the first."""
    whys: Mapping[str, tuple[Why, ...]] = field(default_factory=dict)
    """By the number of an entry that changed, oldest first."""
    rejected: bool = False
    """The DCC has rejected the version before it, so that its inventory goes by `stood`."""
    stood: Edition | None = None
    """The newest version that it has not rejected, where it has rejected the one before; None where there is none."""
    unloaded: tuple[tuple[str, str], ...] = ()
    """The versions since `stood`, which it has rejected, oldest first: each with its note."""

    unanswered: bool = False
    """The DCC has not said yet what became of the version that `inventory` is, which is taken to be loaded."""
    inventory_overtaken: bool = False
    """Its ``inventory.csv`` was written before the DCC rejected the version that this counts from."""

    @property
    def inventory(self) -> Edition | None:
        """The version by which the DCC's inventory goes before this one is loaded; None where it knows none."""
        return self.stood if self.rejected else self.before


def canonical_lines(version: str, entries: Sequence[RegisterEntry]) -> Iterator[bytes]:
    """Write the list in the one form that its digest is over.

    The first line is a JSON array of the version alone, each further one an entry's values by the list's columns and
    the upgrade path, to the letter and empty where there is none; ASCII, without blanks, each ended by a line feed.
    """
    yield _line([version])
    for entry in entries:
        fields = entry.fields
        own = {_NUMBER: entry.number, _STATUS: entry.status}
        yield _line([own.get(name) or fields.get(name, "") for name in _COLUMNS])


def _line(values: Sequence[str]) -> bytes:
    return _written(values).encode("ascii") + b"\n"
