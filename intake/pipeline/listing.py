"""Takes in the published list, against which every submission read from then on is judged."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.store_events import ListImported
from intake.pipeline.services import Services
from intake.store import events, listing
from rules.facts import RegisterEntry


def import_list(services: Services, content: bytes, entries: Sequence[RegisterEntry]) -> None:
    """Archive the list's file and put its entries in the place of those before.

    Args:
        services: the edges.
        content: the file.
        entries: what `read_whole_list` read from it.

    Raises:
        UnreachableError: the store or the archive did not answer; the list before still stands.
    """
    sha256 = services.archive.put(content)
    with services.store.transaction() as tx:
        now = services.clock.now()
        listing.replace_all(tx, entries, now, sha256=sha256)
        events.append(tx, ListImported(entries=len(entries), sha256=sha256), at=now)
