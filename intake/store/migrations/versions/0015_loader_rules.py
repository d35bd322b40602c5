"""Rules of the pre-flight that people made out of the DCC's rejections."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "loader_rule",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "field", "kind", "value", "since")),
        sa.Column("until", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("publication", sa.Integer, sa.ForeignKey("publication.id"), nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("replaces", sa.Integer, sa.ForeignKey("loader_rule.id")),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("proposed_at", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("loader_rule_by_state", "loader_rule", ["state", "id"])
