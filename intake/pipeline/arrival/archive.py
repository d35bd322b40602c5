"""Archives messages batch by batch, durably, before anything is recorded of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from operator import call

from intake.domain.envelope import Envelope, read_envelope
from intake.mailbox.base import Fetched
from intake.pipeline.services import Services

LARGE_BYTES = 16 * 1024 * 1024
"""A batch of more is not kept in memory beside another."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that is archived and still has to be recorded."""

    fetched: Fetched
    raw_sha256: str
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Written:
    """A batch on its way into the archive."""

    batch: Sequence[Fetched]
    digests: Iterator[str]
    """Each comes once its bytes are durable."""
    envelopes: list[Envelope]
    since: float

    @property
    def arrivals(self) -> list[Arrival]:
        """List the batch's messages with their digests and envelopes, once they are durable."""
        return [Arrival(*parts) for parts in zip(self.batch, self.digests, self.envelopes, strict=True)]


def begun(services: Services, writers: ThreadPoolExecutor, batches: Iterable[Sequence[Fetched]]) -> Iterator[Written]:
    """Yield each batch while the next is being written; those before an error are given before it is raised."""
    ahead: Written | None = None
    try:
        for batch in batches:
            if sum(len(fetched.raw) for fetched in batch) > LARGE_BYTES:
                if ahead:
                    yield ahead
                ahead = None
                yield _written(services, writers, batch)
            else:
                before, ahead = ahead, _written(services, writers, batch)
                if before:
                    yield before
                del before
            del batch  # the next is fetched while this function holds it
    except Exception:
        if ahead:
            yield ahead
        raise
    if ahead:
        yield ahead


def _written(services: Services, writers: ThreadPoolExecutor, batch: Sequence[Fetched]) -> Written:
    """Archive messages concurrently, as waiting for the disk together is several times faster."""
    since = time.perf_counter()
    share = -(-len(batch) // services.archive.writers)
    shares = [batch[start : start + share] for start in range(0, len(batch), share)]
    writing = [services.archive.begin([fetched.raw for fetched in some]) for some in shares]
    digests = chain.from_iterable(writers.map(call, writing))
    return Written(batch, digests, [read_envelope(fetched.raw) for fetched in batch], since)
