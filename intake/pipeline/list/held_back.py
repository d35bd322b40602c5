"""Remembers which entries are held back: a hold stands from version to version until a person lifts it."""

from __future__ import annotations

from intake.store import listing, publications
from intake.store.engine import Transaction


def held_back(tx: Transaction) -> tuple[str, ...]:
    """Give the numbers of the entries that the version made last held back, and that still wait, in order.

    Whether that version was released, is prepared or was given up does not matter: none of these lifts a hold.
    """
    last = next(iter(publications.every(tx)), None)
    if last is None or not last.held:
        return ()
    waiting = {version.entry.number for version in listing.unpublished(tx)}
    return tuple(sorted(waiting.intersection(last.held)))
