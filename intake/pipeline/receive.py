"""A message arrives: archived first, then recorded in one commit with its event and its acknowledgement."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain

import structlog

from intake.archive.base import Archive
from intake.domain.automatic import automatic_reason
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.events import ObtainedAgain, SightedAgain
from intake.domain.events import Received as ReceivedEvent
from intake.domain.kind import kind_by_envelope
from intake.domain.message import MessageKind, Sighting
from intake.errors import IntakeError, safe_message, source_location
from intake.mailbox.base import Fetched
from intake.pipeline.acknowledge import acknowledge
from intake.pipeline.services import Services
from intake.pipeline.thread import join_at_receipt
from intake.store import events, outbox, sightings, submissions
from intake.store.engine import Transaction
from intake.store.events import NewEvent
from intake.store.submissions import NewMessage, Submission
from intake.store.turns import serialize_writers

log = structlog.get_logger()

WRITERS = 8
"""Messages that are written to the archive side by side."""
LARGE_BYTES = 16 * 1024 * 1024
"""A batch of more is not kept in memory beside another."""
_CLOCKS_MAY_DIFFER = timedelta(days=1)
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""No mail arrived outside of these; Exchange says year 1 of what never did, and no calendar reckons from there."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A message that is archived and still has to be recorded."""

    fetched: Fetched
    raw_sha256: str
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class _Written:
    """A batch on its way into the archive."""

    batch: Sequence[Fetched]
    digests: Iterator[str]
    """Each comes once its bytes are durable."""
    envelopes: list[Envelope]
    since: float

    @property
    def arrivals(self) -> list[_Arrival]:
        return [_Arrival(*parts) for parts in zip(self.batch, self.digests, self.envelopes, strict=True)]


@dataclass(frozen=True, slots=True)
class Received:
    """A batch that is safe: its messages may be let go."""

    taken: list[Sighting]
    new: int
    """How many were not known by their bytes."""


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
    with ThreadPoolExecutor(WRITERS) as writers:
        for written in _begun(services, writers, batches):
            yield _recorded(services, written)
            del written


def _begun(services: Services, writers: ThreadPoolExecutor, batches: Iterable[Sequence[Fetched]]) -> Iterator[_Written]:
    """Yield each batch while the next is being written; those before an error are given before it is raised."""
    ahead: _Written | None = None
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


