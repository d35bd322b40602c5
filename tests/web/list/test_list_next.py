"""The next version through the pages: prepared by one person, released by another, answered by the DCC."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from dossiers import GAS, a_dossier, a_form
from msgspec import structs
from signatures.smime import der
from web.list.test_list_pages import shown
from web.listed import CANARY, ENTRIES, a_listed, entry_now, propose, take_in, two
from web.world import Browser, World

from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.list import enter
from intake.register.changes import EDITABLE
from intake.store import publications, submissions
from rules.fields import FormField

GBCS = f"value-{EDITABLE.index(FormField.GBCS_VERSION)}"
CREATOR = f"value-{EDITABLE.index(FormField.IMAGE_CREATOR)}"


def changed(ada: Browser, ben: Browser, entry: str = "000002", **typed: str) -> None:
    """An approved change: by default another creator of an entry's image."""
    own = typed or {CREATOR: "Hale Limited"}
    number = propose(ada, f"/list/change/new?kind=correct&entries={entry}", **own)
    ben.post(f"/list/changes/{number}/agree")


def prepared(page: str) -> dict[str, str]:
    """What the form that releases a version carries."""
    match = re.search(r'name="publication" value="(\d+)"', page)
    assert match
    return {"publication": match[1]}


def released(world: World) -> tuple[Browser, Browser]:
    """Version 2.002 with one corrected entry, prepared by Ada and released by Ben."""
    take_in(world)
    ada, ben = two(world)
    changed(ada, ben)
    assert ada.post("/list/next/prepare", {"step": "prepare"}) == "/list/next?done=list-prepared"
    led = ben.post("/list/next/release", prepared(ben.get("/list/next")))
    assert led == "/list/versions/2.002?done=list-released"
    return ada, ben


def test_a_change_says_which_version_published_it(world: World) -> None:
    ada, ben = released(world)
    changed(ada, ben, "000001")
    assert "It is made, and was published in version 2.002." in ben.get("/list/changes/1")
    assert "It is made. The next version of the list publishes it." in ben.get("/list/changes/2")


