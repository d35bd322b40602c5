"""The command's own page: people sign in, keep their accounts and are kept, in a browser without JavaScript."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.look import VARIANTS, picture, show_as, too_wide, violations
from peers.peers import end
from playwright.sync_api import Page, expect
from programs import arguments, cpl_intake
from web.world import World

from intake.domain.submission import State
from intake.store import submissions

PASSWORD = "correct horse battery"
SECONDS = 120
CONFIG = """
[outgoing]
kind = "folder"
path = "sent"
from = "SECAS <secas@example.test>"
[store]
url = "sqlite:///store.db"
[evidence]
path = "evidence"
[web]
port = 0
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `web` serves an installation with an administrator, an analyst and an auditor."""
    folder = tmp_path_factory.mktemp("people")
    config, said = folder / "config.toml", folder / "stderr"
    config.write_text(CONFIG)
    _begin_work(folder)
    for name, role in (("max", "admin"), ("ada", "analyst"), ("rita", "auditor"), ("sue", "ssc")):
        added = ("user", "add", name, "--role", role, "--password-stdin", "--config", config)
        assert cpl_intake(*added, given=f"{PASSWORD}\n").code == 0
    with said.open("wb") as log:
        process = subprocess.Popen(arguments("web", "--config", config), stderr=log, stdout=subprocess.DEVNULL)
    try:
        yield _address(process, said)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    finally:
        end(process)


def _begin_work(folder: Path) -> None:
    """Leave what the demonstration has nothing of: two failures, one handed over, and a proposal that is suspended."""
    world = World(folder)
    quinn = world.signed_in("Quinn")
    shown = world.submission(world.judged())
    answer = world.message(f"Re: {shown.reference}")
    with world.services.store.transaction() as tx:
        submissions.move(tx, submissions.get(tx, answer), State.FILED)
    shown = world.submission(shown.id)
    proposal = {"report": shown.report_sha256 or "", "version": str(shown.version), "thread": str(answer)}
    quinn.post(f"/submissions/{shown.reference}/decide/approve", {"letter": "It is listed.", **proposal})
    leaves = {"version": str(world.submission(answer).version), "reason": "It is about another device."}
    quinn.post(f"/submissions/{world.submission(answer).reference}/split", leaves)
    for number in (world.message(), world.message("CPL submission: another")):
        with world.services.store.transaction() as tx:
            submissions.move(tx, submissions.get(tx, number), State.QUARANTINED)
    handed = {"version": str(world.submission(number).version), "reason": "It is 40 MB."}
    quinn.post(f"/submissions/{world.submission(number).reference}/hand-over", handed)
    world.close()


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    """Wait for the address that the program prints."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        match = re.search(r"http://127\.0\.0\.1:\d+", said.read_text(errors="replace"))
        if match:
            return match[0]
        time.sleep(0.05)  # the wait between two looks, bounded by the deadline
    pytest.fail(f"the page is not served:\n{said.read_text(errors='replace')}")


def sign_in(page: Page, address: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_an_account_is_kept_without_javascript(page: Page, address: str) -> None:
    sign_in(page, address, "max")
    page.get_by_label("Name").fill("eve")
    page.get_by_label("Role").select_option("approver")
    page.get_by_role("button", name="Add, with a password to be changed").click()
    given = page.locator("#given-password").inner_text()
    page.get_by_role("button", name="Sign out").first.click()
    sign_in(page, address, "eve", given)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert page.locator("input[type=password]").count() == 3
    page.get_by_label("Present password").fill(given)
    page.get_by_label("New password", exact=True).fill("quite another one")
    page.get_by_label("New password again").fill("quite another one")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting")
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


PAGES = {
    "max": ("/account", "/people", "/people/one?name=ada", "/people/one?name=max", "/failures"),
    "ada": ("/submissions/CPL-000001", "/submissions/CPL-000001/decide/approve", "/submissions/CPL-000003"),
    "rita": ("/people", "/people/one?name=ada", "/audit", "/audit?from=never", "/ssc", "/statistics"),
}


SHOWN = {"/failures": "Hand back", "/submissions/CPL-000001": "proposal of approval is suspended"}
"""What makes a page worth the look."""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(scripted: Page, address: str, name: str, shades: set[str]) -> None:
    sign_in(scripted, address, name)
    troubles: list[str] = []
    for path in PAGES[name]:
        scripted.goto(address + path)
        assert SHOWN.get(path, "") in scripted.content()
        scripted.locator("details").evaluate_all("all => all.forEach(details => { details.open = true; })")
        for variant in VARIANTS:
            show_as(scripted, variant)
            picture(scripted, f"people/{name}-{variant}")
            troubles += violations(scripted, shades) + too_wide(scripted)
    assert not troubles, "\n".join(troubles)
