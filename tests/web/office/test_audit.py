"""An auditor finds what anybody did: by person, period, submission and kind; and is found in turn."""

from __future__ import annotations

import io
import json
import re
import zipfile
from urllib.parse import urlencode

import pytest
from dossiers import SINGLE, a_dossier, a_form
from web.listed import propose as propose_change
from web.listed import take_in
from web.world import Browser, World

from intake.domain.review import Role
from intake.register.changes import EDITABLE
from intake.store import audit, events
from intake.store.audit import Sought
from rules.fields import FormField


@pytest.fixture
def rita(world: World) -> Browser:
    """An auditor of a store in which Ada and Ben have done something on two days."""
    for _ in range(2):
        world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ada.post("/submissions/CPL-000001/claim")
    world.clock.pass_by(days=3)
    ben = world.signed_in("Ben")
    ben.post("/submissions/CPL-000002/claim")
    return world.signed_in("Rita", Role.AUDITOR)


def lines(page: str) -> list[tuple[str, str]]:
    """Who did what, by the rows of the page."""
    rows = re.findall(r"<tr class=.*?</tr>", page.partition("<tbody")[2], re.DOTALL)
    cells = [re.findall(r'<td class="govuk-table__cell[^>]*>(.*?)(?:<details|</td>)', row, re.DOTALL) for row in rows]
    return [(_text(row[1]), _text(row[2])) for row in cells]


def _text(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", cell).split())


def test_everything_is_there_the_newest_first_and_the_search_comes_next(rita: Browser) -> None:
    first = lines(rita.get("/audit"))
    assert first[0] == ("Rita", "Signed in by password")
    assert ("Ada", "CPL-000001 : Claimed") in first
    assert lines(rita.get("/audit"))[0] == ("Rita", "Ledger searched: everything")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person=Ada&event=claimed", [("Ada", "CPL-000001 : Claimed")]),
        ("event=claimed", [("Ben", "CPL-000002 : Claimed"), ("Ada", "CPL-000001 : Claimed")]),
        ("event=claimed&submission=CPL-000002", [("Ben", "CPL-000002 : Claimed")]),
        ("event=claimed&from=2026-11-21", [("Ben", "CPL-000002 : Claimed")]),
        ("event=claimed&to=2026-11-20", [("Ada", "CPL-000001 : Claimed")]),
        (
            "event=claimed&from=2026-11-20&to=2026-11-23",
            [("Ben", "CPL-000002 : Claimed"), ("Ada", "CPL-000001 : Claimed")],
        ),
        ("event=claimed&from=2026-11-21&to=2026-11-22", []),
        ("person=Nobody", []),
    ],
)
def test_a_search_narrows(rita: Browser, query: str, expected: list[tuple[str, str]]) -> None:
    assert lines(rita.get(f"/audit?{query}")) == expected


@pytest.mark.parametrize("query", ["from=29/11/2026", "to=never", "submission=42x"])
def test_what_is_not_understood_is_said(rita: Browser, query: str) -> None:
    assert "one looks like" in rita.get(f"/audit?{query}", status=422)


def test_pages_lead_back_to_the_first_event(rita: Browser, world: World) -> None:
    for _ in range(60):
        rita.get("/audit?person=Rita")
    seen: list[str] = []
    path = "/audit?person=Rita"
    for _ in range(4):
        page = rita.get(path)
        seen += re.findall(r'scope="row" class="govuk-table__header">(\d+)<', page)
        more = re.search(r'href="(/audit\?[^"]*before=\d+)"', page)
        if more is None:
            break
        path = more[1].replace("&amp;", "&")
    with world.services.store.reading() as tx:
        own = [str(event.seq) for event in events.chain(tx) if event.actor == "Rita"]
    assert seen == own[-2::-1]  # all but the last search's own event


def test_the_first_event_of_a_period_is_found_by_halving_as_by_looking_at_each(world: World) -> None:
    for hours in (0, 1, 0, 30, 2, 0, 100):
        world.clock.pass_by(hours=hours)
        world.message()
    with world.services.store.reading() as tx:
        every = list(events.chain(tx))
        for moment in {event.at for event in every}:
            found = audit.find(tx, Sought(since=moment), None, 1000)
            assert [event.seq for event in found] == [event.seq for event in reversed(every) if event.at >= moment]
            found = audit.find(tx, Sought(until=moment), None, 1000)
            assert [event.seq for event in found] == [event.seq for event in reversed(every) if event.at < moment]


def test_nothing_that_is_recorded_becomes_markup(world: World) -> None:
    world.message("CPL submission: <script>alert(1)</script>")
    world.person("<b>Eve</b>")
    eve = world.signed_in("<b>Eve</b>", Role.AUDITOR)
    page = eve.get("/audit?person=%3Cb%3EEve%3C/b%3E")
    assert "<b>Eve" not in page
    assert "<script>alert" not in page


