"""A message arrives: archived first, then recorded in one commit with its event and its acknowledgement."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from intake.domain.automatic import automatic_reason
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.message import MessageKind, Sighting
from intake.domain.subject import classify
from intake.errors import IntakeError, place, publicly
from intake.mailbox.base import Fetched
from intake.pipeline.acknowledge import acknowledge
from intake.pipeline.services import Services
from intake.store import events, outbox, sightings, submissions
from intake.store.engine import Transaction
from intake.store.outbox import Spent
from intake.store.submissions import NewMessage, Submission
from intake.store.turns import take_turn

log = structlog.get_logger()

WRITERS = 8
"""Messages that are written to the archive side by side."""
_CLOCKS_MAY_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A message that is archived and still has to be recorded."""

    fetched: Fetched
    raw_sha256: str
    envelope: Envelope


def receive(services: Services, fetched: Fetched) -> bool:
    """Take one message in; False where its bytes were known already.

    Raises:
        UnreachableError: the archive or the store did not answer; the message stays where it is.
    """
    return receive_all(services, [fetched]) == 1


def receive_all(services: Services, batch: Sequence[Fetched]) -> int:
    """Take messages in, archived first and then recorded in one commit; gives how many were not known by their bytes.

    Once this returns they may be let go: their bytes and their rows are durable.

    Raises:
        UnreachableError: the archive or the store did not answer; the messages stay where they are.
    """
    started = time.perf_counter()
    arrivals = _archived(services, batch)
    try:
        with services.store.transaction() as tx:
            recorded = _record_all(services, tx, arrivals)
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # our bug must keep no message out for ever, its neighbours least of all
        log.error("batch_stumbled", messages=len(batch), error=publicly(error), where=place(error))  # noqa: TRY400  # one line
        recorded = [each for arrival in arrivals for each in _record_alone(services, arrival)]
    seconds = round(time.perf_counter() - started, 3)
    for submission in recorded:
        log.info("receive", **_told(submission), seconds=seconds, batch=len(batch))
    return len(recorded)


def _told(submission: Submission) -> dict[str, object]:
    """The facts of one message's line; its subject, addresses and words are never among them."""
    return {
        "reference": submission.reference,
        "mailbox": submission.mailbox,
        "raw_sha256": submission.raw_sha256,
        "size": submission.size,
        "kind": submission.kind,
        "automatic": submission.automatic is not None,
        "after": submission.state.value,
    }


def _archived(services: Services, batch: Sequence[Fetched]) -> list[_Arrival]:
    """Each is durable by itself, but to wait for the disk together is several times faster than one after the other."""
    with ThreadPoolExecutor(min(WRITERS, len(batch))) as writers:
        digests = writers.map(services.archive.put, [fetched.raw for fetched in batch])
        envelopes = [read_envelope(fetched.raw) for fetched in batch]
    return [_Arrival(*each) for each in zip(batch, digests, envelopes, strict=True)]


def _record_alone(services: Services, arrival: _Arrival) -> list[Submission]:
    try:
        with services.store.transaction() as tx:
            return _record_all(services, tx, [arrival])
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # likewise
        facts = {"raw_sha256": arrival.raw_sha256, "error": publicly(error), "where": place(error)}
        log.error("received_as_unreadable", **facts)  # noqa: TRY400  # one line
        with services.store.transaction() as tx:
            return _record_all(services, tx, [replace(arrival, envelope=Envelope())])


def _record_all(services: Services, tx: Transaction, arrivals: Sequence[_Arrival]) -> list[Submission]:
    """Those that were not known by their bytes."""
    take_turn(tx)  # the same bytes may be arriving in another mailbox, at another replica
    now = services.clock.now()
    numbers = submissions.of_contents(tx, {arrival.raw_sha256 for arrival in arrivals})
    before = sightings.messages_at(tx, [arrival.fetched.sighting for arrival in arrivals])
    spent = Spent(tx, now, [arrival.envelope.reply_address or "" for arrival in arrivals])
    again: dict[Sighting, int] = {}
    first: dict[Sighting, Submission] = {}
    for arrival in arrivals:
        sighting, known = arrival.fetched.sighting, numbers.get(arrival.raw_sha256)
        if known is None and sighting in before:  # a peer was quicker, and Exchange never writes the same bytes twice
            events.append(tx, "obtained_again", at=now, message=before[sighting], raw_sha256=arrival.raw_sha256)
        elif known is None:
            first[sighting] = _record(services, tx, arrival, spent)
            numbers[arrival.raw_sha256] = first[sighting].id
        else:
            again[sighting] = known
    for sighting in sightings.receive(tx, {**{each: new.id for each, new in first.items()}, **again}, now):
        if sighting in again:
            where = {"mailbox": sighting.mailbox, "epoch": sighting.epoch, "uid": sighting.uid}
            events.append(tx, "sighted_again", at=now, message=again[sighting], **where)
    return list(first.values())


def _record(services: Services, tx: Transaction, arrival: _Arrival, spent: Spent) -> Submission:
    """The message with its event and its acknowledgement."""
    fetched, raw_sha256, envelope = arrival.fetched, arrival.raw_sha256, arrival.envelope
    now, sighting = services.clock.now(), fetched.sighting
    received_at = _received_at(fetched, envelope, now)
    kind = classify(envelope.subject) if envelope.parsed else MessageKind.UNCLEAR
    automatic = automatic_reason(envelope, services.our_addresses) or _our_own(tx, envelope)
    new = NewMessage(
        raw_sha256=raw_sha256,
        size=len(fetched.raw),
        mailbox=sighting.mailbox,
        kind=kind,
        automatic=automatic,
        subject=envelope.subject,
        sender=envelope.from_header,
        reply_address=envelope.reply_address,
        message_id=envelope.message_id or "",
        received_at=received_at,
        recorded_at=now,
        acknowledge_due=services.calendar.acknowledge_due(received_at),
        calendar=services.calendar.version,
    )
    submission = submissions.record(tx, new)
    obtained = {"obtained_from": fetched.obtained_from} if fetched.obtained_from else {}
    events.append(
        tx,
        "received",
        at=now,
        message=submission.id,
        raw_sha256=raw_sha256,
        size=new.size,
        mailbox=sighting.mailbox,
        epoch=sighting.epoch,
        uid=sighting.uid,
        kind=kind,
        automatic=automatic,
        **obtained,
    )
    if automatic is None and (kind in {MessageKind.SUBMISSION, MessageKind.UPDATE} or not envelope.parsed):
        acknowledge(services, tx, submission, envelope, spent)
    return submission


def _our_own(tx: Transaction, envelope: Envelope) -> str | None:
    """Our own letter come back, whatever has been stripped from it on the way."""
    known = envelope.message_id is not None and outbox.written(tx, envelope.message_id)
    return "it is one of our own letters" if known else None


def _received_at(fetched: Fetched, envelope: Envelope, now: datetime) -> datetime:
    """The arrival: the mailbox's word, else the topmost Received header, else the file's time.

    A header that lies in the future is nobody's arrival.
    """
    if fetched.arrived_at is not None:
        return fetched.arrived_at
    if envelope.received is not None and envelope.received <= now + _CLOCKS_MAY_DIFFER:
        return envelope.received
    return fetched.file_time or now
