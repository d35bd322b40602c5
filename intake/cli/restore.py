"""``restore``: a backup into a new place."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.installation import config_option
from intake.clock import SystemClock
from intake.config import Config


@click.command(name="restore")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@config_option
@click.option("--at", "stamp", metavar="STAMP", help="Which backup, e.g. 20261121T013000Z; the newest unless given.")
@click.option(
    "--only", type=click.Choice(["store", "evidence"]), help="The other has survived, or is put back otherwise."
)
def command(folder: Path, config: Config, stamp: str | None, only: str | None) -> None:
    """Put a backup into the places that the configuration names; they must be empty. Nothing is overwritten.

    End every `run` and `web` first. Exit 1 where the backup, or what was put back, is not what was recorded.
    """
    from intake import bootstrap  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline import restore  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.verify import faults_in  # noqa: PLC0415  # heavy; not for --help

    backup = restore.find(folder, stamp)
    archive = bootstrap.archive(config)
    if only != "evidence":
        restore.free_place(config.store_url)
    if only != "store":
        count = restore.restore_evidence(backup, bootstrap.copies(folder), archive)
        click.echo(f"Evidence: {count} pieces put back.")
    if only == "evidence":
        return
    restore.restore_store(backup, config.store_url, SystemClock().now())
    click.echo(f"Store: as it was at {backup.manifest.taken_at}.")
    store = bootstrap.store(config)
    try:
        faults = list(faults_in(store, archive))
    finally:
        store.close()
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("All evidence is there and intact, and the ledger's chain holds.")
