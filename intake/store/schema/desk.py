"""The analyst's desk: what lists and searches go by, and what people do with a case besides deciding it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from intake.store.schema.columns import BY_CODE_POINT, Instant, Words, metadata

summary = Table(
    "summary",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True, autoincrement=False),
    *(Column(name, Words, nullable=False) for name in ("device", "manufacturer", "model", "firmware")),
    *(Column(name, Integer) for name in ("returns", "queries", "notes")),
    Column("first", Words, nullable=False),
)
"""What a list shows of a submission; derived from its dossier and report, never evidence."""

caught_up = Table(
    "caught_up",
    metadata,
    Column("what", Text, primary_key=True),
    Column("up_to", Integer, nullable=False),
)
"""Up to which message nothing of a kind is missing of those that an earlier release took in; `what` is its table."""

fact = Table(
    "fact",
    metadata,
    Column("message", ForeignKey("message.id")),
    Column("kind", Text),
    Column("value", BY_CODE_POINT),
    PrimaryKeyConstraint("message", "value", "kind"),  # so that one look tells whether a message has a word
    Index("fact_by_value", "value", "message", "kind"),
    sqlite_with_rowid=False,
)
"""What a search finds a submission by, in normal form; derived likewise."""

saved_view = Table(
    "saved_view",
    metadata,
    Column("person", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("query", Words, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("action", Text, primary_key=True),
    Column("letter", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("report_sha256", Text),
    Column("saved_at", Instant, nullable=False),
    Column("entries", Text),
    Column("drafted", Text),
)

looked = Table(
    "looked",
    metadata,
    Column("person", Words, primary_key=True),
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("up_to", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
"""How far each person has looked at a case, by the message that begins it; what all together have seen is `thread`."""

mention = Table(
    "mention",
    metadata,
    Column("event", ForeignKey("event.seq"), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("message", ForeignKey("message.id"), nullable=False),
    Column("seen_at", Instant),
    Index("mention_by_person", "person", "seen_at", "message"),
    Index("mention_by_message", "message"),
)

resolution = Table(
    "resolution",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("message.id"), nullable=False),
    Column("entry", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("field", Words),
    Column("point", Words),
    Column("value", Words),
    Column("original", Words),
    Column("document", Words),
    Column("document_sha256", Text),
    Column("document_kind", Text),
    Column("reason", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("withdrawn_by", Words),
    Column("withdrawn_at", Instant),
    Index("resolution_by_message", "message", "id"),
)
"""What a person said of a finding or a misread value."""

entry_decision = Table(
    "entry_decision",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("entry", Integer, primary_key=True),
    Column("action", Text, nullable=False),
    Column("person", Words, nullable=False),
    Column("at", Instant, nullable=False),
)
"""What was decided of each entry, counted from 0, where a message brings several."""
