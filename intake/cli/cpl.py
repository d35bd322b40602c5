"""``cpl``: the published list that this installation judges against."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.installation import config_option, opened
from intake.config import Config


@click.group(name="cpl")
def command() -> None:
    """Import the published list."""


@command.command("import", short_help="Take in the published list.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@config_option
def import_(file: Path, config: Config) -> None:
    """Take in the published list, its workbook (.xlsx, .xlsm) or a .csv of its columns.

    It replaces the list imported before. Submissions read from then on are judged against it.
    """
    from intake.pipeline.listing import import_list  # noqa: PLC0415  # heavy; not for --help
    from intake.register.published import UnreadableListError, read_whole_list  # noqa: PLC0415  # likewise

    try:
        content = file.read_bytes()
        entries = read_whole_list(content)
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise click.UsageError(message) from error
    except UnreadableListError as error:
        message = f"{file} cannot be imported as the published list: {error}"
        raise click.UsageError(message) from error
    with opened(config) as services:
        import_list(services, content, entries)
    click.echo(f"{file}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'} imported.")
