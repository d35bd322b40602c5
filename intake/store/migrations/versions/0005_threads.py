"""Threads are found by their Message-IDs, among however many messages."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Index the messages by what they call themselves."""
    op.create_index("message_by_message_id", "message", ["message_id"])
