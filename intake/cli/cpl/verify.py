"""``cpl verify``: whether somebody's copy of the list is what the register had."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake.cli.cpl import lists
from intake.cli.given import read_given, with_content
from intake.cli.installation import config_option, opened
from intake.config import Config

if TYPE_CHECKING:
    from intake.publication.unchanged import Original

_SHOWN = 10


@click.command(short_help="Tell whether a copy of the list is unchanged.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@config_option
@click.pass_context
def verify(context: click.Context, file: Path, config: Config) -> None:
    """Compare FILE, a workbook or CSV of the list, with the version that it says it is.

    What a workbook hides, and the version does not, is named; widths, colours and formats are not compared.

    Exit code: 0 unchanged, 1 the first cell that differs is told, 2 not the list.
    """
    from intake.publication.unchanged import first_difference  # noqa: PLC0415  # heavy; not for --help
    from intake.register.published import read_whole_list  # noqa: PLC0415  # likewise
    from intake.register.unreadable import UnreadableListError  # noqa: PLC0415  # likewise
    from intake.store import listing  # noqa: PLC0415  # likewise

    content, read = read_given(file, "the list", with_content(read_whole_list), UnreadableListError)
    digest = hashlib.sha256(content).hexdigest()
    with opened(config) as services:
        with services.store.reading() as tx:
            same = lists.taken_in(tx, digest)
            version = same or (listing.version_named(tx, read.version) if read.version else listing.newest(tx))
        if version is None:
            click.echo(f"{file}: the register has no version {read.version or 'of the list'}.")
            context.exit(1)
        entries, line = lists.at_version(services, version)
        original = lists.original_of(services, version) if content.startswith(b"PK") and not same else None
    name = version.version or f"the list taken in on {version.recorded_at:%d/%m/%Y}"
    first = None if same else first_difference(content, read, entries, line, original)
    if first is None:
        click.echo(f"{file}: this is {name}, unchanged.")
        if original is not None and not original.whole:
            click.echo("Its other tabs cannot be compared: the register knows this version from a CSV file alone.")
        for line in _hidden(content, original):
            click.echo(line)
        return
    click.echo(f"{file}: this is not {name} as it was. The first difference: {first}.")
    context.exit(1)


def _hidden(content: bytes, original: Original | None) -> Iterator[str]:
    """Say what a reader of the copy does not see, though a reader of the version does."""
    if original is None:
        return
    from intake.publication.hidden import hidden  # noqa: PLC0415  # heavy; not for --help

    more = sorted(hidden(content) - (hidden(original.content) if original.whole else frozenset()))
    yield from (f"Its reader does not see {thing}, which is hidden." for thing in more[:_SHOWN])
    if len(more) > _SHOWN:
        yield f"Nor {len(more) - _SHOWN:,} more rows and columns."
