from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import pytest
from dossiers import CPA_DATE, FIRMWARE, GAS, a_dossier, a_form
from web.world import World

from intake.domain.review import Action, Decision
from intake.domain.submission import State
from intake.pipeline.case import claims
from intake.pipeline.review import decide
from intake.store import submissions, summaries
from intake.store.erase import erase
from intake.store.outbox import LetterState
from intake.web import views
from rules.facts import NEW_ENTRY_ABSENT

FAULTY = a_dossier(a_form(GAS, {FIRMWARE: "12:03", CPA_DATE: "2028-08-30"}))


def test_the_plain_address_shows_what_waits_for_a_person(world: World) -> None:
    number = world.judged()
    filed = world.message("Metering Weekly", **{"List-Id": "<weekly.example.test>"})
    page = world.signed_in().get("/")
    assert world.submission(number).reference in page
    assert world.submission(filed).reference not in page


def test_a_row_says_device_submitter_findings_and_why(world: World) -> None:
    world.judged(FAULTY)
    page = world.signed_in().get("/")
    assert "Gas Smart Meter" in page
    assert "Robin Hale, example.test" in page
    assert "To be returned" in page
    assert " to put right" in page
    assert "Example Meters Ltd (10:6C)" in page
    assert "12:03" in page


@pytest.mark.parametrize("view", views.VIEWS, ids=lambda view: view.slug or "waiting")
def test_every_view_can_be_opened_empty_and_full(world: World, view: views.View) -> None:
    browser = world.signed_in()
    assert (view if view.slug else views.EVERYTHING).empty in browser.get(view.path)
    world.judged()
    browser.get(view.path)


def test_each_submission_stands_in_the_views_it_belongs_to(world: World) -> None:
    browser = world.signed_in("Ada")
    numbers = {name: world.judged(subject=f"CPL submission {name}") for name in ("new", "mine", "proposed", "asked")}
    claims.claim(world.services, numbers["mine"], "Ada")
    for name, action in (("proposed", Action.APPROVE), ("asked", Action.ASK)):
        report = world.submission(numbers[name]).report_sha256 or ""
        decide.decide(world.services, numbers[name], Decision(action, "Ada", report, "Dear submitter"))

    def shown(view: str) -> set[str]:
        page = browser.get(view)
        return {name for name, number in numbers.items() if f"/submissions/CPL-{number:06d}" in page}

    assert shown("/") == {"new", "mine", "proposed"}
    assert shown("/queue/unclaimed") == {"new", "proposed"}
    assert shown("/queue/mine") == {"mine"}
    assert shown("/queue/second-approval") == set()
    assert shown("/queue/waiting-on-submitter") == {"asked"}
    assert shown("/queue/approved") == set()
    assert shown("/queue/everything") == set(numbers)


def test_an_unknown_view_is_not_found(world: World) -> None:
    assert "no view of this name" in world.signed_in().get("/queue/elsewhere", status=404)


@pytest.mark.parametrize(
    ("state", "values", "hours", "said"),
    [
        (None, {}, 0, "due by end of Mon 23 Nov 2026"),
        (None, {}, 96, "Receipt overdue, due by"),
        (LetterState.HELD, {"hold_reason": "DMARC failed"}, 0, "Receipt held, due by"),
        (LetterState.HELD, {"hold_reason": "DMARC failed"}, 96, "Receipt held, overdue, due by"),
        (LetterState.REFUSED, {}, 0, "refused by the mail server"),
    ],
)
def test_the_acknowledgement_clock_is_shown(
    world: World, state: LetterState | None, values: dict[str, object], hours: int, said: str
) -> None:
    number = world.judged()
    if state is not None:
        world.settle(number, state, **values)
    world.clock.pass_by(hours=hours)
    assert said in world.signed_in().get("/")


def test_a_held_acknowledgement_says_why_in_the_row(world: World) -> None:
    number = world.judged()
    world.settle(number, LetterState.HELD, hold_reason="DMARC failed")
    assert "Its acknowledgement is held: DMARC failed." in world.signed_in().get("/")


def test_an_approval_starts_the_publication_clock(world: World) -> None:
    number = world.judged()
    report = world.submission(number).report_sha256 or ""
    for person in ("Ada", "Ben"):
        decide.decide(world.services, number, Decision(Action.APPROVE, person, report, "Approved"))
    browser = world.signed_in()
    assert "Publish by Mon 23 Nov<" in browser.get("/queue/approved")
    assert "Nothing is published yet." in browser.get("/queue/published")
    world.clock.pass_by(days=4)
    assert "Publication overdue since 23 Nov<" in world.signed_in().get("/queue/approved")
    clock = "Decision and publication</dt><dd>"
    assert "Publication overdue" in world.signed_in().get(f"/submissions/CPL-{number:06d}").partition(clock)[2][:200]
    world.change(number, publish_due=None)  # as where a version that holds it has been released
    page = world.signed_in().get(f"/submissions/CPL-{number:06d}")
    assert "Published" in page.partition(clock)[2][:200]
    assert "Undecided" not in page
    for view in ("approved", "published"):
        assert f"/submissions/CPL-{number:06d}" in world.signed_in().get(f"/queue/{view}")


