"""Writes the feed's JSON files: a line an entry or change, so that a part of a file is found without reading it all.

The first line of such a file is its head; what `intake.web.feed.feed` gives of a part is the very same lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from intake.publication.alterations import Alteration
from intake.publication.edition import Edition, Issue
from intake.publication.fir import CAVEAT
from intake.register.releases import Releases
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import COLUMNS, IDENTITY, PUBLISHED, UPGRADE_PATH

_OWN = {FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS}
_LISTED = (*(str(name) for name in PUBLISHED if name not in _OWN), UPGRADE_PATH)
_OF_PATHS = tuple(COLUMNS.get(name, str(name)) for name in (*IDENTITY, FormField.IMAGE_HASH, UPGRADE_PATH))


class Head(msgspec.Struct, frozen=True):
    """What a file of the feed says of its version."""

    version: str
    issued: str
    """A day: ``2026-11-24``."""
    before: str | None
    """The version before it; null where it is the first."""
    digest: str
    """SHA-256 of the list's content, in hex; the same in every form of the version."""


class ListedEntry(msgspec.Struct, frozen=True):
    """An entry as it is published."""

    number: str
    status: str
    fields: Mapping[str, str]
    """By the list's columns, to the letter; a column that the entry does not fill is left out."""


class EntriesFile(Head, frozen=True):
    """``entries.json``: the list."""

    entries: Sequence[ListedEntry]
    next: str | None = None
    """Of a part: the number after which the next part begins; absent or null where nothing follows."""


class ListedChange(msgspec.Struct, frozen=True):
    """A value that changed."""

    entry: str
    version: str
    field: str | None
    """By the list's columns, ``replaced-by``, or null where the whole entry is new."""
    before: str
    after: str
    why: str


class ChangesFile(Head, frozen=True):
    """``changes.json``: what changed since the version before, or since another one."""

    changes: Sequence[ListedChange]
    next: str | None = None


class PathEntry(msgspec.Struct, frozen=True):
    """What of an entry an upgrade is planned from."""

    number: str
    status: str
    fields: Mapping[str, str]
    upgradable_from: Sequence[str] | None
    """Entries that can be upgraded to it; empty where there are none, null where it is not stated, or in words."""


class PathsFile(Head, frozen=True):
    """``paths.json``: what upgrades are planned from."""

    note: str
    entries: Sequence[PathEntry]


class FileFacts(msgspec.Struct, frozen=True):
    """A file of a version."""

    name: str
    bytes: int
    sha256: str


class LatestFile(Head, frozen=True):
    """``latest.json``: which version is the newest, and its files."""

    count: int
    """Of its entries."""
    files: Sequence[FileFacts]
    """Without its signature, which may come later."""


def entries_json(issue: Issue) -> bytes:
    """Write the list."""
    return _lines(
        head_of(issue), "entries", (ListedEntry(e.number, e.status, _fields(e)) for e in issue.edition.entries)
    )


def changes_json(issue: Issue, told: Iterable[Alteration]) -> bytes:
    """Write what the version changed."""
    version = issue.edition.version
    rows = (
        ListedChange(alteration.entry, version, alteration.field, alteration.before, alteration.after, alteration.why)
        for alteration in told
    )
    return _lines(head_of(issue), "changes", rows)


def paths_json(issue: Issue) -> bytes:
    """Write what upgrades are planned from; an entry of a release has what any entry of the release states."""
    releases = Releases(issue.edition.entries)
    rows = (_path(entry, releases) for entry in issue.edition.entries)
    return _lines(head_of(issue), "entries", rows, note=CAVEAT)


def latest_json(issue: Issue, files: Mapping[str, bytes]) -> bytes:
    """Write which version is the newest, and the digests of its files."""
    facts = [FileFacts(name, len(files[name]), hashlib.sha256(files[name]).hexdigest()) for name in sorted(files)]
    head = head_of(issue)
    whole = LatestFile(head.version, head.issued, head.before, head.digest, len(issue.edition.entries), facts)
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def head_of(issue: Issue) -> Head:
    """Say which version it is."""
    edition: Edition = issue.edition
    before = issue.before.version if issue.before else None
    return Head(edition.version, edition.issued.isoformat(), before, edition.digest)


def _fields(entry: RegisterEntry, columns: Iterable[str] = _LISTED) -> dict[str, str]:
    return {name: text for name in columns if (text := entry.fields.get(name, ""))}


def _path(entry: RegisterEntry, releases: Releases) -> PathEntry:
    return PathEntry(entry.number, entry.status, _fields(entry, _OF_PATHS), releases.of_entry[entry.number].stated)


def _lines(head: Head, name: str, rows: Iterable[msgspec.Struct], **beside: str) -> bytes:
    """Write a head and a line for each row; the head's last key is the rows' name."""
    encode = msgspec.json.Encoder().encode
    opened = encode({**msgspec.structs.asdict(head), **beside})[:-1]
    return opened + f',"{name}":[\n'.encode() + b",\n".join(map(encode, rows)) + b"\n]}\n"
