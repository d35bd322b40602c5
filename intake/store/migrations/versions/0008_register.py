"""The register keeps every version of every entry, and knows which version of the list each belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add both tables; the list that was imported last is the first version of its entries."""
    op.create_table(
        "list_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("issued", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
    )
    op.create_table(
        "entry_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("list_version", sa.Integer, sa.ForeignKey("list_version.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("effective", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("person", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("internal_reason", sa.Text),
    )
    op.create_index("entry_version_by_number", "entry_version", ["number", "id"])
    op.create_index("entry_version_by_list", "entry_version", ["list_version", "number"])
    op.create_table(
        "contact",
        sa.Column("number", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "telephone", "email", "recorded_at")),
    )
    op.execute(
        "INSERT INTO list_version (version, issued, recorded_at, source) "
        "SELECT '', '', MAX(imported_at), MAX(list_sha256) FROM published_entry HAVING COUNT(*) > 0"
    )
    op.execute(
        "INSERT INTO entry_version (number, list_version, kind, effective, recorded_at, status, fields) "
        "SELECT number, 1, 'import', SUBSTR(imported_at, 1, 10), imported_at, status, fields "
        "FROM published_entry ORDER BY number"
    )
    op.drop_table("published_entry")
