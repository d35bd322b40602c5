"""Notes of colleagues on a case: appended, shown, never sent; whom they name sees it until they look."""

from __future__ import annotations

import html
import re

import pytest
from dossiers import FIRMWARE, GAS, a_dossier, a_form
from web.world import Browser, World

from intake.domain.review import Role
from intake.pipeline.case.notes import LONGEST
from intake.store import cases, events

HERE = "/submissions/CPL-000001"
NOTES = f"{HERE}/notes"
HOSTILE = "<script>alert(1)</script> \u202eevil\u202c {{7*7}} </div>"


@pytest.fixture
def ada(world: World) -> Browser:
    world.judged(a_dossier(a_form(GAS, {FIRMWARE: "12:03"})))
    return world.signed_in("Ada")


def form(browser: Browser, text: str) -> dict[str, str]:
    match = re.search(r'name="form" value="([^"]+)"', browser.get(HERE))
    assert match is not None
    return {"form": match[1], "text": text}


def written(world: World) -> list[tuple[str, object]]:
    with world.services.store.reading() as tx:
        assert events.first_fault(tx) is None
        return [
            (event.actor, event.detail["text"]) for event in events.of_message(tx, 1) if event.name == "note_written"
        ]


def unseen(world: World) -> list[str]:
    with world.services.store.reading() as tx:
        return [mention.person for mention in cases.kept(tx, 1).mentions if not mention.seen]


def test_a_note_is_an_event_and_stands_among_the_notes_and_in_the_timeline(world: World, ada: Browser) -> None:
    where = ada.post(NOTES, form(ada, "  Ask the lab first.\r\nThey know.  "))
    assert where == f"{HERE}?done=noted"
    page = ada.get(where)
    assert "Your note is written." in page
    assert page.count("Ask the lab first.\nThey know.") == 2
    assert written(world) == [("Ada", "Ask the lab first.\nThey know.")]


def test_a_note_posted_twice_from_one_form_is_one_note(world: World, ada: Browser) -> None:
    ben, typed = world.signed_in("Ben"), form(ada, "@Ben look")
    for _ in range(3):
        ada.post(NOTES, typed)
    ada.post(NOTES, {**typed, "text": "changed"})
    assert written(world) == [("Ada", "@Ben look")]
    ada.post(NOTES, form(ada, "@Ben look"))  # said again on purpose
    ben.post(NOTES, {**typed, "text": "Ben's own"})  # no form of Ada's silences Ben
    assert written(world) == [("Ada", "@Ben look"), ("Ada", "@Ben look"), ("Ben", "Ben's own")]


@pytest.mark.parametrize("identity", ["", "short", "x" * 65, "../" * 8, "ä" * 20, "a b" * 8])
def test_a_form_of_no_page_writes_nothing_and_keeps_what_was_typed(world: World, ada: Browser, identity: str) -> None:
    page = ada.post(NOTES, {"form": identity, "text": "An hour's thought"}, 409)
    assert "An hour&#39;s thought</textarea>" in page
    assert written(world) == []


@pytest.mark.parametrize(("text", "says"), [("", "is empty"), (" \r\n ", "is empty"), ("x" * (LONGEST + 1), "at most")])
def test_an_empty_or_endless_note_is_refused(world: World, ada: Browser, text: str, says: str) -> None:
    page = ada.post(NOTES, form(ada, text), 409)
    assert says in page
    assert text.strip() in page
    assert written(world) == []


def test_a_note_larger_than_any_form_is_refused(world: World, ada: Browser) -> None:
    ada.post(NOTES, form(ada, "x" * 300_000), 413)
    assert written(world) == []


def test_nothing_in_a_note_becomes_markup_or_hides(ada: Browser) -> None:
    ada.post(NOTES, form(ada, HOSTILE))
    page = ada.get(HERE)
    assert page.count("<script") == 1  # our own
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; &lt;U+202E&gt;evil") == 2
    assert "{{7*7}}" in page


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "\N{PILE OF POO}"])
def test_what_a_database_cannot_keep_stops_no_note(world: World, ada: Browser, text: str) -> None:
    ada.post(NOTES, form(ada, f"x {text.encode('utf-8', 'replace').decode()} y"))
    assert len(written(world)) == 1
    ada.get(HERE)


def test_an_auditor_reads_notes_and_writes_none_and_an_administrator_does_neither(world: World, ada: Browser) -> None:
    ada.post(NOTES, form(ada, "between us"))
    rita, max_ = world.signed_in("Rita", Role.AUDITOR), world.signed_in("Max", Role.ADMIN)
    page = rita.get(HERE)
    assert "between us" in page
    assert NOTES not in page
    assert "between us" not in max_.get(HERE, 403)
    for browser in (rita, max_):
        browser.post(NOTES, {"form": "x" * 22, "text": "mine"}, 403)
    assert len(written(world)) == 1


