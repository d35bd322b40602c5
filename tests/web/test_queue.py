from __future__ import annotations

import pytest
from dossiers import CPA_DATE, FIRMWARE, GAS, a_dossier, a_form
from web.world import World

from intake.domain.review import Action, Decision
from intake.domain.submission import State
from intake.pipeline import claims, decide
from intake.store import submissions
from intake.store.outbox import LetterState
from intake.web import views

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
    assert " to put right</li>" in page


@pytest.mark.parametrize("view", views.VIEWS, ids=lambda view: view.slug or "waiting")
def test_every_view_can_be_opened_empty_and_full(world: World, view: views.View) -> None:
    browser = world.signed_in()
    assert view.empty in browser.get(view.path)
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

    assert shown("/") == {"new", "mine", "proposed", "asked"}
    assert shown("/queue/unclaimed") == {"new", "proposed", "asked"}
    assert shown("/queue/mine") == {"mine"}
    assert shown("/queue/second-approval") == {"proposed"}
    assert shown("/queue/waiting-on-submitter") == {"asked"}
    assert shown("/queue/approved") == set()
    assert shown("/queue/everything") == set(numbers)


def test_an_unknown_view_is_not_found(world: World) -> None:
    assert "no view of this name" in world.signed_in().get("/queue/elsewhere", status=404)


def test_a_search_finds_a_reference_a_subject_and_a_sender(world: World) -> None:
    browser = world.signed_in()
    first = world.submission(world.judged(subject="CPL submission AML-G1")).reference
    second = world.submission(
        world.judged(subject="CPL submission AML-H4", headers={"From": "Kim <kim@other.test>"})
    ).reference
    for sought, actual in ((second.lower(), second), ("aml-g1", first), ("kim@other", second)):
        page = browser.get(f"/?q={sought}")
        assert f"/submissions/{actual}" in page
        assert f"/submissions/{first if actual == second else second}" not in page
    assert "Nothing matches" in browser.get("/?q=%25")


def test_long_views_are_paged_and_everything_starts_with_the_newest(world: World) -> None:
    for _ in range(views.PAGE + 2):
        world.message()
    browser = world.signed_in()
    newest, oldest = f"CPL-{views.PAGE + 2:06d}", "CPL-000001"
    first, second = browser.get("/queue/everything"), browser.get("/queue/everything?page=2")
    assert newest in first
    assert oldest not in first
    assert oldest in second
    assert newest not in second
    assert browser.get("/queue/everything?page=99") == second
    assert browser.get("/queue/everything?page=x") == first


@pytest.mark.parametrize(
    ("state", "values", "hours", "said"),
    [
        (None, {}, 0, "due by end of Mon 23 Nov 2026"),
        (None, {}, 96, "Overdue"),
        (LetterState.HELD, {"hold_reason": "DMARC failed"}, 0, "Held"),
        (LetterState.HELD, {"hold_reason": "DMARC failed"}, 96, "Held, overdue"),
        (LetterState.REFUSED, {}, 0, "Refused by the mail server"),
        (LetterState.DROPPED, {}, 0, "Not sent"),
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
    assert "by end of Mon 23 Nov 2026" in browser.get("/queue/approved")
    world.clock.pass_by(days=4)
    assert "Publication overdue" in world.signed_in().get("/queue/approved")


def test_a_quarantined_message_says_what_failed(world: World) -> None:
    number = world.message()
    for _ in range(3):
        with world.services.store.transaction() as tx:
            submissions.fail(tx, submissions.get(tx, number), "The reader was ended.", retry_at=world.clock.now())
    assert world.submission(number).state is State.QUARANTINED
    assert "A step failed three times: The reader was ended." in world.signed_in().get("/")


def test_evidence_that_is_missing_does_not_break_the_list(world: World) -> None:
    number = world.judged()
    world.change(number, dossier_sha256="ab" * 32)
    assert "not judged" in world.signed_in().get("/")
