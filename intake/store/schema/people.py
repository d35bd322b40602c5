"""Who may sign in, where they are signed in, and what is known of those who tried."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from intake.store.schema.columns import Instant, Words, metadata

person = Table(
    "person",
    metadata,
    Column("name", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("temporary", Integer, nullable=False, server_default="0"),
    Column("disabled_at", Instant),
    Column("issuer", Words),
    Column("subject", Words),
    Index("person_by_subject", "issuer", "subject", unique=True),
)
"""Who may sign in; `temporary` is 1 while the password is one that somebody else has given."""

session = Table(
    "session",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person", ForeignKey("person.name"), nullable=False),
    Column("csrf", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("address", Words, nullable=False, server_default=""),
    Column("browser", Words, nullable=False, server_default=""),
    Index("session_by_person", "person"),
)

failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", Text, nullable=False),
    Column("source", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index("failed_sign_in_by_account", "account", "at"),
    Index("failed_sign_in_by_time", "at"),
)
"""Attempts that have failed, or are being made; the account by its digest, as a name may be a misplaced password."""

known_browser = Table(
    "known_browser",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person", ForeignKey("person.name"), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("known_browser_by_person", "person", "at"),
)
"""Browsers in which a person has signed in, which others' failures do not shut out."""

sign_in_flow = Table(
    "sign_in_flow",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("target", Words, nullable=False),
    Column("posted", Words),
    Column("started_at", Instant, nullable=False),
    Index("sign_in_flow_by_time", "started_at"),
)
"""Sign-ins by a provider that have begun; `posted` is the form that is to be gone on with."""
