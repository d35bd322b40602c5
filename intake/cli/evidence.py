"""``evidence``: what is kept, exported or verified."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake.cli.alike import told_once
from intake.cli.installation import config_option, known_submission, number_named, opened
from intake.cli.options import Day, Group, format_option
from intake.cli.terminal import say, say_all
from intake.clock import LONDON, SystemClock
from intake.config import Config
from intake.files import write_durably, write_new_secret

if TYPE_CHECKING:
    from intake.ledger.checkpoint import Checkpoint, Step
    from intake.pipeline.evidence.verification.finding import Finding
    from intake.pipeline.evidence.verify import Disposed
    from intake.store.disposals import Remaining


_DAY = Day()


@click.group(name="evidence", cls=Group)
def command() -> None:
    """Export, verify, witness or dispose of evidence."""


@command.command()
@click.argument("what", nargs=-1, metavar="[REFERENCE] FILE", required=True)
@config_option
@click.option("--device-model", metavar="MODEL", help="Instead of a submission: all of a Model Identifier's life.")
@click.option("--certificate", metavar="NUMBER", help="Likewise: all that names a certificate.")
@click.option("--from", "since", type=_DAY, help="Likewise: all that happened from this day on, by London's calendar.")
@click.option("--until", type=_DAY, help="The last day of a period; today unless given.")
@click.option("--person", metavar="NAME", help="Likewise: all that a person did.")
@click.option("--reason", default="", help="Why it is taken; the ledger keeps it.")
@click.option("--outside", is_flag=True, help="For somebody outside: what is restricted is sealed for [seal]'s keys.")
def export(
    what: tuple[str, ...],
    config: Config,
    device_model: str | None,
    certificate: str | None,
    since: datetime | None,
    until: datetime | None,
    person: str | None,
    reason: str,
    outside: bool,  # noqa: FBT001  # a flag of the command
) -> None:
    """Write everything kept of one submission, or of more, to a zip that holds a BagIt bag."""
    from intake.pipeline.evidence import exports  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.evidence.retrieve import export as of_submission  # noqa: PLC0415  # likewise

    *named, last = what
    chosen = [choice for choice in (device_model, certificate, since, person) if choice is not None]
    if len(named) + len(chosen) != 1 or (until is not None and since is None):
        message = "name one thing: a submission's reference, --device-model, --certificate, --from, or --person"
        raise click.UsageError(message)
    number = number_named(named[0]) if named else 0
    with opened(config) as services, known_submission():
        selection = None
        if device_model is not None:
            selection = exports.of_device_model(services, device_model)
        elif certificate is not None:
            selection = exports.of_certificate(services, certificate)
        elif since is not None:
            end = (until or services.clock.now().astimezone(LONDON)).date()
            selection = exports.of_period(services, since.date(), end)
        elif person is not None:
            selection = exports.of_person(services, person)
        if selection is not None:
            content = exports.export(services, selection, reason=reason, outside=outside)
        else:
            content = (exports.export_outside if outside else of_submission)(services, number, reason=reason)
    file = Path(last)
    _write(file, content)
    click.echo(f"{file}: {len(content)} bytes. VERIFY.txt in it says how to check it.")


@command.command()
@click.argument("reference")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def raw(reference: str, file: Path, config: Config) -> None:
    """Write the raw message of one submission, byte for byte as it was received."""
    from intake.store import submissions  # noqa: PLC0415  # heavy; not for --help

    number = number_named(reference)
    with opened(config) as services, known_submission():
        with services.store.reading() as tx:
            sha256 = submissions.get(tx, number).raw_sha256
        content = services.archive.get(sha256)
    _write(file, content)
    click.echo(f"{file}: {len(content)} bytes, SHA-256 {sha256}. Open it with care.")


def _write(file: Path, content: bytes) -> None:
    try:
        write_durably(file, content)
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}"
        raise click.ClickException(message) from error


@command.command()
@config_option
@format_option("text", "json")
@click.option(
    "--checkpoint",
    "given",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A checkpoint that somebody else has kept; may be given several times.",
)
def verify(config: Config, form: str, given: tuple[Path, ...]) -> None:
    """Check ledger, checkpoints, evidence, submissions, letters and register; exit 1 where anything is wrong."""
    from intake.pipeline.evidence.verify import verify as verified  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        done = verified(services, [_step_of(file).note_bytes for file in given])
    remark = _remark(config, done.checkpoint)
    if form == "json":
        told = {"intact": done.intact, "events": done.events, "evidence": done.evidence}
        gone = {"submissions": done.disposed.submissions, "evidence": done.disposed.pieces}
        disposed = {"disposed": gone} if done.disposed.submissions else {}
        findings = [{"kind": finding.kind, "what": finding.what, "seq": finding.seq} for finding in done.findings]
        click.echo(json.dumps({**told, **disposed, "findings": findings}, indent=2))
    else:
        say_all(told_once(finding.what for finding in done.findings))
        if done.intact:
            pieces = (
                "The one piece of evidence is" if done.evidence == 1 else f"All {done.evidence} pieces of evidence are"
            )
            click.echo(f"{pieces} intact, and the ledger's chain holds.")
        else:
            say(_not_intact(done.findings))
        if done.disposed.submissions:
            click.echo(_disposed(done.disposed))
    if remark:
        click.echo(remark, err=form == "json")
    if done.unrecorded:
        click.echo(done.unrecorded, err=True)
    if not done.intact or done.unrecorded:
        raise click.exceptions.Exit(1)
    if done.without_key:
        raise done.without_key


def _not_intact(findings: Sequence[Finding]) -> str:
    """How many findings there are, by what they are about, in the order of the first of each."""
    kinds = Counter(finding.kind.value for finding in findings)
    counts = ", ".join(f"{kind} {number:,}" for kind, number in kinds.items())
    every = "" if len(findings) == 1 else " --format json lists every one."
    return f"Not intact, by what was found to be wrong: {counts}.{every}"


def _disposed(disposed: Disposed) -> str:
    """What is not there, and rightly so."""
    sentence = (
        f"Disposed of by two people, on record: submissions {disposed.submissions}, pieces of evidence "
        f"{disposed.pieces}; what is left of them is what was recorded."
    )
    return sentence + _waiting(disposed.remaining)


def _waiting(remaining: Remaining) -> str:
    """What is still to be removed, as a sentence that follows another; empty where nothing is."""
    if not remaining.pieces:
        return ""
    when = "" if remaining.not_before is None else f", which the archive allows on {remaining.not_before:%d/%m/%Y}"
    return f" Still to be removed: {remaining.pieces}{when}."


def _remark(config: Config, covered: int | None) -> str:
    """What a reader of the result must know beside it; empty where nothing."""
    if not config.ledger.key_file:
        return (
            "There is no key for checkpoints ([ledger] key_file), so a ledger that was rewritten as a whole, or cut at "
            "its end, cannot be told from a true one."
        )
    if covered is None:
        return "No checkpoint has been made yet; run makes the day's."
    if not config.ledger.auditors:
        return (
            "Nobody outside is sent the checkpoints ([ledger] auditors), so whoever has store, archive and key can "
            "rewrite all of them and nobody will see it."
        )
    return ""


@command.command()
@config_option
@format_option("text", "json")
def due(config: Config, form: str) -> None:
    """List the closed cases that two people may dispose of today, by [retention]; the page /retention proposes it."""
    from intake.pipeline.retention.retention import due as cases_due  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        cases = cases_due(services)
    if form == "json":
        rows = [
            {
                "reference": case.reference,
                "messages": len(case.messages),
                "kind": case.kind.value,
                "since": case.since.isoformat(),
                "due": case.due.isoformat(),
            }
            for case in cases
        ]
        click.echo(json.dumps(rows, indent=2))
        return
    for case in cases:
        click.echo(f"{case.reference}\t{case.kind.value}\tsince {case.since:%d/%m/%Y}\tdue {case.due:%d/%m/%Y}")
    if not config.retention.any:
        click.echo("Everything is kept for ever: no period is set in [retention].", err=True)
    elif not cases:
        click.echo("Nothing is due.", err=True)


@command.command()
@config_option
def dispose(config: Config) -> None:
    """Carry out what two people agreed on the page /retention to dispose of; run does so by itself, too."""
    from intake.pipeline.retention.carry_out import carry_out  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        done = carry_out(services)
    kept = f" Kept after all: {done.kept}; each says why in its history." if done.kept else ""
    click.echo(
        f"Disposed of: cases {done.cases}, messages {done.messages}, pieces of evidence {done.pieces}."
        f"{kept}{_waiting(done.remaining)}"
    )


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def key(file: Path) -> None:
    """Make a key for checkpoints: a private key of Ed25519, as PKCS#8 PEM; nothing is overwritten."""
    from intake.ledger.keys import new_private_key  # noqa: PLC0415  # heavy; not for --help

    try:
        write_new_secret(file, new_private_key())
    except FileExistsError as error:
        message = f"{file} is there already; a key is never overwritten"
        raise click.ClickException(message) from error
    except FileNotFoundError as error:
        message = f"there is no folder {file.parent}; make it for its owner alone: mkdir -m 700 {file.parent}"
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}"
        raise click.ClickException(message) from error
    click.echo(
        f"{file}: name it in [ledger] key_file, and keep a copy apart from store and evidence. "
        "cpl-intake doctor then says what to tell others of it."
    )


