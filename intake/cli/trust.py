"""``trust``: whom signatures may lead to, and what is known of revocation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from intake.cli.installation import config_option, opened
from intake.cli.options import Group
from intake.config import Config

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

    from intake.signatures.trust.crl import Crl
    from intake.signatures.trust.trust_list import TrustList


@click.group(name="trust", cls=Group)
def command() -> None:
    """Show the trust list, fetch revocation lists, have a submission's signatures judged again."""


@command.command()
@config_option
def show(config: Config) -> None:
    """Show the anchors, when they expire, how old the revocation lists are, and the list's digest.

    Exit code: 0, or 1 where something in the folder cannot be used, has expired, or is out of date.
    """
    from intake.signatures.trust.trust_list import read_trust_list  # noqa: PLC0415  # heavy; not for --help
    from intake.signatures.trust_settings import cache_of  # noqa: PLC0415  # the same

    folder, now = config.path(config.trust.anchors), datetime.now(UTC)
    trust_list = read_trust_list(folder)
    click.echo(f"Trust list  {folder}")
    click.echo(f"Digest      {trust_list.digest}")
    lines = [*_certificates(trust_list, now), *_lists(trust_list, now), *_cached(cache_of(config))]
    for line in lines:
        click.echo(line)
    for trouble in trust_list.troubles:
        click.echo(f"  ! {trouble}")
    if not trust_list.signers.anchors:
        click.echo("There is no anchor, so no signature can be trusted.")
    raise click.exceptions.Exit(1 if trust_list.troubles or any("  ! " in line for line in lines) else 0)


def _certificates(trust_list: TrustList, now: datetime) -> Iterator[str]:
    groups = (
        ("Anchors", trust_list.signers.anchors),
        ("Intermediates", trust_list.signers.intermediates),
        ("Anchors of time stamps", trust_list.time_stamps.anchors),
        ("Intermediates of time stamps", trust_list.time_stamps.intermediates),
    )
    for title, certificates in groups:
        if certificates:
            yield f"\n{title}"
            yield from (_certificate(certificate, now) for certificate in certificates)


def _certificate(certificate: Certificate, now: datetime) -> str:
    from intake.signatures.trust.names import line_of  # noqa: PLC0415  # heavy; not for --help

    ends = certificate.not_valid_after
    word = f"until {ends:%Y-%m-%d}" if ends >= now else f"expired {ends:%Y-%m-%d}"
    mark = "  " if ends >= now else "! "
    return f"  {mark}{word:<19} {line_of(certificate.subject)}  [{certificate.sha256.hex()[:16]}]"


def _lists(trust_list: TrustList, now: datetime) -> Iterator[str]:
    if trust_list.crls:
        yield "\nRevocation lists in the folder"
        yield from (_list(crl, now) for crl in trust_list.crls)


def _list(crl: Crl, now: datetime) -> str:
    good = crl.next_update >= now
    word = f"good until {crl.next_update:%Y-%m-%d %H:%M}" if good else f"stale since {crl.next_update:%Y-%m-%d %H:%M}"
    issuer = crl.parsed.issuer.rfc4514_string()
    return f"  {'  ' if good else '! '}{word:<29} {issuer}, of {crl.issued_at:%Y-%m-%d %H:%M}"


def _cached(cache: Path) -> Iterator[str]:
    lists, answers = len(list(cache.glob("crl/*.crl"))), len(list(cache.glob("ocsp/*.ocsp")))
    signers = len(list(cache.glob("seen/*.pem")))
    yield f"\nFetched     {lists} lists and {answers} answers, for {signers} chains of signers seen; in {cache}"


@command.command()
@config_option
def refresh(config: Config) -> None:
    """Fetch the revocation lists and answers of every signer seen, now.

    Exit code: 0, or 1 where any of them could not be fetched or does not verify.
    """
    from intake.pipeline.reading.refresh import refresh as fetch_all  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        told = fetch_all(services, Event(), at_once=True)
    for url in told.fetched:
        click.echo(f"fetched  {url}")
    for sentence in told.failed:
        click.echo(f"failed   {sentence}")
    if not told.fetched and not told.failed:
        click.echo("There is nothing to fetch: no signer seen, and no authority listed, says where its lists are.")
    raise click.exceptions.Exit(1 if told.failed else 0)


@command.command()
@click.argument("reference")
@click.option("--person", required=True, help="Who asks for it; it is recorded.")
@config_option
def again(reference: str, person: str, config: Config) -> None:
    """Have a submission that is in review judged again, with what is known of its signatures now."""
    from intake.domain.reference import number_of  # noqa: PLC0415  # heavy; not for --help
    from intake.domain.review import DecisionRefusedError  # noqa: PLC0415  # the same
    from intake.pipeline.reading.again import judge_again  # noqa: PLC0415  # the same
    from intake.store.submissions import NoSuchSubmissionError  # noqa: PLC0415  # the same

    number = number_of(reference)
    if number is None:
        message = f"{reference!r} is no reference; one looks like CPL-000042"
        raise click.UsageError(message)
    with opened(config) as services:
        try:
            judge_again(services, number, person)
        except NoSuchSubmissionError as error:
            message = f"there is no submission {error}"
            raise click.ClickException(message) from error
        except DecisionRefusedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{reference} will be judged again.")
