"""Reads a file that a command was given, or says in a sentence why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

_Read = TypeVar("_Read")


def read_given(file: Path, what: str, read: Callable[[bytes], _Read], unreadable: type[Exception]) -> _Read:
    """Read a file by its reader.

    Args:
        file: as it was named.
        what: it should be, after "as": ``the published list``.
        read: from its bytes.
        unreadable: what the reader raises, with a sentence, where it is something else.

    Raises:
        UsageError: the file cannot be read, or is something else.
    """
    try:
        return read(file.read_bytes())
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise click.UsageError(message) from error
    except unreadable as error:
        message = f"{file} cannot be read as {what}: {error}"
        raise click.UsageError(message) from error


def with_content(read: Callable[[bytes], _Read]) -> Callable[[bytes], tuple[bytes, _Read]]:
    """Have a reader give the bytes beside what it made of them."""
    return lambda content: (content, read(content))
