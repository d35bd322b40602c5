"""Records archived messages: row, event and acknowledgement in one commit."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from intake.clock import iso
from intake.domain.automatic import automatic_reason
from intake.domain.envelope import Envelope
from intake.domain.events import ArrivalAhead, ObtainedAgain, SightedAgain
from intake.domain.events import Received as ReceivedEvent
from intake.domain.kind import kind_by_envelope
from intake.domain.message import MessageKind, Sighting
from intake.errors import IntakeError, safe_message, source_location
from intake.mailbox.base import Fetched
from intake.pipeline.arrival.acknowledge import acknowledge
from intake.pipeline.arrival.archive import Arrival, Written
from intake.pipeline.arrival.copies import Copies, UncomparedError
from intake.pipeline.case import summarise
from intake.pipeline.case.thread import join_at_receipt
from intake.pipeline.services import Services
from intake.store import events, outbox, sightings, submissions
from intake.store.engine import Transaction
from intake.store.events import NewEvent
from intake.store.submissions import NewMessage, Submission
from intake.store.turns import serialize_writers

log = structlog.get_logger()

_CLOCKS_MAY_DIFFER = timedelta(days=1)


_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""No mail arrived outside of these; Exchange says year 1 of what never did, and no calendar reckons from there."""


@dataclass(frozen=True, slots=True)
class Received:
    """A batch that is safe: its messages may be let go."""

    taken: list[Sighting]
    new: int
    """How many were not known by their bytes."""


def record_batch(services: Services, written: Written) -> Received:
    """Record a batch in one commit; message by message where that fails."""
    arrivals = written.arrivals
    try:
        recorded = _committed(services, arrivals)
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # our bug must keep no message out for ever, its neighbours least of all
        log.error("batch_stumbled", messages=len(arrivals), error=safe_message(error), where=source_location(error))  # noqa: TRY400  # one line
        recorded = [
            submission_recorded for arrival in arrivals for submission_recorded in _record_alone(services, arrival)
        ]
    seconds = round(time.perf_counter() - written.since, 3)
    line = log.bind()  # once, not for every line
    for submission in recorded:
        line.info("receive", **_log_fields(submission), seconds=seconds, batch=len(arrivals))
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


def _record_alone(services: Services, arrival: Arrival) -> list[Submission]:
    try:
        return _committed(services, [arrival])
    except IntakeError:
        raise
    except Exception as error:  # noqa: BLE001  # likewise
        facts = {"raw_sha256": arrival.raw_sha256, "error": safe_message(error), "where": source_location(error)}
        log.error("received_as_unreadable", **facts)  # noqa: TRY400  # one line
        return _committed(services, [replace(arrival, envelope=Envelope())])


def _committed(services: Services, arrivals: Sequence[Arrival]) -> list[Submission]:
    """Record messages in one commit; begun anew where it turns out that some have to be compared first."""
    copies = Copies(services, arrivals)
    while True:
        try:
            with services.store.transaction() as tx:
                return _record_all(services, tx, arrivals, copies)
        except UncomparedError as error:
            copies.compare(error.digests)


def _record_all(services: Services, tx: Transaction, arrivals: Sequence[Arrival], copies: Copies) -> list[Submission]:
    """Record the messages whose bytes are new, and that did not come another way before.

    Raises:
        UncomparedError: that is not known of some of them yet.
    """
    serialize_writers(tx)  # the same bytes may be arriving in another mailbox, at another replica
    now = services.clock.now()
    numbers = submissions.of_contents(tx, {arrival.raw_sha256 for arrival in arrivals})
    before = sightings.looked_up(tx, [arrival.fetched.sighting for arrival in arrivals])
    first: dict[str, Arrival] = {}
    for arrival in arrivals:
        sighting, raw_sha256 = arrival.fetched.sighting, arrival.raw_sha256
        if raw_sha256 in numbers or raw_sha256 in first:
            continue
        received = before.get(sighting)
        if received is not None:  # a peer was quicker, and Exchange never writes the same bytes twice
            events.append(tx, ObtainedAgain(raw_sha256=raw_sha256), at=now, message=received)
        else:
            first[raw_sha256] = arrival
    came_before = copies.among(tx, list(first.values()))
    recorded = _record(services, tx, [new for raw_sha256, new in first.items() if raw_sha256 not in came_before])
    numbers |= {new.raw_sha256: new.id for new in recorded}
    numbers |= submissions.of_contents(tx, set(came_before.values()) - numbers.keys())
    for raw_sha256, earlier in came_before.items():
        del first[raw_sha256]
        numbers[raw_sha256] = numbers[earlier]
        events.append(tx, ObtainedAgain(raw_sha256=raw_sha256), at=now, message=numbers[earlier])
    seen = {arrival.fetched.sighting: arrival.raw_sha256 for arrival in arrivals if arrival.raw_sha256 in numbers}
    places = {place: numbers[raw_sha256] for place, raw_sha256 in seen.items()}
    for sighting in sightings.receive(tx, places, before, now):
        new = first.get(seen[sighting])
        if new is None or new.fetched.sighting != sighting:
            again = SightedAgain(mailbox=sighting.mailbox, epoch=sighting.epoch, uid=sighting.uid)
            events.append(tx, again, at=now, message=numbers[seen[sighting]])
    return recorded


def _record(services: Services, tx: Transaction, arrivals: Sequence[Arrival]) -> list[Submission]:
    """Record new messages with their events and acknowledgements, each once."""
    named = [arrival.envelope.message_id for arrival in arrivals if arrival.envelope.message_id]
    ours = outbox.written(tx, named)
    now, addresses = services.clock.now(), services.our_addresses
    news = [_new(services, arrival, _automatic(arrival.envelope, addresses, ours), now) for arrival in arrivals]
    recorded = join_at_receipt(tx, submissions.record(tx, news))
    summarise.recorded(tx, recorded)
    arrived = list(zip(recorded, arrivals, strict=True))
    events.append_all(tx, [_received(submission, arrival.fetched) for submission, arrival in arrived])
    for submission, arrival in arrived:
        _tell_of_the_clock(tx, submission, arrival.fetched)
    acknowledge(services, tx, [(new, arrival.envelope) for new, arrival in arrived if _is_answered(new, arrival)])
    return recorded


def _tell_of_the_clock(tx: Transaction, submission: Submission, fetched: Fetched) -> None:
    """Say that a mailbox states an arrival which has not come yet; it is believed, as the deadline shows."""
    if fetched.arrived_at is None or submission.received_at <= submission.recorded_at + _CLOCKS_MAY_DIFFER:
        return
    told = ArrivalAhead(mailbox=submission.mailbox, received_at=iso(submission.received_at))
    events.append(tx, told, at=submission.recorded_at, message=submission.id)
    hint = "Is the mail server's clock right, and this machine's? The acknowledgement's deadline counts from there."
    log.warning(ArrivalAhead.name, mailbox=submission.mailbox, reference=submission.reference, hint=hint)


def _new(services: Services, arrival: Arrival, automatic: str | None, now: datetime) -> NewMessage:
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
        record_sha256=submission.record_sha256,
    )
    return NewEvent(event, submission.recorded_at, submission.id)


def _is_answered(submission: Submission, arrival: Arrival) -> bool:
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
