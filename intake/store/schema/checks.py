"""Checks by mail, which are no submissions: what is owed to whom, until it has left."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from intake.store.schema.columns import Instant, Words, metadata

check_mail = Table(
    "check_mail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", Text, nullable=False),
    Column("epoch", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("raw_sha256", Text, nullable=False),
    Column("sender_sha256", Text),
    Column("documents", Integer),
    Column("answered", Boolean, nullable=False),
    Column("why_not", Text),
    Column("seen_at", Instant, nullable=False),
    Column("delete_at", Instant),
    Column("deleted_at", Instant),
    UniqueConstraint("mailbox", "epoch", "uid"),
    Index("check_mail_by_content", "raw_sha256"),
    Index("check_mail_by_sender", "sender_sha256", "seen_at"),
    Index("check_mail_by_time", "seen_at"),
)
"""Mail to a check mailbox: no more of it than keeps it from being answered twice, or for ever; forgotten later."""

check_letter = Table(
    "check_letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("check_mail", ForeignKey("check_mail.id"), nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("recipient", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant),
    Column("queued_at", Instant, nullable=False),
    Column("last_error", Words),
    Index("check_letter_by_mail", "check_mail"),
)
"""Answers to checks that are still to be sent; a row goes when the mail server has taken its letter."""
