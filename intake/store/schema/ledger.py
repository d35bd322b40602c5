"""The ledger: every event, the Merkle tree over them, and what was signed of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, literal_column

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
BY_PEOPLE = event.c.actor != literal_column(f"'{PROGRAM}'")
"""Asked beside a person's name, it leads through their index; a parameter in it would not, on SQLite."""
Index("event_by_person", event.c.actor, event.c.seq, sqlite_where=BY_PEOPLE, postgresql_where=BY_PEOPLE)
ROUTINE = ("received", "acknowledgement_queued", "extracted", "examined", "review_opened", "letter_sent")
"""Events that nearly every message has; the newest of them are never far from the ledger's end."""
RARE = event.c.name.not_in([literal_column(f"'{name}'") for name in ROUTINE])
"""Asked beside the name of any other event, it leads through their index."""
Index("event_by_rare_name", event.c.name, event.c.seq, sqlite_where=RARE, postgresql_where=RARE)

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
