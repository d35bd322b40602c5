"""The tables, as SQLAlchemy Core sees them; Alembic's migrations create them."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    func,
)

from intake.clock import from_iso, iso


class Instant(TypeDecorator[datetime]):
    """An aware time, kept as RFC 3339 text in UTC, which sorts as it reads on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Convert the value for the database."""
        return None if value is None else iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Convert the value from the database."""
        return None if value is None else from_iso(value)


def keepable(text: str) -> str:
    """Replace what no database can keep in a text by U+FFFD."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class Words(TypeDecorator[str]):
    """Text from outside; what no database can keep in a text (NUL, half a surrogate pair) is replaced by U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Convert the value for the database."""
        return None if value is None else keepable(value)


_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_BY_CODE_POINT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points on every database, so that what begins alike is one range of an index."""

metadata = MetaData()

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("raw_sha256", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("mailbox", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("automatic", Text),
    Column("subject", Words, nullable=False),
    Column("sender", Words, nullable=False),
    Column("reply_address", Words),
    Column("message_id", Words, nullable=False),
    Column("in_reply_to", Words),
    Column("mail_references", Words),
    Column("reply_to", Words),
    Column("thread", ForeignKey("thread.id", use_alter=True)),
    Column("received_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("acknowledge_due", Instant, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant),
    Column("last_error", Words),
    Column("lease_owner", Text),
    Column("lease_until", Instant),
    Column("dossier_sha256", Text),
    Column("report_sha256", Text),
    Column("outcome", Text),
    Column("entries", Integer, nullable=False),
    Column("documents", Integer),
    Column("claimed_by", Words),
    Column("claimed_until", Instant),
    Column("kind_set_by", Words),
    Column("handed_over_at", Instant),
    Column("thread_set_by", Words),
    Column("proposed_by", Text),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("publish_due", Instant),
    Index("message_by_state", "state", "id"),
    Index("message_by_arrival", "received_at", "id"),
    Index("message_by_state_and_arrival", "state", "received_at", "id"),
    Index("message_by_state_and_outcome", "state", "outcome", "received_at", "id"),
    Index("message_by_state_and_kind", "state", "kind", "received_at", "id"),
    Index("message_by_claim", "claimed_by", "state", "received_at", "id"),
    Index("message_by_state_and_publication", "state", "publish_due", "id"),
    Index("message_by_message_id", "message_id"),
    Index("message_by_thread", "thread", "id"),
    Index("message_by_reply_address", "reply_address", "documents", "recorded_at"),
    sqlite_autoincrement=True,
)

thread = Table(
    "thread",
    metadata,
    Column("id", ForeignKey("message.id"), primary_key=True, autoincrement=False),
    Column("newest", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("seen_by", Words),
    Column("seen_at", Instant),
)
NEWS = (thread.c.newest > thread.c.seen) & (thread.c.newest > thread.c.id)
"""A message has joined the case and no person has seen it."""
Index("thread_with_news", thread.c.id, sqlite_where=NEWS, postgresql_where=NEWS)

sighting = Table(
    "sighting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", Text, nullable=False),
    Column("epoch", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("message", ForeignKey("message.id")),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Words),
    Column("seen_at", Instant, nullable=False),
    UniqueConstraint("mailbox", "epoch", "uid"),
    Index("sighting_by_message", "message"),
    Index("sighting_by_state", "state", "mailbox", "id"),
    Index("sighting_by_uid", "mailbox", "uid"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("message.id")),
    Column("entry", Text),
    Column("answers", ForeignKey("message.id")),
    Column("kind", Text, nullable=False),
    Column("message_id", Words, nullable=False, unique=True),
    Column("recipient", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("archived_sha256", Text),
    Column("state", Text, nullable=False),
    Column("hold_reason", Words),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant),
    Column("last_error", Words),
    Column("lease_owner", Text),
    Column("lease_until", Instant),
    Column("queued_at", Instant, nullable=False),
    Column("sent_at", Instant),
    CheckConstraint("(message IS NULL) <> (entry IS NULL)", name="outbox_subject"),
    Index("outbox_by_state", "state", "id"),
    Index("outbox_by_message", "message"),
    Index("outbox_by_entry", "entry"),
    Index("outbox_by_recipient", "recipient", "kind", "state", "queued_at"),
    Index("outbox_by_time", "kind", "state", "queued_at"),
)

UNARCHIVED = outbox.c.archived_sha256.is_(None) & (func.length(outbox.c.content) > 0)
"""A letter whose bytes are not known to lie in the archive yet."""
Index("outbox_unarchived", outbox.c.id, sqlite_where=UNARCHIVED, postgresql_where=UNARCHIVED)

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("message", ForeignKey("message.id")),
    Column("entry", Text),
    Column("at", Instant, nullable=False),
    Column("name", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("salt", LargeBinary),
    Column("content_sha256", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("event_by_message", "message", "seq"),
    Index("event_by_entry", "entry", "seq"),
    sqlite_autoincrement=True,
)
PROGRAM = "cpl-intake"
"""The actor where no person acted."""
_BY_PEOPLE = event.c.actor != PROGRAM
Index("event_by_person", event.c.actor, event.c.seq, sqlite_where=_BY_PEOPLE, postgresql_where=_BY_PEOPLE)

tree_node = Table(
    "tree_node",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""Complete nodes of the Merkle tree over the events' digests, numbered as `intake.ledger.merkle` does."""

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("day", Text, unique=True),
    Column("token_sha256", Text),
    Index("checkpoint_by_size", "size", "id"),
)
"""Signed statements of the ledger's size and root; `day` is London's, where it is that day's checkpoint."""
event_count = Table(
    "event_count",
    metadata,
    Column("name", Text, primary_key=True),
    Column("events", Integer, nullable=False),
    Column("newest", Integer, nullable=False),
)
"""How often each event had happened when that was last written down, and the newest of them by its number."""

mailbox = Table(
    "mailbox",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last_poll_at", Instant),
    Column("last_error", Words),
    Column("lease_owner", Text),
    Column("lease_until", Instant),
    Column("cursor", Text),
    Column("epoch", Text),
    Column("swept_at", Instant),
)

list_version = Table(
    "list_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Words, nullable=False),
    Column("issued", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("source", Text, nullable=False),
)
"""A version of the published list that was taken in, or that people made."""

entry_version = Table(
    "entry_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("list_version", ForeignKey("list_version.id")),
    Column("change", ForeignKey("list_change.id")),
    Column("kind", Text, nullable=False),
    Column("effective", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("status", Words, nullable=False),
    Column("fields", Text, nullable=False),
    Column("person", Words),
    Column("reason", Words),
    Column("internal_reason", Words),
    Index("entry_version_by_number", "number", "id"),
    Index("entry_version_by_list", "list_version", "number"),
    Index("entry_version_by_change", "change", "id"),
)
"""What an entry of the list said from when on, and why; append only: the newest of a number is what it says now.

Without a version of the list it is approved and not yet published; the version is set once.
"""
Index(
    "entry_version_unpublished",
    entry_version.c.id,
    sqlite_where=entry_version.c.list_version.is_(None),
    postgresql_where=entry_version.c.list_version.is_(None),
)

list_change = Table(
    "list_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("request", Words, nullable=False),
    Column("basis", Text, nullable=False),
    Column("message", ForeignKey("message.id")),
    Column("proposed_by", Words, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("decided_by", Words),
    Column("decided_at", Instant),
    Column("until", Text),
    Index("list_change_by_state", "state", "id"),
    Index("list_change_by_message", "message"),
    sqlite_autoincrement=True,
)
"""A change of the list that people made or ask for; `request` is all of it as JSON."""

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Text, nullable=False),
    Column("issued", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("note", Words, nullable=False),
    Column("files", Text, nullable=False),
    Column("held", Text, nullable=False),
    Column("up_to", Integer, nullable=False),
    Column("list_version", ForeignKey("list_version.id")),
    Column("prepared_by", Words, nullable=False),
    Column("prepared_at", Instant, nullable=False),
    Column("released_by", Words),
    Column("released_at", Instant),
    Column("answered_by", Words),
    Column("answered_at", Instant),
    Column("answer", Words),
    Index("publication_by_state", "state", "id"),
    sqlite_autoincrement=True,
)
"""A version of the list that people make: its files' digests by name, and how far it has come."""

contact = Table(
    "contact",
    metadata,
    Column("number", Text, primary_key=True),
    Column("name", Words, nullable=False),
    Column("telephone", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
"""Whom an entry's CPA notices go to, where the register knows; never published."""

confirmed_name = Table(
    "confirmed_name",
    metadata,
    Column("creator", Text, primary_key=True),
    Column("organisation", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("confirmed_at", Instant, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("name", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("temporary", Integer, nullable=False, server_default="0"),
    Column("disabled_at", Instant),
    Column("issuer", Words),
    Column("subject", Words),
    Index("person_by_subject", "issuer", "subject", unique=True),
)
"""Who may sign in; `temporary` is 1 while the password is one that somebody else has given."""

session = Table(
    "session",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person", ForeignKey("person.name"), nullable=False),
    Column("csrf", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("address", Words, nullable=False, server_default=""),
    Column("browser", Words, nullable=False, server_default=""),
    Index("session_by_person", "person"),
)

failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", Text, nullable=False),
    Column("source", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index("failed_sign_in_by_account", "account", "at"),
    Index("failed_sign_in_by_time", "at"),
)
"""Attempts that have failed, or are being made; the account by its digest, as a name may be a misplaced password."""

known_browser = Table(
    "known_browser",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person", ForeignKey("person.name"), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("known_browser_by_person", "person", "at"),
)
"""Browsers in which a person has signed in, which others' failures do not shut out."""

sign_in_flow = Table(
    "sign_in_flow",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("target", Words, nullable=False),
    Column("posted", Words),
    Column("started_at", Instant, nullable=False),
    Index("sign_in_flow_by_time", "started_at"),
)
"""Sign-ins by a provider that have begun; `posted` is the form that is to be gone on with."""

summary = Table(
    "summary",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True, autoincrement=False),
    *(Column(name, Words, nullable=False) for name in ("device", "manufacturer", "model", "firmware")),
    *(Column(name, Integer) for name in ("returns", "queries", "notes")),
    Column("first", Words, nullable=False),
)
"""What a list shows of a submission; derived from its dossier and report, never evidence."""

fact = Table(
    "fact",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", _BY_CODE_POINT, primary_key=True),
    Index("fact_by_value", "value", "message", "kind"),
    sqlite_with_rowid=False,
)
"""What a search finds a submission by, in normal form; derived likewise."""

saved_view = Table(
    "saved_view",
    metadata,
    Column("person", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("query", Words, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("action", Text, primary_key=True),
    Column("letter", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("report_sha256", Text),
    Column("saved_at", Instant, nullable=False),
)

looked = Table(
    "looked",
    metadata,
    Column("person", Words, primary_key=True),
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("up_to", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
"""How far each person has looked at a case, by the message that begins it; what all together have seen is `thread`."""

mention = Table(
    "mention",
    metadata,
    Column("event", ForeignKey("event.seq"), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("message", ForeignKey("message.id"), nullable=False),
    Column("seen_at", Instant),
    Index("mention_by_person", "person", "seen_at", "message"),
    Index("mention_by_message", "message"),
)

resolution = Table(
    "resolution",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("message.id"), nullable=False),
    Column("entry", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("field", Words),
    Column("point", Words),
    Column("value", Words),
    Column("original", Words),
    Column("document", Words),
    Column("document_sha256", Text),
    Column("document_kind", Text),
    Column("reason", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("withdrawn_by", Words),
    Column("withdrawn_at", Instant),
    Index("resolution_by_message", "message", "id"),
)
"""What a person said of a finding or a misread value."""

entry_decision = Table(
    "entry_decision",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("entry", Integer, primary_key=True),
    Column("action", Text, nullable=False),
    Column("person", Words, nullable=False),
    Column("at", Instant, nullable=False),
)
"""What was decided of each entry, counted from 0, where a message brings several."""

check_mail = Table(
    "check_mail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", Text, nullable=False),
    Column("epoch", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("raw_sha256", Text, nullable=False),
    Column("sender_sha256", Text),
    Column("documents", Integer),
    Column("answered", Boolean, nullable=False),
    Column("why_not", Text),
    Column("seen_at", Instant, nullable=False),
    Column("delete_at", Instant),
    Column("deleted_at", Instant),
    UniqueConstraint("mailbox", "epoch", "uid"),
    Index("check_mail_by_content", "raw_sha256"),
    Index("check_mail_by_sender", "sender_sha256", "seen_at"),
    Index("check_mail_by_time", "seen_at"),
)
"""Mail to a check mailbox: no more of it than keeps it from being answered twice, or for ever; forgotten later."""

check_letter = Table(
    "check_letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("check_mail", ForeignKey("check_mail.id"), nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("recipient", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant),
    Column("queued_at", Instant, nullable=False),
    Column("last_error", Words),
    Index("check_letter_by_mail", "check_mail"),
)
"""Answers to checks that are still to be sent; a row goes when the mail server has taken its letter."""
