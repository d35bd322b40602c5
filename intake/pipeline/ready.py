"""Tells whether this process could do its work now, and whether its store and its archive belong together."""

from __future__ import annotations

import hashlib

from intake.archive.base import Archive, MissingEvidenceError
from intake.errors import IntakeError, sentence
from intake.pipeline.services import Services
from intake.store import events, leases, submissions
from intake.store.engine import Store
from intake.store.migrate import HEAD, schema_version

PROBE = b"cpl-intake: this piece of evidence shows that the archive can be written and read.\n"
"""What `doctor` archives to see whether it can; always the same, so that it is archived once."""
PROBE_SHA256 = hashlib.sha256(PROBE).hexdigest()


def not_ready(services: Services) -> str | None:
    """Explain why the process is not ready; None where store and archive answer."""
    try:
        with services.store.reading() as tx:
            schema = schema_version(tx)
            newest = submissions.newest_report(tx)
        if schema != HEAD:
            return f"The store is at migration {schema}, this release at {HEAD}: restart it."
        with services.store.probing() as tx:
            leases.try_writing(tx)
        if newest is not None:
            services.archive.get(newest)
        else:
            next(iter(services.archive.digests()), None)
    except IntakeError as error:
        return sentence(error)
    return None


def strangers(store: Store, archive: Archive) -> IntakeError | None:
    """Tell why store and archive are not of one installation; None where nothing speaks against it.

    A volume that was not mounted leaves an empty folder, and a wrong path a new store: both work, and nobody would see.

    Raises:
        UnreachableError: the store or the archive did not answer.
    """
    with store.reading() as tx:
        count, _ = events.head(tx)
        newest = submissions.newest_report(tx)
    if count == 0 and any(sha256 != PROBE_SHA256 for sha256 in archive.digests()):
        message = "the store is new, and the archive already holds evidence"
        return IntakeError(message, _WHOSE)
    try:
        if newest is not None:
            archive.get(newest)
    except MissingEvidenceError:
        message = f"the archive lacks evidence that the store names, such as {newest}"
        return IntakeError(message, _MOUNTED)
    return None


_WHOSE = (
    "Is [store] url the store of this archive? If that was lost, restore it: cpl-intake restore FOLDER --only store. "
    "A new one takes in again whatever lies in the mailboxes."
)
_MOUNTED = "Is its volume mounted, and [evidence] the archive of this store? Then run: cpl-intake evidence verify"
