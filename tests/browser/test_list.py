"""Every page of the list in Chromium, as two people work on it, at both widths, light and dark."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from browser.look import VARIANTS, picture, show_as, too_wide, violations
from playwright.sync_api import Page
from web.listed import ENTRIES, a_listed, propose, take_in, two, with_path
from web.world import World

from intake.web.app import create_app

SECONDS = 30
ADDRESSES = (
    "/list",
    "/list?status=current&version=2.001",
    "/list?q=nothing",
    "/list?as-of=never",
    "/list/000002",
    "/list/000004",
    "/list/model/000003",
    "/list/changes",
    "/list/changes/1",
    "/list/changes/4",
    "/list/changes/5",
    "/list/change/new",
    "/list/change/new?kind=correct&entries=000002",
    "/list/change/new?kind=remove&entries=000001",
    "/list/change/new?kind=replace-certificate&entries=000001",
    "/list/change/new?kind=rename-value",
    "/list/change/new?kind=amend",
    "/list/change/new?kind=state-upgrade-path&entries=000003",
    "/list/next",
    "/list/loader",
    "/list/loader/new?version=2.002",
    "/list/versions",
    "/list/versions/2.002",
    "/list/versions/2.001",
    "/list/compare?from=2.001&to=2.002",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[str]:
    """The review page over a list with a published version, a prepared one, an open change and a suggestion."""
    assert chromium
    world = World(Path(tmp_path_factory.mktemp("list")))
    _work(world)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app = create_app(world.services, demo_people=("Cid", "Dee"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        until = time.monotonic() + SECONDS
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(SECONDS)
    world.close()


def _work(world: World) -> None:
    old = a_listed("000006", CPA_NUMBER="[E] GSME00000006", CPA_DATE="19/11/2026")
    branch = with_path(a_listed("000007", IMAGE_HASH=":".join(["EE"] * 32)), "000001, 000002")
    take_in(world, [*ENTRIES, old, branch, with_path(a_listed("000008"), "000007, 000003")])
    ada, ben = two(world)
    for path, typed in (
        ("kind=correct&entries=000002", {"value-13": "Hale Limited", "incident": "INC000012345"}),
        ("kind=remove&entries=000001", {"removal": "DEFECT", "internal_reason": "As the maker told us."}),
    ):
        ben.post(f"/list/changes/{propose(ada, f'/list/change/new?{path}', **typed)}/agree")
        if "correct" in path:
            ada.post("/list/next/prepare", {"step": "prepare"})
            ben.post("/list/next/release", {"publication": "1"})
    ben.post("/list/versions/2.002/rejected", {"entry": "000002", "reason": "row 3 is too long"})
    rule = {"version": "2.002", "field": "Manufacturer_Image.descriptor", "kind": "LONGER", "since": "20/11/2026"}
    for value in ("45", "40"):
        ada.post("/list/loader/new", {**rule, "value": value, "reason": "row 3 is too long"})
    ben.post("/list/loader/1/agree")
    ada.post("/list/next/prepare", {"step": "prepare"})
    ben.post(f"/list/changes/{propose(ada, '/list/change/new?kind=correct&entries=000003', **{'value-9': 'x'})}/agree")
    propose(ada, "/list/change/new?kind=remove&entries=000007", removal="DEFECT")
    propose(
        ada, "/list/change/new?kind=state-upgrade-path&entries=000003", **{"value-0": "000002", "asked": "10/11/2026"}
    )


def test_axe_finds_nothing_on_the_list_and_nothing_is_too_wide(scripted: Page, site: str, shades: set[str]) -> None:
    troubles: list[str] = []

    def look(folder: str = "") -> None:
        for variant in VARIANTS:
            show_as(scripted, variant)
            picture(scripted, f"{variant}{folder}")
            troubles.extend(violations(scripted, shades) + too_wide(scripted))

    for path in ADDRESSES:
        response = scripted.goto(site + path)
        assert response is not None
        assert response.status == 200, path
        scripted.locator("details").evaluate_all("all => all.forEach(details => { details.open = true; })")
        look()
    scripted.goto(f"{site}/list/change/new?kind=remove&entries=000002")
    scripted.get_by_label("Kind of reason").select_option("DEFECT")
    scripted.get_by_label("Reason, published with the list").fill("It stops at night.")
    scripted.get_by_role("button", name="Show what it would do").click()
    look("/preview")
    assert not troubles, "\n".join(troubles)


def test_a_change_is_asked_for_without_a_script(page: Page, site: str) -> None:
    page.goto(f"{site}/list/change/new?kind=reinstate&entries=000004")
    page.get_by_label("Reason, published with the list").fill("It is tested again.")
    page.get_by_role("button", name="Show what it would do").click()
    page.get_by_role("button", name="Propose it").click()
    assert "Another person must now agree" in page.locator("main").inner_text()
    assert page.get_by_role("button", name="Agree to it").count() == 0
