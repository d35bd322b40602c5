"""``cpl export``: the register as files, now or as it was."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from intake.cli.cpl import lists
from intake.cli.installation import config_option, opened
from intake.cli.options import Day
from intake.config import Config
from intake.publication.edition import Copy


@click.command(short_help="Write the list to a file.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="The DCC's copy, as CSV.")
@click.option("--workbook", "book_file", type=click.Path(path_type=Path, dir_okay=False), help="The list's workbook.")
@click.option("--version", help="As it was in this version of the list.")
@click.option("--as-of", "day", type=Day(), help="As it was at the end of this day.")
@config_option
def export(
    csv_file: Path | None, book_file: Path | None, version: str | None, day: datetime | None, config: Config
) -> None:
    """Write the list as the register has it, Removed entries included.

    Its workbook is the one that was taken in last, with the list written anew; where none was, a plain one.
    """
    from intake.files import write_durably  # noqa: PLC0415  # heavy; not for --help
    from intake.publication.dcc import UnloadableError, dcc_csv  # noqa: PLC0415  # likewise

    if csv_file is None and book_file is None:
        message = "name a file with --csv or --workbook"
        raise click.UsageError(message)
    if version is not None and day is not None:
        message = "name either a --version or a day with --as-of"
        raise click.UsageError(message)
    as_of: date | None = day.date() if day else None
    with opened(config) as services:
        copy, named = lists.copy_of(services, version, as_of)
        previous = lists.workbook_before(services, named) if book_file is not None else None
    try:
        if csv_file is not None:
            write_durably(csv_file, dcc_csv(copy.entries, copy.line, config.publish.csv_line_end))
            click.echo(f"{csv_file}: {len(copy.entries)} entries.")
        if book_file is not None:
            write_durably(book_file, _workbook(copy, previous, book_file))
            click.echo(f"{book_file}: {len(copy.entries)} entries.")
    except UnloadableError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        message = f"{error.filename} cannot be written: {error.strerror}"
        raise click.UsageError(message) from error


def _workbook(copy: Copy, previous: bytes | None, file: Path) -> bytes:
    """Write the workbook, and say what its user would not expect of it."""
    from intake.publication.book.rewrite import has_macros  # noqa: PLC0415  # heavy; not for --help

    content, why_plain = lists.written_into(copy, previous)
    if why_plain:
        click.echo(f"{why_plain} A plain workbook is written.", err=True)
    if file.suffix.casefold() != ".xlsm" and has_macros(content):
        click.echo(f"{file}: it has macros, so Excel opens it only under a name that ends in .xlsm.", err=True)
    return content
