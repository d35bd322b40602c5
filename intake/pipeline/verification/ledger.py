"""Goes through the ledger once: digests, chain, tree, and what the events say of everything else."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import msgspec

from intake.domain.desk_events import PutIntoCase
from intake.domain.event_digest import GENESIS, detail_sha256, link, plain_sha256, salted_sha256
from intake.domain.reference import number_of
from intake.domain.register_events import ListChangeApproved
from intake.domain.store_events import CheckpointMade, DigestsSalted, Restored
from intake.ledger import merkle
from intake.pipeline.verification.finding import Finding, Kind
from intake.store import walk
from intake.store.engine import Transaction
from intake.store.walk import RawEvent

MOST_FINDINGS = 100
"""Of one kind of fault; a rewritten table has no use for a million lines."""
_EVIDENCE = frozenset(
    {
        "raw_sha256",
        "dossier_sha256",
        "report_sha256",
        "read_sha256",
        "sha256",
        "checkpoint_sha256",
        "token_sha256",
    }
)
"""Names in a detail whose value is the digest of a piece of evidence; letters have a rule of their own."""
LETTER = "letter_sha256"
_MARK = 'sha256": "'
"""What the text of a detail holds that names any."""
_NAMED = re.compile(r'"(\w*sha256)": "([0-9a-f]{64})"')
"""Names any in the text of a detail; within a text of somebody's own a quotation mark is escaped."""
_REGISTER = "entries_sha256"
"""A detail that has it, and `list_version`, tells what the register recorded."""
_KEPT = frozenset({CheckpointMade.name, ListChangeApproved.name, Restored.name, PutIntoCase.name})


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
    present: AbstractSet[bytes] = frozenset()
    """Digests of the evidence that there is; damaged pieces are not among them."""
    missing: dict[bytes, int] = field(default_factory=dict)
    """Digests of other evidence that was named, each with the first event that names it, or 0."""
    letters: dict[str, NamedLetter] = field(default_factory=dict)
    """By Message-ID; those about messages are left out."""
    moves: list[tuple[int, int, int]] = field(default_factory=list)
    """Event, message and case of every `put_into_case`."""
    checkpoints: list[tuple[int, Mapping[str, object]]] = field(default_factory=list)
    """Details of `checkpoint_made` with their events' numbers."""
    imports: list[tuple[int, Mapping[str, object]]] = field(default_factory=list)
    """Details that name what the register recorded, likewise."""
    changes: list[tuple[int, Mapping[str, object]]] = field(default_factory=list)
    """Details of `list_change_approved` likewise."""
    restored: list[int] = field(default_factory=list)
    """Where a backup was put back."""
    salted_since: str | None = None
    """The time of the first event with a salt."""

    def name(self, sha256: str, seq: int = 0) -> None:
        """Demand a piece of evidence."""
        digest = bytes.fromhex(sha256)
        if digest not in self.present:
            self.missing.setdefault(digest, seq)


def read_ledger(tx: Transaction, sizes: Collection[int], present: AbstractSet[bytes]) -> Told:
    """Go through all events.

    Args:
        tx: a consistent view.
        sizes: at which the tree's root is asked for.
        present: the digests of the evidence that there is.
    """
    told, edge, before = Told(present=present), merkle.Edge(0, []), GENESIS
    wanted = set(sizes)
    for row in walk.every(tx):
        content, fault = _content(row, told)
        if row.seq != told.size + 1:
            _find(told, told.size + 1, f"The ledger is broken: event {told.size + 1} is missing.")
            told.size = row.seq - 1
        if fault or content != row.content_sha256:
            what = fault or f"event {row.seq} ({row.name}) is not what was recorded"
            _find(told, row.seq, f"The ledger is broken: {what}.")
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
    """Keep what an event says of everything but submissions, which are gone through one after the other."""
    if _MARK in row.detail:
        for name, value in _NAMED.findall(row.detail):
            if name in _EVIDENCE:
                told.name(value, row.seq)
    if row.name in _KEPT or _REGISTER in row.detail or (row.message is None and LETTER in row.detail):
        detail = detail_of(row.detail)
        kept = {CheckpointMade.name: told.checkpoints, ListChangeApproved.name: told.changes}.get(row.name)
        if kept is not None:
            kept.append((row.seq, detail))
        elif _REGISTER in detail:
            told.imports.append((row.seq, detail))
        elif row.name == Restored.name:
            told.restored.append(row.seq)
        elif row.name == PutIntoCase.name and row.message is not None:
            told.moves.append((row.seq, row.message, number_of(str(detail.get("case"))) or 0))
        elif (named := letter_named(detail, row.seq)) is not None:
            told.letters.setdefault(*named)


def detail_of(text: str) -> Mapping[str, object]:
    """Read a detail; nothing where it is none any more, which is told of already."""
    try:
        detail = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {}
    return detail if isinstance(detail, dict) else {}


def letter_named(detail: Mapping[str, object], seq: int) -> tuple[str, NamedLetter] | None:
    """Tell which letter a detail names; None where it names none."""
    if LETTER not in detail or "message_id" not in detail:
        return None
    return str(detail["message_id"]), NamedLetter(str(detail[LETTER]), seq)
