"""Checks that are asked for by mail have a place of their own, so that nothing of them is among submissions."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "check_mail",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("mailbox", "epoch", "uid", "raw_sha256")),
        sa.Column("sender_sha256", sa.Text),
        sa.Column("documents", sa.Integer),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("why_not", sa.Text),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("delete_at", sa.Text),
        sa.Column("deleted_at", sa.Text),
        sa.UniqueConstraint("mailbox", "epoch", "uid"),
    )
    op.create_index("check_mail_by_content", "check_mail", ["raw_sha256"])
    op.create_index("check_mail_by_sender", "check_mail", ["sender_sha256", "seen_at"])
    op.create_index("check_mail_by_time", "check_mail", ["seen_at"])
    op.create_table(
        "check_letter",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("check_mail", sa.Integer, sa.ForeignKey("check_mail.id"), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False, unique=True),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.Text),
        sa.Column("queued_at", sa.Text, nullable=False),
        sa.Column("last_error", sa.Text),
    )
    op.create_index("check_letter_by_mail", "check_letter", ["check_mail"])
