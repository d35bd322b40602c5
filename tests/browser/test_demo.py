"""Clicks through the demonstration as a person would."""

from __future__ import annotations

from browser.demonstration import untouched
from playwright.sync_api import Page, expect


def _open(page: Page, demo: str, outcome: str) -> str:
    """Open a submission of this outcome from the queue; gives its reference."""
    reference = untouched(page, demo, outcome)
    page.goto(demo)
    page.get_by_role("row").get_by_role("link", name=reference, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reference)
    return reference


def test_a_faulty_submission_is_returned_with_the_drafted_letter(page: Page, demo: str) -> None:
    reference = _open(page, demo, "To be returned")
    expect(page.get_by_text("To be put right by the submitter")).to_be_visible()
    page.get_by_role("button", name="Return to the submitter").click()
    letter = page.get_by_label("Letter to the submitter")
    expect(letter).to_contain_text(reference)
    letter.fill(letter.input_value() + "\nWith kind regards\n")
    page.get_by_label("Reason, for the record").fill("clear-cut")
    page.get_by_role("button", name="Send and return").click()
    expect(page.get_by_text(f"{reference}: Returned to the submitter. The letter is on its way.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(reference)
    page.goto(f"{demo}/submissions/{reference}")
    expect(page.get_by_text("“clear-cut”")).to_be_visible()
    page.get_by_role("link", name="Queue", exact=True).click()
    expect(page.get_by_role("link", name=reference, exact=True)).to_have_count(0)


def test_an_approval_is_proposed_by_one_person_and_confirmed_by_the_other(page: Page, demo: str) -> None:
    reference = _open(page, demo, "Ready")
    page.get_by_role("link", name="Read or change its letter first").click()
    page.get_by_label("Letter to the submitter").fill("Approved, with thanks.")
    page.get_by_role("button", name="Propose approval").click()
    page.goto(f"{demo}/submissions/{reference}")
    expect(page.get_by_text("You proposed this approval. Another person must confirm it.")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm approval")).to_have_count(0)
    page.get_by_role("button", name="continue as").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reference)
    page.get_by_role("button", name="Confirm approval").click()
    expect(page.get_by_label("Letter to the submitter")).to_have_value("Approved, with thanks.")
    page.get_by_role("button", name="Confirm approval").click()
    expect(page.get_by_text(f"{reference}: Approved. The letter is on its way")).to_be_visible()
    page.goto(f"{demo}/queue/approved")
    expect(page.get_by_role("link", name=reference, exact=True)).to_be_visible()


def test_the_keyboard_alone_reaches_the_queue_past_the_header(page: Page, demo: str) -> None:
    page.goto(demo)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search everything")).to_be_focused()


def test_no_page_is_wider_than_a_telephone(page: Page, demo: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    case = f"/submissions/{untouched(page, demo, 'To be returned')}"
    for path in ("/", "/queue/everything", case, f"{case}/decide/ask", "/rules"):
        page.goto(f"{demo}{path}")
        box = page.locator("main").bounding_box()
        assert box is not None
        assert box["width"] <= 400
        wide = page.locator("html").evaluate("element => element.scrollWidth")
        assert wide <= 400, path