def _written(services: Services, writers: ThreadPoolExecutor, batch: Sequence[Fetched]) -> _Written:
    """Archive messages concurrently, as waiting for the disk together is several times faster."""
    since = time.perf_counter()
    share = -(-len(batch) // WRITERS)
    shares = [batch[start : start + share] for start in range(0, len(batch), share)]
    digests = chain.from_iterable(writers.map(partial(_put, services.archive), shares))
    return _Written(batch, digests, [read_envelope(fetched.raw) for fetched in batch], since)


def _put(archive: Archive, some: Sequence[Fetched]) -> list[str]:
    return [archive.put(fetched.raw) for fetched in some]


def _recorded(services: Services, written: _Written) -> Received:
    arrivals = written.arrivals
    try:
        with services.store.transaction() as tx:
            recorded = _record_all(services, tx, arrivals)
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # our bug must keep no message out for ever, its neighbours least of all
        log.error("batch_stumbled", messages=len(arrivals), error=safe_message(error), where=source_location(error))  # noqa: TRY400  # one line
        recorded = [
            submission_recorded for arrival in arrivals for submission_recorded in _record_alone(services, arrival)
        ]
    seconds = round(time.perf_counter() - written.since, 3)
    for submission in recorded:
        log.info("receive", **_log_fields(submission), seconds=seconds, batch=len(arrivals))
    return Received([fetched.sighting for fetched in written.batch], len(recorded))


def _log_fields(submission: Submission) -> dict[str, object]:
    """Give the log fields of a message; never its subject, addresses or text."""
    return {
        "reference": submission.reference,
        "mailbox": submission.mailbox,
        "raw_sha256": submission.raw_sha256,
        "size": submission.size,
        "kind": submission.kind,
        "automatic": submission.automatic is not None,
        "after": submission.state.value,
    }


def _record_alone(services: Services, arrival: _Arrival) -> list[Submission]:
    try:
        with services.store.transaction() as tx:
            return _record_all(services, tx, [arrival])
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # likewise
        facts = {"raw_sha256": arrival.raw_sha256, "error": safe_message(error), "where": source_location(error)}
        log.error("received_as_unreadable", **facts)  # noqa: TRY400  # one line
        with services.store.transaction() as tx:
            return _record_all(services, tx, [replace(arrival, envelope=Envelope())])


def _record_all(services: Services, tx: Transaction, arrivals: Sequence[_Arrival]) -> list[Submission]:
    """Record the messages whose bytes are new."""
    serialize_writers(tx)  # the same bytes may be arriving in another mailbox, at another replica
    now = services.clock.now()
    numbers = submissions.of_contents(tx, {arrival.raw_sha256 for arrival in arrivals})
    before = sightings.messages_at(tx, [arrival.fetched.sighting for arrival in arrivals])
    first: dict[str, _Arrival] = {}
    for arrival in arrivals:
        sighting, raw_sha256 = arrival.fetched.sighting, arrival.raw_sha256
        if raw_sha256 in numbers or raw_sha256 in first:
            continue
        if sighting in before:  # a peer was quicker, and Exchange never writes the same bytes twice
            events.append(tx, ObtainedAgain(raw_sha256=raw_sha256), at=now, message=before[sighting])
        else:
            first[raw_sha256] = arrival
    recorded = _record(services, tx, list(first.values()))
    numbers |= {new.raw_sha256: new.id for new in recorded}
    seen = {each.fetched.sighting: each.raw_sha256 for each in arrivals if each.raw_sha256 in numbers}
    for sighting in sightings.receive(tx, {each: numbers[raw_sha256] for each, raw_sha256 in seen.items()}, now):
        new = first.get(seen[sighting])
        if new is None or new.fetched.sighting != sighting:
            again = SightedAgain(mailbox=sighting.mailbox, epoch=sighting.epoch, uid=sighting.uid)
            events.append(tx, again, at=now, message=numbers[seen[sighting]])
    return recorded


def _record(services: Services, tx: Transaction, arrivals: Sequence[_Arrival]) -> list[Submission]:
    """Record new messages with their events and acknowledgements, each once."""
    named = [arrival.envelope.message_id for arrival in arrivals if arrival.envelope.message_id]
    ours = outbox.written(tx, named)
    now, addresses = services.clock.now(), services.our_addresses
    news = [_new(services, arrival, _automatic(arrival.envelope, addresses, ours), now) for arrival in arrivals]
    recorded = join_at_receipt(tx, submissions.record(tx, news))
    arrived = list(zip(recorded, arrivals, strict=True))
    events.append_all(tx, [_received(submission, arrival.fetched) for submission, arrival in arrived])
    acknowledge(services, tx, [(new, arrival.envelope) for new, arrival in arrived if _is_answered(new, arrival)])
    return recorded


def _new(services: Services, arrival: _Arrival, automatic: str | None, now: datetime) -> NewMessage:
    fetched, envelope = arrival.fetched, arrival.envelope
    received_at = _received_at(fetched, envelope, now)
    return NewMessage(
        raw_sha256=arrival.raw_sha256,
        size=len(fetched.raw),
        mailbox=fetched.sighting.mailbox,
        kind=kind_by_envelope(envelope),
        automatic=automatic,
        subject=envelope.subject,
        sender=envelope.from_header,
        reply_address=envelope.reply_address,
        message_id=envelope.message_id or "",
        in_reply_to=envelope.in_reply_to or "",
        mail_references=" ".join(envelope.references),
        reply_to=envelope.reply_to or "",
        received_at=received_at,
        recorded_at=now,
        acknowledge_due=services.calendar.acknowledge_due(received_at),
        calendar=services.calendar.version,
    )


def _received(submission: Submission, fetched: Fetched) -> NewEvent:
    event = ReceivedEvent(
        raw_sha256=submission.raw_sha256,
        size=submission.size,
        mailbox=submission.mailbox,
        epoch=fetched.sighting.epoch,
        uid=fetched.sighting.uid,
        kind=submission.kind,
        automatic=submission.automatic,
        obtained_from=fetched.obtained_from,
    )
    return NewEvent(event, submission.recorded_at, submission.id)


def _is_answered(submission: Submission, arrival: _Arrival) -> bool:
    told = submission.kind in {MessageKind.SUBMISSION, MessageKind.UPDATE} or not arrival.envelope.parsed
    return told and submission.automatic is None


def _automatic(envelope: Envelope, our_addresses: Collection[str], our_letters: Collection[str]) -> str | None:
    """Explain why the message is automatic, our own returned letters included."""
    reason = automatic_reason(envelope, our_addresses)
    return reason or ("it is one of our own letters" if envelope.message_id in our_letters else None)


def _received_at(fetched: Fetched, envelope: Envelope, now: datetime) -> datetime:
    """Give the time of receipt: the mailbox's, else the topmost Received header's, else the file's.

    A header that lies in the future is nobody's arrival, nor is a file's time: its deadline would never be missed.
    """
    latest = now + _CLOCKS_MAY_DIFFER
    stated = ((fetched.arrived_at, _LAST), (envelope.received, latest), (fetched.file_time, latest))
    return next((moment for moment, last in stated if moment is not None and _FIRST <= moment <= last), now)
