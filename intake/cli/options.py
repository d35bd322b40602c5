"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from intake.config import DEFAULT_FILE, Config, load
from intake.log import configure
from intake.pipeline.services import Services

Command = TypeVar("Command", bound=Callable[..., object])


def config_option(command: Command) -> Command:
    """``--config FILE``, read before the command begins."""

    def read(_context: click.Context, _parameter: click.Parameter, value: Path) -> Config:
        config = load(value)
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


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--format``, text unless told otherwise."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True)


@contextmanager
def opened(config: Config) -> Iterator[Services]:
    """The services, closed again afterwards."""
    from intake.bootstrap import services  # noqa: PLC0415  # heavy; only for commands that touch the store

    built = services(config)
    try:
        yield built
    finally:
        built.sandbox.close()
        built.store.close()
