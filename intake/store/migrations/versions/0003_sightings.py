"""Sightings from the moment they are found; how far each mailbox has been read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Mark sightings known so far, which have all been received."""
    with op.batch_alter_table("sighting") as change:
        change.alter_column("message", existing_type=sa.Integer, nullable=True)
    op.add_column("sighting", sa.Column("state", sa.Text, nullable=False, server_default="received"))
    op.add_column("sighting", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("sighting", sa.Column("last_error", sa.Text))
    op.create_index("sighting_by_state", "sighting", ["state", "mailbox", "id"])
    op.create_index("sighting_by_uid", "sighting", ["mailbox", "uid"])
    for name, columns in (
        ("outbox_by_recipient", ["recipient", "kind", "state", "queued_at"]),
        ("outbox_by_time", ["kind", "state", "queued_at"]),
    ):
        op.drop_index(name, "outbox")
        op.create_index(name, "outbox", columns)
    op.add_column("mailbox", sa.Column("cursor", sa.Text))
    op.add_column("mailbox", sa.Column("epoch", sa.Text))
    op.add_column("mailbox", sa.Column("swept_at", sa.Text))
