"""Goes through the ledger once: digests, chain, tree, and what the events say of everything else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from intake.domain.event_digest import GENESIS, detail_sha256, link, plain_sha256, salted_sha256
from intake.domain.replay import TOLD, Replay
from intake.domain.store_events import CheckpointMade, DigestsSalted, ListImported, Restored
from intake.ledger import merkle
from intake.pipeline.verification.finding import Finding, Kind
from intake.store import walk
from intake.store.engine import Transaction
from intake.store.walk import RawEvent

MOST_FINDINGS = 100
"""Of one kind of fault; a rewritten table has no use for a million lines."""
_EVIDENCE = (
    "raw_sha256",
    "dossier_sha256",
    "report_sha256",
    "read_sha256",
    "sha256",
    "checkpoint_sha256",
    "token_sha256",
)
"""Names in a detail whose value is the digest of a piece of evidence; letters have a rule of their own."""
_LETTER = "letter_sha256"
_MARK = 'sha256": "'
"""What the text of a detail holds that names any."""


@dataclass(frozen=True, slots=True)
class NamedLetter:
    """What an event says of a letter."""

    sha256: str
    seq: int


@dataclass(slots=True)
class Told:
    """What the ledger says, and what is wrong with it."""

    size: int = 0
    findings: list[Finding] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)
    """Of the tree, at the sizes that were asked for."""
    replay: Replay = field(default_factory=Replay)
    evidence: dict[bytes, int] = field(default_factory=dict)
    """Digests of evidence, each with the first event that names it."""
    letters: dict[str, NamedLetter] = field(default_factory=dict)
    """By Message-ID."""
    checkpoints: list[tuple[int, Mapping[str, object]]] = field(default_factory=list)
    """Details of `checkpoint_made` with their events' numbers."""
    imports: list[tuple[int, Mapping[str, object]]] = field(default_factory=list)
    """Details of `list_imported` likewise."""
    restored: list[int] = field(default_factory=list)
    """Where a backup was put back."""
    salted_since: str | None = None
    """The time of the first event with a salt."""


def read_ledger(tx: Transaction, sizes: Collection[int]) -> Told:
    """Go through all events.

    Args:
        tx: a consistent view.
        sizes: at which the tree's root is asked for.
    """
    told, edge, before = Told(), merkle.Edge(0, []), GENESIS
    wanted = set(sizes)
    for row in walk.every(tx):
        content, fault = _content(row, told)
        if row.seq != told.size + 1:
            _find(told, told.size + 1, f"The ledger is broken: event {told.size + 1} is missing.")
            told.size = row.seq - 1
        if fault or content != row.content_sha256:
            said = fault or f"event {row.seq} ({row.name}) is not what was recorded"
            _find(told, row.seq, f"The ledger is broken: {said}.")
        elif link(before, content) != row.digest:
            _find(told, row.seq, f"The ledger is broken: event {row.seq} ({row.name}) does not follow the one before.")
        before, told.size = row.digest, row.seq
        edge.grow(merkle.leaf_hash(bytes.fromhex(content)))
        if row.seq in wanted:
            told.roots[row.seq] = edge.root
        _take(told, row)
    return told


def _find(told: Told, seq: int, what: str) -> None:
    if len(told.findings) < MOST_FINDINGS:
        told.findings.append(Finding(Kind.EVENT, what, seq))


def _content(row: RawEvent, told: Told) -> tuple[str, str]:
    """Compute the digest of an event's content; and what is wrong with its form, if anything is."""
    if row.salt is None:
        fault = f"event {row.seq} ({row.name}) has no salt" if told.salted_since is not None else ""
        return _plain(row), fault
    fault = ""
    if told.salted_since is None:
        told.salted_since = row.at
        if row.seq > 1 and row.name != DigestsSalted.name:
            fault = f"event {row.seq} ({row.name}) is salted, and no event says that salts begin there"
    hidden = detail_sha256(row.salt, row.detail, actor=row.actor, message=row.message, entry=row.entry)
    return salted_sha256(row.seq, row.at, row.name, hidden), fault


def _plain(row: RawEvent) -> str:
    about: dict[str, object] = {"message": row.message}
    if row.entry is not None:
        about["entry"] = row.entry
    try:
        detail = json.loads(row.detail)
    except ValueError:  # it is no JSON any more, so it is another digest at any rate
        return hashlib.sha256(row.detail.encode()).hexdigest()
    return plain_sha256({**about, "at": row.at, "name": row.name, "actor": row.actor, "detail": detail})


def _take(told: Told, row: RawEvent) -> None:
    """Keep what an event says of everything else."""
    replayed = row.message is not None and row.name in TOLD
    if not replayed and _MARK not in row.detail and row.name != Restored.name:
        return
    try:
        detail = json.loads(row.detail)
    except ValueError:
        return  # told of already
    if not isinstance(detail, dict):
        return
    if replayed and row.message is not None:
        told.replay.apply(row.seq, row.message, row.name, row.at, row.actor, detail)
    for sha256 in _digests(detail):
        told.evidence.setdefault(sha256, row.seq)
    if _LETTER in detail and "message_id" in detail:
        told.letters.setdefault(str(detail["message_id"]), NamedLetter(str(detail[_LETTER]), row.seq))
    if row.name == CheckpointMade.name:
        told.checkpoints.append((row.seq, detail))
    elif row.name == ListImported.name:
        told.imports.append((row.seq, detail))
    elif row.name == Restored.name:
        told.restored.append(row.seq)


def _digests(detail: Mapping[str, object]) -> Iterator[bytes]:
    for name in _EVIDENCE:
        value = detail.get(name)
        if isinstance(value, str) and value:
            try:
                yield bytes.fromhex(value)
            except ValueError:
                continue
