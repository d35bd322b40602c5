"""Goes through the ledger once: digests, chain, tree, and what the events say of everything else."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import msgspec

from intake.domain.desk_events import NameConfirmed, PutIntoCase
from intake.domain.event_digest import GENESIS, detail_sha256, link, plain_sha256, salted_sha256
from intake.domain.people_events import LOOKS
from intake.domain.reference import number_of, reference
from intake.domain.register_events import ListChangeApproved, NoticeSetAside
from intake.domain.replay_letters import LETTER_MOVES
from intake.domain.replay_rows import TOLD_ROWS, Happened, Rows
from intake.domain.retention_events import Disposed, KeptFromDisposal
from intake.domain.store_events import CheckpointMade, DigestsSalted, Restored
from intake.ledger import merkle
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.pipeline.evidence.verification.nodes import Nodes
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
_NAMING = "sha256"
"""What the text of a detail holds that names evidence, letters or what the register recorded."""
_MARK = 'sha256": "'
"""What the text of a detail holds that names any."""
_NAMED = re.compile(r'"(\w*sha256)": "([0-9a-f]{64})"')
"""Names any in the text of a detail; within a text of somebody's own a quotation mark is escaped."""
_REGISTER = "entries_sha256"
"""A detail that has it, and `list_version`, tells what the register recorded."""
_LEAVES = 4_096
"""That are hashed into the tree at once."""
_canonical = msgspec.json.Encoder(order="sorted").encode
_SELDOM = frozenset({CheckpointMade.name, ListChangeApproved.name, Restored.name, PutIntoCase.name, Disposed.name})
_KEPT = _SELDOM | {KeptFromDisposal.name, DigestsSalted.name} | frozenset(TOLD_ROWS) | frozenset(LETTER_MOVES)


@dataclass(frozen=True, slots=True)
class NamedLetter:
    """What an event says of a letter."""

    sha256: str
    seq: int
    kind: str | None = None
    """None where the event does not say."""


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
    disposed: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By message: the event that tells of its disposal, and the digest there of what is left of it."""
    pieces: dict[int, int] = field(default_factory=dict)
    """By message: how many pieces of evidence its disposal says that it takes along."""
    erased: dict[int | None, int] = field(default_factory=dict)
    """By message: the newest event whose detail is gone."""
    rows: Rows = field(default_factory=Rows)
    """What rows beside submissions must be."""
    carried: set[tuple[int, str]] = field(default_factory=set)
    """Disposal and case of every case that was disposed of, or kept after all."""
    erased_names: set[tuple[str, str]] = field(default_factory=set)
    """Person and time of every confirmed name whose event's detail is gone."""
    moves_of_letters: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """Of letters about no message, by Message-ID: event, name and time of what was last decided of each."""
    set_aside_before: bool = False
    """Whether an earlier release set a notice aside, whose event does not say which letter that was."""
    restored: list[int] = field(default_factory=list)
    """Where a backup was put back."""
    salted_since: str | None = None
    """The time of the first event with a salt."""
    always_salted: bool = True
    """Whether every event has one, as no earlier release began the ledger."""

    def name(self, sha256: str, seq: int = 0) -> None:
        """Demand a piece of evidence."""
        try:
            digest = bytes.fromhex(sha256)
        except ValueError:  # a row that was changed; what its event says is compared with it
            return
        if digest not in self.present:
            self.missing.setdefault(digest, seq)


def read_ledger(tx: Transaction, sizes: Collection[int], present: AbstractSet[bytes]) -> Told:
    """Go through all events.

    Args:
        tx: a consistent view.
        sizes: at which the tree's root is asked for.
        present: the digests of the evidence that there is.
    """
    told, tree, nodes, before = Told(present=present), _Roots(sizes), Nodes(tx), GENESIS
    leaf_hash = merkle.leaf_hash
    for row in walk.every(tx):
        seq, message, entry, at, name, actor, detail, salt, recorded, digest = row
        if seq != told.size + 1:
            _find(told, told.size + 1, f"The ledger is broken: event {told.size + 1} is missing.")
            told.size = seq - 1
        fault = _fault_of_form(row, told) if salt is None or told.salted_since is None else ""
        if salt is None:
            content = _plain(row)
        else:
            hidden = detail_sha256(salt, detail, actor=actor, message=message, entry=entry)
            content = salted_sha256(seq, at, name, hidden)
            if salt == b"" and content != recorded:
                content = _erased(row, told)
        if fault or content != recorded:
            what = fault or f"event {seq} ({name}) is not what was recorded"
            _find(told, seq, f"The ledger is broken: {what}.")
        elif link(before, content) != digest:
            _find(told, seq, f"The ledger is broken: event {seq} ({name}) does not follow the one before.")
        before, told.size = digest, seq
        leaf = leaf_hash(bytes.fromhex(content))
        tree.grow(leaf, seq)
        if seq <= nodes.size:
            nodes.grow(leaf)
        if _NAMING in detail or name in _KEPT:
            _take(told, row)
    told.roots = tree.roots
    told.findings += nodes.findings()
    largest = max((_number(detail, "size") for _, detail in told.checkpoints), default=0)
    if nodes.size < largest <= told.size:
        what = f"The tree stored over the events has {nodes.size} leaves, and a checkpoint was made of {largest}."
        told.findings.append(Finding(Kind.TREE, what, nodes.size + 1))
    return told


