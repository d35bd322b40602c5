"""``cpl sign``: the signature of what is sent to others."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.installation import config_option
from intake.config import Config


@click.command("sign", short_help="Sign a file for those it is sent to.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@config_option
def sign(file: Path, config: Config) -> None:
    """Write FILE.p7s, a detached CMS signature of FILE, with the key that [signing] names.

    The key lies in a file (PEM or PKCS#12) or on a PKCS#11 token. FILE itself stays as it is.
    Whoever receives both verifies them with this command, on one line:

    \b
      openssl cms -verify -binary -inform DER -in FILE.p7s -content FILE
        -CAfile AUTHORITY.pem -no-CApath -no-CAstore -purpose any -out /dev/null
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
