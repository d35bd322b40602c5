"""Which list a command means: the register now, as it was, or a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from intake.cli.given import read_given
from intake.clock import LONDON
from intake.pipeline.services import Services
from intake.publication.edition import Copy
from intake.publication.unchanged import Original
from intake.register.feed import read_feed
from intake.register.unreadable import UnreadableListError
from intake.store import listing, publications
from intake.store.engine import Transaction
from intake.store.listing import ListVersion
from intake.store.publications import OUT
from rules.days import stated_date
from rules.facts import RegisterEntry

NONE_YET = "no list was taken in yet; run: cpl-intake cpl import FILE"


def from_file(file: Path, beside: Iterable[RegisterEntry] = ()) -> tuple[Sequence[RegisterEntry], str]:
    """Read a list from a file, with the version that it says it is.

    Args:
        file: as it was named.
        beside: entries that it will be compared with.

    Raises:
        UsageError: it cannot be read, or is no list.
    """
    return read_given(file, "the list", lambda content: read_feed(content, beside), UnreadableListError)


def now(services: Services) -> tuple[Sequence[RegisterEntry], str]:
    """Read the register as it is, and the version that was taken in last.

    Raises:
        ClickException: no list was ever taken in.
    """
    with services.store.reading() as tx:
        entries, version = listing.all_entries(tx), listing.newest(tx)
    if entries is None or version is None:
        raise click.ClickException(NONE_YET)
    return entries, version.version


def as_it_was(services: Services, version: str | None, day: date | None) -> tuple[Sequence[RegisterEntry], str]:
    """Read the register as of a version of the list or the end of a day; as it is now where neither is named.

    Raises:
        UsageError: there is no such version.
        ClickException: no list was taken in, or none by then.
    """
    if version is not None:
        with services.store.reading() as tx:
            named = listing.version_named(tx, version)
            if named is None and listing.newest(tx) is None:
                raise click.ClickException(NONE_YET)
            if named is None:
                message = f"there is no version {version} in the register"
                raise click.UsageError(message)
            return listing.entries_of(tx, named), named.version
    if day is None:
        return now(services)
    with services.store.reading() as tx:
        entries, told = listing.entries_on(tx, day), listing.version_on(tx, day)
    if not entries:
        message = f"no list had been taken in by {day.isoformat()}"
        raise click.ClickException(message)
    return entries, told


def at_version(services: Services, version: ListVersion) -> tuple[Sequence[RegisterEntry], str]:
    """Read the register as a version of the list left it, with the line by which the DCC's copy names that version."""
    with services.store.reading() as tx:
        return listing.entries_of(tx, version), _line(version)


def _line(version: ListVersion) -> str:
    issued = f" Issued on {version.issued.replace('/', '-')}" if version.issued else ""
    return f"Version {version.version}{issued}" if version.version else ""


def copy_of(services: Services, version: str | None, day: date | None) -> tuple[Copy, ListVersion | None]:
    """Read the register as `as_it_was` does, as a version that is written again.

    Returns:
        The version, with the line by which the list said of which version it is; and what was taken in as that
        version, None where the register does not know its name.
    """
    entries, told = as_it_was(services, version, day)
    with services.store.reading() as tx:
        named = listing.version_named(tx, told) if told else None
    line = _line(named) if named is not None else ""
    return Copy(told, _issued(services, named), tuple(entries), said=line), named


def _issued(services: Services, named: ListVersion | None) -> date:
    stated = stated_date(named.issued) if named is not None else None
    at = named.recorded_at if named is not None else services.clock.now()
    return stated or at.astimezone(LONDON).date()


def original_of(services: Services, version: ListVersion) -> Original:
    """Give a workbook of a version: its own file, else one that is written from what the register has.

    The file of a version that was published here is that one, whatever was taken in under its name since.
    """
    with services.store.reading() as tx:
        published = _published(tx, version)
        again = [taken.source for taken in listing.versions(tx) if taken.version and taken.version == version.version]
    sources = [*published, version.source, *reversed(again)]
    contents = (services.archive.get(source) for source in dict.fromkeys(sources))
    content = next((content for content in contents if content.startswith(b"PK")), None)
    if content is not None:
        return Original(content, whole=True)
    entries, line = at_version(services, version)
    copy = Copy(version.version, _issued(services, version), tuple(entries), said=line)
    return Original(written_into(copy, workbook_before(services, version))[0], whole=False)


def taken_in(tx: Transaction, digest: str) -> ListVersion | None:
    """Find the version whose own file has this digest; a copy that was taken in after it was published here is none."""
    for version in listing.versions(tx):
        published = _published(tx, version)
        if digest in (published or (version.source,)):
            return version
    return None


def _published(tx: Transaction, version: ListVersion) -> tuple[str, ...]:
    """The digests of the files of a version that was published here, its workbook's first."""
    publication = publications.of_version(tx, version.version) if version.version else None
    if publication is None or publication.state not in OUT:
        return ()
    return tuple(sha256 for _, sha256 in sorted(publication.files.items()))  # the workbook's name begins with a capital


def written_into(copy: Copy, previous: bytes | None) -> tuple[bytes, str]:
    """Write a version into the previous workbook; where that cannot be, into a plain one.

    Returns:
        The workbook, and a sentence that says why it is a plain one; empty where it is not, or there was no other.
    """
    from intake.publication.book.unusable import UnusableWorkbookError  # noqa: PLC0415  # heavy; not for --help
    from intake.publication.workbook import workbook  # noqa: PLC0415  # likewise

    try:
        return workbook(copy, previous), ""
    except UnusableWorkbookError as error:
        return workbook(copy), str(error)


def workbook_before(services: Services, named: ListVersion | None) -> bytes | None:
    """Give the last workbook that was taken in, up to a version; None where every file was a CSV."""
    with services.store.reading() as tx:
        taken = [version.source for version in listing.versions(tx) if named is None or version.id <= named.id]
    contents = (services.archive.get(source) for source in reversed(taken))
    return next((content for content in contents if content.startswith(b"PK")), None)