class _Roots:
    """The tree over the events, as far as its roots are asked for."""

    def __init__(self, sizes: Collection[int]) -> None:
        self.roots: dict[int, bytes] = {}
        self._wanted, self._largest = set(sizes), max(sizes, default=0)
        self._edge, self._leaves = merkle.Edge(0, []), list[bytes]()

    def grow(self, leaf: bytes, size: int) -> None:
        """Add an event by its leaf's hash; the tree's size is its number then, where none is missing."""
        if size > self._largest:
            return
        leaves = self._leaves
        leaves.append(leaf)
        if len(leaves) == _LEAVES or size in self._wanted:
            self._edge.extend(leaves)
            leaves.clear()
            if size in self._wanted:
                self.roots[size] = self._edge.root


def _find(told: Told, seq: int, what: str) -> None:
    if len(told.findings) < MOST_FINDINGS:
        told.findings.append(Finding(Kind.EVENT, what, seq))


def _fault_of_form(row: RawEvent, told: Told) -> str:
    """Tell what is wrong with an event's having a salt or none; nothing where nothing is."""
    if row.salt is None:
        return f"event {row.seq} ({row.name}) has no salt" if told.salted_since is not None else ""
    told.salted_since = row.at
    if row.seq > 1 and row.name != DigestsSalted.name:
        return f"event {row.seq} ({row.name}) is salted, and no event says that salts begin there"
    return ""


def _erased(row: RawEvent, told: Told) -> str:
    """Compute the digest of an event of which a disposal has left the detail's digest alone."""
    told.erased[row.message] = row.seq
    if row.name == NameConfirmed.name:
        told.erased_names.add((row.actor, row.at))
    return salted_sha256(row.seq, row.at, row.name, str(detail_of(row.detail).get("disposed")))


def _plain(row: RawEvent) -> str:
    """Compute the digest of an event without a salt: over its canonical text, which msgspec writes for most."""
    about: dict[str, object] = {"message": row.message}
    if row.entry is not None:
        about["entry"] = row.entry
    about |= {"at": row.at, "name": row.name, "actor": row.actor}
    try:
        quick = hashlib.sha256(_canonical({**about, "detail": msgspec.json.decode(row.detail)})).hexdigest()
        if quick == row.content_sha256:
            return quick
        detail = json.loads(row.detail)
    except ValueError:  # it is no JSON any more, so it is another digest at any rate
        return hashlib.sha256(row.detail.encode(errors="replace")).hexdigest()
    return plain_sha256({**about, "detail": detail})


def _take(told: Told, row: RawEvent) -> None:
    """Keep what an event says of everything but submissions, which are gone through one after the other."""
    seq, message, _, _, event, _, text, salt, *_ = row
    if _MARK in text and event not in LOOKS:  # what a person was shown or sent need not be archived by itself
        for name, value in _NAMED.findall(text):
            if name in _EVIDENCE:
                told.name(value, seq)
    if salt == b"":  # a digest is all that is left of it
        return
    if event in _KEPT or _REGISTER in text or (message is None and LETTER in text):
        _keep(told, row, detail_of(text))


def _keep(told: Told, row: RawEvent, detail: Mapping[str, object]) -> None:
    """Keep what is compared with something else later."""
    seq, message, _, at, event, actor, *_ = row
    if event in TOLD_ROWS:
        told.rows.apply(event, Happened(seq, message, at, actor, detail))
    if event in LETTER_MOVES and message is None and "message_id" in detail:
        told.moves_of_letters[str(detail["message_id"])] = seq, event, at
    if event == NoticeSetAside.name and "message_id" not in detail:
        told.set_aside_before = True
    if event == DigestsSalted.name and seq > 1:
        told.always_salted = False
    elif event in {Disposed.name, KeptFromDisposal.name} and message is not None:
        told.carried.add((_number(detail, "disposal"), reference(message)))
        if event == Disposed.name:
            told.disposed[message] = seq, str(detail.get("kept_sha256"))
            told.pieces[message] = _number(detail, "pieces")
    elif event == Restored.name:
        told.restored.append(seq)
    elif event == PutIntoCase.name and message is not None:
        told.moves.append((seq, message, number_of(str(detail.get("case"))) or 0))
    else:
        _keep_what_is_named(told, row, detail)


def _keep_what_is_named(told: Told, row: RawEvent, detail: Mapping[str, object]) -> None:
    """Keep what an event names by digest: a checkpoint, a change or version of the list, a letter."""
    kept = {CheckpointMade.name: told.checkpoints, ListChangeApproved.name: told.changes}.get(row.name)
    if kept is not None:
        kept.append((row.seq, {**detail, "at": row.at}))
    elif _REGISTER in detail:
        told.imports.append((row.seq, {**detail, "at": row.at}))
    elif row.message is None and (named := letter_named(detail, row.seq)) is not None:
        before = told.letters.get(named[0])
        if name_letter(told.letters, *named) and before is not None and before.sha256:
            told.name(before.sha256, before.seq)  # what was written first is kept, too


def _number(detail: Mapping[str, object], name: str) -> int:
    value = detail.get(name)
    return value if isinstance(value, int) else 0


def name_letter(letters: dict[str, NamedLetter], message_id: str, named: NamedLetter) -> bool:
    """Keep what names a letter, and tell whether it did.

    A letter is named anew where it was written to nobody at first, or was written anew (which says its kind), as what
    it is about had changed before it could go.
    """
    before = letters.get(message_id)
    anew = before is None or not before.sha256 or named.kind is not None
    if anew:
        letters[message_id] = named
    return anew


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
    kind = detail.get("kind")
    return str(detail["message_id"]), NamedLetter(str(detail[LETTER]), seq, None if kind is None else str(kind))
