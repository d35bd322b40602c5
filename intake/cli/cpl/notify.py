"""``cpl notify``: queues the notices about certificates that are due, each once."""

from __future__ import annotations

import json
from datetime import datetime

import click

from intake.cli.cpl.expiry import tell
from intake.cli.installation import config_option, opened
from intake.cli.options import Day, format_option
from intake.cli.person import person_here
from intake.config import Config
from intake.register.expiry import NoticeState


@click.command(short_help="Queue the notices that are due, each once.")
@click.option("--dry-run", is_flag=True, help="Only say what would be queued.")
@click.option("--at", type=Day(), help="The day to judge by; by default today in London.")
@format_option("text", "json")
@config_option
def notify(*, dry_run: bool, at: datetime | None, form: str, config: Config) -> None:
    """Queue the notices that are due; `run` does the same by itself, and sends them.

    What was past when the list was taken in, or has no contact, waits for a person on the page /list/expiry.
    """
    from intake.pipeline.list.expiry import standings, today  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.list.notify import notify as queue  # noqa: PLC0415  # likewise

    with opened(config) as services:
        day = at.date() if at else today(services)
        told = queue(services, day=day, dry_run=dry_run, person=person_here())
        with services.store.reading() as tx:
            stand = standings(services, tx, day)
    if form == "json":
        click.echo(json.dumps([notice.as_object() for notice in told], indent=2))
        return
    for notice in told:
        tell(notice, day)
    if not told:
        click.echo("No notice is due.")
    waiting = sum(standing.notice.state is NoticeState.FOR_A_PERSON for standing in stand)
    if waiting:
        click.echo(f"{waiting} {'waits' if waiting == 1 else 'wait'} for a person, on the page /list/expiry.")
