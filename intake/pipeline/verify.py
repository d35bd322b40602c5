"""Checks that all evidence is there and unchanged, and that the chain of events holds."""

from __future__ import annotations

from collections.abc import Iterator

from intake.archive.base import Archive, DamagedEvidenceError, MissingEvidenceError
from intake.domain.reference import reference
from intake.domain.store_events import EvidenceVerified
from intake.pipeline.services import Services
from intake.store import events, listing, publications, submissions
from intake.store.engine import Store


def verify(services: Services) -> list[str]:
    """List every fault of store and archive as a sentence; record the check in the ledger.

    Raises:
        UnreachableError: the store or the archive did not answer.
    """
    faults = list(faults_in(services.store, services.archive))
    with services.store.transaction() as tx:
        events.append(tx, EvidenceVerified(faults=len(faults)), at=services.clock.now())
    return faults


def faults_in(store: Store, archive: Archive) -> Iterator[str]:
    """List every fault of a store and its archive as a sentence.

    Raises:
        UnreachableError: one of them did not answer.
    """
    with store.reading() as tx:
        fault = events.first_fault(tx)
        named = {*submissions.evidence_named(tx), *events.evidence_named(tx)}
        listed = {version.source for version in listing.versions(tx)} | publications.evidence_named(tx)
    if fault is not None:
        yield f"The ledger is broken: {fault}."
    seen = set()
    for sha256 in archive.digests():
        seen.add(sha256)
        try:
            archive.get(sha256)
        except DamagedEvidenceError:
            yield f"The evidence {sha256} has changed since it was archived."
        except MissingEvidenceError:
            yield f"The evidence {sha256} vanished while it was being checked."
    for number, sha256 in sorted(named):
        if sha256 not in seen:
            yield f"The evidence {sha256} of {reference(number)} is missing."
    for sha256 in sorted(listed):
        if sha256 not in seen:
            yield f"The evidence {sha256} of the published list is missing."
