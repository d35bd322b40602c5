"""Compares the ledger with its checkpoints: those that the store knows, and those that the archive alone still has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.clock import iso
from intake.ledger import merkle
from intake.ledger.checkpoint import Checkpoint, read_checkpoint
from intake.ledger.keys import KeyFaultError, VerifierKey, read_verifier_key
from intake.ledger.note import Note, NoteFaultError
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.pipeline.evidence.verification.ledger import Told
from intake.store import checkpoints, trees
from intake.store.engine import Transaction

_SIGNED = "\n\n\N{EM DASH} ".encode()
LARGEST = 16_384
"""Bytes of an archived checkpoint; ours have some two hundred."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A checkpoint that was found somewhere."""

    stated: Checkpoint
    note: Note
    sha256: str
    outside: bool = False
    """Whether somebody gave it to us; else it lies in our archive."""

    @property
    def name(self) -> str:
        """How a finding names it."""
        return f"the checkpoint of {self.stated.size} events ({'given' if self.outside else self.sha256[:16]})"


def statement_in(content: bytes, *, outside: bool = False) -> Statement | None:
    """Read a checkpoint; None where the bytes are none."""
    if len(content) > LARGEST or _SIGNED not in content:
        return None
    try:
        return Statement(*read_checkpoint(content), hashlib.sha256(content).hexdigest(), outside)
    except NoteFaultError:
        return None


def checkpoint_findings(
    tx: Transaction, told: Told, statements: Iterable[Statement], key: VerifierKey | None, *, ahead: bool
) -> Iterator[Finding]:
    """Tell of checkpoints that are not what was made, and of a ledger that is not what they state.

    Args:
        tx: the view that the ledger was read in.
        told: what it says; roots at the sizes of `statements` are in it.
        statements: checkpoints out of the archive, or of outsiders.
        key: that of the configuration.
        ahead: whether there may be some that are newer than the store, as beside a copy of it.
    """
    named = _named(told)
    yield from _table_findings(tx, told)
    genuine, newest = [], 0
    for statement in statements:
        by_ours = key is not None and statement.note.signed_by(key)
        naming = named.get(statement.sha256)
        if by_ours or statement.outside or naming is not None:
            genuine.append(statement)
        if by_ours:
            newest = max(newest, statement.stated.size)
    good = 0
    for statement in sorted(genuine, key=lambda statement: (statement.stated.size, statement.sha256)):
        fault = _signature_fault(statement, named, key, newest)
        if fault is not None:
            yield fault
        elif statement.stated.size > told.size:
            if not ahead and not told.restored:
                yield _tail(statement, told)
        elif _root(statement, told) == statement.stated.root:
            good = max(good, statement.stated.size)
        elif not told.restored or statement.sha256 in named:
            yield _rewritten(tx, statement, good)


def _named(told: Told) -> dict[str, tuple[int, str]]:
    """By a checkpoint's digest: the event that names it, and the verifier key there."""
    return {
        str(detail.get("checkpoint_sha256")): (seq, str(detail.get("key")))
        for seq, detail in reversed(told.checkpoints)
    }


def _table_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Compare the table of checkpoints with the events."""
    rows = {row.sha256: row for row in checkpoints.every(tx)}
    for seq, detail in told.checkpoints:
        row = rows.pop(str(detail.get("checkpoint_sha256")), None)
        if row is None:
            yield Finding(Kind.CHECKPOINT, f"The checkpoint that event {seq} names is gone from the store.", seq)
        elif (row.size, row.day, row.token_sha256, iso(row.made_at)) != tuple(
            detail.get(name) for name in ("size", "day", "token_sha256", "at")
        ) or hashlib.sha256(row.note.encode()).hexdigest() != row.sha256:
            yield Finding(Kind.CHECKPOINT, f"The checkpoint in the store is not that of event {seq}.", seq)
    for row in rows.values():
        what = f"No event names the checkpoint of {row.size} events that is in the store: it is forged."
        yield Finding(Kind.CHECKPOINT, what)


def _signature_fault(
    statement: Statement, named: dict[str, tuple[int, str]], key: VerifierKey | None, newest: int
) -> Finding | None:
    """Why a checkpoint's signature does not count; None where it does.

    One by an earlier key counts where the configured one has signed a larger ledger since.
    """
    if key is not None and statement.note.signed_by(key):
        return None
    seq, told = named.get(statement.sha256, (None, ""))
    try:
        earlier = read_verifier_key(told) if told else None
    except KeyFaultError:
        earlier = None
    if earlier is not None and statement.note.signed_by(earlier) and (key is None or statement.stated.size < newest):
        return None
    what = f"The signature of {statement.name} is not of this ledger's key: it is forged, or the key has changed."
    return Finding(Kind.CHECKPOINT, what, seq)


def _root(statement: Statement, told: Told) -> bytes | None:
    return merkle.EMPTY if statement.stated.size == 0 else told.roots.get(statement.stated.size)


def _tail(statement: Statement, told: Told) -> Finding:
    what = (
        f"The ledger's end is missing: it has {told.size} events, and {statement.name} was signed before. "
        "It was cut, or an old copy of the store was put in its place."
    )
    return Finding(Kind.TAIL, what, told.size + 1)


def _rewritten(tx: Transaction, statement: Statement, good: int) -> Finding:
    """Name the first event that is not what the checkpoint covers: exactly where the tree's own leaves still tell."""
    size = statement.stated.size
    first = next(_changed_leaves(tx, good, size), None)
    where = f"from event {first} on" if first else f"between events {good + 1} and {size}"
    what = f"The ledger has been rewritten {where}: {statement.name} has another root."
    return Finding(Kind.CHECKPOINT, what, first or good + 1)


def _changed_leaves(tx: Transaction, start: int, end: int) -> Iterator[int]:
    """Yield the numbers of events whose digest is not that of the leaf which the tree has kept of them."""
    stored = trees.stored_leaves(tx, start, end)
    for (index, leaf), digest in zip(stored, trees.event_digests(tx, start, end), strict=False):
        if merkle.leaf_hash(digest) != leaf:
            yield index + 1
