"""The time, and the names of times."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from rules.days import LONDON

__all__ = ["LONDON", "Clock", "SystemClock", "from_iso", "iso"]


class Clock(Protocol):
    """Gives the time."""

    def now(self) -> datetime:
        """Give the current time with its zone."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Give the current time in UTC."""
        return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """Format a time as RFC 3339 in UTC, with microseconds where there are any; sorts chronologically as text.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        message = "a time without a zone"
        raise ValueError(message)
    return _in_utc(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=256)
def _in_utc(moment: datetime) -> str:
    """Format a time in UTC, where nothing else tells equal ones apart: rows and events of one commit share theirs."""
    return f"{moment.isoformat(timespec='microseconds').removesuffix('+00:00')}Z"


def from_iso(text: str) -> datetime:
    """Parse a time that `iso` formatted."""
    return datetime.fromisoformat(text)
