"""Checks that everything is what was recorded: ledger, checkpoints, evidence, submissions, letters, register."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from intake.archive.base import Archive, DamagedEvidenceError, MissingEvidenceError
from intake.domain.reference import reference
from intake.domain.store_events import EvidenceVerified
from intake.errors import ConfigurationError, UnreachableError
from intake.ledger.keys import VerifierKey
from intake.pipeline.evidence.verification.cross_checks import piece_findings, session_findings, thread_findings
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.pipeline.evidence.verification.ledger import Told, read_ledger
from intake.pipeline.evidence.verification.letters import letter_findings
from intake.pipeline.evidence.verification.records import message_findings, register_findings
from intake.pipeline.evidence.verification.rows import row_findings
from intake.pipeline.evidence.verification.statements import Statement, checkpoint_findings, statement_in
from intake.pipeline.ledger.ledger_key import own_verifier
from intake.pipeline.services import Services
from intake.signing.timestamp import is_over
from intake.store import checkpoints, disposals, events, submissions, walk
from intake.store.disposals import Remaining
from intake.store.engine import Store


@dataclass(frozen=True, slots=True)
class Disposed:
    """What two people have disposed of, on record."""

    submissions: int
    pieces: int
    """Of evidence that are gone."""
    remaining: Remaining
    """Those that are still to be removed."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it."""

    events: int
    evidence: int
    """How many pieces."""
    findings: tuple[Finding, ...]
    checkpoint: int | None
    """How many events the newest checkpoint covers; None where there is none."""
    disposed: Disposed = field(default_factory=lambda: Disposed(0, 0, Remaining(0, None)))
    unrecorded: str = ""
    """Why the ledger does not say that it was checked, as a sentence; empty where it does."""
    without_key: ConfigurationError | None = None
    """Why the ledger's key could not be used."""

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(slots=True)
class _Seen:
    """What lies in the archive."""

    digests: set[bytes] = field(default_factory=set)
    pieces: int = 0
    damaged: dict[bytes, str] = field(default_factory=dict)
    """Digests of what is not what it was, each with a sentence."""
    statements: list[Statement] = field(default_factory=list)


def verify(services: Services, given: Sequence[bytes] = ()) -> Verification:
    """Check store and archive; record the check in the ledger, unless it cannot be written.

    Args:
        services: the edges.
        given: checkpoints that somebody else has kept.

    Raises:
        UnreachableError: the store or the archive did not answer.
    """
    key, without = own_verifier(services.config)
    outside = [statement for note in given if (statement := statement_in(note, outside=True)) is not None]
    done = look_through(services.store, services.archive, key, given=outside)
    done = replace(done, without_key=without)
    try:
        with services.store.transaction() as tx:
            events.append(tx, EvidenceVerified(faults=len(done.findings)), at=services.clock.now())
    except UnreachableError as error:  # what was found is told all the same
        return replace(done, unrecorded=f"The ledger could not be told of this: {error}.")
    return done


def faults_in(store: Store, archive: Archive, key: VerifierKey | None = None) -> Iterator[str]:
    """List every fault of a copy of a store and its archive, which may be the newer of the two, as a sentence.

    Raises:
        UnreachableError: one of them did not answer.
    """
    yield from (finding.what for finding in look_through(store, archive, key, ahead=True).findings)


