"""The pages of certificates that end and of contacts: what each role sees, and what an analyst decides there."""

from __future__ import annotations

import re

import pytest
from listed import DUE, MAKER, certified, know, standing, states, take_in, written
from web.world import World

from intake.domain.review import Role
from intake.pipeline.list.expiry import Standing, standings_now
from intake.pipeline.list.notify import notify
from intake.store import events, outbox

SEES_CONTACTS = {Role.ANALYST, Role.APPROVER, Role.AUDITOR}
PAGES = ("/list/expiry", "/list/expiry?state=all", "/list/expiry.csv", "/list/contacts", "/list/contacts?show=all",
         "/list/contacts?entries=000001")  # fmt: skip
POSTS = ("/list/expiry/send", "/list/expiry/set-aside", "/list/contacts")


def a_list(world: World) -> None:
    """One certificate whose notices were past, one with a contact, one without, one hub."""
    take_in(
        world.services,
        certified(1, ends="01/03/2027", certificate="[R] NCSC-7"),
        certified(2),
        certified(3, certificate="[E] NCSC-3"),
        certified(4, certificate="[E] NCSC-4", kind="Communications Hub"),
    )
    know(world.services, 1, 2)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", [*PAGES, "/list/expiry.ics"])
def test_contacts_are_shown_to_analyst_and_auditor_alone(world: World, role: Role, path: str) -> None:
    a_list(world)
    text = world.signed_in("Eve", role).get(path)
    shown = MAKER in text.replace("<wbr>", "")
    if path == "/list/contacts?entries=000001":  # the form, which holds what is known
        assert shown is (role in {Role.ANALYST, Role.APPROVER})
    elif path in {"/list/contacts", "/list/expiry.ics"}:
        assert not shown
    else:
        assert shown is (role in SEES_CONTACTS)
    assert ("Sam Certain" in text) is (shown and path.startswith("/list/contacts"))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
@pytest.mark.parametrize("path", POSTS)
def test_only_an_analyst_decides(world: World, role: Role, path: str) -> None:
    a_list(world)
    form = {"key": standing_of(world).key, "reason": "why", "entries": "000003", "email": "x@y.example"}
    browser = world.signed_in("Eve", role)
    browser.post(path, form, status=403)
    assert written(world.services) == []
    assert states(world.services)[-1][0] != "x@y.example"
    for page in ("/list/expiry", "/list/contacts"):
        assert not re.search(r'<form[^>]*action="/list/', browser.get(page).replace('action="/list/expiry">', ""))


def standing_of(world: World) -> Standing:
    """The first notice that waits for a person."""
    return next(one for one in standings_now(world.services) if one.notice.state == "for a person")


def test_the_table_says_of_each_certificate_what_ends_when_and_where_it_stands(world: World) -> None:
    a_list(world)
    page = world.signed_in().get("/list/expiry")
    for words in ("[E] NCSC-1", "expires 30/08/2028", "risk review 01/03/2027", "Fri 27/08/2027", "Upcoming", "DCC",
                  "no contact known", "12 months", "6 months"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 8),
        ("?state=for+a+person", 2),
        ("?state=upcoming", 6),
        ("?term=12", 4),
        ("?term=12&until=2027-08-27", 4),
        ("?until=2027-08-26", 2),
        ("?until=never", 8),
        ("?until=2027-13-45", 8),
        ("?state=odd&term=7", 8),
        ("?q=NCSC-3", 2),
        ("?q=2", 2),
        ("?q=000004", 2),
        (f"?q={MAKER}", 0),
    ],
)
def test_filters_narrow_the_table_and_its_files_alike(world: World, query: str, count: int) -> None:
    a_list(world)
    browser = world.signed_in()
    page = browser.get(f"/list/expiry{query}")
    assert f'All notices <span class="cpl-count">{count}</span>' in page
    assert len(browser.get(f"/list/expiry.csv{query}").splitlines()) == count + 1
    assert browser.get(f"/list/expiry.ics{query}").count("BEGIN:VEVENT") == count


def test_files_say_what_they_are(world: World) -> None:
    a_list(world)
    browser = world.signed_in()
    for ending, kind in (("csv", "text/csv"), ("ics", "text/calendar")):
        headers = browser.client.get(f"/list/expiry.{ending}").headers
        assert headers["content-type"].startswith(kind)
        assert headers["content-disposition"] == f'attachment; filename="cpa-notices.{ending}"'


