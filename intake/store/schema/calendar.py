"""Days on which nobody works here, as the administrator keeps them."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from intake.store.schema.columns import Instant, Words, metadata

closed_day = Table(
    "closed_day",
    metadata,
    Column("day", Text, primary_key=True),
    Column("why", Words, nullable=False),
    Column("closed_by", Words, nullable=False),
    Column("closed_at", Instant, nullable=False),
)
