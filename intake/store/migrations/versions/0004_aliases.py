"""Names that people have confirmed to be one organisation's."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table of confirmed names."""
    op.create_table(
        "confirmed_name",
        sa.Column("creator", sa.Text, primary_key=True),
        sa.Column("organisation", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("confirmed_at", sa.Text, nullable=False),
    )
