"""The facts of a message stand in the order of their values, so that one look tells whether a word begins one."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_ORDER = ["message", "value", "kind"]


def upgrade() -> None:
    """Put the key's columns into another order."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fact_pkey", "fact")
        op.create_primary_key("fact_pkey", "fact", _ORDER)
        return
    op.create_table(
        "fact_in_order",
        sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint(*_ORDER),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO fact_in_order (message, kind, value) SELECT message, kind, value FROM fact ORDER BY message, value"
    )
    op.drop_table("fact")
    op.rename_table("fact_in_order", "fact")
    op.create_index("fact_by_value", "fact", ["value", "message", "kind"])
