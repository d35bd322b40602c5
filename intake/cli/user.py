"""``user``: who may sign in."""

from __future__ import annotations

import sys

import click

from intake.cli.installation import config_option, opened
from intake.config import Config
from intake.domain.review import Role
from intake.domain.store_events import PersonAdded


@click.group(name="user")
def command() -> None:
    """Add people who may sign in."""


@command.command()
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ANALYST.value, show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@config_option
def add(name: str, role: str, config: Config, *, password_stdin: bool) -> None:
    """Add a person, or give one a new password and role."""
    from intake.store import events, people  # noqa: PLC0415  # heavy; not for --help
    from intake.web.passwords import fault, hash_password  # noqa: PLC0415  # heavy; not for --help

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
    trouble = fault(password)
    if trouble is not None:
        raise click.UsageError(trouble)
    with opened(config) as services, services.store.transaction() as tx:
        now = services.clock.now()
        people.add(tx, name, hash_password(password), Role(role), now)
        events.append(tx, PersonAdded(person=name, role=role), at=now)
    click.echo(f"{name} may sign in as {role}.")


def _asked() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
