"""Digests of events are salted from here on; the ledger has a Merkle tree and checkpoints; letters are archived."""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_AT_A_TIME = 5_000


def upgrade() -> None:
    """Add columns and tables, give every old event the digest that it has had, and mark where salted ones begin."""
    op.add_column("event", sa.Column("salt", sa.LargeBinary))
    op.add_column("event", sa.Column("content_sha256", sa.Text, nullable=False, server_default=""))
    _fill()
    op.create_table(
        "tree_node",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("day", sa.Text, unique=True),
        sa.Column("token_sha256", sa.Text),
    )
    op.create_index("checkpoint_by_size", "checkpoint", ["size", "id"])
    op.add_column("outbox", sa.Column("archived_sha256", sa.Text))
    unarchived = sa.text("archived_sha256 IS NULL AND length(content) > 0")
    op.create_index("outbox_unarchived", "outbox", ["id"], sqlite_where=unarchived, postgresql_where=unarchived)


def _fill() -> None:
    """Write the digests of old events, which the table's triggers would refuse."""
    connection = op.get_bind()
    on_postgresql = connection.dialect.name == "postgresql"
    if connection.scalar(sa.text("SELECT MAX(seq) FROM event")) is None:
        return
    of_the_table = " ON event" if on_postgresql else ""
    op.execute(f"DROP TRIGGER event_no_update{of_the_table}")
    for some in _old_events(connection):
        connection.execute(
            sa.text("UPDATE event SET content_sha256 = :content_sha256 WHERE seq = :seq"),
            [{"seq": row.seq, "content_sha256": _plain(row)} for row in some],
        )
    refusal = "BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END"
    if on_postgresql:
        refusal = "FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()"
    op.execute(f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event {refusal}")
    _mark(connection)


def _old_events(connection: sa.Connection) -> Iterator[list[sa.Row[tuple[object, ...]]]]:
    after = 0
    query = sa.text(
        "SELECT seq, message, entry, at, name, actor, detail FROM event WHERE seq > :after ORDER BY seq LIMIT :some"
    )
    while some := list(connection.execute(query, {"after": after, "some": _AT_A_TIME})):
        yield some
        after = some[-1].seq


def _plain(row: sa.Row[tuple[object, ...]]) -> str:
    about = {"message": row.message} if row.entry is None else {"message": row.message, "entry": row.entry}
    content = {**about, "at": row.at, "name": row.name, "actor": row.actor, "detail": json.loads(row.detail)}
    return _sha256(json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode())


def _mark(connection: sa.Connection) -> None:
    """Append the event that says from where salted digests count; it is the first of them."""
    before = connection.execute(sa.text("SELECT seq, digest FROM event ORDER BY seq DESC LIMIT 1")).one()
    seq, salt = before.seq + 1, os.urandom(16)
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    detail = json.dumps({"since": seq})
    hidden = f'{{"actor": "cpl-intake", "detail": {detail}, "entry": null, "message": null}}'
    head = {"at": at, "detail_sha256": _sha256(salt + hidden.encode()), "name": "digests_salted", "seq": seq}
    content = _sha256(json.dumps(head, sort_keys=True).encode())
    connection.execute(
        sa.text(
            "INSERT INTO event (seq, at, name, actor, detail, salt, content_sha256, digest)"
            " VALUES (:seq, :at, 'digests_salted', 'cpl-intake', :detail, :salt, :content, :digest)"
        ),
        {
            "seq": seq,
            "at": at,
            "detail": detail,
            "salt": salt,
            "content": content,
            "digest": _sha256(f"{before.digest}{content}".encode()),
        },
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
