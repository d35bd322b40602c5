"""A draft keeps what was chosen for each entry, and for which choices its letter was drafted."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns."""
    for name in ("entries", "drafted"):
        op.add_column("draft", sa.Column(name, sa.Text))
