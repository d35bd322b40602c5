"""Tells events of the ledger, one after the other, for tests of the rows that they make."""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.replay_rows import Detail, Happened, Key, Rows

Step = tuple[str, str, Detail]
"""Name, actor and detail of an event; the second such step has the number 2 and the time ``t2``."""
MESSAGE = 70
"""The message that every step is about."""


def rows_after(steps: Iterable[Step]) -> Rows:
    rows = Rows()
    for seq, (name, actor, detail) in enumerate(steps, 1):
        rows.apply(name, Happened(seq, MESSAGE, f"t{seq}", actor, detail))
    return rows


def told(steps: Iterable[Step], table: str) -> dict[Key, dict[str, object]]:
    return {key: columns.values for key, columns in rows_after(steps).of(table).items()}
