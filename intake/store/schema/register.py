"""The register: what entries of the list have said, what people change of them, and what they published."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, literal_column

from intake.store.schema.columns import Instant, Words, metadata

list_version = Table(
    "list_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Words, nullable=False),
    Column("issued", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("source", Text, nullable=False),
)
"""A version of the published list that was taken in, or that people made."""

entry_version = Table(
    "entry_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("list_version", ForeignKey("list_version.id")),
    Column("change", ForeignKey("list_change.id")),
    Column("kind", Text, nullable=False),
    Column("effective", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("status", Words, nullable=False),
    Column("fields", Text, nullable=False),
    Column("person", Words),
    Column("reason", Words),
    Column("internal_reason", Words),
    Index("entry_version_by_number", "number", "id"),
    Index("entry_version_by_list", "list_version", "number"),
    Index("entry_version_by_change", "change", "id"),
)
"""What an entry of the list said from when on, and why; append only: the newest of a number is what it says now.

Without a version of the list it is approved and not yet published; the version is set once.
"""
Index(
    "entry_version_unpublished",
    entry_version.c.id,
    sqlite_where=entry_version.c.list_version.is_(None),
    postgresql_where=entry_version.c.list_version.is_(None),
)

CHANGED = entry_version.c.kind != literal_column("'import'")
"""People made it, be it ever so little among what files of the list brought."""
Index(
    "entry_version_by_kind",
    entry_version.c.kind,
    entry_version.c.recorded_at,
    sqlite_where=CHANGED,
    postgresql_where=CHANGED,
)

list_change = Table(
    "list_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("request", Words, nullable=False),
    Column("basis", Text, nullable=False),
    Column("message", ForeignKey("message.id")),
    Column("proposed_by", Words, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("decided_by", Words),
    Column("decided_at", Instant),
    Column("until", Text),
    Index("list_change_by_state", "state", "id"),
    Index("list_change_by_message", "message"),
    sqlite_autoincrement=True,
)
"""A change of the list that people made or ask for; `request` is all of it as JSON."""

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Text, nullable=False),
    Column("issued", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("note", Words, nullable=False),
    Column("files", Text, nullable=False),
    Column("held", Text, nullable=False),
    Column("up_to", Integer, nullable=False),
    Column("list_version", ForeignKey("list_version.id")),
    Column("prepared_by", Words, nullable=False),
    Column("prepared_at", Instant, nullable=False),
    Column("released_by", Words),
    Column("released_at", Instant),
    Column("answered_by", Words),
    Column("answered_at", Instant),
    Column("answer", Words),
    Index("publication_by_state", "state", "id"),
    sqlite_autoincrement=True,
)
"""A version of the list that people make: its files' digests by name, and how far it has come."""

loader_rule = Table(
    "loader_rule",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Words, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text),
    Column("reason", Words, nullable=False),
    Column("publication", ForeignKey("publication.id"), nullable=False),
    Column("entry", Text, nullable=False),
    Column("replaces", ForeignKey("loader_rule.id")),
    Column("proposed_by", Words, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("decided_by", Words),
    Column("decided_at", Instant),
    Index("loader_rule_by_state", "state", "id"),
    sqlite_autoincrement=True,
)
"""What the DCC's loader was seen to refuse of a field, from a day until a day; the pre-flight refuses the same."""

contact = Table(
    "contact",
    metadata,
    Column("number", Text, primary_key=True),
    Column("name", Words, nullable=False),
    Column("telephone", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("salt", LargeBinary),
)
"""Whom an entry's CPA notices go to, where the register knows; never published.

The ledger keeps a digest of it over `salt`, so that it cannot be changed unseen, nor guessed from the ledger.
"""

confirmed_name = Table(
    "confirmed_name",
    metadata,
    Column("creator", Text, primary_key=True),
    Column("organisation", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("confirmed_at", Instant, nullable=False),
)