def test_what_a_rejected_version_changed_is_told_to_the_dcc_with_the_next(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    removal = propose(ada, "/list/change/new?kind=remove&entries=000005", removal="DEFECT")
    ben.post(f"/list/changes/{removal}/agree")
    ada.post("/list/next/prepare", {"step": "prepare"})
    ben.post("/list/next/release", prepared(ben.get("/list/next")))
    ben.post("/list/versions/2.002/rejected", {"entry": "000005", "reason": "No such entry."})
    changed(ada, ben)
    page = ada.get("/list/next")
    for told in (
        "It takes the place of version 2.002, which you have rejected",
        "(counted from version 2.001, by which it goes now)",
        "(counted from version 2.001, as version 2.002 was not loaded)",
        "Electricity Smart Meter: suspended",
        "the inventory goes by version 2.001",
    ):
        assert told in " ".join(page.split())
    ben.post("/list/versions/2.002/loaded")  # after all
    page = ada.get("/list/next")
    assert "which you have rejected" not in page
    assert "Nothing changes for any Device Model in the inventory." in page


def test_a_number_that_no_file_said_is_doubted_before_it_is_given(world: World) -> None:
    take_in(world, version="")
    ada, ben = two(world)
    changed(ada, ben)
    page = ada.get("/list/next")
    assert "The next version: 1.000" in page
    assert "No file of the list that was taken in says its version" in page


def test_one_person_prepares_and_another_releases(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    assert "Nothing has been approved" in ada.get("/list/next")
    changed(ada, ben)
    page = ada.get("/list/next")
    assert "The next version: 2.002" in page
    assert "No file of the list" not in page
    assert "Corrected Manufacturer_Image.creator of entry 000002: As agreed." in page
    assert "✓ nothing is refused" in page
    assert "23 Nov" in page  # the end of the working day after the decision
    assert "Draft of the letter to the DCC" in page
    ada.post("/list/next/prepare", {"step": "prepare", "note": "A note of ours.", "generated": "another"})
    page = ada.get("/list/next")
    assert "A note of ours." in page
    assert "another person must release it" in page
    assert 'action="/list/next/release"' not in page
    assert "another person must release it" in ada.post("/list/next/release", prepared(page), status=409)
    assert shown(ada.get("/list?version=2.001")) == [entry.number for entry in ENTRIES]
    ben.post("/list/next/release", prepared(ben.get("/list/next")))
    page = ben.get("/list/versions/2.002")
    assert "A note of ours." in page
    assert "Released by" in page
    assert "Digest of the list (SHA-256 of its content)" in page
    assert "Unpublished" not in ben.get("/list")
    assert "2.002" in ben.get("/list/versions")
    assert "Hale Limited" in ben.get("/list/compare?from=2.001&to=2.002")
    ben.post("/list/next/release", {"publication": "1"}, status=409)


def test_a_note_that_is_left_as_it_was_generated_follows_what_is_held_back(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    changed(ada, ben)
    changed(ada, ben, "000001")
    note = re.search(r'<textarea[^>]*name="note"[^>]*>(.*?)</textarea>', ada.get("/list/next"), re.DOTALL)
    assert note
    form = {"note": note[1].replace("\n", "\r\n"), "generated": note[1], "hold-000001": "on"}
    page = ada.post("/list/next/prepare", form | {"step": "look"}, status=200)
    assert 'name="hold-000001" value="on" checked' in page
    assert "held back" in page
    assert "of entry 000002: As agreed." in page
    ada.post("/list/next/prepare", form | {"step": "prepare"})
    page = ben.get("/list/next")
    assert "of entry 000002: As agreed." in page.split("Files")[0]
    assert "entries 000001" not in page.split("Files")[0]
    ben.post("/list/next/release", prepared(page))
    assert entry_now(world, "000001").fields[str(FormField.IMAGE_CREATOR)] == "Hale Limited"
    page = ada.get("/list/next")
    assert "The next version: 2.003" in page  # what was held back goes on waiting
    assert 'name="hold-000001" value="on" checked' in page
    form = dict(re.findall(r'<input type="hidden" name="(generated)" value="([^"]*)"', page)) | {"note": ""}
    ada.post("/list/next/prepare", form | {"step": "prepare", "hold-000001": "on"}, status=409)
    ada.post("/list/next/prepare", form | {"step": "prepare"})  # unticked, it goes
    assert "Held back" not in ben.get("/list/next").split("Files")[0]


def test_what_the_loader_would_refuse_is_marked_and_can_be_held_back(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    changed(ada, ben, "000001", **{GBCS: "gbcs 3"})
    changed(ada, ben)
    page = ada.get("/list/next")
    assert "✗ GBCS" in page
    assert "/list/change/new?kind=correct&amp;entries=000001" in page
    page = ada.post("/list/next/prepare", {"step": "prepare", "note": "Typed."}, status=409)
    assert "The loader of the DCC would refuse" in page
    assert "Typed." in page
    ada.post("/list/next/prepare", {"step": "prepare", "hold-000001": "on"})
    assert "Held back" in ada.get("/list/next")


def test_what_is_prepared_is_given_up_with_a_reason(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    changed(ada, ben)
    ada.post("/list/next/prepare", {"step": "prepare"})
    form = prepared(ada.get("/list/next"))
    assert "Say why it is given up." in ada.post("/list/next/withdraw", form, status=409)
    assert ada.post("/list/next/withdraw", form | {"reason": "Too early."}) == "/list/next?done=list-withdrawn"
    assert 'action="/list/next/release"' not in ben.get("/list/next")
    assert "Given up" in ben.get("/list/versions")
    ben.post("/list/next/release", form, status=409)


def test_files_are_downloads_of_what_was_archived_for_those_who_may(world: World) -> None:
    ada, _ = released(world)
    with world.services.store.reading() as tx:
        made = publications.of_version(tx, "2.002")
    assert made is not None
    page = ada.get("/list/versions/2.002")
    for name, sha256 in made.files.items():
        assert sha256 in page
        answer = ada.client.get(f"/list/files/{made.id}/{name}/download")
        assert hashlib.sha256(answer.content).hexdigest() == sha256
        assert answer.headers["content-disposition"].startswith("attachment")
    ada.get(f"/list/files/{made.id}/none/download", status=404)
    ada.get(f"/list/files/{2**40}/dcc.csv/download", status=404)
    eve = world.signed_in("Eve", Role.ADMIN)
    eve.get(f"/list/files/{made.id}/dcc.csv/download", status=403)
    assert "/download" not in eve.get("/list/versions/2.002")


def test_the_dcc_rejects_a_version_and_its_entry_is_corrected(world: World) -> None:
    ada, _ = released(world)
    here = "/list/versions/2.002"
    page = ada.post(f"{here}/rejected", {"entry": "9", "reason": "Bad & line"}, status=400)
    assert "Name the entry" in page
    assert "Bad &amp; line" in page
    assert "Say what the" in ada.post(f"{here}/rejected", {"entry": "2", "reason": " "}, status=409)
    ada.post(f"{here}/rejected", {"entry": "2", "reason": "row 3:\n no", "incident": "INC0001"})
    page = ada.get(here)
    assert "entry 000002: row 3: no (DCC incident INC0001)" in page
    assert "/list/change/new?kind=correct&amp;entries=000002" in page
    ada.post(f"{here}/loaded")
    assert "has loaded it" in ada.get(here)
    assert "has loaded version 2.002 already" in ada.post(f"{here}/loaded", status=409)
    ada.post("/list/versions/9/loaded", status=404)


def armoured(binary: bytes) -> bytes:
    """A signature as text (RFC 7468)."""
    return b"-----BEGIN PKCS7-----\n" + base64.encodebytes(binary) + b"-----END PKCS7-----\n"


def test_a_signature_made_elsewhere_is_uploaded_and_verified(world: World) -> None:
    ada, _ = released(world)
    here = "/list/versions/2.002"
    with world.services.store.reading() as tx:
        made = publications.of_version(tx, "2.002")
    assert made is not None
    book = next(name for name in made.files if name.endswith(".xlsx"))

    def send(content: bytes, path: str = f"{here}/attach") -> tuple[int, str]:
        answer = ada.client.post(path, data={"csrf": ada.csrf}, files={"signature": ("a.p7s", content)})
        return answer.status_code, answer.text

    content = world.services.archive.get(made.files[book])
    for other in (der(b"another file"), der(content, options=["-nodetach"])):
        status, page = send(other)
        assert status == 409
        assert "no signature of the version" in page
    for stranger in (
        content,
        b"%PDF-1.7\n",
        b"signed: Ada",
        os.urandom(256),
        b"-----BEGIN PGP SIGNATURE-----\n\nabc\n",
    ):
        status, page = send(stranger)
        assert status == 409
        assert "no CMS signature" in page
    assert send(b"")[0] == 409
    binary = der(content)
    assert send(armoured(binary))[0] == 303
    assert f"{book}.p7s" in ada.get(here)
    with world.services.store.reading() as tx:
        attached = publications.of_version(tx, "2.002")
    assert attached is not None
    assert world.services.archive.get(attached.files[f"{book}.p7s"]) == binary, "as openssl is told to read it"
    answer = ada.client.post(f"{here}/attach", data={"csrf": "wrong"}, files={"signature": ("a.p7s", b"x")})
    assert answer.status_code == 403


def test_a_submission_and_its_entry_lead_to_each_other_and_its_clock_is_shown(world: World) -> None:
    take_in(world)
    number = world.judged(dossier := a_dossier(a_form(GAS)))
    due = world.services.calendar.publish_due(world.clock.now())
    world.change(number, publish_due=due, state=State.APPROVED)
    with world.services.store.transaction() as tx:
        entries = enter.enter_approved(tx, dossier, [0], ("Ada", "Ben"), number, world.clock.now())
    reference = world.submission(number).reference
    browser = world.signed_in()
    assert f'href="/list/{entries[0]}">{entries[0]}</a>' in browser.get(f"/submissions/{reference}")
    page = browser.get(f"/list/{entries[0]}")
    assert f'href="/submissions/{reference}"' in page
    assert f"/submissions/{reference}/evidence.zip" in page
    assert "evidence.zip" not in world.signed_in("Eve", Role.ADMIN).get(f"/list/{entries[0]}")
    page = browser.get("/list/next")
    assert reference in page
    assert "overdue" not in page
    with world.services.store.transaction() as tx:
        past = world.clock.now().replace(year=2025)
        submissions.note(tx, submissions.get(tx, number), publish_due=past)
    assert "overdue" in browser.get("/list/next")


def test_no_restricted_text_is_on_a_page_for_the_admin(world: World) -> None:
    ada, ben = released(world)
    number = propose(ada, "/list/change/new?kind=reinstate&entries=000004", internal_reason=CANARY)
    ben.post(f"/list/changes/{number}/agree")
    ada.post("/list/next/prepare", {"step": "prepare"})
    eve = world.signed_in("Eve", Role.ADMIN)
    for path in (
        "/list",
        "/list/000004",
        f"/list/changes/{number}",
        "/list/changes",
        "/list/next",
        "/list/versions/2.002",
    ):
        page = eve.get(path)
        assert CANARY not in page
        assert "Ben" not in page
    assert CANARY not in ada.get("/list/next").split("Draft of the letter")[-1]


@pytest.mark.parametrize("path", ["/list/versions/9.9", "/list/changes/77", "/list/777777", "/list/model/777777"])
def test_what_the_list_does_not_have_is_said_so(world: World, path: str) -> None:
    take_in(world, [a_listed("000001")])
    assert '<nav aria-label="Main">' in world.signed_in().get(path, status=404)


def test_before_any_list_the_pages_say_so(tmp_path: Path) -> None:
    world = World(tmp_path)
    try:
        browser = world.signed_in()
        assert "No list was taken in yet" in browser.get("/list")
        assert "No version of the list was taken in or published yet" in browser.get("/list/versions")
        assert "Nothing has been approved" in browser.get("/list/next")
        assert "No change waits for anybody." in browser.get("/list/changes")
    finally:
        world.close()


def test_a_draft_to_the_dcc_speaks_of_a_signature_where_there_will_be_one(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    changed(ada, ben)
    assert "openssl" not in ada.get("/list/next")
    signing = structs.replace(world.services.config.signing, key_file="signing.key")
    world.services = replace(world.services, config=structs.replace(world.services.config, signing=signing))
    cleo = world.signed_in("Cleo")
    assert "openssl" in cleo.get("/list/next")
