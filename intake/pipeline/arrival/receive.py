"""A message arrives: archived first, then recorded in one commit with its event and its acknowledgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from intake.mailbox.base import Fetched
from intake.pipeline.arrival.archive import begun
from intake.pipeline.arrival.record import Received, record_batch
from intake.pipeline.services import Services

log = structlog.get_logger()


def receive(services: Services, fetched: Fetched) -> bool:
    """Take one message in; False where its bytes were known already.

    Raises:
        UnreachableError: the archive or the store did not answer; the message stays where it is.
    """
    return any(received.new for received in receive_all(services, [[fetched]]))


def receive_all(services: Services, batches: Iterable[Sequence[Fetched]]) -> Iterator[Received]:
    """Take messages in, batch by batch, archived first and then recorded in one commit.

    The next batch is fetched and written to the archive while one is recorded; what came before an error is recorded.

    Raises:
        UnreachableError: the archive or the store did not answer; the messages stay where they are.
    """
    with ThreadPoolExecutor(services.archive.writers) as writers:
        for written in begun(services, writers, batches):
            yield record_batch(services, written)
            del written
