"""Compares rows with what the ledger tells of them: submissions, letters, and the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from intake.clock import iso
from intake.domain.reference import reference
from intake.domain.replay import Columns
from intake.pipeline.verification.finding import Finding, Kind
from intake.pipeline.verification.ledger import Told
from intake.store import listing, outbox, submissions
from intake.store.engine import Transaction
from intake.store.outbox import QueuedLetter
from intake.store.submissions import Submission


def submission_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell where a submission's row says something else than its events."""
    left = dict(told.replay.submissions)
    for submission in submissions.every(tx):
        columns = left.pop(submission.id, None)
        if columns is None or "raw_sha256" not in columns:
            yield Finding(Kind.SUBMISSION, f"No event tells that {submission.reference} was received.")
        else:
            yield from _differences(submission, columns)
    for number, columns in sorted(left.items()):
        seq = min((seq for _, seq in columns.values()), default=None)
        yield Finding(Kind.SUBMISSION, f"{reference(number)} is gone, and its events are there.", seq)


def _differences(submission: Submission, columns: Columns) -> Iterator[Finding]:
    for name, (wanted, seq) in sorted(columns.items(), key=lambda column: column[1][1]):
        actual = getattr(submission, name)
        if isinstance(actual, datetime):
            actual = iso(actual)
        if actual != wanted:
            said = "its headers or its arrival" if name == "record_sha256" else f"{name} ({actual!r})"
            what = f"The row of {submission.reference} has another {said} than its event {seq} tells."
            yield Finding(Kind.SUBMISSION, what, seq)


def letter_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of letters that have other bytes than their events name, that are gone, or that no event names."""
    left = dict(told.letters)
    for letter in outbox.every(tx):
        named = left.pop(letter.message_id, None)
        if named is None:
            if told.salted_since is not None and iso(letter.queued_at) > told.salted_since:
                yield Finding(Kind.LETTER, f"No event names the letter {letter.message_id} about {letter.about}.")
        elif named.sha256 and outbox.digest(letter.content) != named.sha256:
            what = f"The letter {letter.message_id} about {letter.about} has other bytes than event {named.seq} names."
            yield Finding(Kind.LETTER, what, named.seq)
        else:
            _demand(letter, told)
    for message_id, named in left.items():
        if named.sha256:
            told.evidence.setdefault(bytes.fromhex(named.sha256), named.seq)
            yield Finding(Kind.LETTER, f"The letter {message_id}, which event {named.seq} names, is gone.", named.seq)


def _demand(letter: QueuedLetter, told: Told) -> None:
    """Demand the archived copy of a letter that has been archived; one that was just queued may not be yet."""
    named = told.letters[letter.message_id]
    if letter.archived_sha256 and named.sha256:
        told.evidence.setdefault(bytes.fromhex(named.sha256), named.seq)


def register_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of versions of the list whose entries are not those that were recorded."""
    for seq, detail in told.imports:
        number, wanted = detail.get("list_version"), detail.get("entries_sha256")
        if isinstance(number, int) and wanted and listing.content_sha256(tx, number) != wanted:
            which = f"version {detail['version']}" if detail.get("version") else f"import {number}"
            yield Finding(Kind.REGISTER, f"The register's entries of {which} are not those of event {seq}.", seq)
    for version in listing.versions(tx):
        told.evidence.setdefault(bytes.fromhex(version.source), 0)
