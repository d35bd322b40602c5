"""``restore``: a backup into a new place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake.cli.alike import told_once
from intake.cli.installation import config_option
from intake.cli.terminal import say_all
from intake.clock import SystemClock
from intake.config import Config
from intake.errors import ConfigurationError, UnreachableError

if TYPE_CHECKING:
    from intake.pipeline.services import Services


@click.command(name="restore")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@config_option
@click.option("--at", "stamp", metavar="STAMP", help="Which backup, e.g. 20261121T013000Z; the newest unless given.")
@click.option(
    "--only", type=click.Choice(["store", "evidence"]), help="The other has survived, or is put back otherwise."
)
def command(folder: Path, config: Config, stamp: str | None, only: str | None) -> None:
    """Put a backup into the places that the configuration names; they must be empty. Nothing is overwritten.

    One that broke off goes on when it is called again.
    End every `run` and `web` first. Exit 1 where the backup, or what was put back, is not what was recorded.
    """
    from intake import bootstrap  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.evidence import restore  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.evidence.verify import faults_in  # noqa: PLC0415  # heavy; not for --help

    backup = restore.find(folder, stamp)
    archive = bootstrap.archive(config)
    if only != "evidence":
        restore.free_place(bootstrap.store_address(config))
    if only != "store":
        gone = _gone(config) if only == "evidence" else frozenset[str]()
        done = restore.restore_evidence(backup, bootstrap.copies(folder), archive, gone)
        already = f", {done.kept} were there already" if done.kept else ""
        click.echo(f"Evidence: {done.put} pieces put back{already}.")
    if only == "evidence":
        _propose_anew(config, folder)
        return
    restore.restore_store(backup, bootstrap.store_address(config), SystemClock().now())
    click.echo(f"Store: as it was at {backup.manifest.taken_at}.")
    store = bootstrap.store(config)
    try:
        faults = list(faults_in(store, archive))
    finally:
        store.close()
    _propose_anew(config, folder)
    say_all(told_once(faults))
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("All evidence is there and intact, and the ledger's chain holds.")


@contextmanager
def _standing(config: Config) -> Iterator[Services | None]:
    """The services where there is a store by now; None where there is none, which must not be made, or it is away."""
    from intake import bootstrap  # noqa: PLC0415  # heavy; not for --help
    from intake.cli.installation import opened  # noqa: PLC0415  # likewise
    from intake.store import snapshot  # noqa: PLC0415  # likewise

    try:
        missing = not snapshot.file_of(bootstrap.store_address(config)).exists()
    except ConfigurationError:  # a server keeps it
        missing = False
    if missing:
        yield None
        return
    with ExitStack() as stack:
        try:
            services = stack.enter_context(opened(config))
            with services.store.reading():
                pass
        except UnreachableError:
            yield None
            return
        yield services


def _gone(config: Config) -> frozenset[str]:
    """Evidence that the store, which has survived or is put back already, says was disposed of and is gone."""
    from intake.store import disposals  # noqa: PLC0415  # heavy; not for --help

    with _standing(config) as services:
        if services is None:
            return frozenset()
        with services.store.reading() as tx:
            return disposals.gone_pieces(tx)


def _propose_anew(config: Config, folder: Path) -> None:
    """Say what of the store was disposed of after its backup was taken; it is proposed again."""
    from intake.pipeline.retention.disposed_since import FILE, propose_anew  # noqa: PLC0415  # heavy; not for --help

    with _standing(config) as services:
        if services is None:
            if (folder / FILE).exists():
                click.echo("There is no store yet to see whether any of it had been disposed of; restore that, too.")
            return
        anew = propose_anew(services, folder)
    for number, cases in anew.proposed:
        click.echo(
            f"Two people had disposed of {', '.join(cases)} after this backup was taken, and it is here again: "
            f"disposal {number} proposes it anew, and waits for a person on the page /retention."
        )
    for case, why in anew.kept:
        click.echo(
            f"Two people had disposed of {case} after this backup was taken; it is here again, and stays: {why}."
        )
