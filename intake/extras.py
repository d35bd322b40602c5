"""Libraries that only some installations need: a missing one is a sentence, not a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from intake.errors import ConfigurationError


@contextmanager
def needs(extra: str, what: str) -> Iterator[None]:
    """Turn a failed import of an extra's libraries into a configuration error; `what` needs them.

    Raises:
        ConfigurationError: one of them is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"{what} needs the library {error.name}, which is not installed"
        raise ConfigurationError(message, f"Install it with: pip install 'cpl-intake[{extra}]'") from error
