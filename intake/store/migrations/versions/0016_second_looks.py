"""A hold is lifted by two people, and a contact has a salt, over which the ledger digests it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the columns."""
    for name in ("lift_proposed_by", "lift_proposed_at"):
        op.add_column("hold", sa.Column(name, sa.Text))
    op.add_column("contact", sa.Column("salt", sa.LargeBinary))
