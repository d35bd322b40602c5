"""``cpl expiry``: which certificates end, and when their holders are to be warned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import click

from intake.cli.installation import config_option, opened
from intake.cli.options import Day, format_option
from intake.cli.terminal import say
from intake.config import Config
from intake.register.expiry import Notice


@click.command(short_help="List which certificates end, and who is warned when.")
@click.option("--until", type=Day(), help="Only what is due by this day.")
@format_option("text", "json", "csv", "ics")
@config_option
def expiry(until: datetime | None, form: str, config: Config) -> None:
    """List the notices about CPA certificates, 12 and 6 months before they expire or come to their risk review.

    As `ics`, a calendar of the days on which they are due, which names no contact.
    """
    from intake.pipeline.list.expiry import notices_now, today  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        told, day = notices_now(services), today(services)
    shown = [notice for notice in told if until is None or notice.due <= until.date()]
    if form == "json":
        click.echo(json.dumps([notice.as_object() for notice in shown], indent=2))
    elif form == "text":
        _print(shown, day, until.date() if until else None)
    else:
        _write(shown, form, config)


def _write(shown: Sequence[Notice], form: str, config: Config) -> None:
    from intake.publication.notice_files import notices_calendar, notices_csv  # noqa: PLC0415  # heavy; not for --help

    line_end = config.publish.csv_line_end
    content = notices_calendar(shown) if form == "ics" else notices_csv(shown, contacts=True, line_end=line_end)
    click.echo(content, nl=False)


def tell(notice: Notice, today: date) -> None:
    """Print a notice: the day on which it is due, and behind it what it is about."""
    when = f"{notice.due:%a %d %b %Y}"
    say(about(notice, today), first=f"{when}  ", indent=len(when) + 2)


def about(notice: Notice, today: date) -> str:
    """Say of a notice what certificate it is about and how it stands, on one line."""
    what = "risk review" if notice.review else "expires"
    entries = f"{len(notice.entries)} {'entry' if len(notice.entries) == 1 else 'entries'}"
    due = "today, " if notice.due == today else ""
    ends = f"{what} {notice.day:%d/%m/%Y}, {notice.term} months before"
    whom = notice.contact or "no contact known"
    why = f" ({notice.why})" if notice.why and notice.contact else ""
    return f"{due}{notice.certificate}, {ends}, {entries}: {notice.state}{why}, {whom}"


def _print(shown: Sequence[Notice], today: date, until: date | None) -> None:
    coming = [notice for notice in shown if notice.day >= today]
    for notice in coming:
        tell(notice, today)
    if not coming:
        click.echo(
            f"No notice is due by {until:%d/%m/%Y}." if until else "No certificate of the list ends from now on."
        )
    over = len(shown) - len(coming)
    if over:
        notices = f"{over} {'notice is' if over == 1 else 'notices are'}"
        say(f"{notices} about certificates whose day has passed; --format csv lists them all.")
