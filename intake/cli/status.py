"""``status``: counters, clocks, health."""

from __future__ import annotations

import json
from datetime import datetime

import click

from intake.cli.installation import config_option, opened
from intake.cli.options import format_option
from intake.clock import iso
from intake.config import Config
from intake.render.moments import london
from intake.store import queue
from intake.store.queue import Health


@click.command(name="status")
@config_option
@format_option("text", "json")
def command(config: Config, form: str) -> None:
    """Show how many messages and letters stand where, and the clocks."""
    with opened(config) as services, services.store.reading() as tx:
        health = queue.health(tx)
    if form == "json":
        click.echo(json.dumps(public_health(health), indent=2))
        return
    for title, counts in (("Messages", health.messages), ("Letters", health.outbox)):
        told = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in sorted(counts.items()))
        click.echo(f"{title:<24}{told or 'none'}")
    click.echo(f"{'Oldest unacknowledged':<24}{london(health.oldest_unacknowledged)}")
    click.echo(f"{'Next deadline':<24}{london(health.next_due)}")
    for name, at in health.last_poll.items():
        click.echo(f"{f'Mailbox {name} read':<24}{london(at, seconds=True)}")


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


def public_health(health: Health) -> dict[str, object]:
    """The object with the fixed names of the public face."""
    return {
        "messages": dict(health.messages),
        "outbox": dict(health.outbox),
        "oldest_unacknowledged": _told(health.oldest_unacknowledged),
        "last_poll": {name: _told(at) for name, at in health.last_poll.items()},
        "quarantined": health.quarantined,
    }
