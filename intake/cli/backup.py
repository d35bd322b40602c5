"""``backup``: store and evidence into a folder, while the daemon works."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from intake.cli.alike import told_once
from intake.cli.installation import config_option, opened
from intake.cli.terminal import say_all
from intake.config import Config


@click.command(name="backup")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@config_option
@click.option("--only", type=click.Choice(["evidence"]), help="Leave the store to its own tools, such as pg_dump.")
@click.option("--keep", type=click.IntRange(1), default=7, show_default=True, help="Copies of the store to keep.")
@click.option("--forget-disposed", is_flag=True, help="Let go what two people have disposed of, and older backups.")
def command(folder: Path, config: Config, only: str | None, keep: int, forget_disposed: bool) -> None:  # noqa: FBT001  # a flag of the command
    """Add a consistent, verified backup to FOLDER; the daemon may go on working.

    Evidence is copied once and kept for ever; of the store, the newest copies are kept. What two people have disposed
    of stays in the folder until --forget-disposed, which removes its evidence and every backup older than the disposal.
    A store in PostgreSQL is not copied: back it up with pg_dump just before this, and give --only evidence.
    Exit 1 where anything could not be copied or is not what was recorded.
    """
    from intake.bootstrap import copies  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.evidence.backup import back_up  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.retention.disposed_since import forget_backups, forget_pieces, note  # noqa: PLC0415  # likewise

    with opened(config) as services, _alone(folder):
        still = note(services, folder, copies(folder))
        if forget_disposed:
            forget_pieces(copies(folder), still)
        taken = back_up(services, folder, copies(folder), store=only is None, keep=keep)
        if forget_disposed and not taken.manifest.faults:
            forget_backups(folder, still)
    manifest = taken.manifest
    say_all(told_once(manifest.faults))
    what = "evidence alone" if manifest.store is None else f"the store, events: {manifest.ledger}"
    click.echo(f"{folder}/{taken.stamp}: {what}; pieces of evidence: {manifest.evidence}, new: {taken.copied}.")
    if still.pieces or still.copies:
        told = f"pieces of evidence {len(still.pieces)}, backups older than it {len(still.copies)}"
        if forget_disposed and not manifest.faults:
            click.echo(f"Gone from the folder, as two people have disposed of it: {told}.")
        else:
            click.echo(f"Two people have disposed of what the folder still has: {told}. --forget-disposed removes it.")
    if taken.unrecorded:
        click.echo(taken.unrecorded, err=True)
    if manifest.faults:
        raise click.exceptions.Exit(1)
    click.echo("Everything was read back and is what was recorded.")
    if taken.unrecorded:
        raise click.exceptions.Exit(1)
    if taken.without_key:
        raise taken.without_key


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock so that one backup at a time writes into the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
    except BlockingIOError as error:
        message = f"another backup is writing into {folder}"
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}"
        raise click.ClickException(message) from error
