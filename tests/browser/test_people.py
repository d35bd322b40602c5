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

PASSWORD = "correct horse battery"
SECONDS = 120
CONFIG = '[outgoing]\nkind = "folder"\npath = "sent"\nfrom = "SECAS <secas@example.test>"\n[web]\nport = 0\n'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `web` serves an installation with an administrator, an analyst and an auditor."""
    folder = tmp_path_factory.mktemp("people")
    config, said = folder / "config.toml", folder / "stderr"
    config.write_text(CONFIG)
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
    expect(page.get_by_text("Nothing waits for a person.")).to_be_visible()
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


PAGES = {
    "max": ("/account", "/people", "/people/one?name=ada", "/people/one?name=max", "/failures"),
    "rita": ("/people", "/people/one?name=ada", "/audit", "/audit?from=never", "/ssc", "/statistics"),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(scripted: Page, address: str, name: str, shades: set[str]) -> None:
    sign_in(scripted, address, name)
    troubles: list[str] = []
    for path in PAGES[name]:
        scripted.goto(address + path)
        for variant in VARIANTS:
            show_as(scripted, variant)
            picture(scripted, f"people/{name}-{variant}")
            troubles += violations(scripted, shades) + too_wide(scripted)
    assert not troubles, "\n".join(troubles)