def test_an_analyst_sends_one_after_all_and_sets_one_aside(world: World) -> None:
    a_list(world)
    browser = world.signed_in()
    page = browser.get("/list/expiry")
    assert page.count(">Send after all<span") == page.count(">Set aside<span") == 2
    first, second = re.findall(r'name="key" value="([^"]+)"', page)[::2]
    assert browser.post("/list/expiry/send", {"key": first}) == "/list/expiry?done=notice-sent"
    assert "Say why" in browser.post("/list/expiry/set-aside", {"key": second, "reason": " "}, status=409)
    aside = {"key": second, "reason": "they <b>know</b>"}
    assert browser.post("/list/expiry/set-aside", aside) == "/list/expiry?done=notice-set-aside"
    assert "any more" in browser.post("/list/expiry/send", {"key": first}, status=409)
    assert "any more" in browser.post("/list/expiry/send", {}, status=409)
    page = browser.get("/list/expiry?done=notice-set-aside")
    assert "Nobody is written to about it." in page
    assert "they &lt;b&gt;know&lt;/b&gt;" in page
    assert ">Send after all<span" not in page
    assert sorted(letter.state for letter in written(world.services)) == ["dropped", "queued"]
    with world.services.store.reading() as tx:
        told = [(event.name, event.actor) for event in events.chain(tx) if event.name.startswith("notice_")]
    assert told == [("notice_written", "Ada"), ("notice_set_aside", "Ada")]


def test_what_a_mail_server_said_of_a_letter_is_for_who_may_see_contacts(world: World) -> None:
    take_in(world.services, certified(1))
    know(world.services, 1)
    world.clock.moment = DUE
    notify(world.services)
    with world.services.store.transaction() as tx:
        outbox.come_back(tx, written(world.services)[0], f"{MAKER}: 5.1.1 no such user")
    assert standing(world.services).notice.state == "for a person"
    for role in Role:
        page = world.signed_in(role.value, role).get("/list/expiry")
        assert "It came back undelivered" in page
        assert ("5.1.1 no such user" in page) is (role in SEES_CONTACTS)


def test_entries_without_a_readable_day_are_named(world: World) -> None:
    take_in(world.services, certified(1, ends="to be confirmed"), certified(2))
    page = world.signed_in().get("/list/expiry")
    assert "1 Current entry whose certificate has no day that can be read: 000001" in page


def test_nothing_is_known_before_a_list_is_taken_in(world: World) -> None:
    browser = world.signed_in()
    assert "No certificate of the list ends." in browser.get("/list/expiry")
    assert "no Current entry with a CPA certificate" in browser.get("/list/contacts")


def test_a_contact_is_entered_for_a_certificate_and_changed(world: World) -> None:
    a_list(world)
    browser = world.signed_in()
    page = browser.get("/list/contacts")
    assert "No contact is known for 1 of 3 Current entries" in page
    assert "[E] NCSC-3" in page
    assert "[E] NCSC-4" not in page, "a hub's notices are the DCC's"
    assert 'href="/list/contacts?entries=000003#form"' in page
    assert "000003</textarea>" in browser.get("/list/contacts?entries=000003")
    form = {"entries": "3, 000002", "name": "Robin <i>", "telephone": "020", "email": "robin@new.example"}
    assert browser.post("/list/contacts", form) == "/list/contacts?done=contact-kept"
    page = browser.get("/list/contacts?show=all&done=contact-kept").replace("<wbr>", "")
    assert "The contact is kept." in page
    assert "Robin &lt;i&gt;" in page
    assert page.count("robin@new.example") == 2
    assert "A contact is known for every entry." in browser.get("/list/contacts")


def test_a_contact_that_cannot_be_kept_comes_back_as_typed(world: World) -> None:
    a_list(world)
    form = {"entries": "000003", "name": "Robin", "telephone": "020", "email": "robin at new"}
    page = world.signed_in().post("/list/contacts", form, status=409)
    assert "e-mail address cannot be used" in page
    assert 'value="robin at new"' in page
    assert 'value="Robin"' in page
