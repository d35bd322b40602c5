"""``cpl``: the Central Products List that this installation keeps, and what follows from it."""

from __future__ import annotations

import click

from intake.cli.cpl.contacts import contacts
from intake.cli.cpl.differences import diff, history
from intake.cli.cpl.expiry import expiry
from intake.cli.cpl.exports import export
from intake.cli.cpl.imports import import_
from intake.cli.cpl.notify import notify
from intake.cli.cpl.paths import path
from intake.cli.cpl.publish import attach, check, loaded, publish
from intake.cli.cpl.sign import sign
from intake.cli.cpl.verify import verify
from intake.cli.options import Group


@click.group(name="cpl", cls=Group)
def command() -> None:
    """Take in and publish the list; say what it said, what expires, how devices are upgraded."""


for _command in (
    import_, export, diff, history, check, publish, attach, loaded, notify, expiry, path, contacts, verify, sign,
):  # fmt: skip
    command.add_command(_command)