def test_a_model_and_a_certificate_are_searched_however_they_are_spelt(world: World, rita: Browser) -> None:
    form = a_form(SINGLE)
    number = world.judged(a_dossier(form))
    world.signed_in("Carla").post(f"/submissions/CPL-{number:06}/claim")
    model, certificate = form.value(FormField.MODEL_IDENTIFIER), form.value(FormField.CPA_NUMBER)
    assert model
    assert certificate
    for query in ({"model": model.lower()}, {"model": f" {model} "}, {"certificate": certificate.replace("-", " ")}):
        matches = lines(rita.get(f"/audit?{urlencode({'event': 'claimed', 'person': 'Carla', **query})}"))
        assert matches == [("Carla", f"CPL-{number:06} : Claimed")], query
    assert lines(rita.get("/audit?event=claimed&model=ffff")) == []
    assert "not by two" in rita.get("/audit?model=1&certificate=2", status=422)


def test_an_entry_of_the_list_is_searched_by_its_number(world: World, rita: Browser) -> None:
    """Changes of it alone, of it among others, and what came of it under a new number; nothing of its neighbours."""
    take_in(world)
    anna, bert = (world.signed_in(name) for name in ("Anna", "Bert"))
    asked = {
        "correct": ("entries=000002", {f"value__{EDITABLE.index(FormField.FIRMWARE_VERSION)}": "00:00:00:99"}),
        "replace-certificate": ("entries=000001", {"value__0": "[E] GSME99999999", "value__2": "30/08/2032"}),
        "re-add": ("entries=000004", {f"value__{EDITABLE.index(FormField.FIRMWARE_VERSION)}": "00:00:01:04"}),
    }
    numbers = {}
    for kind, (named, typed) in asked.items():
        numbers[kind] = propose_change(anna, f"/list/change/new?kind={kind}&{named}", **typed)
        done = "refuse" if kind == "replace-certificate" else "agree"
        bert.post(f"/list/changes/{numbers[kind]}/{done}", {"reason": "Not now."})

    def found(entry: str) -> set[tuple[int, str]]:
        told = " ".join(text for _, text in lines(rita.get(f"/audit?entry={entry}")))
        return {(int(change), done) for change, done in re.findall(r"Change (\d+) of the list (\w+)", told)}

    corrected, replaced, again = ({(numbers[kind], "proposed")} for kind in asked)
    replaced |= {(numbers["replace-certificate"], "refused")}
    assert found("2") == corrected | {(numbers["correct"], "approved")} | replaced
    assert found("000003") == replaced
    assert found("000005") == set()
    assert found("4") == found("000006") == again | {(numbers["re-add"], "approved")}
    assert "is no number of an entry" in rita.get("/audit?entry=12a", status=422)
    assert "is no number of an entry" in rita.get("/audit?entry=1234567", status=422)
    assert "not by two" in rita.get("/audit?entry=1&model=2", status=422)


def test_what_was_searched_is_exported_with_a_reason_which_is_an_event(world: World, rita: Browser) -> None:
    form = {"csrf": rita.csrf, "event": "claimed", "person": "Ada"}
    assert "Say why it is taken" in rita.post("/audit/export", form, status=422)
    answer = rita.client.post("/audit/export", data={**form, "reason": "asked for by Ofgem"})
    bag = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(bag.read("search/data/events.json"))
    assert [(event["actor"], event["name"]) for event in told] == [("Ada", "claimed")]
    assert not [name for name in bag.namelist() if "submissions/" in name]
    whole = rita.client.post("/audit/export", data={**form, "reason": "audit", "evidence": "yes"})
    names = zipfile.ZipFile(io.BytesIO(whole.content)).namelist()
    assert "search/data/submissions/CPL-000001/originals/CPL-000001.eml" in names
    with world.services.store.reading() as tx:
        exported = [event for event in events.chain(tx) if event.name == "exported"]
    assert [(event.actor, event.detail["reason"]) for event in exported] == [
        ("Rita", "asked for by Ofgem"),
        ("Rita", "audit"),
    ]
    assert exported[0].detail["what"] == "search: person Ada, event claimed"
    nothing = rita.post("/audit/export", {**form, "person": "Nobody", "reason": "audit"}, status=422)
    assert "nothing is known of" in nothing


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "3000-01-01", "2026-02-30", "never"])
@pytest.mark.parametrize("field", ["from", "to"])
def test_a_day_that_is_none_or_has_no_neighbour_is_told_so(rita: Browser, field: str, day: str) -> None:
    assert f"{day} is no day; one looks like 2026-11-29." in rita.get(f"/audit?{field}={day}", status=422)
