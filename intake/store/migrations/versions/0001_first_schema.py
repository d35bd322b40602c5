"""The first schema: messages, sightings, outbox, events, mailboxes, people."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table; times are RFC 3339 text."""
    _messages()
    _letters()
    _events()
    _people()


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("raw_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("mailbox", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("automatic", sa.Text),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("reply_address", sa.Text),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("acknowledge_due", sa.Text, nullable=False),
        sa.Column("calendar", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.Text),
        sa.Column("last_error", sa.Text),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", sa.Text),
        sa.Column("dossier_sha256", sa.Text),
        sa.Column("report_sha256", sa.Text),
        sa.Column("outcome", sa.Text),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("claimed_by", sa.Text),
        sa.Column("proposed_by", sa.Text),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.Text),
        sa.Column("publish_due", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("message_by_state", "message", ["state", "id"])
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mailbox", sa.Text, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.UniqueConstraint("mailbox", "epoch", "uid"),
    )
    op.create_index("sighting_by_message", "sighting", ["message"])
    op.create_table(
        "mailbox",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("last_poll_at", sa.Text),
        sa.Column("last_error", sa.Text),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", sa.Text),
    )


def _letters() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False, unique=True),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("hold_reason", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.Text),
        sa.Column("last_error", sa.Text),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", sa.Text),
        sa.Column("queued_at", sa.Text, nullable=False),
        sa.Column("sent_at", sa.Text),
    )
    op.create_index("outbox_by_state", "outbox", ["state", "id"])
    op.create_index("outbox_by_message", "outbox", ["message"])
    op.create_index("outbox_by_recipient", "outbox", ["recipient", "queued_at"])
    op.create_index("outbox_by_time", "outbox", ["kind", "queued_at"])


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("message", sa.Integer, sa.ForeignKey("message.id")),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("event_by_message", "event", ["message", "seq"])
    _refuse_changes()


def _refuse_changes() -> None:
    """Events are only ever appended: the database itself sees to it."""
    refusal = "BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END"
    changes = ["UPDATE", "DELETE"]
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'events are only ever appended' USING ERRCODE = 'restrict_violation'; END $$"
        )
        refusal = "FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()"
        changes.append("TRUNCATE")
    for change in changes:
        op.execute(f"CREATE TRIGGER event_no_{change.lower()} BEFORE {change} ON event {refusal}")


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("token_sha256", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, sa.ForeignKey("person.name"), nullable=False),
        sa.Column("csrf", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
    )
