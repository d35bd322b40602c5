"""``queue``: what waits for a person."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from intake.cli.installation import config_option, opened
from intake.cli.options import format_option
from intake.clock import iso
from intake.config import Config
from intake.render.moments import london_short
from intake.store import queue
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow


@click.command(name="queue")
@config_option
@format_option("text", "json")
@click.option("--all", "everything", is_flag=True, help="Every message ever received, automatic and other mail too.")
def command(config: Config, form: str, *, everything: bool) -> None:
    """List what waits for a person, the longest waiting first."""
    with opened(config) as services, services.store.reading() as tx:
        rows = queue.rows(tx, where=None if everything else queue.WAITING)
    if form == "json":
        click.echo(json.dumps([public_row(row) for row in rows], indent=2))
    elif rows:
        Console().print(as_table(rows))
    else:
        click.echo("Nothing waits for a person.")


def public_row(row: QueueRow) -> dict[str, object]:
    """A row with the fixed names of the public face."""
    submission = row.submission
    return {
        "reference": submission.reference,
        "status": submission.state.value,
        "kind": submission.kind,
        "automatic": submission.automatic is not None,
        "outcome": submission.outcome,
        "from": submission.sender,
        "subject": submission.subject,
        "received_at": iso(submission.received_at),
        "acknowledge_due": iso(submission.acknowledge_due),
        "acknowledged_at": None if row.acknowledged_at is None else iso(row.acknowledged_at),
        "entries": submission.entries,
        "claimed_by": submission.claimed_by,
        "raw_sha256": submission.raw_sha256,
    }


def as_table(rows: list[QueueRow], title: str | None = None) -> Table:
    """The rows for a terminal."""
    table = Table(title=title, title_justify="left", header_style="bold", expand=False)
    for heading in ("Reference", "Status", "Kind", "Outcome", "Acknowledged", "Due", "Subject"):
        table.add_column(heading, no_wrap=heading in {"Reference", "Status", "Kind", "Outcome"}, overflow="ellipsis")
    for row in rows:
        submission = row.submission
        table.add_row(
            submission.reference,
            submission.state.replace("_", " "),
            "automatic" if submission.automatic else submission.kind,
            (submission.outcome or "–").replace("_", " "),  # noqa: RUF001  # the dash a reader expects for 'none'
            acknowledged(row),
            london_short(submission.acknowledge_due),
            escape(submission.subject or "(no subject)"),
        )
    return table


def acknowledged(row: QueueRow) -> str:
    """Where the acknowledgement stands, in a word or two."""
    if row.acknowledged_at is not None:
        return london_short(row.acknowledged_at)
    if row.letter_state is None:
        return "none due"
    return {LetterState.QUEUED: "queued"}.get(row.letter_state, row.letter_state.value)
