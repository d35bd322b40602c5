"""A case's page: its messages and letters in one order of time, and what is new to the person who looks."""

from __future__ import annotations

import re

import pytest
from dossiers import GAS, a_dossier, a_form
from web.world import World

from intake.domain.events import Resubmitted
from intake.domain.review import Action, Decision, Role
from intake.pipeline.review import decide
from intake.store import events, submissions
from rules.facts import Dossier

HERE = "/submissions/CPL-000001"


def folded(page: str) -> list[tuple[str, bool]]:
    """Of each piece its anchor and whether it stands open, in the page's order."""
    items = re.findall(r'<li id="([^"]+)"[^>]*>\s*(?:<details( open)?>|<p)', page)
    return [(anchor, bool(opened)) for anchor, opened in items]


def answer(world: World, sender: str = "Robin Hale <robin.hale@example.test>", **headers: str) -> int:
    world.clock.pass_by(hours=2)
    return world.message(f"Re: CPL-000001, {world.received}", From=sender, **headers)


def news(page: str) -> str:
    match = re.search(r"<strong>(\d+ new)</strong> ([^<]*)", page)
    return " ".join(" ".join(match.groups()).split()).rstrip(":") if match else ""


def look(world: World, name: str = "Ada", role: Role = Role.ANALYST) -> str:
    """The case's page as this person gets it, in a session that has just begun."""
    return world.signed_in(name, role).get(HERE)


def asked(world: World, number: int = 1) -> None:
    report = world.submission(number).report_sha256 or ""
    decide.decide(world.services, number, Decision(Action.ASK, "Ben", report, "Which firmware is it?", ""))


def test_messages_and_letters_stand_in_one_order_of_time(world: World) -> None:
    world.judged()
    world.clock.pass_by(hours=3)
    asked(world)
    answer(world)
    pieces = folded(look(world))
    assert [anchor for anchor, _ in pieces] == ["CPL-000001", "letter-1", "letter-2", "CPL-000002"]


def test_the_newest_words_are_open_and_the_others_folded_with_their_beginning(world: World) -> None:
    world.judged()
    asked(world)
    answer(world)
    look(world)  # so that nothing is new
    assert dict(folded(look(world))) == {
        "CPL-000001": False,
        "letter-1": False,
        "letter-2": False,
        "CPL-000002": True,
    }
    assert "Which firmware is it?" in look(world)


def test_a_lone_message_is_open_and_its_acknowledgement_is_not(world: World) -> None:
    world.judged()
    page = look(world)
    assert folded(page) == [("CPL-000001", True), ("letter-1", False)]
    assert "automatic," in page


def test_our_question_is_open_beside_the_words_that_it_is_about(world: World) -> None:
    world.judged()
    world.clock.pass_by(hours=1)
    asked(world)
    assert folded(look(world))[-1] == ("letter-2", True)


def test_automatic_mail_is_marked_and_folded(world: World) -> None:
    world.judged()
    answer(world, **{"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"})
    page = look(world)
    assert dict(folded(page))["CPL-000002"] is False
    assert "Automatic mail:" in page
    assert news(page) == ""


def test_marked_mail_that_a_person_may_have_written_is_open(world: World) -> None:
    world.judged()
    answer(world, **{"List-Id": "<team.ashdown.example>"})
    page = look(world)
    assert dict(folded(page))["CPL-000002"] is True
    assert "and a person may have written it" in page


def test_each_person_is_told_what_is_new_to_them_and_where_it_begins(world: World) -> None:
    world.judged()
    look(world, "Ada")
    look(world, "Ben")
    for _ in range(2):
        answer(world)
    assert news(look(world, "Ada")) == "2 new since you looked on Fri 20 Nov 2026 12:00"
    page = look(world, "Ben")
    assert news(page) == "2 new since you looked on Fri 20 Nov 2026 12:00"
    assert 'href="#CPL-000002">go to the first</a>' in page
    assert dict(folded(page)) == {"CPL-000001": False, "letter-1": False, "CPL-000002": True, "CPL-000003": True}
    assert news(look(world, "Ben")) == ""
    answer(world)
    assert news(look(world, "Ada")).startswith("1 new since you looked on Fri 20 Nov 2026 16:00")


