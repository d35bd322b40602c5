"""``cpl contacts``: whom notices about entries go to that came with the list."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.given import read_given
from intake.cli.installation import config_option, opened
from intake.cli.options import Group
from intake.config import Config


@click.group(cls=Group, short_help="Keep whom notices about entries go to.")
def contacts() -> None:
    """Keep the contacts of entries that came with the list, which names none; they are never published."""


@contacts.command("import", short_help="Take in a file of contacts.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@config_option
def import_(file: Path, config: Config) -> None:
    """Take in a CSV file with the columns entry, name, telephone, email; what it does not name stays as it is."""
    from intake.pipeline.list.contacts import import_contacts  # noqa: PLC0415  # heavy; not for --help
    from intake.register.contacts import UnreadableContactsError, read_contacts  # noqa: PLC0415  # likewise

    lines = read_given(file, "contacts", read_contacts, UnreadableContactsError)
    with opened(config) as services:
        strange, without = import_contacts(services, lines)
    kept = len(lines) - len(strange)
    click.echo(f"{file}: {kept} {'contact' if kept == 1 else 'contacts'} kept.")
    if strange:
        click.echo(f"  Not on the list, so not kept: {', '.join(strange)}")
    click.echo(f"  Current entries with a CPA certificate and no contact known: {without}")
