"""``cpl expiry``: which certificates end, and when their holders are to be warned."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime

import click

from intake.cli.installation import config_option, opened
from intake.cli.options import format_option
from intake.clock import LONDON
from intake.config import Config
from intake.register.expiry import Notice, NoticeState

_COLUMNS = ("certificate", "date", "term", "due", "entries", "contact", "state")


@click.command(short_help="List which certificates end, and who is warned when.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Only what is due by this day.")
@format_option("text", "json", "csv")
@config_option
def expiry(until: datetime | None, form: str, config: Config) -> None:
    """List the notices about CPA certificates, 12 and 6 months before they expire or come to their risk review."""
    from intake.pipeline.expiry import notices_now  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        told = notices_now(services)
        today = services.clock.now().astimezone(LONDON).date()
    shown = [notice for notice in told if until is None or notice.due <= until.date()]
    if form == "json":
        click.echo(json.dumps([notice.as_object() for notice in shown], indent=2))
    elif form == "csv":
        table = csv.writer(sys.stdout)
        table.writerow(_COLUMNS)
        table.writerows(_row(notice) for notice in shown)
    else:
        _print(shown, today)


def _row(notice: Notice) -> list[str]:
    said = notice.as_object() | {"entries": " ".join(notice.entries)}
    return [str(said[name] or "") for name in _COLUMNS]


def _print(shown: Sequence[Notice], today: date) -> None:
    if not shown:
        click.echo("No certificate of the list ends.")
    for notice in shown:
        if notice.state is NoticeState.OVER:
            continue
        what = "risk review" if notice.review else "expires"
        entries = f"{len(notice.entries)} {'entry' if len(notice.entries) == 1 else 'entries'}"
        when = f"{notice.due:%a %d %b %Y}" + (" (today)" if notice.due == today else "")
        whom = notice.contact or "no contact known"
        click.echo(f"{when}  {notice.certificate}, {what} {notice.day:%d/%m/%Y}, {entries}: {notice.state}, {whom}")
    over = sum(notice.state is NoticeState.OVER for notice in shown)
    if over:
        click.echo(f"{over} more are about certificates whose day has passed.")
