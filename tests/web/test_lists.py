"""Lists by address: filters, order, pages, search, saved views, claiming in the list, and on to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from dossiers import DISPLAY, FIRMWARE, GAS, a_dossier, a_form
from sqlalchemy import Engine, event
from web.world import Browser, World

from intake.domain.review import Action, Decision, Role
from intake.domain.submission import State
from intake.pipeline.case import claims
from intake.pipeline.review import decide
from intake.store import saved_views
from intake.store.lists import PAGE, Key
from intake.web import list_query, views

MOST_STATEMENTS = 8
HOSTILE = "<img src=x onerror=alert(1)>\"'\u202e"


def shown(page: str) -> list[int]:
    """The submissions of a list, in order."""
    return [int(number) for number in re.findall(r'href="/submissions/CPL-([0-9]+)[^"]*">CPL-', page)]


def links(page: str, label: str) -> list[str]:
    return [unescape(link) for link in re.findall(rf'href="([^"]+)"[^>]*>{label}', page)]


def statements(world: World, browser: Browser, path: str) -> list[str]:
    """What one page asks the store; that it begins is no question."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.extend([] if statement.startswith("BEGIN") else [statement])

    engine = world.services.store._engine  # noqa: SLF001  # the only place where statements can be counted
    assert isinstance(engine, Engine)
    event.listen(engine, "before_cursor_execute", note)
    browser.get(path)
    event.remove(engine, "before_cursor_execute", note)
    return asked


@pytest.fixture(scope="module")
def long_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """More than a page of submissions, which people only look at."""
    made = World(tmp_path_factory.mktemp("long"))
    for _ in range(PAGE + 3):
        made.judged()
    yield made
    made.close()


@pytest.mark.parametrize("view", views.VIEWS, ids=lambda view: view.slug or "waiting")
def test_no_page_of_the_queue_asks_more_than_eight_times(long_queue: World, view: views.View) -> None:
    world, browser = long_queue, long_queue.signed_in(f"Ada of {view.path}")
    plain = statements(world, browser, view.path)
    assert 0 < len(plain) <= MOST_STATEMENTS
    for query in (
        "?outcome=ready&kind=submission&device=Gas+Smart+Meter&manufacturer=10%3A6C&claimed=-&sort=deadline",
        "?q=example+gas",
        "?q=42&device=Gas+Smart+Meter",
        "?sort=newest&after=0~2026-11-20T11:00:00.000000Z~9&page=2",
    ):
        assert len(statements(world, browser, f"{view.path}{query}")) <= MOST_STATEMENTS, query


def test_more_rows_ask_nothing_more(world: World) -> None:
    browser = world.signed_in()
    world.judged()
    one = statements(world, browser, "/")
    for _ in range(PAGE):
        world.judged()
    assert statements(world, browser, "/") == one or len(statements(world, browser, "/")) == len(one)
    assert not any("OFFSET" in statement.replace("LIMIT ? OFFSET ?", "") for statement in one)


def test_filters_narrow_and_are_kept_in_the_address(world: World) -> None:
    browser = world.signed_in()
    gas, display = world.judged(), world.judged(a_dossier(a_form(DISPLAY)))
    faulty = world.judged(a_dossier(a_form(GAS, {FIRMWARE: "12:03"})))
    claims.claim(world.services, gas, "Ada")
    for query, numbers in (
        ("outcome=return", {faulty}),
        ("device=Pre-Payment+Interface+Device", {display}),
        ("manufacturer=10%3A6c", {gas, display, faulty}),
        ("manufacturer=nobody", set()),
        ("claimed=Ada", {gas}),
        ("claimed=-", {display, faulty}),
        ("claimed=-&outcome=return", {faulty}),
        ("kind=unclear", set()),
    ):
        page = browser.get(f"/?{query}")
        assert set(shown(page)) == numbers, query
        if numbers:
            assert unescape(re.findall(r'href="/submissions/CPL-[0-9]+\?([^"]*)"', page)[0])


def test_the_order_is_the_oldest_or_newest_first(world: World) -> None:
    first = world.judged()
    world.clock.pass_by(hours=1)
    second = world.judged()
    browser = world.signed_in()
    assert shown(browser.get("/")) == [first, second]
    assert shown(browser.get("/?sort=newest")) == [second, first]
    assert shown(browser.get("/queue/everything")) == [second, first]
    assert shown(browser.get("/queue/everything?sort=deadline")) == [first, second]


