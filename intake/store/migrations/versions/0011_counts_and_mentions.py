"""How often each event has happened is kept beside the ledger; mentions are found by the case that they are in."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table, empty: the daemon fills it, and until then the ledger is counted. And an index."""
    op.create_table(
        "event_count",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("newest", sa.Integer, nullable=False),
    )
    op.create_index("mention_by_message", "mention", ["message"])
