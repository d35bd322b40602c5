"""The tables, as SQLAlchemy Core sees them; Alembic's migrations create them."""

from __future__ import annotations

from intake.store.schema.calendar import closed_day
from intake.store.schema.checks import check_letter, check_mail
from intake.store.schema.columns import Instant, Words, keepable, metadata
from intake.store.schema.desk import (
    caught_up,
    draft,
    entry_decision,
    fact,
    looked,
    mention,
    resolution,
    saved_view,
    summary,
)
from intake.store.schema.ledger import BY_PEOPLE, PROGRAM, RARE, ROUTINE, checkpoint, event, event_count, tree_node
from intake.store.schema.mail import DISPOSED, NEWS, POSTPONED, UNARCHIVED, mailbox, message, outbox, sighting, thread
from intake.store.schema.people import failed_sign_in, known_browser, person, session, sign_in_flow
from intake.store.schema.register import (
    CHANGED,
    confirmed_name,
    contact,
    entry_version,
    list_change,
    list_version,
    loader_rule,
    publication,
)
from intake.store.schema.retention import disposal, disposed_piece, hold

__all__ = [
    "BY_PEOPLE",
    "CHANGED",
    "DISPOSED",
    "NEWS",
    "POSTPONED",
    "PROGRAM",
    "RARE",
    "ROUTINE",
    "UNARCHIVED",
    "Instant",
    "Words",
    "caught_up",
    "check_letter",
    "check_mail",
    "checkpoint",
    "closed_day",
    "confirmed_name",
    "contact",
    "disposal",
    "disposed_piece",
    "draft",
    "entry_decision",
    "entry_version",
    "event",
    "event_count",
    "fact",
    "failed_sign_in",
    "hold",
    "keepable",
    "known_browser",
    "list_change",
    "list_version",
    "loader_rule",
    "looked",
    "mailbox",
    "mention",
    "message",
    "metadata",
    "outbox",
    "person",
    "publication",
    "resolution",
    "saved_view",
    "session",
    "sighting",
    "sign_in_flow",
    "summary",
    "thread",
    "tree_node",
]
