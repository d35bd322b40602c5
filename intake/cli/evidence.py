"""``evidence``: what is kept, exported or verified."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake.cli.installation import config_option, known_submission, number_named, opened
from intake.cli.options import format_option
from intake.clock import LONDON, SystemClock
from intake.config import Config
from intake.files import write_durably, write_new_secret

if TYPE_CHECKING:
    from intake.ledger.checkpoint import Checkpoint, Step


_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="evidence")
def command() -> None:
    """Export, verify or witness evidence."""


@command.command()
@click.argument("what", nargs=-1, metavar="[REFERENCE] FILE", required=True)
@config_option
@click.option("--device-model", metavar="MODEL", help="Instead of a submission: all of a Model Identifier's life.")
@click.option("--certificate", metavar="NUMBER", help="Likewise: all that names a certificate.")
@click.option("--from", "since", type=_DAY, help="Likewise: all that happened from this day on, by London's calendar.")
@click.option("--until", type=_DAY, help="The last day of a period; today unless given.")
@click.option("--person", metavar="NAME", help="Likewise: all that a person did.")
@click.option("--reason", default="", help="Why it is taken; the ledger keeps it.")
def export(
    what: tuple[str, ...],
    config: Config,
    device_model: str | None,
    certificate: str | None,
    since: datetime | None,
    until: datetime | None,
    person: str | None,
    reason: str,
) -> None:
    """Write everything kept of one submission, or of more, to a zip that holds a BagIt bag."""
    from intake.pipeline import exports  # noqa: PLC0415  # heavy; not for --help
    from intake.pipeline.retrieve import export as of_submission  # noqa: PLC0415  # likewise

    *named, last = what
    chosen = [choice for choice in (device_model, certificate, since, person) if choice is not None]
    if len(named) + len(chosen) != 1 or (until is not None and since is None):
        message = "name one thing: a submission's reference, --device-model, --certificate, --from, or --person"
        raise click.UsageError(message)
    number = number_named(named[0]) if named else 0
    with opened(config) as services, known_submission():
        if device_model is not None:
            content = exports.export(services, exports.of_device_model(services, device_model), reason=reason)
        elif certificate is not None:
            content = exports.export(services, exports.of_certificate(services, certificate), reason=reason)
        elif since is not None:
            end = (until or services.clock.now().astimezone(LONDON)).date()
            content = exports.export(services, exports.of_period(services, since.date(), end), reason=reason)
        elif person is not None:
            content = exports.export(services, exports.of_person(services, person), reason=reason)
        else:
            content = of_submission(services, number, reason=reason)
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
    from intake.pipeline.verify import verify as verified  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        done = verified(services, [_step_of(file).note_bytes for file in given])
    remark = _remark(config, done.checkpoint)
    if form == "json":
        told = {"intact": done.intact, "events": done.events, "evidence": done.evidence}
        findings = [{"kind": finding.kind, "what": finding.what, "seq": finding.seq} for finding in done.findings]
        click.echo(json.dumps({**told, "findings": findings}, indent=2))
    else:
        for finding in done.findings:
            click.echo(finding.what)
        if done.intact:
            click.echo(f"All {done.evidence} pieces of evidence are intact, and the ledger's chain holds.")
    if remark:
        click.echo(remark, err=form == "json")
    if not done.intact:
        raise click.exceptions.Exit(1)


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
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def key(file: Path) -> None:
    """Make a key for checkpoints: a private key of Ed25519, as PKCS#8 PEM; nothing is overwritten."""
    from intake.ledger.keys import new_private_key  # noqa: PLC0415  # heavy; not for --help

    try:
        write_new_secret(file, new_private_key())
    except FileExistsError as error:
        message = f"{file} is there already; a key is never overwritten"
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
    from intake.pipeline.witness import witness as cosigned  # noqa: PLC0415  # likewise

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
    from intake.pipeline.witness import step_in  # noqa: PLC0415  # likewise

    try:
        return _Told(*step_in(file.read_bytes()))
    except NoteFaultError as error:
        message = f"{file} holds no checkpoint: {error}"
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise click.ClickException(message) from error
