"""Compares the rows about submissions with their events: where each was seen, what was settled and decided of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intake.domain.reference import reference
from intake.domain.replay_case import OfCase, Place
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.store import sightings, walk
from intake.store.engine import Transaction
from intake.store.schema import keepable

_NOTHING = OfCase()
Row = Mapping[str, Any]


def case_row_findings(
    tx: Transaction, told: Mapping[int, OfCase], since: int, until: int, gone: Iterable[int]
) -> Iterator[Finding]:
    """Tell where rows about the submissions of these numbers are not what their events tell.

    Args:
        tx: the view that the ledger was read in.
        told: what the events tell, by submission.
        since: the first number.
        until: the number after the last.
        gone: those that were disposed of, of which nothing is told any more.
    """
    disposed = set(gone)
    yield from _sighting_findings(tx, told, since, until, disposed)
    settled = _by_message(walk.rows_about(tx, "resolution", since, until))
    decided = _by_message(walk.rows_about(tx, "entry_decision", since, until))
    for number in sorted({*settled, *decided, *(number for number, case in told.items() if _any(case))}):
        if number not in disposed:
            case = told.get(number, _NOTHING)
            yield from _settled_findings(number, settled.get(number, []), case)
            yield from _decided_findings(number, decided.get(number, []), case)


def _any(case: OfCase) -> bool:
    return bool(case.settled or case.taken_back or case.decided[1])


def _by_message(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["message"], []).append(row)
    return grouped


def _sighting_findings(
    tx: Transaction, told: Mapping[int, OfCase], since: int, until: int, disposed: set[int]
) -> Iterator[Finding]:
    """What a mailbox is known to have delivered, which is never fetched again, must have been received."""
    places = {_kept_place(place): (number, seq) for number, case in told.items() for place, seq in case.places.items()}
    for number, state, *at in walk.sightings(tx, since, until):
        here = (at[0], at[1], at[2])
        owner, _ = places.pop(here, (0, 0))
        wrong = owner != number or state != sightings.SightingState.RECEIVED
        if wrong and number not in disposed and (owner or told.get(number, _NOTHING).places):
            what = f"No event tells that {reference(number)} was seen at {':'.join(here)}, as a sighting says."
            yield Finding(Kind.SUBMISSION, what)
    for here, (number, seq) in places.items():
        if not walk.sighted(tx, here):
            what = f"{reference(number)} was seen at {':'.join(here)} by event {seq}, and that row is gone."
            yield Finding(Kind.SUBMISSION, what, seq)


def _kept_place(place: Place) -> Place:
    mailbox, epoch, uid = place
    return mailbox, keepable(epoch), keepable(uid)


def _settled_findings(number: int, rows: list[Row], case: OfCase) -> Iterator[Finding]:
    """Rows and events in their order; the first that differ are told of, as those behind them may be the same ones."""
    for row, (seq, wanted) in zip(rows, case.settled, strict=False):
        wrong = [name for name, value in wanted.items() if row[name] != _kept(value)]
        if wrong:
            what = f"What was settled of {reference(number)} is not what event {seq} tells: {', '.join(wrong)}."
            yield Finding(Kind.SUBMISSION, what, seq)
            return
    if len(rows) < len(case.settled):
        seq, _ = case.settled[len(rows)]
        yield Finding(Kind.SUBMISSION, f"What event {seq} settled of {reference(number)} is gone from the store.", seq)
    elif len(rows) > len(case.settled):
        what = f"No event tells of something that the store says was settled of {reference(number)}."
        yield Finding(Kind.SUBMISSION, what)
    withdrawn = [
        (row["entry"], row["person"], row["withdrawn_by"], row["withdrawn_at"])
        for row in rows
        if row["withdrawn_at"] is not None or row["withdrawn_by"] is not None
    ]
    left = list(withdrawn)
    for seq, wanted_back in case.taken_back:
        if wanted_back not in left:
            what = f"What event {seq} took back of {reference(number)} stands in the store."
            yield Finding(Kind.SUBMISSION, what, seq)
            return
        left.remove(wanted_back)
    if left:
        what = f"No event tells that something settled of {reference(number)} was taken back, as the store says."
        yield Finding(Kind.SUBMISSION, what)


def _kept(value: object) -> object:
    return keepable(value) if isinstance(value, str) else value


def _decided_findings(number: int, rows: list[Row], case: OfCase) -> Iterator[Finding]:
    seq, wanted = case.decided
    if [(row["entry"], row["action"], row["person"], row["at"]) for row in rows] != wanted:
        by = f"is not what event {seq} tells" if seq else "is told by no event"
        what = f"What the store says was decided of the entries of {reference(number)} {by}."
        yield Finding(Kind.SUBMISSION, what, seq or None)
