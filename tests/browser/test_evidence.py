"""A certificate's page beside the form, in a real browser without JavaScript."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

EVIDENCE = "/submissions/CPL-000008/evidence/1/Device_Model.firmware_version"
_FRAME = bytes.fromhex("c2410c")


def _shot(page: Page, number: int) -> Image.Image:
    return Image.open(BytesIO(page.locator("svg.cpl-page").nth(number).screenshot())).convert("RGB")


@pytest.mark.parametrize("width", [1280, 390])
def test_each_certificates_page_is_drawn_with_the_value_framed(page: Page, demo: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{demo}/submissions/CPL-000008")
    page.get_by_role("link", name="See it Device_Model.firmware_version", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Device_Model.firmware_version")
    expect(page.get_by_text("differs", exact=False).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    for number in range(0, 6, 2):
        picture = _shot(page, number)
        pixels = picture.tobytes()
        assert any(pixels[at : at + 3] == _FRAME for at in range(0, len(pixels), 3)), "the value is not framed"
        assert sum(picture.convert("L").histogram()[:100]) > 30, "no letter is drawn"
    wide = page.locator("html").evaluate("element => element.scrollWidth")
    assert wide <= width


def test_the_next_field_is_a_link_away_and_so_is_the_one_before(page: Page, demo: str) -> None:
    page.goto(f"{demo}{EVIDENCE}")
    page.locator("a[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Device_Model.firmware_version")
    page.locator("a[rel=prev]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Device_Model.firmware_version")
    page.get_by_role("link", name="CPL-000008").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CPL-000008")
