"""What is rare among much is found by an index of its own: events by name, changes of the list, what was put off."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add indexes of few rows each, and the table that says how far old messages have been caught up on."""
    routine = "'received', 'acknowledgement_queued', 'extracted', 'examined', 'review_opened', 'letter_sent'"
    _index("event_by_rare_name", "event", ["name", "seq"], f"name NOT IN ({routine})")
    _index("entry_version_by_kind", "entry_version", ["kind", "recorded_at"], "kind != 'import'")
    _index("message_postponed", "message", ["next_attempt_at"], "next_attempt_at IS NOT NULL")
    _index("message_disposed", "message", ["id"], "disposed_at IS NOT NULL")
    op.create_table(
        "caught_up",
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("up_to", sa.Integer, nullable=False),
    )


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
