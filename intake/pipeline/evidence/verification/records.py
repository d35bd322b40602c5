"""Compares rows with what the ledger tells of them: submissions, letters, and the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.domain.reference import reference
from intake.domain.replay import TOLD, Columns, Replay, carried_along
from intake.domain.replay_case import CASE_EVENTS, OfCase
from intake.domain.replay_letters import LETTER_MOVES
from intake.pipeline.evidence.verification.case_rows import case_row_findings
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.pipeline.evidence.verification.ledger import LETTER, NamedLetter, Told, detail_of, letter_named, name_letter
from intake.pipeline.evidence.verification.letters import Moved, letter_findings
from intake.store import erase, list_digests, listing, publications, submissions, walk
from intake.store.engine import Transaction
from intake.store.submissions import RECORDED

Row = Mapping[str, Any]
"""A submission by its columns, as they lie there."""
_AT_A_TIME = 500
"""Messages."""
_LOOKED_AT = frozenset(TOLD) | CASE_EVENTS | frozenset(LETTER_MOVES)


@dataclass(slots=True)
class _Again:
    """What the events say of some submissions, and of the letters and other rows about them."""

    replay: Replay = field(default_factory=Replay)
    letters: dict[str, NamedLetter] = field(default_factory=dict)
    moves: dict[str, Moved] = field(default_factory=dict)
    cases: dict[int, OfCase] = field(default_factory=dict)


def message_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell where rows of submissions, and of letters and all else about them, are not what their events tell.

    Some hundred messages at a time, so that the memory for it does not grow with their number.
    """
    last = max(walk.greatest_message(tx), submissions.greatest(tx))
    for since in range(1, last + 1, _AT_A_TIME):
        until = since + _AT_A_TIME
        again = _told_again(tx, since, until)
        rows = list(walk.submissions(tx, since, until))
        yield from _disposed_findings(tx, rows, told)
        yield from _submission_findings(rows, again.replay, told)
        yield from letter_findings(walk.letters(tx, since, until), again.letters, again.moves, told)
        yield from case_row_findings(tx, again.cases, since, until, told.disposed)


def _told_again(tx: Transaction, since: int, until: int) -> _Again:
    """What the events say of the submissions of these numbers, and of what is about them."""
    again = _Again()
    for seq, message, at, name, actor, text in walk.told_of(tx, since, until):
        names_letter = LETTER in text
        if name not in _LOOKED_AT and not names_letter:
            continue
        detail = detail_of(text)
        if name in TOLD:
            again.replay.apply(seq, message, name, at, actor, detail)
        if name in CASE_EVENTS:
            again.cases.setdefault(message, OfCase()).apply(seq, name, at, actor, detail)
        if names_letter and (letter := letter_named(detail, seq)) is not None:
            name_letter(again.letters, *letter)
        if name in LETTER_MOVES and "message_id" in detail:
            again.moves[str(detail["message_id"])] = seq, name, at
    return again


def _submission_findings(rows: Iterable[Row], replay: Replay, told: Told) -> Iterator[Finding]:
    left = replay.submissions
    for row in rows:
        columns = left.pop(row["id"], None)
        if row["id"] in told.disposed:  # its events tell no more than that; what is left of it is compared apart
            continue
        if columns is None or "raw_sha256" not in columns.values:
            yield Finding(Kind.SUBMISSION, f"No event tells that {reference(row['id'])} was received.")
        else:
            if told.moves:
                carried_along(columns, told.moves)
            compared = {**row, "record_sha256": submissions.record_sha256([row[name] for name in RECORDED])}
            if not columns.values.items() <= compared.items():
                yield from _differences(compared, columns)
        for sha256 in (row["raw_sha256"], row["dossier_sha256"], row["report_sha256"]):
            if sha256 is not None:
                told.name(sha256)
    for number, columns in sorted(left.items()):
        seq = min(columns.events.values(), default=None)
        yield Finding(Kind.SUBMISSION, f"{reference(number)} is gone, and its events are there.", seq)


def _disposed_findings(tx: Transaction, rows: Iterable[Row], told: Told) -> Iterator[Finding]:
    """Tell of what is gone without a disposal on record, and of what is left of one and has changed."""
    for row in rows:
        number = row["id"]
        seq, kept = told.disposed.get(number, (0, ""))
        if told.erased.get(number, 0) > seq:
            what = f"Details of events about {reference(number)} are gone, and no event tells of a disposal."
            yield Finding(Kind.EVENT, what, told.erased[number])
        elif not seq and row["disposed_at"] is not None:
            what = f"The row of {reference(number)} says that it was disposed of, and no event does."
            yield Finding(Kind.SUBMISSION, what)
        elif seq and erase.kept_sha256(tx, number, seq) != kept:
            what = f"What is left of {reference(number)} is not what event {seq} tells, which disposed of the rest."
            yield Finding(Kind.SUBMISSION, what, seq)


def _differences(row: Row, columns: Columns) -> Iterator[Finding]:
    wrong = [(columns.events[name], name) for name, value in columns.values.items() if row[name] != value]
    for seq, name in sorted(wrong):
        about = "its headers or its arrival" if name == "record_sha256" else f"{name} ({row[name]!r})"
        what = f"The row of {reference(row['id'])} says something else of {about} than its event {seq}."
        yield Finding(Kind.SUBMISSION, what, seq)


def register_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of versions of the list whose entries are not those that were recorded."""
    for seq, detail in told.imports:
        number, wanted = detail.get("list_version"), detail.get("entries_sha256")
        if isinstance(number, int) and wanted and listing.content_sha256(tx, number) != wanted:
            which = f"version {detail['version']}" if detail.get("version") else f"import {number}"
            yield Finding(Kind.REGISTER, f"The register's entries of {which} are not those of event {seq}.", seq)
        elif isinstance(number, int) and list_digests.recorded_otherwise(tx, number, str(detail["at"])):
            yield Finding(Kind.REGISTER, f"The store says another moment of import {number} than event {seq}.", seq)
    for seq, detail in told.changes:
        number = detail.get("change")
        if isinstance(number, int) and not _is_as_approved(tx, number, detail):
            yield Finding(Kind.REGISTER, f"What change {number} made of the list is not what event {seq} tells.", seq)
    untold = listing.untold(tx, {detail.get("change") for _, detail in told.changes})
    if untold:
        yield Finding(Kind.REGISTER, f"No event tells of what the register has of {', '.join(untold)}.")
    for version in listing.versions(tx):
        told.name(version.source)
    for sha256 in publications.evidence_named(tx):
        told.name(sha256)


def _is_as_approved(tx: Transaction, change: int, detail: Mapping[str, object]) -> bool:
    """Whether the register has what an approval made of the list, with all that it keeps of it where that is told."""
    if listing.digest_of(listing.made_by(tx, change)) != detail.get("digest"):
        return False
    whole = detail.get("versions_sha256")
    return not whole or list_digests.versions_sha256(tx, change) == whole
