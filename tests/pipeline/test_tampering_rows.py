"""Whoever has the database changes a row that people decided on, of whatever table: the check names it, and its event.

One installation with a past in every table is made for each kind of database. A tampering is done in a transaction that
the check looks into, and that never ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from fresh_stores import lay_store
from helpers import HandClock, fetched, mail
from peers.postgresql import Databases
from pipeline.publishing import DESCRIPTOR, a_line, change, published
from pipeline.retained import a_case, disposed_of, years_pass
from pipeline.test_tampering import drop_triggers
from sqlalchemy import text

from intake.archive.folder import FolderArchive
from intake.config import from_table
from intake.demo import products
from intake.demo.certificates import zigbee_certificate
from intake.demo.samples import submission
from intake.domain.desk_events import NameConfirmed
from intake.domain.resolution import ResolutionKind
from intake.domain.review import Action, Decision, EntryDecision, Role
from intake.domain.working_days import WorkingCalendar
from intake.ledger.keys import new_private_key
from intake.mailbox.base import Letter
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import case
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.pipeline.evidence.verify import look_through
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.list import answer, loader_rules
from intake.pipeline.list.change import propose
from intake.pipeline.list.contacts import import_contacts
from intake.pipeline.list.listing import import_list
from intake.pipeline.list.publish import prepare
from intake.pipeline.outgoing.deliver import archive_letters, deliver
from intake.pipeline.people import closed_days, people
from intake.pipeline.retention import dispose_of, holds
from intake.pipeline.review import resolve
from intake.pipeline.review.decide import decide
from intake.pipeline.services import Services
from intake.publication.loader import RefusalKind, SeenRefusal
from intake.register.changes import ChangeKind, ListChange
from intake.register.contacts import ContactLine
from intake.register.published import ListFile
from intake.render.entry_view import entry_views
from intake.sandbox import Sandbox
from intake.store import events, names, resolutions
from intake.store.engine import Store, Transaction
from intake.store.holds import Scope
from intake.web.people import session
from rules.facts import ConfirmedName
from rules.published import PUBLISHED
from rules.reference import Span

FIRMWARE = "Device_Model.firmware_version"
_GIVEN: dict[str, object] = {
    "later": "2030-01-01T00:00:00.000000Z",
    "before": "2001-01-01T00:00:00.000000Z",
    "content": b"To: a@b.example\r\n\r\n",
}
"""Values that statements name."""


class Post:
    """Takes every letter."""

    def send(self, letter: Letter) -> None:
        assert letter.content

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Past:
    """An installation in which something has happened in every table."""

    services: Services

    def seq(self, name: str, nth: int = 0) -> int:
        with self.services.store.reading() as tx:
            return [event.seq for event in events.chain(tx) if event.name == name][nth]

    def found(self, *statements: str) -> list[Finding]:
        """What the check finds after these statements, of which nothing stays."""
        with self.services.store.transaction() as tx:
            drop_triggers(tx)
            for statement in statements:
                given = {name: value for name, value in _GIVEN.items() if f":{name}" in statement}
                assert tx.execute(text(statement), given).rowcount, "it has changed nothing"
            store = cast("Store", _Within(tx))
            told = list(look_through(store, self.services.archive, None).findings)
            tx.rollback()
        return told


@dataclass(frozen=True)
class _Within:
    """A store as one transaction sees it."""

    tx: Transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        yield self.tx


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def past(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, message_reader: Sandbox
) -> Iterator[Past]:
    place = tmp_path_factory.mktemp("past")
    if request.param == "sqlite":
        yield from _past(lay_store(place / "store.db"), place, message_reader)
        return
    databases: Databases = request.getfixturevalue("databases")
    with databases.database() as url:
        yield from _past(url, place, message_reader)


def _past(url: str, place: Path, message_reader: Sandbox) -> Iterator[Past]:
    store, clock = Store(url).open(), HandClock()
    (place / "ledger.pem").write_bytes(new_private_key())
    table = {
        "mailbox": [{"name": "post", "kind": "folder", "path": "mail"}],
        "ledger": {"origin": "secas.example/cpl", "key_file": "ledger.pem"},
        "retention": {"returned_years": 1},
    }
    services = Services(
        config=from_table(table, place / "config.toml"),
        store=store,
        archive=FolderArchive(place / "evidence").open(),
        clock=clock,
        calendar=WorkingCalendar(),
        sandbox=message_reader,
    )
    _people(services)
    _disposals(services, clock)
    _list(services)
    _desk(services)
    _rest(services)
    assert day_s_checkpoint(services) is not None
    yield Past(services)
    store.close()


def _people(services: Services) -> None:
    for name, role in (("ada", Role.ANALYST), ("ben", Role.APPROVER), ("rita", Role.AUDITOR)):
        people.add(services, name, f"the hash of {name}'s", role)
    people.add(services, "zoe", "a given hash", Role.ANALYST, by="rita", temporary=True)
    people.give_role(services, "zoe", Role.SSC, by="rita")
    people.disable(services, "zoe", by="rita")
    people.add(services, "max", "", Role.ANALYST)
    people.bind(services, "max", "https://id.example", "tenant/object")
    session.begin(services.store, "ada", services.clock.now())


def _disposals(services: Services, clock: HandClock) -> None:
    for serial in (7, 8):
        a_case(services, serial)
    years_pass(clock, 1.1)
    assert disposed_of(services, 1).messages == 1
    dispose_of.propose(services, [2], "The period is over.", "ada")
    for value in ("CPL-000002", "CPL-000001"):
        holds.place(services, Scope.SUBMISSION, value, "A court asks for it.", "ada")
    holds.propose_lift(services, 1, "The court is done.", "ada")
    holds.propose_lift(services, 2, "The court is done.", "ada")
    holds.agree_lift(services, 2, "ben")


def _list(services: Services) -> None:
    file = ListFile((a_line(1), a_line(2)), PUBLISHED, "2.051", "21-09-2022")
    assert import_list(services, b"entries, not a workbook", file)[1]
    import_contacts(services, [ContactLine("000001", "Robin Hale", "0123", "robin@ashdown.example")])
    change(services, "000001", **{DESCRIPTOR: "A display"})
    published(services)
    answer.rejected(services, "2.052", "000001", "unknown value GBCS Version 7", "ada")
    span = Span(services.clock.now().date(), None)
    refusal = SeenRefusal("GBCS Version.version_number", RefusalKind.VALUE, "GBCS Version 7", span, "It says so.")
    loader_rules.agree(services, loader_rules.propose(services, "2.052", refusal, "ada"), "ben")
    change(services, "000002", **{DESCRIPTOR: "Another display"})
    prepare(services, "ada")
    asked = ListChange(
        ChangeKind.CORRECT, services.clock.now().date(), ("000001",), {DESCRIPTOR: "A hub"}, reason="It is one."
    )
    propose(services, asked, "ada")


def _desk(services: Services) -> None:
    values = products.faultless_form(products.PPMID, on=services.clock.now().date())
    facts = {**products.zigbee_facts(values), "Firmware Version": "01:02:06:08"}
    files = {**submission(values), "ZigBee certificate.pdf": zigbee_certificate(facts)}
    number = _read(services, files)
    shown = case(services, number)
    assert shown.dossier is not None
    assert shown.report is not None
    (view,) = entry_views(shown.dossier, shown.report, ())
    for kind in (ResolutionKind.ACCEPTED, ResolutionKind.OVERRULED):
        shows = shown.dossier.documents[0].sha256
        settled = resolve.Settlement(0, view.points[0].key, kind, "Agreed with the test house.", shows)
        resolve.settle(services, number, settled, "ada")
        if kind is ResolutionKind.ACCEPTED:
            with services.store.reading() as tx:
                (made,) = resolutions.of_message(tx, number)
            resolve.withdraw(services, number, made.id, "ben")
    documents: dict[str, bytes] = {}
    for serial in (3, 4):
        values = products.faultless_form(products.PPMID, on=services.clock.now().date(), serial=serial)
        documents |= {f"Form {serial}.xlsx": next(iter(submission(values).values()))}
        documents |= {f"{serial} {name}": content for name, content in products.certificates(values).items()}
    several = _read(services, documents)
    entries = (EntryDecision(0, Action.APPROVE), EntryDecision(1, Action.RETURN))
    for person in ("ada", "ben"):
        now = case(services, several)
        letter = "Dear Robin,\n\none of two is approved.\n"
        report, version = now.submission.report_sha256 or "", now.submission.version
        decision = Decision(Action.APPROVE, person, report, letter, "Agreed.", version=version, entries=entries)
        decide(services, several, decision)


def _read(services: Services, documents: dict[str, bytes]) -> int:
    receive(services, fetched(mail(documents=documents), f"of {len(documents)}"))
    held = work.claim_one(services)
    assert held is not None
    work.work_on(services, held, Event())
    return held.id


def _rest(services: Services) -> None:
    closed_days.close(services, services.clock.now().date() + timedelta(days=9), "The office moves.", "rita")
    now = services.clock.now()
    with services.store.transaction() as tx:
        names.confirm(tx, ConfirmedName("Ashdown", "Ashdown Ltd"), person="ada", at=now)
        confirmed = NameConfirmed(creator="Ashdown", organisation="Ashdown Ltd")
        events.append(tx, confirmed, at=now, message=3, actor="ada")
    while deliver(services, Post(), Event()):
        pass
    while archive_letters(services):
        pass


def test_nothing_is_found_where_nobody_tampered(past: Past) -> None:
    assert past.found("UPDATE person SET name = name") == []


def _lines() -> Iterator[tuple[str, Kind, str, int]]:
    """What is done, and what has to be found: the kind, and the event that tells what is right, by name and place."""
    for line in (Path(__file__).parent / "tamperings.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            kind, event, statement = line.split(" | ", 2)
            name, _, nth = event.partition(" ")
            yield statement, Kind(kind), name, int(nth or 0)


TAMPERINGS = tuple(_lines())


@pytest.mark.parametrize(("statement", "kind", "name", "nth"), TAMPERINGS, ids=[line[0][:70] for line in TAMPERINGS])
def test_it_is_found_and_the_event_that_tells_it_right_is_named(
    past: Past, statement: str, kind: Kind, name: str, nth: int
) -> None:
    told = past.found(statement)
    assert {finding.kind for finding in told} == {kind}
    if name != "-":
        assert min(finding.seq for finding in told if finding.seq is not None) == past.seq(name, nth)
    assert all(finding.what.endswith(".") for finding in told)
