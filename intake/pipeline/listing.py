"""Takes in the published list, against which every submission read from then on is judged."""

from __future__ import annotations

from intake.domain.store_events import ListImported
from intake.pipeline.services import Services
from intake.register.published import ListFile
from intake.register.reconcile import Reconciliation, reconcile
from intake.store import events, listing


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
        seen = reconcile(listing.all_entries(tx) or (), file)
    if not _may_be_taken(seen, accept_missing=accept_missing):
        return seen, False
    sha256 = services.archive.put(content)
    with services.store.transaction() as tx:
        now = services.clock.now()
        done = reconcile(listing.all_entries(tx) or (), file)  # somebody may have taken one in meanwhile
        if not _may_be_taken(done, accept_missing=accept_missing):
            return done, False
        recorded = listing.record(
            tx, (*done.new, *done.altered), now, source=sha256, version=file.version, issued=file.issued
        )
        taken = ListImported(
            entries=len(file.entries),
            sha256=sha256,
            version=file.version,
            new=len(done.new),
            altered=len(done.altered),
            missing=len(done.missing),
            list_version=recorded.id,
            entries_sha256=listing.content_sha256(tx, recorded.id),
        )
        events.append(tx, taken, at=now)
    return done, True


def _may_be_taken(done: Reconciliation, *, accept_missing: bool) -> bool:
    return not done.refusals and (accept_missing or not done.lacks)
