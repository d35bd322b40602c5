"""Every page of the demonstration, in the states that people's work brings about, at both widths, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from browser.demonstration import untouched
from browser.look import SCREENSHOTS, VARIANTS, picture, show_as, too_wide, violations
from browser.walk import every_address
from playwright.sync_api import Browser, Page, expect

_OPEN_ALL = "all => all.forEach(details => { details.open = true; })"
REFUSED = ("/nowhere", "/submissions/CPL-999999", "/rules/none.such", "/queue/none", "/submissions/CPL-000001/decide/x")


@dataclass(frozen=True, slots=True)
class Walked:
    """Every address, and which of them are too wide for a telephone where there is no script."""

    addresses: list[str]
    too_wide: list[str]


@pytest.fixture(scope="module")
def walked(demo: str, browser: Browser) -> Walked:
    """The way through all pages without a script, once a case has been decided in each way."""
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page.set_default_timeout(60_000)
    _work(page, demo)
    troubles: list[str] = []
    addresses = every_address(page, demo, lambda page: troubles.extend(too_wide(page)))
    page.close()
    assert len(addresses) > 30
    return Walked(addresses, troubles)


def _work(page: Page, demo: str) -> None:
    """Leave a case claimed, one asked about, one returned and one proposed."""
    for outcome, action in (("Ready", "approve"), ("To be returned", "return"), ("Needs a person", "ask")):
        page.goto(f"{demo}/submissions/{untouched(page, demo, outcome)}/decide/{action}")
        if action == "ask":
            page.get_by_label("Letter to the submitter").fill("Which device is it?")
        page.locator("main form[action$='/decide/" + action + "'] button").first.click()
    page.goto(f"{demo}/submissions/{untouched(page, demo, '')}")
    page.get_by_role("button", name="Claim").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("wrong", ["color: #ddd", "opacity: 0.3"])
def test_axe_and_the_ruler_do_find_what_is_wrong(scripted: Page, demo: str, wrong: str) -> None:
    scripted.goto(demo)
    shades: set[str] = set()  # its own: here something is wrong
    assert not violations(scripted, shades)
    scripted.evaluate("style => document.querySelector('h1').style.cssText = style", wrong)
    assert "color-contrast" in " ".join(violations(scripted, shades))
    assert not too_wide(scripted)
    scripted.evaluate("document.querySelector('main').style.minWidth = '2000px'")
    assert too_wide(scripted)


def test_axe_finds_nothing_and_nothing_is_too_wide(scripted: Page, demo: str, walked: Walked, shades: set[str]) -> None:
    troubles: list[str] = []
    for path in (*walked.addresses, *REFUSED):
        scripted.goto(demo + path)
        for variant in VARIANTS if SCREENSHOTS else ():  # before anything is opened
            show_as(scripted, variant)
            picture(scripted, variant)
        scripted.locator("details").evaluate_all(_OPEN_ALL)
        for variant in VARIANTS:
            show_as(scripted, variant)
            troubles += [f"{variant}: {trouble}" for trouble in violations(scripted, shades) + too_wide(scripted)]
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_sign_in_page_and_the_list_of_keys_pass_too(scripted: Page, demo: str, variant: str) -> None:
    show_as(scripted, variant)
    scripted.goto(demo)
    scripted.keyboard.press("?")
    expect(scripted.get_by_role("dialog")).to_be_visible()
    troubles = violations(scripted) + too_wide(scripted)
    picture(scripted, f"{variant}/dialog")
    scripted.keyboard.press("Escape")
    scripted.context.clear_cookies()
    scripted.goto(f"{demo}/sign-in")
    picture(scripted, variant)
    troubles += violations(scripted) + too_wide(scripted)
    assert not troubles, "\n".join(troubles)


def test_a_page_without_the_script_is_as_narrow(walked: Walked) -> None:
    assert not walked.too_wide, "\n".join(walked.too_wide)


_FOCUSABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex]')]
  .filter(element => element.checkVisibility() && !element.disabled && element.tabIndex >= 0)
  .map(element => element.outerHTML)"""
_FOCUSED = """() => {
  const box = document.activeElement.getBoundingClientRect(), style = getComputedStyle(document.activeElement);
  const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return [document.activeElement.outerHTML, marked && box.bottom > 0 && box.top < innerHeight];
}"""


@pytest.mark.parametrize("path", ["/", "/submissions/CPL-000001", "/submissions/CPL-000006", "/keys", "/rules"])
def test_the_tab_key_goes_through_the_page_in_its_own_order_and_is_always_seen(
    scripted: Page, demo: str, path: str
) -> None:
    scripted.goto(demo + path)
    expected = scripted.evaluate(_FOCUSABLE)
    assert "Skip to main content" in expected[0]
    passed = []
    for _ in expected:
        scripted.keyboard.press("Tab")
        element, seen = scripted.evaluate(_FOCUSED)
        assert seen, f"the focus is not to be seen at {element[:200]}"
        passed.append(element)
    assert passed == expected
