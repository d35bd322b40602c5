"""Takes in the published list, against which every submission read from then on is judged."""

from __future__ import annotations

from intake.domain.store_events import ListImported
from intake.pipeline.list.enter import enter_waiting
from intake.pipeline.services import Services
from intake.register.published import ListFile
from intake.register.reconcile import Reconciliation, reconcile
from intake.store import events, listing
from intake.store.engine import Transaction
from intake.store.listing import ListVersion
from intake.store.turns import serialize_writers


def import_list(
    services: Services, content: bytes, file: ListFile, *, accept_missing: bool = False
) -> tuple[Reconciliation, bool]:
    """Reconcile the register with a file of the list, and take it in unless it lacks entries or columns.

    Args:
        services: the edges.
        content: the file.
        file: what `read_whole_list` read from it.
        accept_missing: a person has seen what it lacks; that stays in the register as it is.

    Returns:
        What is new, changed and missing, and whether it was taken in.

    Raises:
        UnreachableError: the store or the archive did not answer; the list before still stands.
    """
    with services.store.reading() as tx:
        seen = _reconciled(tx, file)
    if not _may_be_taken(seen, accept_missing=accept_missing):
        return seen, False
    sha256 = services.archive.put(content)
    with services.store.transaction() as tx:
        serialize_writers(tx)
        now = services.clock.now()
        done = _reconciled(tx, file)  # somebody may have taken one in or approved something meanwhile
        if not _may_be_taken(done, accept_missing=accept_missing):
            return done, False
        changed = (*done.new, *done.altered)
        version = listing.record(tx, changed, now, source=sha256, version=file.version, issued=file.issued)
        _confirm(tx, done, version)
        taken = ListImported(
            entries=len(file.entries),
            sha256=sha256,
            version=file.version,
            new=len(done.new),
            altered=len(done.altered),
            missing=len(done.missing),
            list_version=version.id,
            entries_sha256=listing.content_sha256(tx, version.id),
        )
        events.append(tx, taken, at=now)
        enter_waiting(tx, now)
    return done, True


def _reconciled(tx: Transaction, file: ListFile) -> Reconciliation:
    approved = {waiting.entry.number: waiting.entry for waiting in listing.unpublished(tx)}
    return reconcile(listing.published_entries(tx), file, approved)


def _confirm(tx: Transaction, done: Reconciliation, version: ListVersion) -> None:
    """What was approved and the file has is published by it: somebody else has made that version."""
    confirmed = {*done.confirmed}
    listing.publish(
        tx,
        version,
        [entry_version.id for entry_version in listing.unpublished(tx) if entry_version.entry.number in confirmed],
    )


def _may_be_taken(done: Reconciliation, *, accept_missing: bool) -> bool:
    return not done.refusals and (accept_missing or not done.lacks)
