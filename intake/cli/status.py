"""``status``: counters, clocks, health."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import click

from intake.cli.installation import config_option, opened
from intake.cli.options import format_option
from intake.cli.terminal import say
from intake.clock import iso
from intake.config import Config
from intake.domain.submission import State
from intake.pipeline.ledger.ledger_key import own_verifier
from intake.pipeline.list.path_clocks import PathClock, path_clocks
from intake.render.moments import london
from intake.render.plain import one_line
from intake.store import checkpoints, checks, outbox
from intake.store.sightings import Waiting
from intake.store.unsent import Unsent
from intake.store.vitals import Vitals, vitals
from rules.reference import reference

_INDENT = 18
"""Behind a title."""


@click.command(name="status")
@config_option
@format_option("text", "json")
def command(config: Config, form: str) -> None:
    """Show how many messages and letters stand where, and the clocks."""
    with opened(config) as services, services.store.reading() as tx:
        held_groups, now = outbox.held_groups(tx), services.clock.now()
        stuck = outbox.stuck_of_kind(tx, checkpoints.LETTER)
        left = checks.left(tx)
        current = vitals(tx, services.tally, now)
        paths = path_clocks(services, tx)
    if form == "json":
        click.echo(json.dumps(public_status(current), indent=2))
        return
    for title, text in lines(current, config, now):
        _say(title, text)
    if paths:
        _say("Upgrade paths", _paths(paths, now))
    for group in held_groups:
        _say("Held", f"{group.count} because {group.why}")
    for letter in stuck:
        _say("Auditor", f"{letter.recipient} did not get the {letter.about}: {letter.last_error or 'held'}")
    for mails in left:
        _say("Check mail left", f"{mails.count} because {mails.why}")


def _say(title: str, text: str) -> None:
    say(text, first=f"{title:<{_INDENT}}", indent=_INDENT)


def lines(health: Vitals, config: Config, now: datetime) -> Iterator[tuple[str, str]]:
    """Format the health report, most urgent lines first."""
    yield "Messages", _counted(health.messages)
    yield "Waiting", _waiting(health, now)
    yield "Acknowledgements", _owed(health, now)
    yield "Letters", _counted(health.letters)
    yield from (("", line) for line in _not_taken(health.unsent))
    for mailbox in config.mailbox:
        at, error = health.polls.get(mailbox.name, (None, None))
        read = f"read {ago(at, now)}" if at else "never read"
        trouble = f"{read}; {'since then: ' if at else ''}{error}"
        yield f"Mailbox {mailbox.name}", trouble if error else read
        if mailbox.name in health.owed:
            yield from (("", line) for line in _told_of(health.owed[mailbox.name]))
    at, faults = health.verified or (None, 0)
    verdict = f"{faults} faults; run: cpl-intake evidence verify" if faults else "intact"
    yield "Evidence", f"verified {ago(at, now)}: {verdict}" if at else "never verified; run: cpl-intake evidence verify"
    yield "Checkpoint", _checkpoint(health, config, now)
    if config.store_file is not None:  # others have tools of their own for it, of which we hear nothing
        yield "Backup", ago(health.backed_up_at, now) if health.backed_up_at else "none"
    yield "Rules", reference().age(now.date())


def _checkpoint(health: Vitals, config: Config, now: datetime) -> str:
    if not config.ledger.key_file:
        return "none: there is no key ([ledger] key_file), so a rewritten ledger cannot be told from a true one"
    _, without = own_verifier(config)
    trouble = f"; none can be made: {without}" if without else ""
    if health.checkpoint is None:
        return f"none yet{trouble}" if trouble else "none yet; run makes the day's"
    made_at, size = health.checkpoint
    kept = "" if config.ledger.auditors else "; nobody outside is sent it ([ledger] auditors)"
    return f"of {size} events, made {ago(made_at, now)}{kept}{trouble}"


def _not_taken(unsent: Unsent) -> Iterator[str]:
    """Describe the letters that the outgoing server has not taken, with its newest words."""
    if unsent.postponed:
        yield f"{unsent.postponed} could not be handed over and will be tried again: {one_line(unsent.postponed_why)}"
    if unsent.refused:
        yield f"{unsent.refused} refused for good and waiting for a person: {one_line(unsent.refused_why)}"


def _counted(counts: Mapping[str, int]) -> str:
    told = [f"{number} {state.replace('_', ' ')}" for state, number in counts.items() if number]
    return ", ".join(told) or "none"


def _waiting(health: Vitals, now: datetime) -> str:
    if not health.waiting_since:
        return "nothing waits for a person"
    return f"{health.waiting} for a person, the oldest received {ago(health.waiting_since, now)}"


def _owed(health: Vitals, now: datetime) -> str:
    if health.next_due is None:
        return "none owed"
    _, due = health.next_due
    overdue = f", {health.overdue} overdue" if health.overdue else ""
    when = f"was due {ago(due, now)}" if due < now else f"due {london(due)}"
    return f"{health.unacknowledged} owed{overdue}; the first {when}"


def _paths(clocks: Sequence[PathClock], now: datetime) -> str:
    late = sum(clock.is_late(now) for clock in clocks)
    overdue, due = f", {late} overdue" if late else "", clocks[0].due
    when = f"was due {ago(due, now)}" if due < now else f"due {london(due)}"
    return f"{len(clocks)} asked for and not published{overdue}; the first {when}"


def ago(moment: datetime, now: datetime) -> str:
    """Format an age: ``12 s ago``, ``3 h ago``; the moment itself beyond two days."""
    seconds = max((now - moment).total_seconds(), 0)
    for unit, size in (("s", 1), ("min", 60), ("h", 3600)):
        if seconds < 120 * size and (unit != "h" or seconds < _LONG_AGO):
            return f"{int(seconds // size)} {unit} ago"
    return london(moment)


_LONG_AGO = 48 * 3600


def _told_of(waiting: Waiting) -> Iterator[str]:
    """Describe the state of a mailbox in a sentence."""
    if waiting.seen:
        yield f"{waiting.seen} found there and not yet taken in"
    if waiting.withheld:
        yield f"{waiting.withheld} of them would not come: {waiting.why}"
    if waiting.vanished:
        yield f"{waiting.vanished} were gone before they could be taken in: ask who moved or deleted them"


def _moment_text(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


def public_status(current: Vitals) -> dict[str, object]:
    """Build the object with the fixed names of the public face; states that nothing is in are left out."""
    return {
        "messages": _not_empty(current.messages),
        "outbox": _not_empty(current.letters),
        "oldest_unacknowledged": _moment_text(current.oldest_unacknowledged),
        "last_poll": {name: _moment_text(at) for name, (at, _) in current.polls.items()},
        "quarantined": current.messages[State.QUARANTINED],
    }


def _not_empty(counts: Mapping[str, int]) -> dict[str, int]:
    return {str(state): number for state, number in sorted(counts.items()) if number}
