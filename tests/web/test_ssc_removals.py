"""The SSC asks for removals and agrees to them, with its own reference, and does nothing else to the list."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from web.listed import fields_of, propose, take_in
from web.world import Browser, World

from intake.config import ReviewConfig
from intake.domain.review import Role
from intake.store import changes, listing

REMOVAL = "/list/change/new?kind=remove&entries=000002"
TYPED = {"removal": "DEFECT", "reason": "A fault."}


@pytest.fixture
def sam(world: World) -> Browser:
    """Somebody of the SSC, in an installation where nothing is removed without them."""
    config = msgspec.structs.replace(world.services.config, review=ReviewConfig(ssc_removes=True))
    world.services = replace(world.services, config=config)
    take_in(world)
    return world.signed_in("Sam", Role.SSC)


def status(world: World, number: str) -> str:
    with world.services.store.reading() as tx:
        return listing.newest_of(tx, [number])[number].entry.status


def test_the_ssc_asks_and_an_analyst_agrees(world: World, sam: Browser) -> None:
    shown = fields_of(sam.post("/list/change/new", fields_of(sam.get(REMOVAL)) | TYPED, status=200))
    refused = sam.post("/list/change/new", shown | {"step": "propose"}, status=409)
    assert "Give the SSC" in refused
    number = propose(sam, REMOVAL, **TYPED, ssc="SSC-14")
    page = sam.get("/ssc")
    assert f'href="/list/changes/{number}"' in page
    sam.post(f"/list/changes/{number}/agree", status=409)
    world.signed_in("Ada").post(f"/list/changes/{number}/agree")
    assert status(world, "000002") == "Removed"


def test_without_the_ssc_nothing_is_removed(world: World, sam: Browser) -> None:
    number = propose(world.signed_in("Ada"), REMOVAL, **TYPED)
    ben = world.signed_in("Ben")
    assert "Somebody of the SSC must agree" in ben.post(f"/list/changes/{number}/agree", status=409)
    assert "Give the SSC" in sam.post(f"/list/changes/{number}/agree", status=409)
    assert 'name="ssc"' in sam.get(f"/list/changes/{number}")
    sam.post(f"/list/changes/{number}/agree", {"ssc": "SSC-15"})
    assert status(world, "000002") == "Removed"
    assert "SSC SSC-15" in ben.get(f"/list/changes/{number}")


def test_the_ssc_refuses_a_removal(world: World, sam: Browser) -> None:
    number = propose(world.signed_in("Ada"), REMOVAL, **TYPED)
    sam.post(f"/list/changes/{number}/refuse", {"reason": "The risk is borne."})
    assert status(world, "000002") == "Current"


def test_the_ssc_changes_nothing_else(world: World, sam: Browser) -> None:
    asked = "/list/change/new?kind=state-upgrade-path&entries=000003"
    number = propose(world.signed_in("Ada"), asked, value__0="000002")
    for act in ("agree", "refuse"):
        page = sam.post(f"/list/changes/{number}/{act}", {"reason": "no", "ssc": "SSC-1"}, status=409)
        assert "decides on removals" in page
    assert "agree" not in sam.get(f"/list/changes/{number}").partition("<aside")[2]
    assert sam.post("/list/change/new", {"kind": "correct", "entries": "000002"}) == "/list/change/new"
    assert 'value="remove"' in sam.get("/list/change/new?kind=correct&entries=000002")
    with world.services.store.reading() as tx:
        stored = changes.get(tx, number)
    assert stored is not None
    assert stored.state.value == "proposed"
