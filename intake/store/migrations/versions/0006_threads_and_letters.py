"""Messages keep their envelope and their case; letters and events may be about an entry of the list."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Change every table in place; no event is rewritten, so the ledger's chain holds as before."""
    _threads()
    _letters()
    op.add_column("event", sa.Column("entry", sa.Text))
    op.create_index("event_by_entry", "event", ["entry", "seq"])
    op.rename_table("entry", "published_entry")
    if op.get_bind().dialect.name == "postgresql":  # else another table `entry` could not have its own
        op.execute("ALTER INDEX entry_pkey RENAME TO published_entry_pkey")


def _threads() -> None:
    """Of old messages the envelope is not known until the archive is asked; each begins a case of its own."""
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer, sa.ForeignKey("message.id"), primary_key=True, autoincrement=False),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("seen_by", sa.Text),
        sa.Column("seen_at", sa.Text),
    )
    op.execute(
        "INSERT INTO thread (id, newest, seen, seen_by, seen_at) "
        "SELECT id, id, id, COALESCE(decided_by, proposed_by, claimed_by), decided_at FROM message "
        "WHERE COALESCE(decided_by, proposed_by, claimed_by) IS NOT NULL"
    )
    for name in ("in_reply_to", "mail_references", "reply_to"):
        op.add_column("message", sa.Column(name, sa.Text))
    op.execute("ALTER TABLE message ADD COLUMN thread INTEGER REFERENCES thread (id)")
    op.add_column("message", sa.Column("documents", sa.Integer))
    op.create_index("message_by_thread", "message", ["thread", "id"])
    op.create_index("message_by_reply_address", "message", ["reply_address", "documents", "recorded_at"])


def _letters() -> None:
    """Every letter so far answered the message that it is about."""
    with op.batch_alter_table("outbox") as change:
        change.alter_column("message", existing_type=sa.Integer, nullable=True)
        change.add_column(sa.Column("entry", sa.Text))
        change.add_column(sa.Column("answers", sa.Integer, sa.ForeignKey("message.id", name="outbox_answers")))
        change.create_check_constraint("outbox_subject", "(message IS NULL) <> (entry IS NULL)")
    op.execute("UPDATE outbox SET answers = message")
    op.create_index("outbox_by_entry", "outbox", ["entry"])
