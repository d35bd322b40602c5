"""A world with a list: a few entries of one meter, taken in as version 2.001."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds import CANARY, a_listed, altered, removed, with_path
from web.world import Browser, World

from intake.domain.review import Role
from intake.pipeline.list.listing import import_list
from intake.register.published import ListFile
from intake.store import changes, listing
from intake.store.changes import ChangeState
from rules.facts import RegisterEntry
from rules.published import PUBLISHED, UPGRADE_PATH

ENTRIES = (
    with_path(a_listed("000001"), "N/A"),
    with_path(a_listed("000002"), "000001"),
    with_path(a_listed("000003", IMAGE_HASH="", IMAGE_CREATOR="", IMAGE_DESCRIPTOR=""), "000001, 000002"),
    removed(a_listed("000004")),
    a_listed("000005", DEVICE_TYPE="Electricity Smart Meter", CPA_NUMBER="[E] ESME87654321 ", CPA_DATE="30/08/2030"),
)
"""Two with a way, one without a hash, one Removed, one of another type whose certificate has a blank behind it."""


def take_in(world: World, entries: Iterable[RegisterEntry] = ENTRIES, version: str = "2.001") -> None:
    """Take a list in as a file of this version."""
    file = ListFile(tuple(entries), (*PUBLISHED, UPGRADE_PATH), version=version, issued="19/11/2026")
    _, taken = import_list(world.services, f"the file of {version}".encode(), file)
    assert taken


def two(world: World) -> tuple[Browser, Browser]:
    """Two analysts."""
    return world.signed_in("Ada"), world.signed_in("Ben")


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form on a page: hidden fields, inputs, what is ticked and chosen."""
    form = page[page.index('action="/list/change/new"') :]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrf":
            found[name[1]] = (value[1] if value else "").replace("&#34;", '"').replace("&amp;", "&")
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def propose(browser: Browser, address: str, **typed: str) -> int:
    """Fill in the form at an address as a person does: look at what it would do, then propose; gives its number."""
    own = {name.replace("__", "-"): text for name, text in typed.items()}
    fields = fields_of(browser.get(address)) | {"reason": "As agreed."} | own
    shown = browser.post("/list/change/new", fields | {"step": "preview"}, status=200)
    assert "What it would do" in shown
    led = browser.post("/list/change/new", fields_of(shown) | {"step": "propose"})
    match = re.fullmatch(r"/list/changes/(\d+)\?done=list-proposed", led)
    assert match, led
    return int(match[1])


def entry_now(world: World, number: str) -> RegisterEntry:
    with world.services.store.reading() as tx:
        return listing.history(tx, number)[-1].entry


def state_of(world: World, change: int) -> ChangeState:
    with world.services.store.reading() as tx:
        stored = changes.get(tx, change)
    assert stored is not None
    return stored.state


def readers(world: World) -> dict[Role, Browser]:
    return {role: world.signed_in(f"Somebody, {role.value}", role) for role in Role}


__all__ = ["CANARY", "ENTRIES", "a_listed", "altered", "removed", "with_path"]
