"""What commands share that work on an installation: its configuration and its services."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from intake.bootstrap import services
from intake.cli.options import Command
from intake.config import DEFAULT_FILE, Config, load
from intake.domain.reference import number_of
from intake.errors import ConfigurationError
from intake.log import configure
from intake.pipeline.services import Services
from intake.store.submissions import NoSuchSubmissionError


def config_option(command: Command) -> Command:
    """Offer ``--config FILE``, read before the command begins."""

    def read(_context: click.Context, _parameter: click.Parameter, value: Path) -> Config:
        config = load(value)
        refuse_root(config)
        configure(config.log)
        return config

    return click.option(
        "--config",
        "config",
        type=click.Path(path_type=Path),
        default=DEFAULT_FILE,
        show_default=True,
        callback=read,
        help="The configuration file.",
    )(command)


def refuse_root(config: Config) -> None:
    """See that this is not root where the installation is somebody else's, who could not read what root leaves there.

    Raises:
        ConfigurationError: it is.
    """
    folder = config.path(config.var)
    try:
        owner = folder.stat().st_uid
    except OSError:  # there is none yet; who makes it owns it
        return
    if owner == 0 or not hasattr(os, "geteuid") or os.geteuid() != 0:  # Windows has no root
        return
    message = f"this is root, and {folder} is of {_name_of(owner)}, who could not read what root leaves there"
    raise ConfigurationError(message, f"Call it as that user: sudo -u {_name_of(owner)} cpl-intake …")


def _name_of(owner: int) -> str:
    from pwd import getpwuid  # noqa: PLC0415  # Windows has none

    try:
        return getpwuid(owner).pw_name
    except KeyError:
        return f"#{owner}"


@contextmanager
def opened(
    config: Config, *, preload_signatures: bool = False, preload_pictures: bool = False, sign_in: bool = False
) -> Iterator[Services]:
    """Give the services, closed again afterwards; what is made beforehand is as `bootstrap.services` has it."""
    built = services(config, preload_signatures=preload_signatures, preload_pictures=preload_pictures, sign_in=sign_in)
    try:
        yield built
    finally:
        built.sandbox.close()
        built.store.close()


def number_named(reference: str) -> int:
    """Parse a typed reference into its number.

    Raises:
        UsageError: it is none.
    """
    number = number_of(reference)
    if number is None:
        message = f"{reference!r} is no reference; one looks like CPL-000042"
        raise click.UsageError(message)
    return number


@contextmanager
def known_submission() -> Iterator[None]:
    """Turn an unknown submission into a usage error with a sentence."""
    try:
        yield
    except NoSuchSubmissionError as error:
        message = f"there is no submission {error}"
        raise click.ClickException(message) from error
