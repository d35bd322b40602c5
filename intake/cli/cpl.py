"""``cpl``: the published list that this installation judges against, and the signature of what is sent."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.installation import config_option, opened
from intake.config import Config


@click.group(name="cpl")
def command() -> None:
    """Import the published list; sign a copy of it for others."""


@command.command("import", short_help="Take in the published list.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@config_option
def import_(file: Path, config: Config) -> None:
    """Take in the published list, its workbook (.xlsx, .xlsm) or a .csv of its columns.

    It replaces the list imported before. Submissions read from then on are judged against it.
    """
    from intake.pipeline.listing import import_list  # noqa: PLC0415  # heavy; not for --help
    from intake.register.published import UnreadableListError, read_whole_list  # noqa: PLC0415  # likewise

    try:
        content = file.read_bytes()
        entries = read_whole_list(content)
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise click.UsageError(message) from error
    except UnreadableListError as error:
        message = f"{file} cannot be imported as the published list: {error}"
        raise click.UsageError(message) from error
    with opened(config) as services:
        import_list(services, content, entries)
    click.echo(f"{file}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'} imported.")


@command.command("sign", short_help="Sign a file for those it is sent to.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@config_option
def sign(file: Path, config: Config) -> None:
    """Write FILE.p7s, a detached CMS signature of FILE, with the key that [signing] names.

    The key lies in a file (PEM or PKCS#12) or on a PKCS#11 token. FILE itself stays as it is.
    Whoever receives both verifies them with this command, on one line:

    \b
      openssl cms -verify -binary -inform DER -in FILE.p7s -content FILE
        -CAfile AUTHORITY.pem -purpose any -out /dev/null
    """  # noqa: D301  # click's own mark
    from intake.signing.sign import sign as signed  # noqa: PLC0415  # heavy; not for --help

    target = file.with_name(f"{file.name}.p7s")
    try:
        made = signed(file.read_bytes(), config)
        target.write_bytes(made.content)
    except OSError as error:
        message = f"{error.filename} cannot be read or written: {error.strerror}"
        raise click.UsageError(message) from error
    click.echo(f"{target}: signed by {made.signer}, whose certificate expires on {made.expires:%d %B %Y}.")
