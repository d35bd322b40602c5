"""How long things are kept: holds, disposals by two people, and the evidence that goes with them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from intake.store.schema.columns import Instant, Words, metadata

hold = Table(
    "hold",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("value", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("placed_by", Words, nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("lifted_by", Words),
    Column("lifted_at", Instant),
    Column("lift_reason", Words),
    Column("lift_proposed_by", Words),
    Column("lift_proposed_at", Instant),
    sqlite_autoincrement=True,
)
"""What may not be disposed of while it is not lifted; `scope` is a submission, a model or a manufacturer.

One person proposes to lift it, with `lift_reason`, and another does.
"""

disposal = Table(
    "disposal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("cases", Text, nullable=False),
    Column("reason", Words, nullable=False),
    Column("proposed_by", Words, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("decided_by", Words),
    Column("decided_at", Instant),
    Index("disposal_by_state", "state", "id"),
    sqlite_autoincrement=True,
)
"""What one person would dispose of, and what the second said; `cases` are numbers, as JSON."""

disposed_piece = Table(
    "disposed_piece",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("message", ForeignKey("message.id"), nullable=False),
    Column("not_before", Instant),
    Column("gone_at", Instant),
    Index("disposed_piece_by_end", "gone_at", "not_before"),
    Index("disposed_piece_by_message", "message"),
)
"""Evidence of what was disposed of: until it is gone from the archive, which may not let it go before some day."""
