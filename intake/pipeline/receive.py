"""A message arrives: archived first, then recorded in one commit with its event and its acknowledgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from intake.store import events, sightings, submissions
from intake.store.engine import Transaction
from intake.store.submissions import NewMessage
from intake.store.turns import take_turn

log = structlog.get_logger()

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
    arrivals = [_Arrival(each, services.archive.put(each.raw), read_envelope(each.raw)) for each in batch]
    try:
        with services.store.transaction() as tx:
            return sum(_record_once(services, tx, arrival) for arrival in arrivals)
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # our bug must keep no message out for ever, its neighbours least of all
        log.error("batch_stumbled", messages=len(batch), error=f"{type(error).__name__}: {error}")  # noqa: TRY400  # one line
        return sum(_record_alone(services, arrival) for arrival in arrivals)


def _record_alone(services: Services, arrival: _Arrival) -> bool:
    try:
        with services.store.transaction() as tx:
            return _record_once(services, tx, arrival)
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # likewise
        said = f"{type(error).__name__}: {error}"
        log.error("received_as_unreadable", raw_sha256=arrival.raw_sha256, error=said)  # noqa: TRY400  # one line
        with services.store.transaction() as tx:
            return _record_once(services, tx, replace(arrival, envelope=Envelope()))


def _record_once(services: Services, tx: Transaction, arrival: _Arrival) -> bool:
    take_turn(tx)  # the same bytes may be arriving in another mailbox, at another replica
    known = submissions.of_content(tx, arrival.raw_sha256)
    if known is None:
        _record(services, tx, arrival.fetched, arrival.raw_sha256, arrival.envelope)
        return True
    _sight_again(services, tx, arrival.fetched.sighting, known)
    return False


def _sight_again(services: Services, tx: Transaction, sighting: Sighting, known: int) -> None:
    now = services.clock.now()
    if sightings.receive(tx, sighting, known, now):
        where = {"mailbox": sighting.mailbox, "epoch": sighting.epoch, "uid": sighting.uid}
        events.append(tx, "sighted_again", at=now, message=known, **where)


def _record(services: Services, tx: Transaction, fetched: Fetched, raw_sha256: str, envelope: Envelope) -> None:
    now, sighting = services.clock.now(), fetched.sighting
    received_at = _received_at(fetched, envelope, now)
    kind = classify(envelope.subject) if envelope.parsed else MessageKind.UNCLEAR
    automatic = automatic_reason(envelope, services.our_addresses)
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
    sightings.receive(tx, sighting, submission.id, now)
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
        acknowledge(services, tx, submission, envelope)


def _received_at(fetched: Fetched, envelope: Envelope, now: datetime) -> datetime:
    """The arrival: the mailbox's word, else the topmost Received header, else the file's time.

    A header that lies in the future is nobody's arrival.
    """
    if fetched.arrived_at is not None:
        return fetched.arrived_at
    if envelope.received is not None and envelope.received <= now + _CLOCKS_MAY_DIFFER:
        return envelope.received
    return fetched.file_time or now
