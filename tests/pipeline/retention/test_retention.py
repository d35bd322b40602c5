"""What two people dispose of is gone, everything that proves anything stays, and nothing else can go."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from helpers import HandClock, a_submission, fetched
from pipeline.past import Past, checked, in_folder, with_a_past
from pipeline.retained import PERIODS, TABLE, a_case, disposed_of, retaining, years_pass
from pipeline.test_tampering import drop_triggers
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from intake.archive.base import MissingEvidenceError
from intake.archive.folder import FolderArchive
from intake.config import from_table
from intake.demo import products
from intake.domain.review import Action, DecisionRefusedError
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import case
from intake.pipeline.evidence import retrieve
from intake.pipeline.evidence.exports import export, of_person
from intake.pipeline.evidence.verification.finding import Kind
from intake.pipeline.evidence.verify import verify
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.list import change
from intake.pipeline.list.listing import import_list
from intake.pipeline.retention import holds
from intake.pipeline.retention.carry_out import carry_out
from intake.pipeline.retention.dispose_of import agree, propose, refuse
from intake.pipeline.retention.retention import RecordKind, due, years_after
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind, ListChange, RemovalReason
from intake.register.published import ListFile
from intake.sandbox import Sandbox
from intake.store import disposals, events, listing, outbox, submissions
from intake.store.disposals import DisposalState
from intake.store.holds import Scope
from intake.store.submissions import DisposedError
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, message_reader: Sandbox) -> Past:
    clock, folder = HandClock(), tmp_path_factory.mktemp("past")
    made = with_a_past(in_folder(folder, clock, message_reader), clock, folder)
    made.services.store.close()
    return made


@pytest.fixture
def past(made_once: Past, tmp_path: Path) -> Iterator[Past]:
    """A copy of it that a test may change."""
    shutil.copytree(made_once.folder, tmp_path, dirs_exist_ok=True)
    clock = HandClock(made_once.clock.at)
    services = in_folder(tmp_path, clock, made_once.services.sandbox)
    config = from_table({**TABLE, "retention": PERIODS}, tmp_path / "config.toml")
    yield replace(made_once, services=replace(services, config=config), clock=clock, folder=tmp_path)
    services.store.close()


def test_what_was_disposed_of_is_gone_and_every_proof_made_before_still_holds(
    services: Services, clock: HandClock, tmp_path: Path
) -> None:
    past = with_a_past(services, clock, tmp_path)
    services = past.services
    erase = text("UPDATE event SET salt = :none, detail = :digest WHERE message = 2")
    with pytest.raises(DatabaseError, match="appended"), services.store.transaction() as tx:
        tx.execute(erase, {"none": b"", "digest": f'{{"disposed": "{"0" * 64}"}}'})
    carried = disposed_of(services, 1)
    with pytest.raises(DatabaseError, match="appended"), services.store.transaction() as tx:
        tx.execute(text("UPDATE event SET actor = 'carla' WHERE message = 1"))
    assert (carried.cases, carried.messages, carried.kept, carried.remaining.pieces) == (1, 1, 0, 0)
    assert carried.pieces >= 4  # message, dossier, letters
    with services.store.reading() as tx:
        left, other = submissions.get(tx, 1), submissions.get(tx, 2)
        told = events.of_message(tx, 1)
        assert {letter.content for letter in outbox.of_message(tx, 1)} == {b""}
        assert events.first_fault(tx) is None
    assert (left.subject, left.sender, left.reply_address, left.raw_sha256) == ("", "", None, past.raw)
    assert other.subject
    assert [event.name for event in told if event.disposed_sha256 is None] == ["disposed"]
    for sha256 in (left.raw_sha256, left.dossier_sha256):
        with pytest.raises(MissingEvidenceError):
            services.archive.get(sha256 or "")
    assert left.report_sha256 == other.report_sha256  # they came at once, and the same is to be said of both
    for sha256 in (other.raw_sha256, other.dossier_sha256, other.report_sha256):
        assert services.archive.get(sha256 or "")
    done = verify(services, [past.checkpoint.encode()])
    assert (done.findings, done.disposed.submissions, done.disposed.pieces) == ((), 1, carried.pieces)
    assert "that the bag proves its events by" in checked(past, past.bag)
    past.clock.forward(days=1)
    assert day_s_checkpoint(services) is not None
    assert disposed_of(services, 2).messages == 1
    with pytest.raises(MissingEvidenceError):
        services.archive.get(other.report_sha256 or "")
    assert verify(services, [past.checkpoint.encode()]).intact


def test_what_came_once_more_in_other_bytes_goes_with_it(services: Services, clock: HandClock, tmp_path: Path) -> None:
    services = retaining(services, tmp_path)
    number = a_case(services, 1)
    copy = b"X-Written: again\r\n" + a_submission(products.SINGLE, serial=1)
    receive(services, fetched(copy, "1"))
    digest = hashlib.sha256(copy).hexdigest()
    assert services.archive.get(digest) == copy
    years_pass(clock, 9)
    assert disposed_of(services, number).kept == 0
    with pytest.raises(MissingEvidenceError):
        services.archive.get(digest)
    assert verify(services).intact


def test_a_later_bag_proves_what_is_left_and_says_nothing_else(past: Past) -> None:
    disposed_of(past.services, 1)
    assert "events lie in the ledger" in checked(past, retrieve.export(past.services, 1), kept=False)
    (past.folder / "b.zip").write_bytes(export(past.services, of_person(past.services, "anna"), reason="audit"))
    content = b"".join(
        zipfile.ZipFile(past.folder / "b.zip").read(name) for name in zipfile.ZipFile(past.folder / "b.zip").namelist()
    )
    assert b"CPL-000002" in content or b'"message": 2' in content
    with pytest.raises(DisposedError):
        case(past.services, 1)


def test_nothing_goes_where_no_period_is_set(services: Services, clock: HandClock) -> None:
    number = a_case(services, 1)
    years_pass(clock, 900)
    assert due(services) == ()
    with pytest.raises(DecisionRefusedError, match="kept for ever"):
        propose(services, [number], "The period is over.", "anna")


@pytest.mark.parametrize("periods", [{"other_years": 2}, {"listed_years": 9, "other_years": 2}])
def test_what_cannot_be_over_is_not_even_looked_at(
    past: Past, monkeypatch: pytest.MonkeyPatch, periods: dict[str, int]
) -> None:
    """However much of it there is: of what was returned nothing goes where its own period is for ever, or longer."""
    looked_at: list[int] = []
    monkeypatch.setattr(
        "intake.pipeline.retention.retention.judge_case", lambda _tx, _on, number: looked_at.append(number)
    )
    assert due(retaining(past.services, past.folder, **periods)) == ()
    assert looked_at == []


def test_one_person_disposes_of_nothing(past: Past) -> None:
    number = propose(past.services, [1], "The period is over.", "anna")
    with pytest.raises(DecisionRefusedError, match="another person"):
        agree(past.services, number, "anna")
    assert carry_out(past.services).messages == 0
    refuse(past.services, number, "Not yet.", "bert")
    with pytest.raises(DecisionRefusedError, match="refused already"):
        agree(past.services, number, "carla")
    assert carry_out(past.services).messages == 0
    assert verify(past.services).disposed.submissions == 0


def test_what_is_open_young_or_has_a_letter_on_its_way_stays(past: Past) -> None:
    services = past.services
    young, still_open = a_case(services, 3), a_case(services, 4, None)
    for number, why in ((young, "its period ends on"), (still_open, "is not closed")):
        with pytest.raises(DecisionRefusedError, match=why):
            propose(services, [1, number], "All of it.", "anna")
    assert [case.number for case in due(services)] == [1, 2]
    with services.store.transaction() as tx:
        tx.exec_driver_sql("UPDATE outbox SET state = 'bounced' WHERE message = 2 AND kind = 'return'")
    assert [case.number for case in due(services)] == [1]


@pytest.mark.parametrize(
    ("scope", "value"),
    [
        (Scope.SUBMISSION, "cpl-000001"),
        (Scope.MODEL, FormField.MODEL_IDENTIFIER),
        (Scope.MANUFACTURER, FormField.MANUFACTURER_IDENTIFIER),
    ],
)
def test_a_hold_keeps_what_it_names_even_after_two_people_agreed(past: Past, scope: Scope, value: str) -> None:
    form = products.faultless_form(products.SINGLE, on=date(2026, 11, 20), serial=1)
    agree(past.services, propose(past.services, [1], "The period is over.", "anna"), "bert")
    held = holds.place(past.services, scope, form.get(value, value), "A court asks for it.", "carla")
    carried = carry_out(past.services)
    assert (carried.messages, carried.kept) == (0, 1)
    with past.services.store.reading() as tx:
        *_, last = events.of_message(tx, 1)
        (stored,) = disposals.newest(tx, 9)
    assert (last.name, stored.state) == ("kept_from_disposal", DisposalState.DONE)
    assert "hold" in str(last.detail["reason"])
    holds.propose_lift(past.services, held, "The court is done.", "anna")
    with pytest.raises(DecisionRefusedError, match="hold"):
        propose(past.services, [1], "The period is over.", "anna")
    holds.agree_lift(past.services, held, "bert")
    assert disposed_of(past.services, 1).messages == 1
    assert verify(past.services).intact


def test_an_approved_submission_goes_only_after_its_last_entry_was_removed(
    clock: HandClock, tmp_path: Path, message_reader: Sandbox
) -> None:
    kept = retaining(in_folder(tmp_path, clock, message_reader), tmp_path, listed_years=2)
    other = RegisterEntry("000001", "Current", dict.fromkeys(PUBLISHED[2:], "a"))
    import_list(kept, b"a list", ListFile((other,), PUBLISHED))
    number = a_case(kept, 1, Action.APPROVE)
    with kept.store.transaction() as tx:
        tx.exec_driver_sql(f"UPDATE message SET publish_due = NULL WHERE id = {number}")  # noqa: S608  # a number
        (made,) = tx.exec_driver_sql("SELECT number FROM entry_version WHERE change IS NOT NULL").scalars()
    years_pass(clock, 50)
    assert due(kept) == ()
    with pytest.raises(DecisionRefusedError, match="is on the list"):
        propose(kept, [number], "Old enough.", "anna")
    remove = ListChange(
        ChangeKind.REMOVE, clock.now().date(), (made,), {}, reason="Withdrawn.", removal=RemovalReason.REVOKED
    )
    asked = change.propose(kept, remove, "anna")
    assert asked is not None
    change.agree(kept, asked, "bert")
    with pytest.raises(DecisionRefusedError, match="its period ends on"):
        propose(kept, [number], "Old enough.", "anna")
    years_pass(clock, 2)
    assert [one.kind for one in due(kept)] == [RecordKind.LISTED]
    assert disposed_of(kept, number).messages == 1
    assert verify(kept).intact
    with kept.store.reading() as tx:
        assert [version.kind for version in listing.history(tx, made)] == ["add", "remove"]


def test_what_is_left_cannot_be_changed_unseen(past: Past) -> None:
    disposed_of(past.services, 1)
    with past.services.store.reading() as tx:
        (seq,) = (event.seq for event in events.of_message(tx, 1) if event.name == "returned")
    with past.services.store.transaction() as tx:
        drop_triggers(tx)
        tx.execute(text("UPDATE event SET actor = 'carla' WHERE seq = :seq"), {"seq": seq})
    (finding,) = verify(past.services).findings
    assert (finding.kind, "What is left of CPL-000001" in finding.what) == (Kind.SUBMISSION, True)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE message SET disposed_at = '2034-01-01T00:00:00Z' WHERE id = 2", "no event does"),
        ("UPDATE message SET disposed_at = NULL WHERE id = 1", "What is left of CPL-000001"),
        ("UPDATE event SET salt = :none, detail = :digest WHERE seq = :seq", "no event tells of a disposal"),
        ("UPDATE event SET name = 'asked' WHERE seq = :gone", "is not what was recorded"),
    ],
)
def test_a_disposal_that_was_none_is_found(past: Past, statement: str, says: str) -> None:
    disposed_of(past.services, 1)
    with past.services.store.reading() as tx:
        event = events.of_message(tx, 2)[0]
        gone = events.of_message(tx, 1)[0].seq
    digest = f'{{"disposed": "{event.detail_sha256}"}}'
    given = {"none": b"", "digest": digest, "seq": event.seq, "gone": gone}
    with past.services.store.transaction() as tx:
        drop_triggers(tx)
        tx.execute(text(statement), {name: value for name, value in given.items() if f":{name}" in statement})
    assert any(says in finding.what for finding in verify(past.services).findings)


def test_it_may_be_interrupted_anywhere_and_goes_on(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(past.services, propose(past.services, [1, 2], "The period is over.", "anna"), "bert")
    archive = past.services.archive

    def stumble(_: object, sha256: str) -> None:
        raise OSError(sha256)

    with monkeypatch.context() as patched:
        patched.setattr(type(archive), "remove", stumble)
        with pytest.raises(OSError, match=r"[0-9a-f]{64}"):
            carry_out(past.services)
    done = verify(past.services)
    assert (done.findings, done.disposed.submissions, done.disposed.pieces) == ((), 2, 0)
    assert done.disposed.remaining.pieces == carry_out(past.services).pieces
    assert carry_out(past.services).pieces == 0
    assert verify(past.services).intact


def test_what_a_later_message_needs_again_is_not_removed(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock may keep a piece for years, and the same report be made of another message meanwhile."""
    services, archive = past.services, past.services.archive
    with services.store.reading() as tx:
        report = submissions.get(tx, 1).report_sha256 or ""
    content, later = archive.get(report), past.clock.at + timedelta(days=400)
    with monkeypatch.context() as patched:
        patched.setattr(type(archive), "remove", lambda *_: later)
        disposed_of(services, 1, 2)
    past.clock.forward(days=401)
    assert archive.put(content) == report
    number = a_case(services, 3)
    with services.store.reading() as tx:
        assert submissions.get(tx, number).report_sha256 == report
    assert carry_out(services).remaining.pieces == 0
    assert archive.get(report) == content
    assert verify(services).intact
    years_pass(past.clock, 8)
    assert disposed_of(services, number).messages == 1
    with pytest.raises(MissingEvidenceError):
        archive.get(report)


