"""Small things that several tests build."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, select, text, update

import intake.store
from intake.demo import products
from intake.demo.samples import submission
from intake.domain.event import DomainEvent
from intake.domain.message import Sighting
from intake.mailbox.base import Fetched
from intake.store import leases
from intake.store.engine import Store, Transaction
from intake.store.schema import sighting
from intake.store.sightings import SightingState
from intake.store.submissions import NewMessage

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = FRIDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def of_another_release(name: str, **detail: object) -> DomainEvent:
    """An event of a name or with a detail that this release does not write."""
    values = {"name": name, "detail": detail, "sentence": "", "counted": False}
    event: DomainEvent = type("Other", (DomainEvent,), values)()
    return event


def let_leases_run_out(store: Store) -> None:
    """As if every holder had been silent for too long."""
    with store.transaction() as tx:
        for table in (leases.SUBMISSIONS, leases.LETTERS, leases.MAILBOXES):
            held = table.c.lease_owner.is_not(None)
            tx.execute(update(table).where(held).values(lease_until=FRIDAY - timedelta(days=1000)))


def tamper_with_events(store: Store, statement: str) -> None:
    """As somebody would who has the database."""
    with store.transaction() as tx:
        of_the_table = " ON event" if tx.dialect.name == "postgresql" else ""
        for change in ("update", "delete"):
            tx.execute(text(f"DROP TRIGGER event_no_{change}{of_the_table}"))
        tx.execute(text(statement))


def a_message(number: int, **changes: object) -> NewMessage:
    """A message as the store records it."""
    new = NewMessage(
        raw_sha256=f"{number:064x}",
        size=100,
        mailbox="post",
        kind="submission",
        automatic=None,
        subject=f"CPL submission {number}",
        sender="Robin Hale <robin@ashdown.example>",
        reply_address="robin@ashdown.example",
        message_id=f"<{number}@ashdown.example>",
        in_reply_to="",
        mail_references="",
        reply_to="",
        received_at=FRIDAY,
        recorded_at=FRIDAY,
        acknowledge_due=FRIDAY,
        calendar="test",
    )
    return replace(new, **changes)  # type: ignore[arg-type]  # the test names the fields it changes


def mail(
    subject: str = "CPL submission",
    *,
    sender: str = "Robin Hale <robin@ashdown.example>",
    body: str = "Please find our submission attached.\n",
    documents: dict[str, bytes] | None = None,
    headers: dict[str, str] | None = None,
) -> bytes:
    """A message as it arrives; the same one is the same bytes, so that it need be read once."""
    number = abs(hash((subject, body)))
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = "secas@example.test"
    message["Subject"] = subject
    message["Message-ID"] = f"<{number}@ashdown.example>"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(body)
    for name, content in (documents or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if message.is_multipart():
        parts = (sender, subject, body, *(documents or {}).items(), *(headers or {}).items())
        message.set_boundary(f"=-{abs(hash(parts))}-=")
    return message.as_bytes()


def a_submission(device_type: str = products.PPMID, *, serial: int = 1, subject: str = "CPL submission") -> bytes:
    """A faultless submission as it arrives."""
    return mail(subject, body=f"Serial {serial}.\n", documents=_faultless(device_type, serial))


@cache
def _faultless(device_type: str, serial: int) -> dict[str, bytes]:
    return submission(products.faultless_form(device_type, on=FRIDAY.date(), serial=serial))


def fetched(raw: bytes, uid: str = "1", *, arrived_at: datetime | None = FRIDAY) -> Fetched:
    """A message as a mailbox hands it over."""
    return Fetched(Sighting("post", "1", uid), raw, arrived_at)


def a_store_at(url: str, revision: str) -> Engine:
    """A database as an earlier release left it."""
    config = Config()
    config.set_main_option("script_location", str(Path(intake.store.__file__).parent / "migrations"))
    opened = create_engine(url)
    with opened.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return opened


def all_states(tx: Transaction, mailbox: str) -> dict[tuple[str, str], SightingState]:
    """Where each of a mailbox's sightings stands, by epoch and uid."""
    rows = tx.execute(select(sighting).where(sighting.c.mailbox == mailbox))
    return {(row.epoch, row.uid): SightingState(row.state) for row in rows}