def test_who_looks_for_the_first_time_is_told_what_nobody_has_seen(world: World) -> None:
    world.judged()
    answer(world)
    assert news(look(world, "Ada")) == "1 new that nobody has looked at"
    assert news(look(world, "Ben")) == ""


def test_an_auditor_s_look_is_an_auditor_s_alone(world: World) -> None:
    world.judged()
    look(world, "Cy", Role.AUDITOR)
    answer(world)
    assert news(look(world, "Cy", Role.AUDITOR)).startswith("1 new since you looked")
    assert news(look(world, "Cy", Role.AUDITOR)) == ""
    assert news(look(world, "Ada")) == "1 new that nobody has looked at"


def test_a_submission_that_was_sent_again_is_named_in_its_place(world: World) -> None:
    world.judged()
    look(world)
    world.clock.pass_by(hours=2)
    world.judged(subject="CPL submission, corrected")
    with world.services.store.transaction() as tx:
        events.append(tx, Resubmitted(later="CPL-000002", later_id=2), at=world.clock.now(), message=1)
    answer(world)
    page = look(world)
    assert [anchor for anchor, _ in folded(page)] == ["CPL-000001", "letter-1", "CPL-000002", "CPL-000003"]
    assert "It was sent again as" in page
    assert news(page).startswith("2 new")


def test_a_message_that_was_put_into_the_case_later_is_new_though_it_is_old(world: World) -> None:
    world.judged()
    world.judged(Dossier(world.clock.now(), None, (), ()), "CPL submission: a question")
    answer(world)
    look(world, "Ada")
    world.clock.pass_by(minutes=1)
    world.change(2, documents=0)
    form = {"version": str(world.submission(2).version), "thread": "0", "case": "1"}
    ben = world.signed_in("Ben")
    assert ben.post("/submissions/CPL-000002/join", form) == f"{HERE}?done=joined"
    page = look(world, "Ada")
    assert news(page).startswith("1 new since you looked")
    assert 'href="#CPL-000002"' in page


# ---- a message without a form


def a_question(world: World) -> int:
    number = world.judged(Dossier(world.clock.now(), None, (), ()), "CPL submission: which form?")
    world.change(number, documents=0)
    return number


def test_a_question_leads_with_its_words_and_the_reply(world: World) -> None:
    a_question(world)
    page = look(world)
    words, reply, workbook = (page.index(text) for text in ("Please find our", "Your reply", "no workbook"))
    assert words < reply < workbook
    assert "<details" in page[reply:workbook]
    assert "Documents</h2>" not in page


def test_a_submission_leads_with_what_was_found(world: World) -> None:
    world.judged(a_dossier(a_form(GAS)))
    page = look(world)
    assert "Your reply" not in page
    assert "Every check that applies has passed" in page
    assert f'href="{HERE}/reply"' in page


# ---- what could not be processed


@pytest.mark.parametrize("error", ["RuntimeError: list index out of range", "struct.error: unpack requires 4 bytes"])
def test_an_analyst_is_told_what_to_do_and_the_administrator_the_cause(world: World, error: str) -> None:
    number = world.message()
    for _ in range(3):
        with world.services.store.transaction() as tx:
            submissions.fail(tx, submissions.get(tx, number), error, retry_at=world.clock.now())
    ada, cy = world.signed_in("Ada"), world.signed_in("Cy", Role.ADMIN)
    for page in (ada.get(HERE), ada.get("/")):
        assert error not in page
        assert "a fault in our program" in page
    assert "Check again" in ada.get(HERE)
    assert "hand it to the administrator" in ada.get(HERE)
    version = str(world.submission(number).version)
    ada.post(f"{HERE}/hand-over", {"version": version, "reason": "it is their workbook"})
    assert "CPL-000001" in ada.get("/queue/administrator")
    page = cy.get("/failures")
    assert error in page
    assert "by Ada" in page
    assert "it is their workbook" in page, "what was written for the administrator"
    assert "robin" not in page.casefold()
    cy.get(HERE, status=403)
    ada.post(f"{HERE}/take-back", {"version": str(world.submission(number).version)})
    assert "CPL-000001" not in ada.get("/queue/administrator")
