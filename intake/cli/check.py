"""``check``: a submitter's own check before sending."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from intake.cli.options import format_option
from intake.clock import LONDON
from intake.extract.reader import sandbox
from intake.limits import ReadingLimits
from intake.pipeline.checks.check import Checked, check_files, check_message, is_message, told_apart
from intake.render.public import check_object
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings
from rules.examine import ready
from rules.facts import RegisterEntry
from rules.finding import Outcome

EXIT = {Outcome.READY: 0, Outcome.RETURN: 1, Outcome.NEEDS_A_PERSON: 3, Outcome.NOT_A_SUBMISSION: 3}
NOTHING_READ = 4


class _Moment(click.ParamType[datetime]):
    """An ISO 8601 moment; without a zone it is London's."""

    name = "DATETIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 date or time, e.g. 2026-11-21 or 2026-11-21T09:30", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


@click.command(name="check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@format_option("text", "json", "html", "sarif")
@click.option("--at", type=_Moment(), help="The moment to judge at, ISO 8601; London time unless it says otherwise.")
@click.option(
    "--register",
    "listed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The published list, its workbook (.xlsx, .xlsm) or a .csv of its columns, to compare with.",
)
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    help="Whom signatures may lead to: a folder of their certificates and CRLs (.pem, .crt, .cer, .crl), or one file.",
)
def command(paths: tuple[Path, ...], form: str, at: datetime | None, listed: Path | None, trust: Path | None) -> None:
    """Check a submission: one message (.eml), or a New Entry workbook and its documents.

    Nothing leaves this computer.

    Exit code: 0 ready, 1 would be returned, 2 wrong usage, 3 needs a person, 4 nothing could be read.
    """
    if trust is not None and not trust.exists():
        click.echo(f"cpl-intake: there is no folder or file {trust}, so no signature leads to anybody.", err=True)
    trusting = TrustSettings(trust.absolute() if trust else None, at=at or datetime.now(UTC))
    files = _read(_files(paths))
    register = _register(listed) if listed is not None else None
    with sandbox(ReadingLimits()) as box:
        ready()  # while the reader starts
        checked = _check(box, files, trusting, register)
    for trouble in _troubles(trust):
        click.echo(f"cpl-intake: --trust {trust}: {trouble}", err=True)
    for fault in checked.faults:
        click.echo(f"cpl-intake: a fault in this program, not in your files: {fault}. Please report it.", err=True)
    for line in _written(checked, form):
        click.echo(line)
    raise click.exceptions.Exit(NOTHING_READ if checked.nothing_read else EXIT[checked.outcome])


def _troubles(trust: Path | None) -> tuple[str, ...]:
    """Say what of the trust list could not be used."""
    if trust is None:
        return ()
    from intake.signatures.trust.trust_list import read_trust_list  # noqa: PLC0415  # so that a check starts quickly

    return read_trust_list(trust.absolute()).troubles


def _written(checked: Checked, form: str) -> Iterable[str | bytes]:
    """Format the report as asked for, a page in the letters that it says it is in; each format is loaded on use."""
    report = (checked.dossier, checked.report, checked.outcome)
    if form == "json":
        return [json.dumps(check_object(*report), indent=2)]
    if form == "sarif":
        from intake.render.sarif import sarif  # noqa: PLC0415  # so that a check starts quickly

        return [json.dumps(sarif(*report, checked.trouble), indent=2)]
    if form == "html":
        from intake.render.html import html  # noqa: PLC0415  # likewise

        return [html(*report, checked.trouble).strip().encode()]
    from intake.render.terminal import lines  # noqa: PLC0415  # likewise

    return lines(*report, checked.trouble)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """List the named files and those in the named folders."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(item for item in path.iterdir() if item.is_file()) if path.is_dir() else [path]
        files += [item for item in inside if not (path.is_dir() and item.name.startswith("."))]
    unique = list(dict.fromkeys(files))
    if not unique:
        message = "there is no file in what was named"
        raise click.UsageError(message)
    return unique


def _read(paths: list[Path]) -> list[tuple[str, bytes]]:
    try:
        return [(path.name, path.read_bytes()) for path in paths]
    except OSError as error:
        message = f"{error.filename} cannot be read: {error.strerror}"
        raise click.UsageError(message) from error


def _register(path: Path) -> tuple[RegisterEntry, ...]:
    from intake.register.published import read_list  # noqa: PLC0415  # likewise
    from intake.register.unreadable import UnreadableListError  # noqa: PLC0415  # likewise

    (_, content), *_ = _read([path])
    try:
        return read_list(content)
    except UnreadableListError as error:
        message = f"{path} cannot be read as the published list: {error}"
        raise click.UsageError(message) from error


def _check(
    box: Sandbox, files: list[tuple[str, bytes]], trusting: TrustSettings, register: tuple[RegisterEntry, ...] | None
) -> Checked:
    messages = [content for name, content in files if is_message(name, content)]
    if not messages:
        return check_files(box, told_apart(files), trust_settings=trusting, limits=ReadingLimits(), register=register)
    if len(files) > 1:
        message = "check one message at a time, or the workbook and documents of one submission"
        raise click.UsageError(message)
    return check_message(box, messages[0], trust_settings=trusting, limits=ReadingLimits(), register=register)
