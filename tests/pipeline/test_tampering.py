"""Whoever has database and archive, but not the key: twelve ways to change what was recorded, each found and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from helpers import HandClock, a_submission, fetched
from pipeline.ledgers import LOG, with_key
from sqlalchemy import make_url, text

from intake.archive.folder import FolderArchive
from intake.demo import products
from intake.domain.event_digest import detail_sha256, link, salted_sha256
from intake.domain.review import Action, Decision
from intake.ledger.checkpoint import Checkpoint, make
from intake.ledger.keys import new_private_key, read_private_key
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.pipeline.evidence.verify import verify
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.list.listing import import_list
from intake.pipeline.outgoing.deliver import archive_letters
from intake.pipeline.review.decide import decide
from intake.pipeline.services import Services
from intake.register.published import ListFile
from intake.store import checkpoints, events, listing, schema, submissions, walk
from intake.store.engine import Transaction
from rules.facts import RegisterEntry
from rules.published import PUBLISHED


@dataclass(frozen=True)
class World:
    """An installation with a past: two submissions, one returned, two lists, two checkpoints."""

    services: Services
    folder: Path

    def seq(self, name: str, nth: int = 0) -> int:
        with self.services.store.reading() as tx:
            return [event.seq for event in events.chain(tx) if event.name == name][nth]

    def event_of(self, name: str, nth: int = 0) -> events.Event:
        with self.services.store.reading() as tx:
            return [event for event in events.chain(tx) if event.name == name][nth]

    def tamper(self, *statements: str, **parameters: object) -> None:
        """Change the database behind the program's back; its triggers go first."""
        with self.services.store.transaction() as tx:
            drop_triggers(tx)
            for statement in statements:
                tx.execute(text(statement), parameters)

    def found(self) -> list[Finding]:
        return list(verify(self.services).findings)


def drop_triggers(tx: Transaction) -> None:
    on_postgresql = tx.dialect.name == "postgresql"
    for change in ("update", "delete", *(["truncate"] if on_postgresql else [])):
        tx.execute(text(f"DROP TRIGGER IF EXISTS event_no_{change}{' ON event' if on_postgresql else ''}"))


@pytest.fixture
def world(services: Services, clock: HandClock, tmp_path: Path) -> World:
    keyed = with_key(services, tmp_path)
    first = RegisterEntry("000001", "Current", dict.fromkeys(PUBLISHED[2:], "a"))
    import_list(keyed, b"the first list", ListFile((first,), PUBLISHED, version="2.050"))
    second = RegisterEntry("000002", "Current", dict.fromkeys(PUBLISHED[2:], "b"))
    import_list(keyed, b"the second list", ListFile((first, second), PUBLISHED, version="2.051"))
    for serial in (1, 2):
        receive(keyed, fetched(a_submission(products.SINGLE, serial=serial), str(serial)))
        submission = work.claim_one(keyed)
        assert submission is not None
        work.work_on(keyed, submission, Event())
    return_it(keyed)
    archive_letters(keyed)
    assert day_s_checkpoint(keyed) is not None
    assert day_s_checkpoint(keyed) is None
    clock.forward(days=1)
    assert verify(keyed).intact
    assert day_s_checkpoint(keyed) is not None
    return World(keyed, tmp_path)


def return_it(services: Services) -> None:
    with services.store.reading() as tx:
        before = submissions.get(tx, 1)
    decision = Decision(Action.RETURN, "ada", before.report_sha256 or "", "Please correct it.", "The id is wrong.")
    decide(services, 1, decision)


Tampering = Callable[[World], tuple[Kind, int]]
"""Does it; gives what has to be found, and the first wrong row."""


def a_byte_of_an_event(world: World) -> tuple[Kind, int]:
    seq = world.seq("returned")
    world.tamper("UPDATE event SET detail = replace(detail, 'correct', 'corrupt') WHERE seq = :seq", seq=seq)
    return Kind.EVENT, seq


def a_cut_tail(world: World) -> tuple[Kind, int]:
    with world.services.store.reading() as tx:
        newest = checkpoints.newest(tx)
    assert newest is not None
    world.tamper("DELETE FROM event WHERE seq >= :size", size=newest.size)
    return Kind.TAIL, newest.size


