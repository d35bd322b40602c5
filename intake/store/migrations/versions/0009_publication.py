"""People change the list, and publish it: what they ask for, what they approved, and the versions they made of it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Let an entry's version wait for its publication; add changes and publications."""
    op.create_table(
        "list_change",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "state", "request", "basis")),
        sa.Column("message", sa.Integer, sa.ForeignKey("message.id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("proposed_by", "proposed_at")),
        *(sa.Column(name, sa.Text) for name in ("decided_by", "decided_at", "until")),
        sqlite_autoincrement=True,
    )
    op.create_index("list_change_by_state", "list_change", ["state", "id"])
    op.create_index("list_change_by_message", "list_change", ["message"])
    with op.batch_alter_table("entry_version") as table:
        table.alter_column("list_version", existing_type=sa.Integer, nullable=True)
        table.add_column(
            sa.Column("change", sa.Integer, sa.ForeignKey("list_change.id", name="entry_version_change_fkey"))
        )
    op.create_index("entry_version_by_change", "entry_version", ["change", "id"])
    unpublished = sa.text("list_version IS NULL")
    op.create_index(
        "entry_version_unpublished",
        "entry_version",
        ["id"],
        sqlite_where=unpublished,
        postgresql_where=unpublished,
    )
    texts = ("version", "issued", "state", "digest", "note", "files", "held")
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("up_to", sa.Integer, nullable=False),
        sa.Column("list_version", sa.Integer, sa.ForeignKey("list_version.id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("prepared_by", "prepared_at")),
        *(sa.Column(name, sa.Text) for name in ("released_by", "released_at")),
        *(sa.Column(name, sa.Text) for name in ("answered_by", "answered_at", "answer")),
        sqlite_autoincrement=True,
    )
    op.create_index("publication_by_state", "publication", ["state", "id"])
