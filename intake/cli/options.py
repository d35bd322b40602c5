"""Options that several commands share, and groups of commands whose help cuts no sentence short."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])

_NO_LIMIT = 1_000
"""Characters of a command's line; click's own is what is left of one line of the terminal."""


class Group(click.Group):
    """A click group whose help shows each command's whole first sentence, on as many lines as it takes."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands."""
        named = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(_NO_LIMIT)) for name, command in named if command is not None]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Day(click.DateTime):
    """A day as ISO 8601 has it: ``2026-11-21``; midnight, without a zone."""

    name = "day"

    def __init__(self) -> None:
        """Take this one format."""
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Parse the day, or say what one looks like."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day; one looks like 2026-11-21", param, ctx)
        return day

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click's signature
        """Show what is wanted, not the format's code."""
        return "DAY"


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Build the option ``--format``; the first format is the default."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True)
