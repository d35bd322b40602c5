"""``evidence``: what is kept, exported or verified."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.installation import config_option, known_submission, number_named, opened
from intake.config import Config
from intake.files import write_durably


@click.group(name="evidence")
def command() -> None:
    """Export or verify evidence."""


@command.command()
@click.argument("reference")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def export(reference: str, file: Path, config: Config) -> None:
    """Write everything kept of one submission to a zip that holds a BagIt bag."""
    from intake.pipeline.retrieve import export as bagged  # noqa: PLC0415  # heavy; not for --help

    number = number_named(reference)
    with opened(config) as services, known_submission():
        content = bagged(services, number)
    _write(file, content)
    click.echo(f"{file}: {len(content)} bytes. VERIFY.txt in it says how to check it.")


@command.command()
@click.argument("reference")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def raw(reference: str, file: Path, config: Config) -> None:
    """Write the raw message of one submission, byte for byte as it was received."""
    from intake.store import submissions  # noqa: PLC0415  # heavy; not for --help

    number = number_named(reference)
    with opened(config) as services, known_submission():
        with services.store.reading() as tx:
            sha256 = submissions.get(tx, number).raw_sha256
        content = services.archive.get(sha256)
    _write(file, content)
    click.echo(f"{file}: {len(content)} bytes, SHA-256 {sha256}. Open it with care.")


def _write(file: Path, content: bytes) -> None:
    try:
        write_durably(file, content)
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}"
        raise click.ClickException(message) from error


@command.command()
@config_option
def verify(config: Config) -> None:
    """Check every piece of evidence against its digest, and the ledger's chain; exit 1 where anything is wrong."""
    from intake.pipeline.verify import verify as faults_of  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        faults = faults_of(services)
        kept = sum(1 for _ in services.archive.digests())
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(f"All {kept} pieces of evidence are intact, and the ledger's chain holds.")
