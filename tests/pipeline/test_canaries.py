"""Marks in what must not get out: in no published file, feed answer, calendar, log line, metric, or other role's page.

The contact of a CPA certificate is for analyst, approver, auditor and the letter to the contact itself; internal
reasons and release notes are for analyst, approver and auditor; the ZigBee module (chipset, stack, band) is for them,
who read the evidence that it stands in, and for the SSC.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from dossiers import GAS, a_document, a_dossier, a_form, certificates_for
from pipeline.outgoing.test_deliver import Postman
from warm import cpl_intake
from web.world import World

from intake.domain.review import Action, Decision, Role
from intake.pipeline.list import publish
from intake.pipeline.list.change import agree, propose
from intake.pipeline.list.expiry import standings_now
from intake.pipeline.list.notify import notify
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.review.decide import decide
from intake.publication.notice_files import notices_calendar
from intake.register.changes import ChangeKind, ListChange
from intake.store import events, listing, outbox
from intake.store.outbox import QueuedLetter
from intake.web import app
from rules.facts import Document, DocumentKind, EvidenceFacts, Stated, Where
from rules.fields import FormField

NAME, TELEPHONE, EMAIL = "Canary Namefield", "0777 0000 4242", "canary.mailfield@maker.example"
INTERNAL, REASON = "canary-internal-reason", "canary-decision-reason"
RELEASE, MODULE = "canary-release-notes", "canary-chipset canary-stack canary-sub-ghz"
RELEASE_FILE, NOTES = "release notes.txt", f"{RELEASE} for {MODULE}\n".encode()
CONTACT = (NAME, TELEPHONE, EMAIL)
MARKS = (*CONTACT, INTERNAL, REASON, RELEASE, *MODULE.split())
ALLOWED = frozenset({Role.ANALYST, Role.APPROVER, Role.AUDITOR})
OF_THE_SSC = frozenset(MODULE.split())
OPEN_TO_ALL = ("/feed", "/static", "/healthz", "/readyz", "/metrics", "/list/expiry.ics")


def marks_in(content: bytes | str) -> list[str]:
    """Those that stand in it; breaks that a page or a mail puts into long words are taken out."""
    read = (
        (content,) if isinstance(content, str) else (content.decode(code, "replace") for code in ("utf-8", "utf-16-le"))
    )
    text = "\n".join(read)
    plain = re.sub(r"<wbr>|=\r?\n|\r\n ", "", text)
    return [mark for mark in MARKS if mark.casefold() in plain.casefold()]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.person("Ada", password_hash="")
    made.person("Ben", password_hash="")
    yield made
    made.close()


def _decided(world: World, number: int, person: str) -> None:
    before = world.submission(number)
    shown = before.report_sha256 or ""
    decide(
        world.services,
        number,
        Decision(Action.APPROVE, person, shown, "Thank you, it is approved.\n", REASON, version=before.version),
    )


def _release_notes() -> Document:
    """Release notes whose every word is a mark: as a file, and in all that is read of it."""
    where = Where(RELEASE_FILE)
    facts = EvidenceFacts(
        zigbee_module=Stated(MODULE, where),
        no_change=Stated(f"{RELEASE}: nothing else changed", where),
        firmware_versions=(Stated(RELEASE, where),),
    )
    kept = replace(a_document(RELEASE_FILE, DocumentKind.RELEASE_NOTE, media="text"), evidence=facts)
    return replace(kept, sha256=sha256(NOTES).hexdigest(), size=len(NOTES))


def _published(world: World) -> None:
    """Two versions: an approved submission, and a correction with an internal reason."""
    stated = {FormField.CONTACT_NAME: NAME, FormField.CONTACT_TELEPHONE: TELEPHONE, FormField.CONTACT_EMAIL: EMAIL}
    form = a_form(GAS, {str(name): text for name, text in stated.items()})
    dossier = a_dossier(form, (*certificates_for(form), _release_notes()))
    number = world.judged(dossier, files={RELEASE_FILE: NOTES})
    for person in ("Ada", "Ben"):
        _decided(world, number, person)
    publish.release(world.services, publish.prepare(world.services, "Ada").id, "Ben")
    with world.services.store.reading() as tx:
        (entry,) = listing.all_entries(tx) or ()
    change = ListChange(
        ChangeKind.CORRECT,
        world.clock.now().date(),
        (entry.number,),
        {FormField.IMAGE_CREATOR: "Hale Metering Ltd"},
        reason="The creator's name was misspelt.",
        internal_reason=INTERNAL,
    )
    asked = propose(world.services, change, "Ada")
    assert asked is not None
    agree(world.services, asked, "Ben")
    publish.release(world.services, publish.prepare(world.services, "Ben").id, "Ada")


def _notified(world: World) -> None:
    """Its notice is written on its day and has left."""
    first = standings_now(world.services)[0].notice
    days = (first.due - world.clock.now().date()).days
    world.clock.pass_by(days=days)
    assert [notice.contact for notice in notify(world.services)] == [EMAIL]
    while deliver(world.services, Postman(), Event()):
        pass


def _letters(world: World) -> list[QueuedLetter]:
    with world.services.store.reading() as tx:
        return [letter for kind in ("expiry", "list-dcc", "list-parties", "approve", "acknowledgement")
                for letter in outbox.of_kind(tx, kind)]  # fmt: skip


def _folder(world: World) -> dict[str, bytes]:
    """Every published file, and every member of those that are archives, metadata too."""
    config = world.services.config
    found: dict[str, bytes] = {}
    for path in config.path(config.publish.folder).rglob("*"):
        if path.is_file():
            found[str(path)] = path.read_bytes()
            found |= _members(path)
    return found


def _members(path: Path) -> dict[str, bytes]:
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as book:
        about = {f"{path}!{item.filename} (about it)": item.comment + item.extra for item in book.infolist()}
        return {f"{path}!{name}": book.read(name) for name in book.namelist()} | about | {f"{path}!": book.comment}


def _addresses(world: World) -> list[str]:
    """Every address that answers GET, with what there is to ask for."""
    submission = world.submission(1)
    with world.services.store.reading() as tx:
        versions = [version.version for version in listing.versions(tx)]
    config = world.services.config
    names = sorted({path.name for path in config.path(config.publish.folder).rglob("*") if path.is_file()})
    values = {
        "reference": [submission.reference],
        "view": ["mine", "everything", "approved"],
        "action": ["approve", "return"],
        "sha256": [submission.raw_sha256, sha256(NOTES).hexdigest()],
        "version": [*versions, "current"],
        "name": [*names, "cpl-intake.css"],
        "page": ["1"],
        "entry": ["1"],
        "field": [str(FormField.CONTACT_EMAIL)],
        "rule": ["format.x"],
        "number": ["000001"],
    }
    found: list[str] = []
    for path, _, _ in app._GET:  # noqa: SLF001  # every address there is
        filled = [path]
        for parameter in re.findall(r"\{(\w+)(?::\w+)?\}", path):
            told = values.get(parameter, ["1"])
            filled = [re.sub(rf"\{{{parameter}(?::\w+)?\}}", value, one) for one in filled for value in told]
        found += filled
    asked = ("/list/expiry?state=all", "/list/expiry?q=canary.mailfield", "/list/expiry.csv?state=all",
             "/list/contacts?show=all", "/list/contacts?entries=000001", "/queue/everything?q=canary")  # fmt: skip
    return [*found, *asked]


def test_no_mark_is_found_outside_its_place(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    _published(world)
    _notified(world)
    notices = tuple(one.notice for one in standings_now(world.services))
    assert [notice.contact for notice in notices] == [EMAIL, EMAIL], "the marks are where they belong"
    published = _folder(world)
    assert len(published) > 40
    assert {name: found for name, content in published.items() if (found := marks_in(content))} == {}
    assert marks_in(notices_calendar(notices)) == []
    _letters_hold_their_own(world)
    addresses = _addresses(world)
    seen: dict[Role, int] = {}
    shown: set[str] = set()
    for role in (None, *Role):
        browser = world.browser() if role is None else world.signed_in(f"{role.value} of all", role).client
        answers = {path: browser.get(path) for path in addresses}
        leaks = {path: found for path, answer in answers.items() if (found := marks_in(answer.content))}
        if role in ALLOWED and role is not None:
            assert {path for path in leaks if path.startswith(OPEN_TO_ALL)} == set()
            seen[role] = len(leaks)
            shown |= {mark for marks in leaks.values() for mark in marks}
        elif role is Role.SSC:
            assert set(leaks) == {"/ssc"}
            assert set(leaks["/ssc"]) == OF_THE_SSC
        else:
            assert leaks == {}, role
        assert sum(answer.status_code == 200 for answer in answers.values()) > 20
    assert all(count >= 3 for count in seen.values()), "who may see them does"
    assert {RELEASE, *OF_THE_SSC, INTERNAL, *CONTACT} <= shown, "every mark is where it belongs"
    with world.services.store.reading() as tx:
        told = [event for event in events.chain(tx) if event.name.startswith(("notice", "letter", "contact"))]
    assert told
    assert marks_in(repr([event.content for event in told])) == []
    said = capsys.readouterr()
    assert "notices_written" in said.out
    assert marks_in(said.out + said.err) == []


def _letters_hold_their_own(world: World) -> None:
    letters = _letters(world)
    assert {"expiry", "list-dcc", "list-parties", "approve"} <= {letter.kind for letter in letters}
    for letter in letters:
        own = [EMAIL] if letter.kind == "expiry" else []
        text = message_from_bytes(letter.content, policy=policy.default) if letter.content else None
        assert marks_in(text.as_bytes() if text else b"") == own, letter.kind


def test_the_commands_that_give_the_list_away_hold_no_mark(world: World) -> None:
    _published(world)
    folder = world.folder
    (folder / "config.toml").write_text(
        '[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n'
        '[store]\nurl = "sqlite:///store.db"\n[evidence]\nkind = "folder"\npath = "evidence"\n'
    )
    config, table, book = folder / "config.toml", folder / "out.csv", folder / "out.xlsx"
    assert cpl_intake("cpl", "export", "--csv", table, "--workbook", book, "--config", config).code == 0
    calendar = cpl_intake("cpl", "expiry", "--format", "ics", "--config", config)
    differences = cpl_intake("cpl", "diff", "1.1", "1.2", "--format", "csv", "--config", config)
    for content in (table.read_bytes(), book.read_bytes(), *_members(book).values()):
        assert marks_in(content) == []
    assert calendar.out.count("BEGIN:VEVENT") == 2
    assert marks_in(calendar.out + calendar.err + differences.err) == []


def test_a_mark_would_be_found_wherever_it_stood() -> None:
    for text in (f"a<wbr>{NAME}", f"{EMAIL[:9]}=\n{EMAIL[9:]}", TELEPHONE, INTERNAL.upper()):
        assert marks_in(text)
    assert marks_in(INTERNAL.encode("utf-16-le")) == [INTERNAL]
