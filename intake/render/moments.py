"""Moments as clocks in London show them, for people."""

from __future__ import annotations

from datetime import datetime

from intake.clock import LONDON


def london(moment: datetime | None, *, seconds: bool = False) -> str:
    """Print ``Monday 23 November 2026, 09:05`` as clocks in London show it; a dash where there is no time."""
    if moment is None:
        return "–"  # noqa: RUF001  # the dash a reader expects for 'none'
    local = moment.astimezone(LONDON)
    return local.strftime(f"%A {local.day} %B %Y, {'%H:%M:%S' if seconds else '%H:%M'}")


def london_short(moment: datetime | None) -> str:
    """Print ``Mon 23 Nov 2026 09:05`` for tables."""
    if moment is None:
        return "–"  # noqa: RUF001  # the dash a reader expects for 'none'
    local = moment.astimezone(LONDON)
    return local.strftime(f"%a {local.day} %b %Y %H:%M")