def test_long_lists_have_numbered_pages(world: World) -> None:
    count = PAGE * 4 + 3
    for _ in range(count):
        world.message()
    browser = world.signed_in()
    page, seen = browser.get("/queue/everything"), []
    for number in range(1, 6):
        assert f'aria-current="page" aria-label="Page {number}"' in page
        seen += shown(page)
        if number < 5:
            page = browser.get(links(page, str(number + 1))[0])
    assert seen == list(range(count, 0, -1))
    assert shown(browser.get(links(page, "1")[0])) == seen[:PAGE]
    assert shown(browser.get(links(page, "3")[0])) == seen[2 * PAGE : 3 * PAGE]


@pytest.mark.parametrize(
    "query",
    [
        "after=x", "after=0~9999-99-99T99:99:99.000000Z~1", "after=9~2026-11-20T11:00:00.000000Z~99999999999",
        "page=-1", "page=%00", "page=9999999999", "sort=up", "outcome=%00", "kind=%27%3B+DROP+TABLE+message", "q=%00",
        "q=%25", "q=_", "q=%ED%A0%80", "claimed=%00", "claimed=" + "x" * 3000, "manufacturer=%00%FF",
        "device=%3Cscript%3E", "view=//evil.test", "q=" + "a+" * 2000, "q=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)  # fmt: skip
def test_a_hostile_address_is_an_address(world: World, query: str) -> None:
    browser = world.signed_in()
    number = world.judged()
    for path in (
        "/",
        "/queue/everything",
        f"/submissions/CPL-{number:06d}",
        f"/submissions/CPL-{number:06d}/decide/ask",
    ):
        page = browser.get(f"{path}?{query}")
        assert "<script>" not in page
        assert '"//evil.test' not in page


def test_addresses_are_read_as_they_are_written(world: World) -> None:
    query = list_query.read({"view": "mine", "q": "a&b=c", "sort": "newest", "device": GAS, "claimed": "Ada & Ben"})
    assert list_query.from_text(query.text) == query
    assert list_query.from_text("a=1&" * 100 + "view=mine") == list_query.ListQuery()
    for rank in (1, -1):
        key = Key(rank, world.clock.now(), 42)
        assert list_query.key_of(list_query.key_text(key)) == key


def test_a_search_looks_through_everything_by_every_fact(world: World) -> None:
    browser = world.signed_in()
    number = world.judged(subject="CPL submission AML-G1", headers={"From": "Kim Lee <kim@other.test>"})
    other = world.judged(a_dossier(a_form(DISPLAY, {FIRMWARE: "77:03:12:34"})), subject="CPL submission AML-H4")
    world.change(number, state=State.RETURNED, decided_by="Zed Quill")
    digest = world.submission(number).raw_sha256
    for text in ("CPL-000001", "cpl-1", "1", "aml-g1", "kim@other", "other.test", "Lee kim", "zed", digest[:12], "gas"):
        assert number in shown(browser.get(f"/queue/everything?q={text}")), text
        assert 'action="/queue/everything" role="search"' in browser.get("/queue/mine")
    assert [shown(browser.get(f"/queue/everything?q={n}&sort=oldest"))[0] for n in (1, 2)] == [number, other]
    assert shown(browser.get("/queue/everything?q=77:03")) == [other]
    assert "Matched: firmware “77031234”" in browser.get("/queue/everything?q=77:03")
    assert shown(browser.get("/queue/returned?q=aml")) == [number]
    assert "Nothing matches." in browser.get("/queue/everything?q=nowhere+at+all")


@pytest.mark.parametrize(
    ("view", "typed", "told"),
    [
        ("everything", "CPL-42", "0 submissions match “CPL-42”"),
        ("everything", "42", "0 submissions match “42”"),
        ("everything", "CPL-1", "1 submission matches “CPL-1”"),
        ("returned", "CPL-1", "1 submission matches “CPL-1”; shown are those of this list"),
        ("returned", "CPL-42", "0 submissions match “CPL-42”; shown are those of this list"),
    ],
)
def test_a_reference_of_nothing_is_counted_as_no_match(world: World, view: str, typed: str, told: str) -> None:
    world.judged()
    assert told in world.signed_in().get(f"/queue/{view}?q={typed}")


def test_others_claims_and_ones_own_proposals_come_last_in_what_waits(world: World) -> None:
    browser = world.signed_in("Ada")
    claimed, own, free = (world.judged() for _ in range(3))
    claims.claim(world.services, claimed, "Ben")
    report = world.submission(own).report_sha256 or ""
    decide.decide(world.services, own, Decision(Action.APPROVE, "Ada", report, "Dear submitter"))
    assert shown(browser.get("/")) == [free, claimed, own]


def test_a_claim_is_shown_and_taken_in_the_list(world: World) -> None:
    browser = world.signed_in("Ada")
    number = world.judged()
    claims.claim(world.services, number, "Ben")
    page = browser.get("/?sort=newest")
    assert "Take over" in page
    reference = f"CPL-{number:06d}"
    form = {"list": "view=unclaimed&sort=newest", "after": "//evil.test", "page": "x"}
    target = browser.post(f"/submissions/{reference}/claim", form)
    assert target == f"/queue/unclaimed?sort=newest&done=claimed&of={reference}"
    assert f"{reference}: You have claimed this submission." in browser.get(target)
    assert world.submission(number).claimed_by == "Ada"
    assert ">You<" in browser.get("/")


def test_a_claim_that_has_run_out_is_none(world: World) -> None:
    number = world.judged()
    world.change(number, claimed_by="Ben", claimed_until=world.clock.now())
    page = world.signed_in("Ada").get("/queue/unclaimed")
    assert shown(page) == [number]
    assert ">Ben<" not in re.sub(r"<option.*?</option>", "", page)
    assert shown(world.signed_in("Ben").get("/queue/mine")) == []


def test_whoever_only_reads_is_offered_no_claim(world: World) -> None:
    world.judged()
    assert "/claim" not in world.signed_in("Ada", Role.AUDITOR).get("/")


def test_a_list_is_saved_under_a_name_and_forgotten(world: World) -> None:
    browser = world.signed_in("Ada")
    form = {"name": f" My  {HOSTILE} view ", "list": "view=unclaimed&outcome=ready&nonsense=1&done=approved"}
    assert browser.post("/views/save", form) == "/queue/unclaimed?outcome=ready&done=view-saved"
    page = browser.get("/")
    name = "My <img src=x onerror=alert(1)>\"' view"
    assert links(page, "My")[0] == "/queue/unclaimed?outcome=ready"
    assert "<img" not in page
    browser.post("/views/save", {**form, "list": "view=mine"})
    assert links(browser.get("/"), "My")[0] == "/queue/mine"
    assert browser.post("/views/remove", {"name": name, "list": "view=mine"}) == "/queue/mine?done=view-removed"
    assert links(browser.get("/"), "My") == []


def test_nobody_sees_or_deletes_anothers_view(world: World) -> None:
    world.signed_in("Ada").post("/views/save", {"name": "Secret", "list": "view=mine"})
    ben = world.signed_in("Ben")
    assert "Secret" not in ben.get("/")
    assert "no view of this name" in ben.post("/views/remove", {"name": "Secret"}, status=404)
    with world.services.store.reading() as tx:
        assert [view.name for view in saved_views.choices(tx, "Ada").saved] == ["Secret"]


def test_a_view_needs_a_name_and_there_are_not_too_many(world: World) -> None:
    browser = world.signed_in("Ada")
    assert "no name" in browser.post("/views/save", {"name": " \u202e ", "list": ""}, status=400)
    for number in range(saved_views.MOST):
        browser.post("/views/save", {"name": f"View {number}", "list": ""})
    assert "as many as may be" in browser.post("/views/save", {"name": "One more", "list": ""}, status=409)
    browser.post("/views/save", {"name": "View 3", "list": "view=mine"})


def test_a_person_of_a_hostile_name_is_a_person(world: World) -> None:
    name = '<b>O\'Neil</b> & "co"%_'
    browser = world.signed_in(name)
    number = world.judged()
    claims.claim(world.services, number, name)
    assert shown(browser.get("/queue/mine")) == [number]
    page = browser.get("/")
    assert "<b>O" not in page
    assert shown(browser.get(f"/?claimed={list_query.ListQuery(claimed=name).text.removeprefix('claimed=')}")) == [
        number
    ]


def test_submission_rows_write_hostile_text_as_text(world: World) -> None:
    world.judged(a_dossier(a_form(GAS, {FIRMWARE: HOSTILE})), subject=f"CPL submission {HOSTILE}")
    page = world.signed_in().get("/")
    assert "<img" not in page
    assert "\u202e" not in page
