"""The ledger: every event, the Merkle tree over them, and what was signed of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from intake.store.schema.columns import Instant, metadata

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("message", ForeignKey("message.id")),
    Column("entry", Text),
    Column("at", Instant, nullable=False),
    Column("name", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("salt", LargeBinary),
    Column("content_sha256", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("event_by_message", "message", "seq"),
    Index("event_by_entry", "entry", "seq"),
    sqlite_autoincrement=True,
)
PROGRAM = "cpl-intake"
"""The actor where no person acted."""
_BY_PEOPLE = event.c.actor != PROGRAM
Index("event_by_person", event.c.actor, event.c.seq, sqlite_where=_BY_PEOPLE, postgresql_where=_BY_PEOPLE)

tree_node = Table(
    "tree_node",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""Complete nodes of the Merkle tree over the events' digests, numbered as `intake.ledger.merkle` does."""

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("day", Text, unique=True),
    Column("token_sha256", Text),
    Index("checkpoint_by_size", "size", "id"),
)
"""Signed statements of the ledger's size and root; `day` is London's, where it is that day's checkpoint."""
event_count = Table(
    "event_count",
    metadata,
    Column("name", Text, primary_key=True),
    Column("events", Integer, nullable=False),
    Column("newest", Integer, nullable=False),
)
"""How often each event had happened when that was last written down, and the newest of them by its number."""
