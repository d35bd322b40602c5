"""``config``: an example configuration."""

from __future__ import annotations

import click

from intake.resources import example_config


@click.command(name="config")
@click.option("--example", is_flag=True, required=True, help="Print every key with its default.")
def command(*, example: bool) -> None:  # noqa: ARG001  # the flag is the only thing this command does
    """Print an example configuration."""
    click.echo(example_config(), nl=False)
