"""Two people dispose of what is due, on pages; holds, and what is left to see afterwards."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from dossiers import GAS, a_form
from web.world import Browser, World

from intake.config import RetentionConfig
from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.evidence.verify import verify
from intake.pipeline.retention.carry_out import carry_out
from intake.store import submissions
from intake.store.outbox import LetterState
from rules.fields import FormField

HERE = "/submissions/CPL-000001"
TICKED = {"tick-CPL-000001": "on", "reason": "The period is over."}


@pytest.fixture
def old(world: World) -> World:
    """A world with two submissions that were returned long ago."""
    config = msgspec.structs.replace(world.services.config, retention=RetentionConfig(returned_years=7))
    world.services = replace(world.services, config=config)
    for _ in range(2):
        number = world.judged()
        world.settle(number, LetterState.SENT, sent_at=world.clock.now())
        with world.services.store.transaction() as tx:
            before = submissions.get(tx, number)
            submissions.move(tx, before, State.RETURNED, decided_by="Ada", decided_at=world.clock.now())
    world.clock.pass_by(days=366 * 7)
    return world


def proposed(browser: Browser, **form: str) -> str:
    return browser.post("/retention/propose", {**TICKED, **form}).partition("?")[0]


def test_what_was_ticked_stays_so_where_the_reason_is_missing(old: World) -> None:
    ticked = r'name="tick-CPL-000001" checked'
    ada = old.signed_in("Ada")
    assert ticked not in ada.get("/retention")
    assert ticked in ada.post("/retention/propose", {**TICKED, "reason": ""}, status=409)


def test_two_people_dispose_of_a_case_and_its_page_says_so(old: World) -> None:
    ada, ben, rita = old.signed_in("Ada"), old.signed_in("Ben"), old.signed_in("Rita", Role.AUDITOR)
    assert "7 years after the decision" in ada.get("/retention")
    here = proposed(ada)
    assert "another person must agree to it" in ada.get(here)
    ada.post(f"{here}/agree", status=409)
    assert "Agree: dispose of 1 case" in ben.get(here)
    ben.post(f"{here}/agree")
    assert ">to go<" in ben.get(here)
    assert carry_out(old.services).messages == 1
    assert "disposed of, " in rita.get(here)
    assert "was disposed of on" in rita.get(HERE, status=410)
    for path in (f"{HERE}/evidence.zip", f"{HERE}/documents/{'ab' * 32}"):
        assert rita.client.get(path).status_code == 410
    ben.post(f"{HERE}/notes", {"text": "a note"}, status=410)
    assert "gas meter" not in rita.get("/audit?submission=CPL-000001")
    assert "Disposed of; proposed by Ada" in rita.get("/audit?event=disposed")
    assert verify(old.services).disposed.submissions == 1


def test_a_hold_is_placed_by_one_and_lifted_by_two_with_a_reason(old: World) -> None:
    ada, ben = old.signed_in("Ada"), old.signed_in("Ben")
    hold = {"scope": "submission", "value": "CPL-000001", "why": "A court asks for it."}
    for wrong in ({"why": ""}, {"value": "CPL-000009"}, {"value": "all"}, {"scope": "planet"}):
        ada.post("/retention/holds", {**hold, **wrong}, status=409)
    ada.post("/retention/holds", hold)
    page = ada.get("/retention")
    assert "A court asks for it." in page
    assert 'name="tick-CPL-000001"' not in page
    assert "hold 1 is on the submission CPL-000001" in ada.post("/retention/propose", TICKED, status=409)
    ada.post("/retention/holds/1/lift", {"why": ""}, status=409)
    ada.post("/retention/holds/1/lift", {"why": "The court is done."})
    assert "Take back" in ada.get("/retention")
    ada.post("/retention/holds/1/agree", {}, status=409)
    page = ben.get("/retention")
    assert "Ada would lift it: The court is done." in page
    assert 'name="tick-CPL-000001"' not in page
    ben.post("/retention/holds/1/keep", {"why": "It appealed."})
    ben.post("/retention/holds/1/agree", {}, status=409)
    ben.post("/retention/holds/1/lift", {"why": "The appeal is over."})
    ada.post("/retention/holds/1/agree", {})
    assert 'name="tick-CPL-000001"' in ada.get("/retention")


_MODEL, _MAKER = (
    a_form(GAS).value(FormField.MODEL_IDENTIFIER) or "",
    a_form(GAS).value(FormField.MANUFACTURER_IDENTIFIER) or "",
)


@pytest.mark.parametrize(
    ("scope", "value"),
    [("submission", "CPL-000001"), ("model", _MODEL.replace(":", "")), ("manufacturer", _MAKER.replace(":", ""))],
)
def test_the_case_says_that_it_is_held_by_whom_and_why(old: World, scope: str, value: str) -> None:
    ada, ben = old.signed_in("Ada"), old.signed_in("Ben")
    assert "Held from disposal" not in ada.get(HERE)
    ada.post("/retention/holds", {"scope": scope, "value": value, "why": "A court <asks> for it."})
    page = ben.get(HERE)
    assert "Held from disposal" in page
    assert "“A court &lt;asks&gt; for it.” " in page
    assert "Ada, " in page.partition("Held from disposal")[2][:200]
    assert ("Held from disposal" in ben.get("/submissions/CPL-000002")) == (scope != "submission")
    ben.post("/retention/holds/1/lift", {"why": "It is done."})
    assert "Ben would lift it" in ada.get(HERE)
    ada.post("/retention/holds/1/agree", {})
    assert "Held from disposal" not in ada.get(HERE)


def test_all_that_is_due_is_what_was_shown_and_may_be_refused(old: World) -> None:
    ada, ben = old.signed_in("Ada"), old.signed_in("Ben")
    assert "2 cases are due by now" in ada.post("/retention/propose", {"reason": "Over.", "all": "3"}, status=409)
    here = proposed(ada, all="2")
    assert "CPL-000002" in ada.get(here)
    ben.post(f"{here}/refuse", {"reason": ""}, status=409)
    ben.post(f"{here}/refuse", {"reason": "Not this year."})
    assert "nothing went" in ben.get(here)
    ben.get("/retention/disposals/9", status=404)
