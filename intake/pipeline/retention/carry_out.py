"""Carries out what two people agreed to dispose of: rows and events case by case, then the evidence itself.

It may stop anywhere and run again: a case goes in one commit, which names its evidence; that is removed afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import structlog

from intake.archive.base import DamagedEvidenceError, MissingEvidenceError
from intake.domain.retention_events import Disposed, EvidenceRemoved, KeptFromDisposal
from intake.pipeline.evidence.view_cache import ViewCache
from intake.pipeline.retention.retention import Due, judge
from intake.pipeline.services import Services
from intake.store import disposals, erase, events, outbox, submissions, walk
from intake.store.disposals import DisposalState, Remaining, StoredDisposal
from intake.store.engine import Transaction
from intake.store.turns import serialize_writers

_PIECES_AT_A_TIME = 200
_SMALL = 2 * 1024 * 1024
"""Bytes of a piece that is kept in memory until nobody can have begun to need it."""
_NAMED = re.compile(r'"(\w*sha256)": "([0-9a-f]{64})"')
"""Names a digest in the text of an event's detail."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Carried:
    """What was done."""

    cases: int
    messages: int
    pieces: int
    """Of evidence that were removed."""
    kept: int
    """Cases that were agreed to and may not go any more."""
    remaining: Remaining


def carry_out(services: Services) -> Carried:
    """Carry out every disposal that two people agreed to, and remove evidence whose time has come.

    Raises:
        UnreachableError: store or archive did not answer; what is done is done.
    """
    with services.store.reading() as tx:
        agreed = disposals.in_state(tx, DisposalState.AGREED)
    cases = messages = kept = 0
    if agreed:
        pieces = _Pieces(services, [number for stored in agreed for number in stored.cases])
        for stored in agreed:
            for number in stored.cases:
                gone = _dispose_of(services, stored, number, pieces)
                cases, messages, kept = cases + bool(gone), messages + gone, kept + (not gone)
            with services.store.transaction() as tx:
                disposals.end(tx, stored.id)
    removed = _remove(services)
    with services.store.reading() as tx:
        remaining = disposals.remaining(tx)
    if messages or removed:
        ViewCache.of(services.config).clear()
        log.info("disposed_of", cases=cases, messages=messages, pieces=removed, kept=kept, remaining=remaining.pieces)
    return Carried(cases, messages, removed, kept, remaining)


class _Pieces:
    """Which evidence goes with which message: all that its row and its events name, and nobody else's do."""

    def __init__(self, services: Services, cases: Sequence[int]) -> None:
        """Read the ledger once, for all cases."""
        self._services = services
        with services.store.reading() as tx:
            going = {member for number in cases for member in _members(tx, number)}
            self.of: dict[int, set[str]] = {number: _named_by(tx, number) for number in going}
            named = set().union(*self.of.values())
            elsewhere = {sha256 for number, sha256 in submissions.evidence_named(tx) if number not in going}
            for row in walk.every(tx):
                if row.message not in going and "sha256" in row.detail:
                    elsewhere |= named.intersection(sha256 for _, sha256 in _NAMED.findall(row.detail))
        taken: set[str] = set()
        for number in sorted(self.of):  # a piece of two of them is written down once
            self.of[number] -= elsewhere | taken
            taken |= self.of[number]


def _members(tx: Transaction, case: int) -> list[int]:
    return [case, *submissions.joined(tx, case)]


def _named_by(tx: Transaction, number: int) -> set[str]:
    submission = submissions.get(tx, number)
    if submission.disposed_at is not None:
        return set()
    named = {submission.raw_sha256, submission.dossier_sha256, submission.report_sha256}
    named |= {letter.archived_sha256 for letter in outbox.of_message(tx, number)}
    history = events.of_message(tx, number)
    named |= {sha256 for event in history for sha256 in events.evidence_of(event)} | set(map(events.copy_of, history))
    return {sha256 for sha256 in named if sha256}


