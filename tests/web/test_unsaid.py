"""What a person has typed into a form is on the page that refuses it, even where a colleague was quicker."""

from __future__ import annotations

import pytest
from web.world import Browser, World

TYPED = "Seen on the phone\nwith <b>Robin</b>, \N{RIGHT-TO-LEFT OVERRIDE}today"
SHOWN = ("Seen on the phone", "with &lt;b&gt;Robin&lt;/b&gt;")
FORMS = {
    "close": {"reason": TYPED},
    "kind": {"reason": TYPED, "kind": "other"},
    "join": {"reason": TYPED, "case": "2"},
    "split": {"reason": TYPED},
    "hand-over": {"reason": TYPED},
    "points": {"reason": TYPED, "entry": "0", "point": "gone", "settle": "overruled"},
    "corrections": {"why": TYPED, "value": "01:02:03:04", "entry": "0", "point": "gone"},
}


@pytest.fixture
def ada(world: World) -> Browser:
    """Ada, whose page is older than Ben's decision."""
    before = world.submission(world.judged())
    letter = {"letter": "Mend it.", "report": before.report_sha256 or "", "version": str(before.version)}
    world.signed_in("Ben").post("/submissions/CPL-000001/decide/return", letter)
    return world.signed_in("Ada")


def test_words_whose_form_is_gone_are_shown_to_be_copied(ada: Browser, world: World) -> None:
    letters = world.letter_states(1)
    for path, form in FORMS.items():
        page = ada.post(f"/submissions/CPL-000001/{path}", {"version": "1", **form}, status=409)
        assert "What you had written" in page, path
        assert [page.count(words) for words in SHOWN] == [1, 1], path
        assert "<b>Robin</b>" not in page
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    assert world.letter_states(1) == letters


@pytest.mark.parametrize("path", ["reopen", "notes", "claim"])
def test_words_whose_form_is_there_stay_in_it_alone(ada: Browser, path: str) -> None:
    form = {"version": "1", "reason": TYPED} if path != "notes" else {"text": "x" * 5_000}
    page = ada.post(f"/submissions/CPL-000001/{path}", form, status=409)
    assert "What you had written" not in page
    assert page.count(SHOWN[0]) == (1 if path == "reopen" else 0)


def test_a_page_that_refuses_nothing_has_nothing_to_give_back(ada: Browser) -> None:
    assert "What you had written" not in ada.get("/submissions/CPL-000001")
