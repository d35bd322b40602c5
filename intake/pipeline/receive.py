"""A message arrives: archived first, then recorded in one commit with its event and its acknowledgement."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from intake.domain.automatic import automatic_reason
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.message import MessageKind, Sighting
from intake.domain.subject import classify
from intake.errors import IntakeError
from intake.mailbox.base import Fetched
from intake.pipeline.acknowledge import acknowledge
from intake.pipeline.services import Services
from intake.store import events, outbox, submissions
from intake.store.engine import Transaction
from intake.store.submissions import NewMessage

log = structlog.get_logger()

_CLOCKS_MAY_DIFFER = timedelta(days=1)


def receive(services: Services, fetched: Fetched) -> bool:
    """Take one message in; False where its bytes were known already.

    Once this returns the message may be let go: its bytes and its row are durable.

    Raises:
        UnreachableError: the archive or the store did not answer; the message stays where it is.
    """
    raw_sha256 = services.archive.put(fetched.raw)
    envelope = read_envelope(fetched.raw)
    try:
        return _record_once(services, fetched, raw_sha256, envelope)
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # our bug must not keep a message out for ever
        log.error("received_as_unreadable", raw_sha256=raw_sha256, error=f"{type(error).__name__}: {error}")  # noqa: TRY400  # one line
        return _record_once(services, fetched, raw_sha256, Envelope())


def _record_once(services: Services, fetched: Fetched, raw_sha256: str, envelope: Envelope) -> bool:
    with services.store.transaction() as tx:
        known = submissions.of_content(tx, raw_sha256)
        if known is not None:
            _sight_again(services, tx, fetched.sighting, known)
            return False
        _record(services, tx, fetched, raw_sha256, envelope)
        return True


def _sight_again(services: Services, tx: Transaction, sighting: Sighting, known: int) -> None:
    now = services.clock.now()
    submissions.sight(tx, sighting, known, now)
    where = {"mailbox": sighting.mailbox, "epoch": sighting.epoch, "uid": sighting.uid}
    events.append(tx, "sighted_again", at=now, message=known, **where)


def _record(services: Services, tx: Transaction, fetched: Fetched, raw_sha256: str, envelope: Envelope) -> None:
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
    submissions.sight(tx, sighting, submission.id, now)
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
    )
    if automatic is None and (kind in {MessageKind.SUBMISSION, MessageKind.UPDATE} or not envelope.parsed):
        acknowledge(services, tx, submission, envelope)


def _our_own(tx: Transaction, envelope: Envelope) -> str | None:
    """Our own letter come back, whatever has been stripped from it on the way."""
    known = envelope.message_id is not None and outbox.of_message_id(tx, envelope.message_id) is not None
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
