"""Compares what no one event makes a row of: sessions, how far cases were looked at, and evidence to be removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from intake.domain.reference import number_of, reference
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.pipeline.evidence.verification.ledger import Told, detail_of
from intake.store import threads, walk
from intake.store.engine import Transaction

_HANDLE = 16
"""Digits by which a sign-in names its session."""


def session_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of sessions that no sign-in began: nobody is signed in who did not sign in."""
    before = "" if told.always_salted else told.salted_since or ""
    for person, started_at, token_sha256, details in walk.sessions(tx):
        if started_at <= before:  # an earlier release, which told of no sign-in; nobody comes in by it any more
            continue
        handles = [str(detail_of(detail).get("session", "")) for detail in details]
        if not any(handle in {"", token_sha256[:_HANDLE]} for handle in handles):
            what = f"No event tells that {person} signed in at {started_at}, as a session in the store says."
            yield Finding(Kind.PERSON, what)


def thread_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of cases whose news are counted otherwise than their messages, or that nobody looked at so far."""
    for case, newest, counted in threads.miscounted(tx):
        what = f"The row of the case {reference(case)} says {newest} of its newest message, which is {counted}."
        yield Finding(Kind.SUBMISSION, what)
    if not told.always_salted:  # a migration has noted what an earlier release did not
        return
    for case, seen, by, at, looks in walk.looks(tx):
        if not any(
            (actor, moment) == (by, at) and (_shown(detail) or 0) >= seen for actor, moment, detail in looks
        ):  # fmt: skip
            what = f"No event tells that {by} looked at the case {reference(case)} as far as {reference(seen)} at {at}."
            yield Finding(Kind.SUBMISSION, what)


def _shown(detail: str) -> int | None:
    """The newest message of the case that a person had before them, as an event tells it."""
    told = detail_of(detail)
    return number_of(str(told.get("newest") or told.get("thread") or ""))


def piece_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of evidence that is noted to be removed, or to be gone, and that no disposal took along."""
    counts: Counter[int] = Counter()
    for row in walk.rows(tx, "disposed_piece"):
        number = row["message"]
        counts[number] += 1
        if number not in told.disposed:
            what = f"No event tells of a disposal of {reference(number)}, whose evidence {row['sha256']} is to go."
            yield Finding(Kind.RETENTION, what)
    for number, pieces in counts.items():
        if number in told.disposed and pieces > told.pieces.get(number, 0):
            seq, _ = told.disposed[number]
            what = f"More evidence of {reference(number)} is noted to be removed than event {seq} tells."
            yield Finding(Kind.RETENTION, what, seq)