def look_through(
    store: Store,
    archive: Archive,
    key: VerifierKey | None,
    *,
    given: Sequence[Statement] = (),
    ahead: bool = False,
) -> Verification:
    """Check a store and its archive.

    The archive is read first: whatever it has of the store's future shows that the store is not what it was.

    Args:
        store: what is checked.
        archive: its evidence.
        key: that of the configuration; None where there is none.
        given: checkpoints of outsiders.
        ahead: whether the archive may be newer than the store.

    Raises:
        UnreachableError: one of them did not answer.
    """
    seen = _look(archive)
    statements = [*seen.statements, *given]
    with store.reading() as tx, _without_the_old():
        told = read_ledger(tx, {statement.stated.size for statement in statements}, seen.digests)
        findings = [*told.findings, *checkpoint_findings(tx, told, statements, key, ahead=ahead)]
        findings += message_findings(tx, told)
        findings += letter_findings(walk.letters_about_no_message(tx), told.letters, told.moves_of_letters, told)
        findings += register_findings(tx, told)
        findings += row_findings(tx, told)
        findings += session_findings(tx, told)
        findings += thread_findings(tx, told)
        findings += piece_findings(tx, told)
        kept, newest = checkpoints.every(tx), checkpoints.newest(tx)
        disposed = Disposed(len(told.disposed), disposals.gone(tx), disposals.remaining(tx))
    missing = {sha256 for sha256 in told.missing if sha256 not in seen.damaged and not _is_there(archive, sha256.hex())}
    findings += _evidence_findings(seen, told, missing, _owners(store, missing))
    tokens = {row.sha256: row.token_sha256 for row in kept if row.token_sha256 is not None}
    findings += _token_findings(archive, tokens, told)
    covered = None if newest is None else newest.size
    return Verification(told.size, seen.pieces, tuple(findings), covered, disposed)


@contextmanager
def _without_the_old() -> Iterator[None]:
    """Keep what the process has loaded out of the collector's way, which makes millions of small objects costly."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _look(archive: Archive) -> _Seen:
    """Read every piece of evidence, and keep what may be a checkpoint."""
    seen = _Seen()
    for sha256 in archive.digests():
        try:
            content = archive.get(sha256)
        except DamagedEvidenceError:
            seen.damaged[_bytes(sha256)] = f"The evidence {sha256} has changed since it was archived."
        except MissingEvidenceError:
            seen.damaged[_bytes(sha256)] = f"The evidence {sha256} vanished while it was being checked."
        else:
            statement = statement_in(content)
            if statement is not None:
                seen.statements.append(statement)
            seen.digests.add(_bytes(sha256))
        seen.pieces += 1
    return seen


def _bytes(sha256: str) -> bytes:
    """The digest that a piece of evidence is named by; a file of another name lies there for nobody."""
    try:
        return bytes.fromhex(sha256)
    except ValueError:
        return sha256.encode()


def _owners(store: Store, missing: AbstractSet[bytes]) -> dict[bytes, int]:
    """Find the submissions that missing evidence is of."""
    if not missing:
        return {}
    with store.reading() as tx:
        every = {*events.evidence_named(tx), *submissions.evidence_named(tx)}
    named = ((_bytes(sha256), number) for number, sha256 in every)
    return {digest: number for digest, number in named if digest in missing}


def _evidence_findings(
    seen: _Seen, told: Told, missing: AbstractSet[bytes], owners: Mapping[bytes, int]
) -> Iterator[Finding]:
    """Tell of evidence that has changed, and of what was named and is not there."""
    for digest, what in seen.damaged.items():
        yield Finding(Kind.EVIDENCE, what, told.missing.get(digest) or None)
    for digest, seq in told.missing.items():
        if digest not in missing:
            continue
        whose = f" of {reference(owners[digest])}" if digest in owners else ""
        by = f", which event {seq} names," if seq else ""
        yield Finding(Kind.EVIDENCE, f"The evidence {digest.hex()}{whose}{by} is missing.", seq or None)


def _is_there(archive: Archive, sha256: str) -> bool:
    """Look again: it may have been archived since the archive was read."""
    try:
        archive.get(sha256)
    except (MissingEvidenceError, DamagedEvidenceError):
        return False
    return True


def _token_findings(archive: Archive, tokens: dict[str, str], told: Told) -> Iterator[Finding]:
    """Tell of time stamps that are over something else than their checkpoint; what is missing has been told of."""
    for sha256, token_sha256 in tokens.items():
        try:
            checkpoint, token = archive.get(sha256), archive.get(token_sha256)
        except (MissingEvidenceError, DamagedEvidenceError):
            continue
        if not is_over(token, checkpoint):
            named = (seq for seq, detail in told.checkpoints if detail.get("checkpoint_sha256") == sha256)
            what = f"The time stamp {token_sha256} is over something else than the checkpoint {sha256}."
            yield Finding(Kind.CHECKPOINT, what, next(named, None))
