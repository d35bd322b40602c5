"""The published list, as last imported."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of entries; their published fields are one JSON object."""
    op.create_table(
        "entry",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("list_sha256", sa.Text, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
    )
