"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Build the option ``--format``; the first format is the default."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True)