def _dispose_of(services: Services, stored: StoredDisposal, number: int, pieces: _Pieces) -> int:
    """Erase one case, or write down why it stays; gives the number of messages that went."""
    with services.store.transaction() as tx:
        serialize_writers(tx)
        begins, now = submissions.get(tx, number, to_change=True), services.clock.now()
        if begins.disposed_at is not None:  # before it was interrupted
            return 0
        (verdict,) = judge(services, tx, [number])
        person = stored.decided_by or ""
        if not isinstance(verdict, Due) or any(member not in pieces.of for member in verdict.messages):
            why = "it has changed meanwhile" if isinstance(verdict, Due) else verdict.why
            kept = KeptFromDisposal(disposal=stored.id, reason=why)
            events.append(tx, kept, at=now, message=number, actor=person)
            return 0
        for member in verdict.messages:
            going = pieces.of[member]
            erase.erase(tx, member, now)
            disposals.add_pieces(tx, [(sha256, member) for sha256 in sorted(going)])
            disposed = Disposed(
                disposal=stored.id,
                proposed_by=stored.proposed_by,
                pieces=len(going),
                kept_sha256=erase.kept_sha256(tx, member, events.head(tx)[0] + 1),
            )
            events.append(tx, disposed, at=now, message=member, actor=person)
    return len(verdict.messages)


def _remove(services: Services) -> int:
    """Remove evidence that was disposed of, some at a time; gives the number of pieces that are gone."""
    gone = 0
    while True:
        with services.store.reading() as tx:
            some = disposals.pieces_to_remove(tx, services.clock.now(), _PIECES_AT_A_TIME)
            needed, newest = _needed(tx, some), events.head(tx)[0]
        if not some:
            return gone
        if needed:
            _spare(services, needed)
        gone += _remove_some(services, [sha256 for sha256 in some if sha256 not in needed], newest)


def _remove_some(services: Services, pieces: Sequence[str], newest: int) -> int:
    """Remove these; what a message began to need meanwhile, after this event, is put back."""
    small = {sha256: content for sha256 in pieces if (content := _small(services, sha256)) is not None}
    until = {sha256: services.archive.remove(sha256) for sha256 in pieces}
    with services.store.reading() as tx:
        needed = _needed(tx, small, after=newest)
    for sha256 in needed:
        services.archive.put(small[sha256])
    removed = sum(moment is None for sha256, moment in until.items() if sha256 not in needed)
    with services.store.transaction() as tx:
        now = services.clock.now()
        for sha256, moment in until.items():
            disposals.settle_piece(tx, sha256, gone_at=now if moment is None else None, not_before=moment)
        if removed:
            events.append(tx, EvidenceRemoved(pieces=removed), at=now)
    if needed:
        _spare(services, needed)
    return removed


def _needed(tx: Transaction, pieces: Collection[str], after: int = 0) -> set[str]:
    """Find those that a message names which was not disposed of: the same report may be made of a later one."""
    wanted = set(pieces)
    if not wanted:
        return wanted
    gone = submissions.disposed(tx)
    needed = wanted.intersection(sha256 for _, sha256 in submissions.evidence_named(tx))
    for row in walk.every(tx, after):
        if row.message not in gone and "sha256" in row.detail:
            needed |= wanted.intersection(sha256 for _, sha256 in _NAMED.findall(row.detail))
    return needed


def _spare(services: Services, pieces: Collection[str]) -> None:
    with services.store.transaction() as tx:
        disposals.spare(tx, pieces)
    log.info("spared_from_disposal", pieces=len(pieces))


def _small(services: Services, sha256: str) -> bytes | None:
    """Read what may be made again of another message: reports, dossiers and letters, never a whole mail."""
    try:
        content = services.archive.get(sha256)
    except (MissingEvidenceError, DamagedEvidenceError):
        return None
    return content if len(content) <= _SMALL else None
