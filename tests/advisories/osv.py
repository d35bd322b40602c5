"""Reads advisories in the Open Source Vulnerability format and says which versions of a package each is about.

The format is https://ossf.github.io/osv-schema/; how its ranges are evaluated is told there under `affected[].ranges`.
Versions are ordered as PEP 440 orders them.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"
_FIRST = "0"
"""Comes before every version."""


class NoExportError(Exception):
    """What was given is no export of advisories; the message says why."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """A record that is not withdrawn, as far as it is about one package."""

    id: str
    aliases: tuple[str, ...]
    summary: str
    package: str
    """Its name in normal form."""
    versions: tuple[str, ...]
    """That are named one by one."""
    ranges: tuple[tuple[Mapping[str, str], ...], ...]
    """Events of each range of versions; commits are left out."""

    @property
    def names(self) -> frozenset[str]:
        """Every name that it goes by."""
        return frozenset((self.id, *self.aliases))

    @property
    def fixed_in(self) -> tuple[str, ...]:
        """The versions that it names as put right."""
        return tuple(event["fixed"] for events in self.ranges for event in events if "fixed" in event)


def read(export: Path) -> Iterator[Advisory]:
    """Read every advisory of an export: a zip, a folder of JSON files however deep, or one file.

    Raises:
        NoExportError: there is none, or a file of it cannot be read.
    """
    empty = True
    for name, content in _files(export):
        empty = False
        try:
            record = json.loads(content)
        except ValueError as error:
            message = f"{name} is no JSON: {error}"
            raise NoExportError(message) from error
        if not isinstance(record, dict) or "id" not in record:
            message = f"{name} is no record of the OSV format: it has no id"
            raise NoExportError(message)
        if "withdrawn" not in record:
            yield from _advisories(record)
    if empty:
        message = f"{export} holds no JSON file"
        raise NoExportError(message)


def _files(export: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if export.is_dir():
            for file in sorted(export.rglob("*.json")):
                yield str(file), file.read_bytes()
        elif zipfile.is_zipfile(export):
            with zipfile.ZipFile(export) as archive:
                for name in sorted(archive.namelist()):
                    if name.endswith(".json"):
                        yield name, archive.read(name)
        else:
            yield str(export), export.read_bytes()
    except (OSError, zipfile.BadZipFile) as error:
        message = f"{export} cannot be read: {error}"
        raise NoExportError(message) from error


def _advisories(record: Mapping[str, object]) -> Iterator[Advisory]:
    for affected in _mappings(record.get("affected")):
        package = affected.get("package")
        if not isinstance(package, dict) or str(package.get("ecosystem", "")).partition(":")[0] != ECOSYSTEM:
            continue
        ranges = (span for span in _mappings(affected.get("ranges")) if span.get("type") != "GIT")
        yield Advisory(
            str(record["id"]),
            tuple(map(str, _items(record.get("aliases")))),
            " ".join(str(record.get("summary") or record.get("details") or "").split())[:200],
            canonicalize_name(str(package.get("name", ""))),
            tuple(map(str, _items(affected.get("versions")))),
            tuple(tuple(_events(span)) for span in ranges),
        )


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    return (item for item in _items(value) if isinstance(item, dict))


def _events(span: Mapping[str, object]) -> Iterator[Mapping[str, str]]:
    for event in _mappings(span.get("events")):
        yield {str(name): str(version) for name, version in event.items()}


def affects(advisory: Advisory, version: str) -> bool:
    """Tell whether an advisory is about a version of its package; one that nobody can compare counts as affected."""
    if version in advisory.versions:
        return True
    try:
        ours = Version(version)
        named = any(ours == Version(other) for other in advisory.versions if _is_version(other))
        return named or any(_within(events, ours) for events in advisory.ranges)
    except InvalidVersion:
        return True


def _is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def _within(events: Iterable[Mapping[str, str]], ours: Version) -> bool:
    """Evaluate a range: each of its events, in the order of their versions, opens or closes it."""
    told = [(kind, version) for event in events for kind, version in event.items()]
    limits = [Version(version) for kind, version in told if kind == "limit" and version != "*"]
    if limits and not any(ours < limit for limit in limits):
        return False
    within = False
    for kind, version in sorted((pair for pair in told if pair[0] != "limit"), key=_place):
        if kind == "introduced" and (version == _FIRST or ours >= Version(version)):
            within = True
        elif (kind == "fixed" and ours >= Version(version)) or (kind == "last_affected" and ours > Version(version)):
            within = False
    return within


def _place(event: tuple[str, str]) -> tuple[bool, Version, bool]:
    """Where an event stands in its range: by its version, and what closes before what opens there."""
    kind, version = event
    return version != _FIRST, Version(version), kind == "introduced"