def test_what_is_needed_again_while_it_is_being_removed_is_put_back(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, archive = past.services, past.services.archive
    with services.store.reading() as tx:
        report = submissions.get(tx, 1).report_sha256 or ""
    content, remove = archive.get(report), type(archive).remove
    numbers: list[int] = []

    def meanwhile(self: FolderArchive, sha256: str) -> datetime | None:
        if sha256 == report and not numbers:
            numbers.append(a_case(services, 3))
        return remove(self, sha256)

    monkeypatch.setattr(type(archive), "remove", meanwhile)
    disposed_of(services, 1, 2)
    assert numbers
    assert archive.get(report) == content
    assert verify(services).intact


def test_a_leap_day_is_never_counted_too_early() -> None:
    leap = date(2028, 2, 29)
    assert (years_after(leap, 1), years_after(leap, 4)) == (date(2029, 3, 1), date(2032, 2, 29))


def test_a_period_is_a_number_of_years() -> None:
    assert from_table({"retention": {"other_years": 3}}, Path("config.toml")).retention.any


def test_a_hold_is_lifted_by_two_people_and_by_nobody_alone(past: Past) -> None:
    services = past.services
    number = holds.place(services, Scope.SUBMISSION, "CPL-000001", "A court asks for it.", "carla")
    with pytest.raises(DecisionRefusedError, match="Nobody proposes"):
        holds.agree_lift(services, number, "bert")
    holds.propose_lift(services, number, "The court is done.", "anna")
    with pytest.raises(DecisionRefusedError, match="another person"):
        holds.agree_lift(services, number, "anna")
    with pytest.raises(DecisionRefusedError, match="already"):
        holds.propose_lift(services, number, "Likewise.", "bert")
    holds.refuse_lift(services, number, "It is not.", "bert")
    with pytest.raises(DecisionRefusedError, match="Nobody proposes"):
        holds.agree_lift(services, number, "bert")
    holds.propose_lift(services, number, "Now it is.", "bert")
    holds.agree_lift(services, number, "anna")
    with services.store.reading() as tx:
        told = [(event.name, event.actor) for event in events.chain(tx) if "lift" in event.name]
    assert told == [
        ("hold_lift_proposed", "anna"),
        ("hold_lift_refused", "bert"),
        ("hold_lift_proposed", "bert"),
        ("hold_lifted", "anna"),
    ]
    assert verify(services).intact
