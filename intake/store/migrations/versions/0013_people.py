"""People can be shut out and bound to a provider's word; sign-ins that fail are counted in the store."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add columns, tables and an index; nothing that is there is rewritten."""
    op.add_column("person", sa.Column("temporary", sa.Integer, nullable=False, server_default="0"))
    for name in ("disabled_at", "issuer", "subject"):
        op.add_column("person", sa.Column(name, sa.Text))
    op.create_index("person_by_subject", "person", ["issuer", "subject"], unique=True)
    for name in ("address", "browser"):
        op.add_column("session", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.create_index("session_by_person", "session", ["person"])
    _attempts()
    _flows()
    people = sa.text("actor != 'cpl-intake'")
    op.create_index("event_by_person", "event", ["actor", "seq"], sqlite_where=people, postgresql_where=people)


def _attempts() -> None:
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("account", "source", "at")),
    )
    op.create_index("failed_sign_in_by_account", "failed_sign_in", ["account", "at"])
    op.create_index("failed_sign_in_by_time", "failed_sign_in", ["at"])
    op.create_table(
        "known_browser",
        sa.Column("token_sha256", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, sa.ForeignKey("person.name"), primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("known_browser_by_person", "known_browser", ["person", "at"])


def _flows() -> None:
    op.create_table(
        "sign_in_flow",
        sa.Column("token_sha256", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "nonce", "verifier", "target")),
        sa.Column("posted", sa.Text),
        sa.Column("started_at", sa.Text, nullable=False),
    )
    op.create_index("sign_in_flow_by_time", "sign_in_flow", ["started_at"])
