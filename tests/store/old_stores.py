"""Stores as earlier releases left them: filled with plain SQL, so that no later change of the program changes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta

from helpers import FRIDAY
from sqlalchemy import Connection, text

from intake.clock import iso

FIRST, LAST = "0001", "0005"
"""The releases that this module knows how to fill."""
_MESSAGE = (
    "INSERT INTO message (id, raw_sha256, size, mailbox, kind, automatic, subject, sender, reply_address, message_id,"
    " received_at, recorded_at, acknowledge_due, calendar, state, version, attempts, entries, claimed_by, proposed_by,"
    " decided_by, decided_at) VALUES (:id, :raw_sha256, 100, 'post', 'submission', NULL, :subject, :sender, :address,"
    " :message_id, :at, :at, :due, 'ENG', :state, 3, 0, 1, :claimed_by, :proposed_by, :decided_by, :decided_at)"
)
_OLD_SIGHTING = "INSERT INTO sighting (mailbox, epoch, uid, message, seen_at) VALUES ('post', '1', :uid, :id, :at)"
_SIGHTING = (
    "INSERT INTO sighting (mailbox, epoch, uid, message, state, attempts, seen_at)"
    " VALUES ('post', '1', :uid, :id, 'received', 0, :at)"
)
_LETTER = (
    "INSERT INTO outbox (message, kind, message_id, recipient, content, state, attempts, queued_at, sent_at)"
    " VALUES (:id, 'acknowledgement', :letter, :address, :content, 'sent', 0, :at, :at)"
)
_EVENT = (
    "INSERT INTO event (seq, message, at, name, actor, detail, digest)"
    " VALUES (:seq, :message, :at, :name, 'cpl-intake', :detail, :digest)"
)
_ENTRY = (
    "INSERT INTO entry (number, status, fields, list_sha256, imported_at)"
    " VALUES (:number, 'Current', '{}', :digest, :at)"
)
_STATES = ("in_review", "approval_proposed", "approved", "asked")


def fill(tx: Connection, count: int, *, released: str = LAST) -> None:
    """Messages in four states, each with a sighting, a letter that was sent and two events; and a list of two."""
    rows = [_row(number) for number in range(1, count + 1)]
    tx.execute(text(_MESSAGE), rows)
    tx.execute(text(_SIGHTING if released >= "0003" else _OLD_SIGHTING), rows)
    tx.execute(text(_LETTER), rows)
    if tx.dialect.name == "postgresql":  # numbered by us, so its own numbering has to be told
        tx.execute(text("SELECT setval(pg_get_serial_sequence('message', 'id'), :last)"), {"last": count})
    told = ("received", "acknowledgement_queued")
    append(tx, ((number, name, {"number": number}) for number in range(1, count + 1) for name in told))
    numbers = ("000001", "000002")
    tx.execute(text(_ENTRY), [{"number": number, "digest": "b" * 64, "at": iso(FRIDAY)} for number in numbers])


def _row(number: int) -> dict[str, object]:
    state, at = _STATES[number % len(_STATES)], iso(FRIDAY + timedelta(seconds=number))
    decided = state in {"approved", "asked"}
    return {
        "id": number,
        "uid": str(number),
        "raw_sha256": hashlib.sha256(b"%d" % number).hexdigest(),
        "subject": f"CPL submission {number}",
        "sender": "Robin Hale <robin@ashdown.example>",
        "address": "robin@ashdown.example",
        "message_id": f"<{number}@ashdown.example>",
        "letter": f"<ack.{number:032x}@example.test>",
        "content": b"Subject: Re: CPL submission\r\n\r\nThank you.\r\n" * 20,
        "at": at,
        "due": at,
        "state": state,
        "claimed_by": "Cy" if number % 8 == 0 else None,
        "proposed_by": "Ada" if state == "approval_proposed" else None,
        "decided_by": "Ben" if decided else None,
        "decided_at": at if decided else None,
    }


def append(tx: Connection, told: Iterable[tuple[int | None, str, dict[str, object]]]) -> str:
    """Append events as those releases did; gives the digest of the newest."""
    digest, rows = "0" * 64, list[dict[str, object]]()
    for seq, (message, name, detail) in enumerate(told, start=1):
        content = {"message": message, "at": iso(FRIDAY), "name": name, "actor": "cpl-intake", "detail": detail}
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        digest = hashlib.sha256((digest + hashlib.sha256(canonical.encode()).hexdigest()).encode()).hexdigest()
        about = {"seq": seq, "message": message, "at": iso(FRIDAY), "name": name}
        rows.append({**about, "detail": json.dumps(detail, sort_keys=True), "digest": digest})
    tx.execute(text(_EVENT), rows)
    return digest
