"""``cpl check``, ``publish``, ``attach`` and ``loaded``: the next version of the list, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake.cli.installation import config_option, opened
from intake.cli.options import format_option
from intake.cli.person import person_here
from intake.cli.terminal import say_all
from intake.config import Config
from intake.domain.review import DecisionRefusedError
from intake.render.moments import london_short

if TYPE_CHECKING:
    from intake.pipeline.list.publish import Outlook
    from intake.pipeline.services import Services
    from intake.publication.preflight import Blemish
    from intake.register.suggestions import Suggestion
    from intake.store.publications import Publication

_SHOWN = 20
"""Refused blemishes that people are shown; ``--format json`` has all."""
_NAMED = 8
"""Entries that are named of those with one blemish."""


@click.command(short_help="Look the list over before it is published.")
@format_option("text", "json")
@config_option
@click.pass_context
def check(context: click.Context, form: str, config: Config) -> None:
    """Tell what has long been amiss with the list, and what the loader would refuse of its next version.

    Removals are suggested where a certificate has expired or an entry says the same as another; people decide on them.

    Exit code: 0 nothing of the next version would be refused, 1 something would.
    """
    from intake.pipeline.list.publish import outlook  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.list.publish import standing as standing_version  # noqa: PLC0415  # likewise
    from intake.publication.preflight import standing_report  # noqa: PLC0415  # likewise
    from intake.register.suggestions import suggested_removals  # noqa: PLC0415  # likewise

    with opened(config) as services:
        seen, (stands, stood) = outlook(services), standing_version(services)
    before, today = seen.next.issue.before, seen.next.issue.edition.issued
    standing = standing_report(before, seen.loader, today) if before else []
    suggested = suggested_removals(seen.next.issue.edition.entries, today)
    if form == "json":
        prepared = {"prepared": stands.version if stands else None}
        click.echo(json.dumps(_object(seen, standing, suggested) | prepared, indent=2))
    else:
        say_all([*_prepared(stands, stood), *_lines(seen, standing), *_suggestions(suggested)])
    context.exit(1 if seen.refused else 0)


def _object(seen: Outlook, standing: Sequence[Blemish], suggested: Sequence[Suggestion]) -> dict[str, object]:
    return {
        "next": seen.next.issue.edition.version,
        "entries": [version.entry.number for version in seen.next.approved],
        "note": seen.note,
        "refused": [blemish.as_object() for blemish in seen.refused],
        "standing": [blemish.as_object() for blemish in standing],
        "suggested_removals": [{"entries": [*removal.entries], "reason": removal.reason} for removal in suggested],
    }


def _suggestions(suggested: Sequence[Suggestion]) -> Iterator[str]:
    """Tell which removals a person may want to ask for."""
    if suggested:
        yield "Removals to think of, which are asked for on the page /list/changes:"
    for removal in suggested:
        yield f"  {removal.reason}"
        yield f"    {_named(removal.entries)}"


def _prepared(stands: Publication | None, stood: Outlook | None) -> Iterator[str]:
    """Say which version waits for its release, and why it must be prepared again where it must."""
    if stands is None:
        return
    yield f"Version {stands.version} is prepared, by {stands.prepared_by}, {london_short(stands.prepared_at)}."
    stale = stood.stale if stood is not None else ""
    yield f"  {stale or 'Another person releases it on the page /list/next.'}"
    yield "If it were prepared again now:"


def _lines(seen: Outlook, standing: Sequence[Blemish]) -> Iterator[str]:
    count = len({version.entry.number for version in seen.next.approved})
    if not count:
        yield "Nothing has been approved that is not published."
    else:
        yield f"Version {seen.next.issue.edition.version} would publish {_counted(count)}:"
        yield from (f"  {line}" for line in seen.note.splitlines())
        if seen.next.doubt:
            yield f"  {seen.next.doubt}"
        yield from _told("It would be refused", seen.refused)
        if not seen.refused:
            yield "  Nothing of it would be refused."
    if held := sorted({version.entry.number for version in seen.next.held}):
        yield f"Held back: {_counted(len(held))}: {', '.join(held)}"
    with_blemish = len({blemish.entry for blemish in standing})
    if standing:
        yield f"Standing report: {_counted(with_blemish)} of the list as published:"
        yield from _by_kind(standing)


def _told(title: str, blemishes: Sequence[Blemish]) -> Iterator[str]:
    if not blemishes:
        return
    yield f"{title}:"
    yield from (f"  {blemish.entry} {blemish.field}: {blemish.what}" for blemish in blemishes[:_SHOWN])
    if len(blemishes) > _SHOWN:
        yield f"  and {len(blemishes) - _SHOWN} more"


def _by_kind(blemishes: Sequence[Blemish]) -> Iterator[str]:
    """Tell a blemish once with all the entries that have it: what is wrong with a list is wrong row after row."""
    entries: dict[tuple[str, str], list[str]] = {}
    for blemish in blemishes:
        entries.setdefault((blemish.field, blemish.what), []).append(blemish.entry)
    for (field, what), numbers in sorted(entries.items(), key=lambda kind: -len(kind[1])):
        yield f"  {field} {what}"
        yield f"    {_named(numbers)}"


def _named(numbers: Sequence[str]) -> str:
    further = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"{_counted(len(numbers))}: {', '.join(numbers[:_NAMED])}{further}"


def _counted(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


@click.command(short_help="Prepare the next version of the list.")
@click.option("--prepare", is_flag=True, help="Make its files; without it, only say what the version would be.")
@click.option("--hold", multiple=True, metavar="NUMBER", help="Hold an entry back; may be given several times.")
@click.option("--lift", multiple=True, metavar="NUMBER", help="Let an entry go that was held back; likewise.")
@config_option
@click.pass_context
def publish(  # one an option of the command
    context: click.Context,
    prepare: bool,  # noqa: FBT001  # click's flag
    hold: tuple[str, ...],
    lift: tuple[str, ...],
    config: Config,
) -> None:
    """Prepare the next version in the folder that [publish] names; a second person releases it on the page.

    What is held back stays so from version to version, until it is lifted here or on the page.

    Exit code: 0 prepared, 1 there is nothing to publish, or the loader would refuse something of it.
    """
    from intake.pipeline.list import publish as publishing  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        held = _held(services, hold, lift)
        try:
            if not prepare:
                seen = publishing.outlook(services, held)
                say_all([*_prepared(*publishing.standing(services)), *_lines(seen, ())])
                context.exit(1 if seen.refused or not seen.next.approved else 0)
            made = publishing.prepare(services, person_here(), held=held)
        except publishing.PreflightRefusedError as error:
            say_all(_told("The loader would refuse it, so nothing is prepared", error.refused))
            say_all(["Correct these values on the list's pages, or hold the entry back: --hold NUMBER"])
            context.exit(1)
        except DecisionRefusedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Version {made.version} is prepared in {config.path(config.publish.folder) / made.version}:")
    for name in sorted(made.files):
        click.echo(f"  {name}")
    click.echo(f"Its digest: {made.digest}")
    if not any(name.endswith(".p7s") for name in made.files):
        say_all(["It is not signed: [signing] names no key. Attach a signature with: cpl-intake cpl attach FILE.p7s"])
    click.echo("Another person releases it on the page /list/next.")


def _held(services: Services, hold: Sequence[str], lift: Sequence[str]) -> tuple[str, ...]:
    """What was held back and what is to be, but for what is lifted.

    Raises:
        UsageError: something is lifted that was not held back.
    """
    from intake.pipeline.list.held_back import held_back  # noqa: PLC0415  # heavy; not for --help

    with services.store.reading() as tx:
        stands = held_back(tx)
    held, lifted = ({number.zfill(6) for number in numbers} for numbers in (hold, lift))
    strangers = sorted(lifted.difference(stands))
    if strangers:
        message = f"not held back: {', '.join(strangers)}"
        raise click.UsageError(message)
    return tuple(sorted(held.union(stands) - lifted))


@click.command(short_help="Attach a signature that was made elsewhere.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@config_option
def attach(file: Path, config: Config) -> None:
    """Attach FILE, a CMS signature of the workbook of the version that is prepared, else of the newest."""
    from intake.pipeline.list import answer  # noqa: PLC0415  # heavy; not for --help

    try:
        content = file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise click.UsageError(message) from error
    with opened(config) as services:
        try:
            version, signer = answer.attach(services, content, person_here())
        except DecisionRefusedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{file}: attached to version {version.version}, a signature of {signer}.")


@click.command(short_help="Record what the DCC said of a version.")
@click.argument("version")
@click.option("--rejected", "entry", metavar="ENTRY", help="The entry at which its loader stopped.")
@click.option("--reason", help="What it said.")
@config_option
def loaded(version: str, entry: str | None, reason: str | None, config: Config) -> None:
    """Record that the DCC has loaded VERSION, or, with --rejected, that its loader refused it."""
    from intake.pipeline.list import answer  # noqa: PLC0415  # heavy; not for --help

    if (entry is None) != (reason is None):
        message = "--rejected ENTRY and --reason TEXT go together"
        raise click.UsageError(message)
    with opened(config) as services:
        try:
            if entry is None or reason is None:
                answer.loaded(services, version, person_here())
            else:
                answer.rejected(services, version, entry.zfill(6), reason, person_here())
        except DecisionRefusedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Version {version}: {'loaded' if entry is None else f'rejected at entry {entry.zfill(6)}'}.")
    if entry is not None:
        say_all(["On the page of the version the entry is corrected, and a rule proposed for the next pre-flight."])