def test_a_quarantined_message_says_what_failed(world: World) -> None:
    number = world.message()
    for _ in range(3):
        with world.services.store.transaction() as tx:
            submissions.fail(tx, submissions.get(tx, number), "The reader was ended.", retry_at=world.clock.now())
    assert world.submission(number).state is State.QUARANTINED
    assert "A step failed three times: The reader was ended." in world.signed_in().get("/")


def test_what_was_acknowledged_or_is_not_owed_says_nothing_of_it(world: World) -> None:
    browser = world.signed_in()
    number = world.judged()
    for state, values in ((LetterState.SENT, {"sent_at": world.clock.now()}), (LetterState.DROPPED, {})):
        world.settle(number, state, **values)
        assert "Receipt" not in browser.get("/")


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "Due Fri 27 Nov"), (6, "Due Fri 27 Nov"), (7, "cpl-soon"), (7, "Due today"), (8, "Overdue since 27 Nov")],
)
def test_the_decision_has_a_deadline_in_words_and_colour(world: World, days: int, said: str) -> None:
    world.judged()
    world.clock.pass_by(days=days)
    page = world.signed_in().get("/")
    assert said in page
    assert ("today" if not days else f"{days} days") in page
    due = world.signed_in("Ben").get("/queue/due-today")
    assert ("CPL-000001" in due) is (days >= 7)


def test_the_deadline_is_a_setting(world: World) -> None:
    world.judged()
    review = msgspec.structs.replace(world.services.config.review, decide_within_days=1)
    config = msgspec.structs.replace(world.services.config, review=review)
    world.services = replace(world.services, config=config)
    assert "Due Mon 23 Nov" in world.signed_in().get("/")


def test_list_and_page_tell_one_number_of_findings(world: World) -> None:
    browser = world.signed_in()
    without_form = replace(a_dossier(a_form(GAS)), entries=(), documents=(), new_entry=NEW_ENTRY_ABSENT)
    for dossier in (FAULTY, without_form):
        number = world.judged(dossier)
        with world.services.store.reading() as tx:
            line = summaries.get(tx, number)
        assert line is not None
        page = browser.get(f"/submissions/CPL-{number:06d}")
        shown = dict(
            re.findall(r"cpl-dot--(return|query|note)\">[^<]*</span> <span class=\"cpl-count\">([0-9]+)<", page)
        )
        assert {name: int(shown.get(name, 0)) for name in ("return", "query", "note")} == {
            "return": line.returns,
            "query": line.queries,
            "note": line.notes,
        }


def test_a_case_that_was_disposed_of_says_so_on_its_row_and_leads_nowhere(world: World) -> None:
    closed, filed = world.judged(), world.message("Metering Weekly", **{"List-Id": "<weekly.example.test>"})
    world.change(closed, state=State.CLOSED, decided_by="Ben", outcome="return")
    for number in (closed, filed):
        with world.services.store.transaction() as tx:
            erase(tx, number, world.clock.now())
    browser = world.signed_in()
    page = browser.get("/queue/everything")
    rows = re.findall(r"<tr class=\"govuk-table__row\">\s*<th scope=\"row\".*?</tr>", page, re.DOTALL)
    assert len(rows) == 2
    for number, row in zip((filed, closed), rows, strict=True):
        reference = world.submission(number).reference
        assert reference in row
        assert "Disposed of on 20/11/2026" in row
        assert "href" not in row
        assert "data-row" not in row
        for untrue in ("(no subject)", "(no sender)", "not judged", "Kept only", "Receipt"):
            assert untrue not in row
        assert f"{reference} was disposed of on 20/11/2026" in browser.get(f"/submissions/{reference}", status=410)
    assert "Closed by Ben." in rows[1]


def test_it_is_found_by_its_number_still(world: World) -> None:
    number = world.judged()
    world.change(number, state=State.CLOSED, decided_by="Ben")
    with world.services.store.transaction() as tx:
        erase(tx, number, world.clock.now())
    assert "Disposed of on 20/11/2026" in world.signed_in().get(f"/queue/everything?q={number}")


def test_before_the_first_message_nobody_is_praised_as_nothing_waits(world: World) -> None:
    browser = world.signed_in()
    assert "Well done" not in browser.get("/")
    world.judged()
    world.change(1, state=State.CLOSED)
    assert "Well done" in browser.get("/")
