"""What is typed beside a point is kept for its writer until it is said."""

from __future__ import annotations

import re

import pytest
from web.test_decision import _here
from web.test_resolve import FAULTY, MISREAD, forms_of
from web.world import Browser, World

from intake.domain.review import Role, Written
from intake.store import drafts

HOSTILE = "<script>alert(1)</script>\u202e"


def kept(world: World, person: str = "Ada") -> bool:
    with world.services.store.reading() as tx:
        return drafts.find(tx, 1, person, Written.POINT) is not None


@pytest.fixture
def ada(world: World) -> Browser:
    world.judged(FAULTY)
    return world.signed_in("Ada")


def test_a_reason_is_kept_as_it_is_typed_beside_its_own_point_and_for_its_writer_alone(
    world: World, ada: Browser
) -> None:
    first, second = forms_of(ada.get(_here(1)), "/points")
    for form, words in ((first, "The fi"), (first, "The first."), (second, HOSTILE)):
        ada.post(f"{_here(1)}/drafts/point", {**form, "reason": words}, 204)
    page = ada.get(_here(1))
    assert "What you have begun to say of 2 points is kept" in page
    assert page.count("The first.</textarea>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert len(re.findall(r"<details[^>]* open>\s*<summary[^>]*><span[^>]*>Settle this point", page)) == 2
    for name, role in (("Ben", Role.ANALYST), ("Rita", Role.AUDITOR)):
        assert "The first." not in world.signed_in(name, role).get(_here(1))
    ada.post(f"{_here(1)}/points", {**first, "reason": "The first.", "settle": "overruled"})
    page = ada.get(_here(1))
    assert "What you have begun to say of 1 point is kept" in page
    assert "The first.</textarea>" not in page
    ada.post(f"{_here(1)}/drafts/point", {**second, "reason": " "}, 204)
    assert not kept(world)


def test_a_refused_form_is_kept_without_the_script(ada: Browser) -> None:
    form = forms_of(ada.get(_here(1)), "/points")[0]
    ada.post(f"{_here(1)}/points", {**form, "reason": "As typed.", "settle": "accepted", "evidence": "f" * 64}, 409)
    assert "As typed.</textarea>" in ada.get(_here(1))


def test_a_correction_is_kept_whole_until_it_is_made(world: World) -> None:
    world.judged(MISREAD)
    ada = world.signed_in("Ada")
    form = next(form for form in forms_of(ada.get(_here(1)), "/corrections") if form["point"])
    typed = {**form, "value": "12:03:12:34", "why": "A smudge."}
    ada.post(f"{_here(1)}/drafts/point", typed, 204)
    page = ada.get(_here(1))
    assert page.count('value="12:03:12:34" maxlength') == 1
    assert page.count("A smudge.</textarea>") == 1
    ada.post(f"{_here(1)}/corrections", typed)
    assert not kept(world)


def test_a_decision_ends_what_was_begun_and_too_much_is_cut(world: World, ada: Browser) -> None:
    form = forms_of(ada.get(_here(1)), "/points")[0]
    for number in range(60):
        ada.post(f"{_here(1)}/drafts/point", {**form, "point": f"p{number}", "reason": "x" * 9_000}, 204)
    with world.services.store.reading() as tx:
        draft = drafts.find(tx, 1, "Ada", Written.POINT)
    assert draft is not None
    assert len(draft.letter) < 200_000
    ask = f"{_here(1)}/decide/ask"
    page = ada.get(ask)
    bound = dict(re.findall(r'name="(version|report|thread)" value="([^"]*)"', page))
    ada.post(ask, {**bound, "letter": "Which?"})
    assert not kept(world)
    world.signed_in("Rita", Role.AUDITOR).post(f"{_here(1)}/drafts/point", {**form, "reason": "x"}, 403)
    ada.post("/submissions/CPL-000009/drafts/point", {**form, "reason": "x"}, 404)
