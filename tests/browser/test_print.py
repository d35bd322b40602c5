"""The sheet that is printed for the file."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from browser.demonstration import untouched
from browser.look import SCREENSHOTS
from playwright.sync_api import Page, expect

_A4 = (595, 842)  # points


@pytest.fixture
def sheets(page: Page, demo: str) -> str:
    """The text of a returned submission's printed pages."""
    reference = untouched(page, demo, "To be returned")
    page.goto(f"{demo}/submissions/{reference}")
    page.get_by_text("Settle this point").first.click()
    page.get_by_label("Why it does not stand in the way").first.fill("seen on paper")
    page.get_by_role("button", name="Overrule").first.click()
    page.goto(f"{demo}/submissions/{reference}/decide/return")
    page.get_by_label("Letter to the submitter").fill(f"Thank you for your submission {reference}.")
    page.locator("main form[action$='/decide/return'] button").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{demo}/submissions/{reference}")  # the decision has led on to the next case
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".cpl-bar", ".cpl-demo", ".cpl-foot", ".govuk-notification-banner"):
        assert not page.locator(hidden).first.is_visible(), hidden
    table = page.locator(".cpl-form-table").first
    assert table.evaluate("table => getComputedStyle(table.querySelector('td')).display") == "table-cell"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    content = page.pdf(prefer_css_page_size=True)
    if SCREENSHOTS:
        from pathlib import Path  # noqa: PLC0415  # beside its only use

        (Path(SCREENSHOTS) / "sheet.pdf").write_bytes(content)
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        assert all((round(width), round(height)) == _A4 for width, height in (leaf.get_size() for leaf in document))
        return "\n".join(leaf.get_textpage().get_text_bounded() for leaf in document)


def test_a_case_is_printed_with_its_letters_and_without_what_can_only_be_pressed(sheets: str) -> None:
    references = set(re.findall(r"CPL-\d{6}", sheets))
    assert len(references) == 1
    assert "Thank you for your message. We have received it." in sheets, "a letter that is folded on the screen"
    assert f"Thank you for your submission {references.pop()}" in sheets
    assert "Form says" in sheets
    assert "See it" not in sheets, "nobody can follow a link on paper"
    assert "Robin Hale, ashdown.example" in sheets, "who wrote what is printed, and when"
    assert "Acknowledgement automatic," in sheets
    assert "“seen on paper”" in sheets.partition("What has happened")[0], "what people have settled, and why"
    assert "/submissions/" not in sheets
    assert "127.0.0.1" not in sheets
    for button in (
        "Sign out",
        "Claim\n",
        "continue as",
        "Send it",
        "Back to",
        "Previous:",
        "Next:",
        "Reopen",
        "Settle this",
    ):
        assert button not in sheets


def test_what_follows_from_a_finding_is_printed_though_it_is_folded(page: Page, demo: str) -> None:
    page.goto(f"{demo}/queue/everything?q=AML-G3")
    page.locator("[data-row-link]").first.click()
    folded = page.get_by_text("cannot be compared with the CPA certificate").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        text = " ".join(" ".join(leaf.get_textpage().get_text_bounded() for leaf in document).split())
    assert "cannot be compared with the CPA certificate" in text
    assert "Settle this point" not in text