@command.command()
@click.argument("file", metavar="CHECKPOINT", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@config_option
@click.option("--log-key", help="The log's verifier key, where [ledger] log_key does not name it.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where the cosigned checkpoint goes.")
def witness(file: Path, config: Config, log_key: str | None, out: Path | None) -> None:
    """Cosign a checkpoint with one's own key, if it only grew from the last; exit 1 where it did not.

    CHECKPOINT is a checkpoint, or the letter that brought it. This is for an auditor's own copy, whose [ledger]
    key_file is the auditor's, and whose [ledger] witness is the name to cosign under.
    """
    from intake.ledger.cosignature import RefusedError  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.ledger.witness import witness as cosigned  # noqa: PLC0415  # likewise

    step = _step_of(file)
    try:
        done = cosigned(config, step.checkpoint, step.step, SystemClock().now(), log_key=log_key or "")
    except RefusedError as error:
        message = f"not cosigned: {error}"
        raise click.ClickException(message) from error
    if out is None:
        click.echo(str(done.note), nl=False)
    else:
        _write(out, str(done.note).encode())
    before = f"; the {done.seen} that were cosigned before have not changed" if done.seen else ", the first"
    click.echo(f"Cosigned: {done.size} events{before}.", err=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file says."""

    checkpoint: Checkpoint
    step: Step

    @property
    def note_bytes(self) -> bytes:
        """The checkpoint alone."""
        return str(self.step.note).encode()


def _step_of(file: Path) -> _Told:
    """Read a checkpoint, with or without its proof, out of a file or a letter.

    Raises:
        ClickException: it holds none.
    """
    from intake.ledger.note import NoteFaultError  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.ledger.witness import step_in  # noqa: PLC0415  # likewise

    try:
        return _Told(*step_in(file.read_bytes()))
    except NoteFaultError as error:
        message = f"{file} holds no checkpoint: {error}"
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise click.ClickException(message) from error
