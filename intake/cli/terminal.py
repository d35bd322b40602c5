"""Lines as wide as the terminal; where another program reads, nothing is broken or cut."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable

import click


def width() -> int | None:
    """Give the columns of the terminal; None where standard output is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def folded(text: str, columns: int | None, *, first: str = "", indent: int = 0) -> str:
    """Break a text at its blanks, so that it fits a terminal.

    Args:
        text: on one line.
        columns: of the terminal; None: it is not broken.
        first: what stands before it, of `indent` characters as they are seen.
        indent: how far the lines behind the first go in.
    """
    if columns is None:
        return first + text
    room = max(columns - indent, 20)
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    return first + f"\n{' ' * indent}".join(lines)


def say(text: str, *, first: str = "", indent: int = 0) -> None:
    """Print a text, broken to the terminal's width, as `folded` does."""
    click.echo(folded(text, width(), first=first, indent=indent))


def say_all(lines: Iterable[str]) -> None:
    """Print lines, each broken likewise; what goes on behind its first line is two columns further in than that."""
    for line in lines:
        text = line.lstrip(" ")
        lead = line[: len(line) - len(text)]
        say(text, first=lead, indent=len(lead) + 2)