def a_rewritten_chain(world: World) -> tuple[Kind, int]:
    changed, before = world.seq("review_opened"), events.GENESIS
    with world.services.store.transaction() as tx:
        drop_triggers(tx)
        for row in list(walk.every(tx)):
            actor = "eve" if row.seq == changed else row.actor
            assert row.salt is not None
            hidden = detail_sha256(row.salt, row.detail, actor=actor, message=row.message, entry=row.entry)
            content = salted_sha256(row.seq, row.at, row.name, hidden)
            before = link(before, content)
            statement = "UPDATE event SET actor = :actor, content_sha256 = :content, digest = :digest WHERE seq = :seq"
            tx.execute(text(statement), {"actor": actor, "content": content, "digest": before, "seq": row.seq})
    return Kind.CHECKPOINT, changed


def a_changed_submission(world: World) -> tuple[Kind, int]:
    world.tamper("UPDATE message SET decided_by = 'eve' WHERE id = 1")
    return Kind.SUBMISSION, world.seq("returned")


def a_changed_letter(world: World) -> tuple[Kind, int]:
    letter = world.event_of("letter_written")
    world.tamper(
        "UPDATE outbox SET content = :content WHERE message_id = :message_id",
        content=b"Subject: You are welcome\r\n\r\n",
        message_id=letter.detail["message_id"],
    )
    return Kind.LETTER, letter.seq


def a_deleted_letter(world: World) -> tuple[Kind, int]:
    letter = world.event_of("acknowledgement_queued", 1)
    world.tamper("DELETE FROM outbox WHERE message_id = :message_id", message_id=letter.detail["message_id"])
    return Kind.LETTER, letter.seq


def a_removed_earlier_list(world: World) -> tuple[Kind, int]:
    listed = world.event_of("list_imported")
    assert isinstance(world.services.archive, FolderArchive)
    world.services.archive.path(str(listed.detail["sha256"])).unlink()
    return Kind.EVIDENCE, listed.seq


def a_wrong_salt(world: World) -> tuple[Kind, int]:
    seq = world.seq("examined", 1)
    world.tamper("UPDATE event SET salt = :salt WHERE seq = :seq", salt=bytes(16), seq=seq)
    return Kind.EVENT, seq


def a_forged_checkpoint(world: World) -> tuple[Kind, int]:
    """The newest is replaced by one that another key has signed, in store and archive."""
    forger = read_private_key(new_private_key(), LOG)
    with world.services.store.reading() as tx:
        newest = checkpoints.newest(tx)
    assert newest is not None
    note = str(make(Checkpoint(LOG, newest.size, bytes(32)), forger))
    sha256 = world.services.archive.put(note.encode())
    world.tamper(
        "UPDATE checkpoint SET note = :note, sha256 = :sha WHERE id = :id", note=note, sha=sha256, id=newest.id
    )
    return Kind.CHECKPOINT, world.seq("checkpoint_made", 1)


def swapped_letters(world: World) -> tuple[Kind, int]:
    first, second = (world.event_of("acknowledgement_queued", nth) for nth in (0, 1))
    with world.services.store.transaction() as tx:
        both = {row[0]: row[1] for row in tx.execute(text("SELECT message_id, content FROM outbox"))}
        for one, other in ((first, second), (second, first)):
            told = {"content": both[other.detail["message_id"]], "message_id": one.detail["message_id"]}
            tx.execute(text("UPDATE outbox SET content = :content WHERE message_id = :message_id"), told)
    return Kind.LETTER, first.seq


def an_edited_entry(world: World) -> tuple[Kind, int]:
    with world.services.store.reading() as tx:
        (version, _) = listing.versions(tx)
    world.tamper("UPDATE entry_version SET status = 'Removed' WHERE list_version = :id", id=version.id)
    return Kind.REGISTER, world.seq("list_imported")


EVERY: tuple[Tampering, ...] = (
    a_byte_of_an_event,
    a_cut_tail,
    a_rewritten_chain,
    a_changed_submission,
    a_changed_letter,
    a_deleted_letter,
    a_removed_earlier_list,
    a_wrong_salt,
    a_forged_checkpoint,
    swapped_letters,
    an_edited_entry,
)


@pytest.mark.parametrize("tampering", EVERY)
def test_it_is_found_and_the_first_wrong_row_named(world: World, tampering: Tampering) -> None:
    kind, seq = tampering(world)
    found = world.found()
    assert min(each.seq for each in found if each.kind is kind and each.seq is not None) == seq
    assert all(each.what.endswith(".") for each in found)


def test_an_old_database_put_back_is_found(world: World, clock: HandClock) -> None:
    """The archive still has the checkpoint that was signed since."""
    put_back = copied(world)
    with world.services.store.reading() as tx:
        head, _ = events.head(tx)
    for _ in range(2):  # of the head alone the first is
        clock.forward(days=1)
        assert day_s_checkpoint(world.services) is not None
    assert verify(world.services).intact
    put_back()
    assert {(each.kind, each.seq) for each in world.found()} == {(Kind.TAIL, head + 1)}


