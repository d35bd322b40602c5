"""Two people may dispose of what is closed: the detail of its events goes, and all that proofs are made of stays.

And the administrator keeps the days on which nobody works.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_STAYS = ("seq", "message", "entry", "at", "name", "actor", "content_sha256", "digest")
_ERASED = (
    "length(OLD.salt) > 0 AND length(NEW.salt) = 0 "
    """AND NEW.detail LIKE '{"disposed": "%"}' AND length(NEW.detail) = 80 """
    "AND EXISTS (SELECT 1 FROM message WHERE id = OLD.message AND disposed_at IS NOT NULL)"
)
"""What `intake.store.erase` makes of an event whose message was disposed of: 64 digits alone."""
_REFUSAL = "events are only ever appended"


def upgrade() -> None:
    """Add tables and a column; the trigger on events lets through what a disposal makes of them, and nothing else."""
    op.add_column("message", sa.Column("disposed_at", sa.Text))
    _holds()
    _disposals()
    _pieces()
    closed = ("why", "closed_by", "closed_at")
    columns = (sa.Column(name, sa.Text, nullable=False) for name in closed)
    op.create_table("closed_day", sa.Column("day", sa.Text, primary_key=True), *columns)
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER event_no_update{' ON event' if on_postgresql else ''}")
    if on_postgresql:
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def _holds() -> None:
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("scope", "value", "reason", "placed_by", "placed_at")),
        *(sa.Column(name, sa.Text) for name in ("lifted_by", "lifted_at", "lift_reason")),
        sqlite_autoincrement=True,
    )


def _disposals() -> None:
    op.create_table(
        "disposal",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "cases", "reason")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("proposed_by", "proposed_at")),
        *(sa.Column(name, sa.Text) for name in ("decided_by", "decided_at")),
        sqlite_autoincrement=True,
    )
    op.create_index("disposal_by_state", "disposal", ["state", "id"])


def _pieces() -> None:
    op.create_table(
        "disposed_piece",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), nullable=False),
        *(sa.Column(name, sa.Text) for name in ("not_before", "gone_at")),
    )
    op.create_index("disposed_piece_by_end", "disposed_piece", ["gone_at", "not_before"])
    op.create_index("disposed_piece_by_message", "disposed_piece", ["message"])


def _guard_on_sqlite() -> None:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _STAYS)
    op.execute(
        f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN NOT ({same} AND {_ERASED}) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )


def _guard_on_postgresql() -> None:
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _STAYS)
    function = "CREATE FUNCTION event_dispose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    refusal = f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    op.execute(f"{function} IF {same} AND {_ERASED} THEN RETURN NEW; END IF; {refusal}")
    op.execute("CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_dispose()")