def test_a_note_is_in_no_letter(world: World, ada: Browser) -> None:
    ada.post(NOTES, form(ada, "between us alone"))
    for action in ("return", "ask", "approve"):
        path = f"{HERE}/decide/{action}"
        assert "between us alone" not in ada.get(path)
        page = ada.get(path)
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        letter = re.search(r'name="letter"[^>]*>(.*?)</textarea>', page, re.DOTALL)
        assert letter is not None
        filled = html.unescape(letter[1]).replace("[Say here", "[It is")
        ada.post(path, {**hidden, "letter": filled, "reason": "so"})
        if action == "return":
            with world.services.store.transaction() as tx:
                tx.exec_driver_sql("UPDATE message SET state = 'in_review'")
    with world.services.store.reading() as tx:
        letters = tx.exec_driver_sql("SELECT content FROM outbox").scalars().all()
    assert len(letters) == 3
    assert not [content for content in letters if b"between us" in content]


def test_whom_a_note_names_sees_it_in_a_view_until_they_look(world: World, ada: Browser) -> None:
    ben, cleo = world.signed_in("Ben"), world.signed_in("Cleo")
    world.signed_in("Max", Role.ADMIN)
    ada.post(NOTES, form(ada, "@ben please; @Ada and @Max too"))
    assert unseen(world) == ["Ben"]
    assert "CPL-000001" in ben.get("/queue/mentions")
    assert "CPL-000001" not in cleo.get("/queue/mentions")
    cleo.get(HERE)
    ada.get(HERE)
    assert unseen(world) == ["Ben"]
    assert "You were mentioned in" in ben.get(HERE)
    assert unseen(world) == []
    assert "You were mentioned" not in ben.get(HERE)
    assert "CPL-000001" not in ben.get("/queue/mentions")
    ada.post(NOTES, form(ada, "@ben again"))
    assert unseen(world) == ["Ben"]


@pytest.mark.parametrize(("method", "headers"), [("HEAD", {}), ("GET", {"Sec-Purpose": "prefetch"})])
def test_a_browser_that_reads_ahead_has_seen_no_mention(
    world: World, ada: Browser, method: str, headers: dict[str, str]
) -> None:
    rita = world.signed_in("Rita", Role.AUDITOR)
    ada.post(NOTES, form(ada, "@Rita for your files"))
    rita.client.request(method, HERE, headers=headers)
    assert unseen(world) == ["Rita"]
    rita.get(HERE)
    assert unseen(world) == []


def test_a_name_that_is_nobodys_is_said(world: World, ada: Browser) -> None:
    where = ada.post(NOTES, form(ada, "@bret look"))
    assert "Another name after @ is nobody here" in ada.get(where)
    assert len(written(world)) == 1


def test_a_note_leaves_a_decision_form_valid(world: World, ada: Browser) -> None:
    version = world.submission(1).version
    ada.post(NOTES, form(ada, "said"))
    assert world.submission(1).version == version


def test_a_note_outlives_the_session(world: World, ada: Browser) -> None:
    typed = form(ada, "a long thought")
    world.clock.pass_by(hours=13)
    page = ada.client.post(NOTES, data={"csrf": ada.csrf, **typed}).text
    world.change_password("Ada")
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    carried = {name: html.unescape(value) for name, value in fields}
    again = ada.client.post("/sign-in", data={**carried, "name": "Ada", "password": "correct horse battery"}).text
    assert "a long thought</textarea>" in again
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', again))
    assert ada.client.post(NOTES, data={**kept, "text": "a long thought"}).status_code == 303
    assert written(world) == [("Ada", "a long thought")]


@pytest.mark.parametrize("nothing", ["", " \r\n\t", "\u200b", "\u2066\u2069", "\u3164 \u115f", "\u2800\n", "\x00"])
def test_what_cannot_be_seen_is_no_note_no_reason_and_no_letter(world: World, ada: Browser, nothing: str) -> None:
    assert "The note is empty" in ada.post(NOTES, form(ada, nothing), status=409)
    submission = world.submission(1)
    bound = {"version": str(submission.version), "thread": "1", "report": submission.report_sha256 or ""}
    assert "Give a reason" in ada.post(f"{HERE}/close", {**bound, "reason": nothing}, status=409)
    assert "The letter is empty" in ada.post(f"{HERE}/decide/return", {**bound, "letter": nothing}, status=409)
    assert not written(world)