def copied(world: World) -> Callable[[], None]:
    """A copy of the whole database; called, it is put back."""
    if world.services.store.url.startswith("sqlite"):
        live, old = Path(make_url(world.services.store.url).database or ""), world.folder / "old.db"
        copy_file(live, old)
        return lambda: copy_file(old, live)
    tables = [table.name for table in schema.metadata.tables.values()]
    world.tamper(*(f"CREATE TABLE old_{name} AS TABLE {name}" for name in tables))
    back = [f"INSERT INTO {name} SELECT * FROM old_{name}" for name in tables]  # noqa: S608  # names of our own
    emptied = f"TRUNCATE {', '.join(tables)}"
    return lambda: world.tamper("SET LOCAL session_replication_role = replica", emptied, *back)


def copy_file(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def test_a_checkpoint_that_an_auditor_kept_shows_what_the_archive_does_not(world: World) -> None:
    with world.services.store.reading() as tx:
        kept = checkpoints.newest(tx)
    assert kept is not None
    a_rewritten_chain(world)
    with world.services.store.transaction() as tx:
        tx.execute(text("DELETE FROM checkpoint"))
        tx.execute(text("DELETE FROM tree_node"))
    assert isinstance(world.services.archive, FolderArchive)
    for sha256 in world.services.archive.digests():
        if world.services.archive.get(sha256).startswith(LOG.encode()):
            world.services.archive.path(sha256).unlink()
    given = [each for each in verify(world.services, [kept.note.encode()]).findings if "(given)" in each.what]
    assert [each.kind for each in given] == [Kind.CHECKPOINT]
    assert "rewritten" in given[0].what


def test_a_signature_that_another_key_made_is_told_of(world: World) -> None:
    (world.folder / "ledger.pem").write_bytes(new_private_key())
    (found, *_) = world.found()
    assert (found.kind, "key" in found.what) == (Kind.CHECKPOINT, True)


def test_what_a_row_says_of_its_arrival_is_compared_too(world: World) -> None:
    world.tamper("UPDATE message SET received_at = '2020-01-01T00\\:00\\:00.000000Z' WHERE id = 2")
    assert [(each.kind, each.seq) for each in world.found()] == [(Kind.SUBMISSION, world.seq("received", 1))]


def test_a_submission_that_no_event_tells_of_and_one_that_is_gone_are_found(world: World) -> None:
    world.tamper("UPDATE event SET message = 2 WHERE seq = :seq", seq=world.seq("received"))
    assert {each.kind for each in world.found()} >= {Kind.EVENT, Kind.SUBMISSION}


def test_the_copy_in_the_archive_is_demanded_of_every_letter(world: World) -> None:
    letter = world.event_of("letter_written")
    assert isinstance(world.services.archive, FolderArchive)
    world.services.archive.path(str(letter.detail["letter_sha256"])).unlink()
    assert [(each.kind, each.seq) for each in world.found()] == [(Kind.EVIDENCE, letter.seq)]


@pytest.mark.parametrize(
    ("statement", "kind", "seq"),
    [
        (
            "UPDATE event SET detail = replace(detail, 'correct', 'corréct') WHERE name = 'returned'",
            Kind.EVENT,
            "returned",
        ),
        ("UPDATE message SET state = 'won' WHERE id = 1", Kind.SUBMISSION, "returned"),
        ("UPDATE message SET report_sha256 = 'none' WHERE id = 1", Kind.SUBMISSION, "examined"),
    ],
)
def test_what_was_changed_into_something_that_nobody_writes_is_told_of_as_well(
    world: World, statement: str, kind: Kind, seq: str
) -> None:
    world.tamper(statement)
    assert (kind, world.seq(seq)) in {(finding.kind, finding.seq) for finding in world.found()}


def test_nobody_is_asked_whose_evidence_is_that_only_came_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that was archived while the archive was being read is looked for once more, and the ledger is not."""
    late = str(world.event_of("examined").detail["report_sha256"])
    early = [sha256 for sha256 in world.services.archive.digests() if sha256 != late]
    monkeypatch.setattr(FolderArchive, "digests", lambda _: iter(early))
    monkeypatch.setattr(events, "evidence_named", lambda _: pytest.fail("the whole ledger was read once more"))
    assert world.found() == []
