"""``python -m advisories EXPORT LOCK…``: exit 0 where nothing is known, 1 where something is, 2 where none can say."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from advisories.locks import pinned
from advisories.osv import Advisory, NoExportError, affects, read

_NEEDED = 2
"""Arguments at least: the export, and a lock file."""


def hits(advisories: Iterable[Advisory], locks: Iterable[Path]) -> tuple[list[str], int]:
    """Say, a line each, what is known of what lock files install; and count the packages that were looked at.

    What several databases tell under each other's names is told once.
    """
    installed: dict[str, dict[str, list[str]]] = {}
    for lock in locks:
        for name, version in pinned(lock):
            installed.setdefault(name, {}).setdefault(version, []).append(lock.name)
    told: list[str] = []
    met: dict[tuple[str, str], set[str]] = {}
    for advisory in advisories:
        for version, files in installed.get(advisory.package, {}).items():
            names = met.setdefault((advisory.package, version), set())
            if affects(advisory, version) and not names & advisory.names:
                told.append(_line(advisory, version, files))
            if affects(advisory, version):
                names |= advisory.names
    return sorted(told), sum(map(len, installed.values()))


def _line(advisory: Advisory, version: str, files: Iterable[str]) -> str:
    aliases = f" ({', '.join(advisory.aliases)})" if advisory.aliases else ""
    fixed = ", ".join(dict.fromkeys(advisory.fixed_in)) or "no version that is named"
    where = ", ".join(dict.fromkeys(files))
    return f"{advisory.package} {version}: {advisory.id}{aliases}; put right in {fixed}; in {where}. {advisory.summary}"


def main(arguments: list[str]) -> int:
    """Do as the module says."""
    if len(arguments) < _NEEDED:
        print("usage: make advisories EXPORT=all.zip, or a folder of its records", file=sys.stderr)
        return 2
    export, *locks = map(Path, arguments)
    try:
        told, packages = hits(_counted(read(export)), locks)
    except (NoExportError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for line in told:
        print(line)
    print(f"Packages: {packages}. Advisories about them: {len(told)}.")
    return 1 if told else 0


def _counted(advisories: Iterator[Advisory]) -> Iterator[Advisory]:
    """Pass them on; an export without one for our ecosystem is the wrong one, and must not look like good news.

    Raises:
        NoExportError: there is none.
    """
    count = 0
    for advisory in advisories:
        count += 1
        yield advisory
    if not count:
        message = "the export has no advisory about a Python package"
        raise NoExportError(message)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
