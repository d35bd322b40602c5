"""Messages, where they lie, the cases that they make, the letters that answer them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    func,
)

from intake.store.schema.columns import Instant, Words, metadata

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("raw_sha256", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("mailbox", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("automatic", Text),
    Column("subject", Words, nullable=False),
    Column("sender", Words, nullable=False),
    Column("reply_address", Words),
    Column("message_id", Words, nullable=False),
    Column("in_reply_to", Words),
    Column("mail_references", Words),
    Column("reply_to", Words),
    Column("thread", ForeignKey("thread.id", use_alter=True)),
    Column("received_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("acknowledge_due", Instant, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant),
    Column("last_error", Words),
    Column("lease_owner", Text),
    Column("lease_until", Instant),
    Column("dossier_sha256", Text),
    Column("report_sha256", Text),
    Column("outcome", Text),
    Column("entries", Integer, nullable=False),
    Column("documents", Integer),
    Column("claimed_by", Words),
    Column("claimed_until", Instant),
    Column("kind_set_by", Words),
    Column("handed_over_at", Instant),
    Column("thread_set_by", Words),
    Column("proposed_by", Text),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("publish_due", Instant),
    Column("disposed_at", Instant),
    Index("message_by_state", "state", "id"),
    Index("message_by_arrival", "received_at", "id"),
    Index("message_by_state_and_arrival", "state", "received_at", "id"),
    Index("message_by_state_and_outcome", "state", "outcome", "received_at", "id"),
    Index("message_by_state_and_kind", "state", "kind", "received_at", "id"),
    Index("message_by_claim", "claimed_by", "state", "received_at", "id"),
    Index("message_by_state_and_publication", "state", "publish_due", "id"),
    Index("message_by_message_id", "message_id"),
    Index("message_by_thread", "thread", "id"),
    Index("message_by_reply_address", "reply_address", "documents", "recorded_at"),
    sqlite_autoincrement=True,
)

POSTPONED = message.c.next_attempt_at.is_not(None)
Index("message_postponed", message.c.next_attempt_at, sqlite_where=POSTPONED, postgresql_where=POSTPONED)
DISPOSED = message.c.disposed_at.is_not(None)
Index("message_disposed", message.c.id, sqlite_where=DISPOSED, postgresql_where=DISPOSED)

thread = Table(
    "thread",
    metadata,
    Column("id", ForeignKey("message.id"), primary_key=True, autoincrement=False),
    Column("newest", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("seen_by", Words),
    Column("seen_at", Instant),
)
NEWS = (thread.c.newest > thread.c.seen) & (thread.c.newest > thread.c.id)
"""A message has joined the case and no person has seen it."""
Index("thread_with_news", thread.c.id, sqlite_where=NEWS, postgresql_where=NEWS)

sighting = Table(
    "sighting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", Text, nullable=False),
    Column("epoch", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("message", ForeignKey("message.id")),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Words),
    Column("seen_at", Instant, nullable=False),
    UniqueConstraint("mailbox", "epoch", "uid"),
    Index("sighting_by_message", "message"),
    Index("sighting_by_state", "state", "mailbox", "id"),
    Index("sighting_by_uid", "mailbox", "uid"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("message.id")),
    Column("entry", Text),
    Column("answers", ForeignKey("message.id")),
    Column("kind", Text, nullable=False),
    Column("message_id", Words, nullable=False, unique=True),
    Column("recipient", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("archived_sha256", Text),
    Column("state", Text, nullable=False),
    Column("hold_reason", Words),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant),
    Column("last_error", Words),
    Column("lease_owner", Text),
    Column("lease_until", Instant),
    Column("queued_at", Instant, nullable=False),
    Column("sent_at", Instant),
    CheckConstraint("(message IS NULL) <> (entry IS NULL)", name="outbox_subject"),
    Index("outbox_by_state", "state", "id"),
    Index("outbox_by_message", "message"),
    Index("outbox_by_entry", "entry"),
    Index("outbox_by_recipient", "recipient", "kind", "state", "queued_at"),
    Index("outbox_by_time", "kind", "state", "queued_at"),
)

UNARCHIVED = outbox.c.archived_sha256.is_(None) & (func.length(outbox.c.content) > 0)
"""A letter whose bytes are not known to lie in the archive yet."""
Index("outbox_unarchived", outbox.c.id, sqlite_where=UNARCHIVED, postgresql_where=UNARCHIVED)

mailbox = Table(
    "mailbox",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last_poll_at", Instant),
    Column("last_error", Words),
    Column("lease_owner", Text),
    Column("lease_until", Instant),
    Column("cursor", Text),
    Column("epoch", Text),
    Column("swept_at", Instant),
)
