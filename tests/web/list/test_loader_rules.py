"""A rejection by the DCC becomes a rule of the pre-flight: one person proposes it, another agrees, and it ends."""

from __future__ import annotations

import re
from datetime import date

import pytest
from web.list.test_list_next import changed, prepared, released
from web.listed import two
from web.world import Browser, World

from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import loader_rules
from intake.publication.loader import RefusalKind, SeenRefusal
from intake.register.changes import EDITABLE
from intake.store import events
from rules.fields import FormField
from rules.reference import Span

CREATOR = f"value-{EDITABLE.index(FormField.IMAGE_CREATOR)}"
_NAMES = ("version", "field", "kind", "value", "since", "until", "reason")
SAID = "the creator Hale Limited is not known"


def rejected(world: World) -> tuple[Browser, Browser]:
    """Version 2.002, which brought another creator to entry 000002, and which the DCC's loader refused."""
    ada, ben = released(world)
    ada.post("/list/versions/2.002/rejected", {"entry": "2", "reason": SAID, "incident": "INC42"})
    return ada, ben


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the form for a rule."""
    form = page[page.index('action="/list/loader/new"') :]
    typed = dict(re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', form))
    typed |= dict(re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        typed[name] = match[1] if (match := re.search(r'value="([^"]*)" selected', options)) else ""
    return {name: text for name, text in typed.items() if name in _NAMES}


def agreed(ada: Browser, ben: Browser, **typed: str) -> None:
    """The rule that the rejection suggests, or another."""
    form = form_of(ada.get("/list/loader/new?version=2.002"))
    assert ada.post("/list/loader/new", form | typed) == "/list/loader?done=loader-proposed"
    assert ben.post("/list/loader/1/agree") == "/list/loader?done=loader-agreed"


def test_a_rejection_suggests_a_dated_rule_that_the_next_preflight_goes_by(world: World) -> None:
    ada, ben = rejected(world)
    assert "/list/loader/new?version=2.002" in ada.get("/list/versions/2.002")
    page = ada.get("/list/loader/new?version=2.002")
    assert "Hale Limited" in page
    form = form_of(page)
    assert form == {
        "version": "2.002",
        "field": str(FormField.IMAGE_CREATOR),
        "kind": "VALUE",
        "value": "Hale Limited",
        "since": "20/11/2026",
        "until": "",
        "reason": f"{SAID} (DCC incident INC42)",
    }
    ada.post("/list/loader/new", form)
    changed(ada, ben, "000001")
    assert "✓ nothing is refused" in ada.get("/list/next"), "a proposal refuses nothing"
    assert "another person must agree" in ada.post("/list/loader/1/agree", status=409)
    assert "another person must agree" in ada.get("/list/loader")
    ben.post("/list/loader/1/agree")
    page = ada.get("/list/next")
    assert "is “Hale Limited”, which the DCC&#39;s loader has refused" in page
    assert "The loader of the DCC would refuse" in ada.post("/list/next/prepare", {"step": "prepare"}, status=409)
    with world.services.store.reading() as tx:
        told = [event.name for event in events.chain(tx) if event.name.startswith("loader")]
    assert told == ["loader_rule_proposed", "loader_rule_agreed"]


def test_what_it_holds_for_ends_with_its_last_day_which_two_people_say(world: World) -> None:
    ada, ben = rejected(world)
    agreed(ada, ben)
    assert "Write the last day" in ada.post("/list/loader/1/end", status=409)
    assert "would end before it begins" in ada.post("/list/loader/1/end", {"until": "19/11/2026"}, status=409)
    assert "no day of the calendar" in ada.post("/list/loader/1/end", {"until": "31/02/2027"}, status=400)
    ben.post("/list/loader/1/end", {"until": "21/11/2026"})
    ada.post("/list/loader/2/agree")
    changed(ada, ben, "000001")
    assert "which the DCC&#39;s loader has refused" in ada.get("/list/next"), "its last day is to come"
    page = ada.get("/list/loader")
    assert "until 21/11/2026" in page
    assert "Replaced" in page
    world.clock.pass_by(days=3)
    ada, ben = two(world)
    assert "✓ nothing is refused" in ada.get("/list/next")
    assert "Over" in ada.get("/list/loader")
    assert "does not hold any more" in ada.post("/list/loader/1/end", {"until": "22/11/2026"}, status=409)


def test_a_version_prepared_before_the_rule_is_not_released(world: World) -> None:
    ada, ben = rejected(world)
    changed(ada, ben, "000001")
    world.clock.pass_by(minutes=1)
    ada.post("/list/next/prepare", {"step": "prepare"})
    world.clock.pass_by(minutes=1)
    agreed(ada, ben)
    form = prepared(ben.get("/list/next"))
    assert "A rule agreed on since it was prepared refuses entry 000001" in ben.post(
        "/list/next/release", form, status=409
    )


def test_what_was_rejected_is_refused_until_it_is_corrected_though_it_is_published(world: World) -> None:
    ada, ben = rejected(world)
    agreed(ada, ben)
    changed(ada, ben, "000001", **{CREATOR: "Brook Limited"})
    page = ada.get("/list/next")
    assert "The DCC has rejected 2.002" in page
    assert "they are published, so they must be corrected" in page
    assert "/list/change/new?kind=correct&amp;entries=000002" in page
    ada.post("/list/next/prepare", {"step": "prepare"}, status=409)
    changed(ada, ben, "000002", **{CREATOR: "Brook Limited"})
    assert "they must be corrected" not in ada.get("/list/next")
    ada.post("/list/next/prepare", {"step": "prepare"})


def test_a_rule_is_refused_or_taken_back_with_a_reason(world: World) -> None:
    ada, ben = rejected(world)
    ada.post("/list/loader/new", form_of(ada.get("/list/loader/new?version=2.002")))
    assert "Say why the rule is not made." in ben.post("/list/loader/1/refuse", status=409)
    ben.post("/list/loader/1/refuse", {"reason": "It was a slip of theirs."})
    assert "no such rule to decide on" in ben.post("/list/loader/1/agree", status=409)
    changed(ada, ben, "000001")
    assert "✓ nothing is refused" in ada.get("/list/next")


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ({"field": "x"}, 409, "Choose the column"),
        ({"value": ""}, 409, "Write the value"),
        ({"value": "a" * 501}, 409, "Write the value"),
        ({"kind": "LONGER", "value": "ten"}, 409, "how many bytes"),
        ({"reason": " "}, 409, "Say what the loader said"),
        ({"since": "soon"}, 400, "no day of the calendar"),
        ({"since": ""}, 400, "the first day"),
        ({"until": "01/01/2020"}, 409, "would end before it begins"),
    ],
)
def test_what_is_no_rule_is_not_proposed(world: World, typed: dict[str, str], status: int, says: str) -> None:
    ada, _ = rejected(world)
    form = form_of(ada.get("/list/loader/new?version=2.002"))
    assert says in ada.post("/list/loader/new", form | typed, status=status)
    assert "To agree to" not in ada.get("/list/loader")


def test_there_is_no_rule_without_a_rejection(world: World) -> None:
    ada, _ = released(world)
    ada.get("/list/loader/new?version=2.002", status=404)
    ada.post("/list/loader/new", {"version": "2.002"}, status=404)
    refusal = SeenRefusal(str(FormField.IMAGE_CREATOR), RefusalKind.VALUE, "A", Span(date(2026, 11, 20)), "no")
    with pytest.raises(DecisionRefusedError, match="has not refused"):
        loader_rules.propose(world.services, "2.002", refusal, "Ada")


def test_lengths_and_parts_of_a_value_can_be_refused(world: World) -> None:
    ada, ben = rejected(world)
    agreed(ada, ben, kind="LONGER", value="12")
    changed(ada, ben, "000001", **{CREATOR: "A" * 13})
    assert "is longer than 12 bytes" in ada.get("/list/next")
    changed(ada, ben, "000001", **{CREATOR: "A" * 12})
    assert "✓ nothing is refused" in ada.get("/list/next")
