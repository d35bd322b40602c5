"""A mail with many entries: some are shown whole at a time, and every one of them is a link away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from dossiers import GAS, ZSE_ID, a_document, a_dossier, a_form, a_zigbee_certificate
from web.test_resolve import FAULTY, FORM, forms_of, several
from web.world import World

from intake.domain.review import Role
from intake.web import entry_pages
from rules.facts import DocumentKind, Dossier

COUNT = 7
CASE = "/submissions/CPL-000001"
_WHOLE = re.compile(r'<h2 class="govuk-heading-m" id="entry-(\d+)">')


@pytest.fixture
def many(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A case of seven entries, the fourth, fifth and seventh of them faulty, of which three are shown at a time."""
    monkeypatch.setattr(entry_pages, "A_PAGE", 3)
    faulty = {4, 5, COUNT}
    world.judged(several(*(FAULTY if number in faulty else a_dossier(FORM) for number in range(1, COUNT + 1))))
    return world


def whole(page: str) -> list[int]:
    return [int(number) for number in _WHOLE.findall(page)]


def test_every_entry_is_named_and_each_is_shown_whole_once(many: World) -> None:
    ada = many.signed_in()
    page = ada.get(CASE)
    assert whole(page) == [1, 2, 3]
    assert "Entries 1 to 3 of 7 are shown in full here." in page
    overview = page[page.index('id="entries"') : page.index('id="entry-1"')]
    links = [link.replace("&amp;", "&") for link in re.findall(r'<th scope="row".*?href="([^"]+)"', overview)]
    assert len(links) == COUNT
    for number, link in enumerate(links, 1):
        assert link.endswith(f"#entry-{number}")
        assert number in whole(ada.get(link.partition("#")[0]))
    pages = re.findall(r'<nav class="cpl-pages" aria-label="Pages of entries">.*?</nav>', page, re.DOTALL)[0]
    assert [whole(ada.get(path)) for path in re.findall(r'href="([^"#]+)', pages)] == [[4, 5, 6], [7]]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2", [4, 5, 6]),
        ("3", [7]),
        ("99", [7]),
        ("0", [1, 2, 3]),
        ("-1", [1, 2, 3]),
        ("x", [1, 2, 3]),
        ("9" * 30, [1, 2, 3]),
    ],
)
def test_an_address_may_name_any_page(many: World, asked: str, shown: list[int]) -> None:
    assert whole(many.signed_in().get(f"{CASE}?entries={asked}")) == shown


def test_the_list_one_came_from_goes_along(many: World) -> None:
    page = many.signed_in().get(f"{CASE}?view=unclaimed&q=gas&entries=2")
    assert 'href="/submissions/CPL-000001?view=unclaimed&amp;q=gas#entry-1"' in page
    assert 'href="/submissions/CPL-000001?entries=3&amp;view=unclaimed&amp;q=gas#entry-7"' in page


def test_what_is_settled_leads_back_to_its_entry(many: World) -> None:
    ada = many.signed_in()
    form = {**forms_of(ada.get(f"{CASE}?entries=2"), "/points")[0], "reason": "As the lab says.", "settle": "overruled"}
    assert form["entry"] == "3"
    assert ada.post(f"{CASE}/points", form).endswith("&entries=2#entry-4")


def test_what_is_refused_is_shown_beside_its_entry_with_what_was_typed(many: World) -> None:
    ada = many.signed_in()
    form = {
        **forms_of(ada.get(f"{CASE}?entries=3"), "/points")[0],
        "reason": "Typed.",
        "settle": "accepted",
        "evidence": "",
    }
    page = ada.post(f"{CASE}/points", form, status=409)
    assert whole(page) == [COUNT]
    assert "Typed.</textarea>" in page
    assert "What you had written" not in page


def test_evidence_leads_back_to_the_page_of_its_entry(many: World) -> None:
    ada = many.signed_in()
    page = ada.get(f"{CASE}?entries=2")
    link = next(link for link in re.findall(r'href="([^"]+/evidence/5/[^"]+)"', page))
    assert 'href="/submissions/CPL-000001?entries=2#entry-5"' in ada.get(link.replace("&amp;", "&"))


def test_the_second_person_reaches_every_entry(many: World) -> None:
    ada, ben = many.signed_in("Ada"), many.signed_in("Ben")
    fields = {f"entry-{number}": "approve" for number in range(COUNT)}
    form = forms_of(ada.get(f"{CASE}/decide/approve"), "/decide/approve")[0]
    ada.post(f"{CASE}/decide/approve", {**form, **fields, "letter": "Approved.", "reason": "All looked at."})
    shown = ben.get(f"{CASE}/decide/approve")
    assert whole(shown) == [1, 2, 3]
    assert 'href="/submissions/CPL-000001?entries=3#entry-7"' in shown


def test_what_is_not_ready_is_named_among_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_pages, "A_PAGE", 1)
    world.judged(several(a_dossier(FORM), FAULTY))
    page = world.signed_in().get(CASE)
    named = page[page.index("Not ready as they are") : page.index("Entries 1 to 1 of 2")]
    assert re.findall(r"#entry-(\d+)", named) == ["2"]


def test_a_few_entries_have_no_pages(world: World) -> None:
    world.judged(several(*[a_dossier(FORM)] * 3))
    page = world.signed_in("Ola", Role.AUDITOR).get(CASE)
    assert whole(page) == [1, 2, 3]
    assert "Pages of entries" not in page
    assert 'href="#entry-3"' in page


_DOCUMENTS = re.compile(r'aria-labelledby="documents">.*?</section>', re.DOTALL)


def papers(page: str) -> tuple[list[str], list[str]]:
    """The documents that are shown in full, and those that the list of all names."""
    (section,) = _DOCUMENTS.findall(page)
    full = re.findall(r'<th scope="row" class="[^"]*cpl-any">(?:<a [^>]*>)?([^<]+)', section)
    return full, re.findall(r'<li class="cpl-any">(?:<a [^>]*>)?([^<]+)', section)


def a_mail(count: int) -> Dossier:
    """A mail of meters, each with a ZigBee certificate of its own, and a note that belongs to none of them."""
    numbered = [a_form(GAS, {ZSE_ID: f"ZIG22001ZSE130{number:02}-24"}) for number in range(1, count + 1)]
    whole = several(*map(a_dossier, numbered))
    own = [a_zigbee_certificate(form, name=f"zigbee {number}.pdf") for number, form in enumerate(numbered, 1)]
    note = a_document("note.docx", DocumentKind.RELEASE_NOTE)
    return replace(whole, documents=(*whole.documents[:count], *own, note))


def test_documents_come_with_the_entries_that_they_belong_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_pages, "A_PAGE", 3)
    sent = a_mail(COUNT)
    world.judged(sent)
    every = [document.name for document in sent.documents]
    ada, seen = world.signed_in(), list[str]()
    for number, ordinals in enumerate(((1, 2, 3), (4, 5, 6), (7,)), 1):
        full, named = papers(ada.get(f"{CASE}?entries={number}"))
        own = [f"form {at}.xlsx" for at in ordinals] + [f"zigbee {at}.pdf" for at in ordinals]
        assert full == own + ["note.docx"] * (number == 1)
        assert named == every
        seen += full
    assert sorted(seen) == sorted(every)


def test_the_documents_of_a_few_entries_are_all_shown(world: World) -> None:
    sent = a_mail(entry_pages.A_PAGE)
    world.judged(sent)
    assert papers(world.signed_in().get(CASE)) == ([document.name for document in sent.documents], [])
