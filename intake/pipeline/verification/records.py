"""Compares rows with what the ledger tells of them: submissions, letters, and the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from intake.clock import iso
from intake.domain.reference import reference
from intake.domain.replay import TOLD, Columns, Replay, carried_along
from intake.pipeline.verification.finding import Finding, Kind
from intake.pipeline.verification.ledger import LETTER, NamedLetter, Told, detail_of, letter_named
from intake.store import listing, outbox, publications, submissions, walk
from intake.store.engine import Transaction
from intake.store.outbox import QueuedLetter
from intake.store.submissions import Submission

_MOMENTS = frozenset({"decided_at", "handed_over_at", "publish_due"})
_AT_A_TIME = 500
"""Messages."""


def message_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell where rows of submissions, and of letters about them, are not what their events tell.

    Some hundred messages at a time, so that the memory for it does not grow with their number.
    """
    last = max(walk.greatest_message(tx), submissions.greatest(tx))
    for since in range(1, last + 1, _AT_A_TIME):
        until, replay, named = since + _AT_A_TIME, Replay(), dict[str, NamedLetter]()
        for seq, message, at, name, actor, text in walk.about(tx, since, until):
            if name not in TOLD and LETTER not in text:
                continue
            detail = detail_of(text)
            if name in TOLD:
                replay.apply(seq, message, name, at, actor, detail)
            if (letter := letter_named(detail, seq)) is not None:
                named.setdefault(*letter)
        yield from _submission_findings(submissions.numbered(tx, since, until), replay, told)
        yield from letter_findings(outbox.about_messages(tx, since, until), named, told)


def _submission_findings(rows: Iterable[Submission], replay: Replay, told: Told) -> Iterator[Finding]:
    left = replay.submissions
    for submission in rows:
        columns = left.pop(submission.id, None)
        if columns is None or "raw_sha256" not in columns:
            yield Finding(Kind.SUBMISSION, f"No event tells that {submission.reference} was received.")
        else:
            carried_along(columns, told.moves)
            yield from _differences(submission, columns)
        for sha256 in (submission.raw_sha256, submission.dossier_sha256, submission.report_sha256):
            if sha256 is not None:
                told.name(sha256)
    for number, columns in sorted(left.items()):
        seq = min((seq for _, seq in columns.values()), default=None)
        yield Finding(Kind.SUBMISSION, f"{reference(number)} is gone, and its events are there.", seq)


def _differences(submission: Submission, columns: Columns) -> Iterator[Finding]:
    wrong = []
    for name, (wanted, seq) in columns.items():
        actual = getattr(submission, name)
        if name in _MOMENTS and isinstance(actual, datetime):
            actual = iso(actual)
        if actual != wanted:
            wrong.append((seq, name, actual))
    if wrong:
        for seq, name, actual in sorted(wrong, key=lambda difference: difference[:2]):
            about = "its headers or its arrival" if name == "record_sha256" else f"{name} ({actual!r})"
            what = f"The row of {submission.reference} says something else of {about} than its event {seq}."
            yield Finding(Kind.SUBMISSION, what, seq)


def letter_findings(letters: Iterable[QueuedLetter], named: Mapping[str, NamedLetter], told: Told) -> Iterator[Finding]:
    """Tell of letters that have other bytes than their events name, that are gone, or that no event names."""
    left = dict(named)
    for letter in letters:
        naming = left.pop(letter.message_id, None)
        if naming is None:
            new = told.salted_since is not None and iso(letter.queued_at) > told.salted_since
            if new and letter.content:  # one to nobody has no bytes to name
                yield Finding(Kind.LETTER, f"No event names the letter {letter.message_id} about {letter.about}.")
        elif naming.sha256 and outbox.digest(letter.content) != naming.sha256:
            what = f"The letter {letter.message_id} about {letter.about} has other bytes than event {naming.seq} names."
            yield Finding(Kind.LETTER, what, naming.seq)
        elif naming.sha256 and letter.archived_sha256:  # one that was just queued may not be archived yet
            told.name(naming.sha256, naming.seq)
    for message_id, naming in left.items():
        if naming.sha256:
            told.name(naming.sha256, naming.seq)
            yield Finding(Kind.LETTER, f"The letter {message_id}, which event {naming.seq} names, is gone.", naming.seq)


def register_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of versions of the list whose entries are not those that were recorded."""
    for seq, detail in told.imports:
        number, wanted = detail.get("list_version"), detail.get("entries_sha256")
        if isinstance(number, int) and wanted and listing.content_sha256(tx, number) != wanted:
            which = f"version {detail['version']}" if detail.get("version") else f"import {number}"
            yield Finding(Kind.REGISTER, f"The register's entries of {which} are not those of event {seq}.", seq)
    for seq, detail in told.changes:
        number, wanted = detail.get("change"), detail.get("digest")
        if isinstance(number, int) and listing.digest_of(listing.made_by(tx, number)) != wanted:
            yield Finding(Kind.REGISTER, f"What change {number} made of the list is not what event {seq} tells.", seq)
    untold = listing.untold(tx, {detail.get("change") for _, detail in told.changes})
    if untold:
        yield Finding(Kind.REGISTER, f"No event tells of what the register has of {', '.join(untold)}.")
    for version in listing.versions(tx):
        told.name(version.source)
    for sha256 in publications.evidence_named(tx):
        told.name(sha256)
