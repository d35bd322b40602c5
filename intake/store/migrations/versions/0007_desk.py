"""The analyst's desk: what lists show and searches find, drafts, mentions, resolutions, decisions by entry, views."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add columns and tables; nothing that is there is rewritten."""
    op.add_column("message", sa.Column("claimed_until", sa.Text))
    op.add_column("message", sa.Column("kind_set_by", sa.Text))
    op.add_column("message", sa.Column("handed_over_at", sa.Text))
    op.add_column("message", sa.Column("thread_set_by", sa.Text))
    op.create_index("message_by_arrival", "message", ["received_at", "id"])
    op.create_index("message_by_state_and_arrival", "message", ["state", "received_at", "id"])
    op.create_index("message_by_state_and_outcome", "message", ["state", "outcome", "received_at", "id"])
    op.create_index("message_by_state_and_kind", "message", ["state", "kind", "received_at", "id"])
    op.create_index("message_by_claim", "message", ["claimed_by", "state", "received_at", "id"])
    op.create_index("message_by_state_and_publication", "message", ["state", "publish_due", "id"])
    news = sa.text("newest > seen AND newest > id")
    op.create_index("thread_with_news", "thread", ["id"], sqlite_where=news, postgresql_where=news)
    _lists()
    _work()
    _judgement()


def _message() -> sa.Column[int]:
    return sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), nullable=False)


def _lists() -> None:
    op.create_table(
        "summary",
        sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("device", "manufacturer", "model", "firmware")),
        *(sa.Column(name, sa.Integer) for name in ("returns", "queries", "notes")),
        sa.Column("first", sa.Text, nullable=False),
    )
    op.create_table(
        "fact",
        _message(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("message", "kind", "value"),
        sqlite_with_rowid=False,
    )
    op.create_index("fact_by_value", "fact", ["value", "message", "kind"])
    op.create_table(
        "saved_view",
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", "name"),
    )


def _work() -> None:
    op.create_table(
        "draft",
        _message(),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("report_sha256", sa.Text),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("message", "person", "action"),
    )
    op.create_table(
        "looked",
        sa.Column("person", sa.Text, nullable=False),
        _message(),
        sa.Column("up_to", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", "message"),
    )
    op.create_table(
        "mention",
        sa.Column("event", sa.Integer, sa.ForeignKey("event.seq"), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        _message(),
        sa.Column("seen_at", sa.Text),
        sa.PrimaryKeyConstraint("event", "person"),
    )
    op.create_index("mention_by_person", "mention", ["person", "seen_at", "message"])


def _judgement() -> None:
    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer, primary_key=True),
        _message(),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("field", sa.Text),
        sa.Column("point", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("original", sa.Text),
        *(sa.Column(name, sa.Text) for name in ("document", "document_sha256", "document_kind")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_at", sa.Text),
    )
    op.create_index("resolution_by_message", "resolution", ["message", "id"])
    op.create_table(
        "entry_decision",
        _message(),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("message", "entry"),
    )
