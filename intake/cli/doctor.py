"""``doctor``: tries every edge and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import packages_distributions

import click

from intake.cli.installation import config_option
from intake.config import Config, MailboxConfig
from intake.errors import IntakeError


@click.command(name="doctor")
@config_option
def command(config: Config) -> None:
    """Try every edge, one after the other; exit 1 where one does not answer. Changes nothing, sends nothing."""
    from intake import bootstrap  # noqa: PLC0415  # heavy; not for --help

    healthy = True
    for name in ("intake", "rules"):
        healthy &= _try(f"import name {name}", partial(_ours, name))
    healthy &= _try("store", lambda: bootstrap.store(config).close())
    healthy &= _try("evidence", lambda: bootstrap.archive(config))
    for wanted in config.mailbox:
        healthy &= _try(f"mailbox {wanted.name}", partial(_look, config, wanted))
    healthy &= _try("outgoing", lambda: bootstrap.postman(config).close())
    raise click.exceptions.Exit(0 if healthy else 1)


def _try(edge: str, attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except IntakeError as error:
        click.echo(f"{click.style('fault', fg='red')}  {edge}: {error}")
        if error.hint:
            click.echo(f"       {error.hint}")
        return False
    click.echo(f"{click.style('ok', fg='green')}     {edge}")
    return True


def _ours(name: str) -> None:
    """Two distributions on the public index own our import names and would replace them in silence."""
    others = set(packages_distributions().get(name, ())) - {"cpl-intake"}
    if others:
        message = f"the package {name} is also installed by {', '.join(sorted(others))}"
        raise IntakeError(message, "Install cpl-intake into a virtual environment of its own.")


def _look(config: Config, wanted: MailboxConfig) -> None:
    from intake import bootstrap  # noqa: PLC0415  # heavy; not for --help

    mailbox = bootstrap.mailbox(config, wanted)
    try:
        mailbox.look()
    finally:
        mailbox.close()
