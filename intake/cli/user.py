"""``user``: who may sign in, as what, and where they are signed in."""

from __future__ import annotations

import getpass
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from intake.cli.installation import config_option, opened
from intake.cli.options import Group
from intake.config import Config
from intake.domain.review import Role
from intake.render.moments import london_short

if TYPE_CHECKING:
    from intake.store.people import Person


@click.group(name="user", cls=Group)
def command() -> None:
    """Keep who may sign in, and where they are signed in."""


@command.command()
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ANALYST.value, show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@config_option
def add(name: str, role: str, config: Config, *, password_stdin: bool) -> None:
    """Add a person, or give one a new password and role."""
    from intake.pipeline.people import people  # noqa: PLC0415  # heavy; not for --help
    from intake.web.people.passwords import fault, hash_password  # noqa: PLC0415  # heavy; not for --help

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
    trouble = fault(password, name)
    if trouble is not None:
        raise click.UsageError(trouble)
    with opened(config) as services, _told():
        people.add(services, name, hash_password(password), Role(role), anew=True)
    click.echo(f"{name} may sign in as {role}.")


@command.command(name="list")
@config_option
def list_people(config: Config) -> None:
    """List everybody: name, role, how they sign in, and their sessions."""
    from intake.store import people  # noqa: PLC0415  # heavy; not for --help
    from intake.web.people import session  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        with services.store.reading() as tx:
            persons = people.everybody(tx)
        for person in persons:
            count = len(session.living(services.store, person.name, services.clock.now()))
            by = f"{person.issuer} as {person.subject}" if person.subject else _by_password(person)
            state = "shut out" if person.disabled_at else f"sessions: {count}"
            click.echo(f"{person.name}\t{person.role}\t{by}\t{state}")
        if not persons:
            click.echo("Nobody is known yet. Let somebody in: cpl-intake user add NAME", err=True)


@command.command()
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@config_option
def role(name: str, role: str, config: Config) -> None:
    """Give a person another role, and sign them out."""
    from intake.pipeline.people import people  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services, _told():
        people.give_role(services, name, Role(role))
    click.echo(f"{name} is {role} now.")


@command.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let the person in again.")
@config_option
def disable(name: str, config: Config, *, undo: bool) -> None:
    """Shut a person out, at once; what they did stays under their name."""
    from intake.pipeline.people import people  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services, _told():
        (people.enable if undo else people.disable)(services, name)
    click.echo(f"{name} may sign in again." if undo else f"{name} may not sign in any more.")


@command.command()
@click.argument("name")
@click.option("--end", is_flag=True, help="End them all.")
@config_option
def sessions(name: str, config: Config, *, end: bool) -> None:
    """List a person's sessions, or end them."""
    from intake.pipeline.people import people  # noqa: PLC0415  # heavy; not for --help
    from intake.web.people import session  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services, _told():
        people.known(services, name)
        if end:
            click.echo(f"Sessions ended: {people.end_sessions(services, name)}")
            return
        living = session.living(services.store, name, services.clock.now())
        if not living:
            click.echo(f"{name} is signed in nowhere.", err=True)
        for signed_in in living:
            since, seen = london_short(signed_in.started_at), london_short(signed_in.seen_at)
            click.echo(f"{signed_in.handle}\tsince {since}\tlast used {seen}\t{signed_in.address}\t{signed_in.browser}")


@command.command()
@click.argument("name")
@click.argument("subject")
@config_option
def bind(name: str, subject: str, config: Config) -> None:
    """Have a known person sign in by the provider of [oidc], who knows them as SUBJECT (Entra: TENANT/OBJECT-ID)."""
    from intake.pipeline.people import people  # noqa: PLC0415  # heavy; not for --help

    if config.oidc is None:
        message = "the configuration names no provider: [oidc] is missing"
        raise click.UsageError(message)
    with opened(config) as services, _told():
        people.bind(services, name, config.oidc.issuer, subject)
    click.echo(f"{name} signs in by {config.oidc.issuer} from now on.")


def _by_password(person: Person) -> str:
    return "password" if person.password_hash else "nothing"


@contextmanager
def _told() -> Iterator[None]:
    """Turn a refusal into a sentence."""
    from intake.pipeline.people.people import PersonRefusedError  # noqa: PLC0415  # heavy; not for --help

    try:
        yield
    except PersonRefusedError as error:
        raise click.ClickException(str(error)) from error


def _asked() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)  # it would show the password as it is typed
        try:
            password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        except getpass.GetPassWarning as error:
            message = "there is no terminal to ask for the password at; give it with --password-stdin"
            raise click.UsageError(message) from error
    return password
