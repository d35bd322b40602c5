"""Stores as earlier releases left them: filled with plain SQL, so that no later change of the program changes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta

from helpers import FRIDAY
from sqlalchemy import Connection, text

from intake.clock import iso
from intake.store.schema import PROGRAM

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
    " VALUES (:seq, :message, :at, :name, :actor, :detail, :digest)"
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
    append(tx, ((number, name, {"number": number}, PROGRAM) for number in range(1, count + 1) for name in told))
    numbers = ("000001", "000002")
    tx.execute(text(_ENTRY), [{"number": number, "digest": "b" * 64, "at": iso(FRIDAY)} for number in numbers])


_DECIDED = (
    "UPDATE message SET size = 5, state = 'approved', dossier_sha256 = :dossier, report_sha256 = :report,"
    " outcome = 'ready', proposed_by = 'Ada', decided_by = 'Ben', decided_at = :at, publish_due = :due WHERE id = 1"
)
_PERSON = "INSERT INTO person (name, password_hash, role, created_at) VALUES (:name, '', 'analyst', :at)"
_SESSION = "INSERT INTO session (token_sha256, person, csrf, started_at, seen_at) VALUES (:token, 'Ada', 'c', :at, :at)"


def fill_one_that_was_approved(tx: Connection, evidence: Sequence[str]) -> None:
    """A message from its receipt to its approval with all its events, by two people of whom one is signed in.

    Args:
        tx: a store of an earlier release.
        evidence: the digests of the message, the dossier and the report.
    """
    raw, dossier, report = evidence
    row = {**_row(1), "raw_sha256": raw}
    at = str(row["at"])
    tx.execute(text(_MESSAGE), row)
    tx.execute(text(_SIGHTING), row)
    tx.execute(text(_LETTER), row)
    tx.execute(text(_DECIDED), {"dossier": dossier, "report": report, "at": iso(FRIDAY), "due": at})
    tx.execute(text(_PERSON), [{"name": name, "at": iso(FRIDAY)} for name in ("Ada", "Ben")])
    tx.execute(text(_SESSION), {"token": "5" * 64, "at": at})
    receipt = {"automatic": None, "kind": "submission", "mailbox": "post", "raw_sha256": raw, "size": 5}
    letter = {"kind": "acknowledgement", "message_id": row["letter"], "error": None}
    decision: dict[str, object] = {"report_sha256": report, "reason": "", "letter": ""}
    told: list[tuple[int | None, str, dict[str, object], str]] = [
        (None, "person_added", {"person": "Ada", "role": "analyst"}, PROGRAM),
        (None, "person_added", {"person": "Ben", "role": "analyst"}, PROGRAM),
        (1, "received", {**receipt, "epoch": "1", "uid": "1"}, PROGRAM),
        (1, "acknowledgement_queued", {"message_id": row["letter"], "reason": None}, PROGRAM),
        (1, "letter_sent", letter, PROGRAM),
        (1, "extracted", {"documents": 1, "dossier_sha256": dossier, "entries": 1, "kind": "submission"}, PROGRAM),
        (1, "examined", {"outcome": "ready", "report_sha256": report}, PROGRAM),
        (1, "review_opened", {}, PROGRAM),
        (1, "approval_proposed", decision, "Ada"),
        (1, "approved", decision, "Ben"),
    ]
    append(tx, told)


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


def append(tx: Connection, told: Iterable[tuple[int | None, str, dict[str, object], str]]) -> str:
    """Append events as those releases did: message, name, detail, actor; gives the digest of the newest."""
    digest, rows = "0" * 64, list[dict[str, object]]()
    for seq, (message, name, detail, actor) in enumerate(told, start=1):
        content = {"message": message, "at": iso(FRIDAY), "name": name, "actor": actor, "detail": detail}
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        digest = hashlib.sha256((digest + hashlib.sha256(canonical.encode()).hexdigest()).encode()).hexdigest()
        about = {"seq": seq, "message": message, "at": iso(FRIDAY), "name": name, "actor": actor}
        rows.append({**about, "detail": json.dumps(detail, sort_keys=True), "digest": digest})
    tx.execute(text(_EVENT), rows)
    return digest
