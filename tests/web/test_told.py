"""What pages tell: why a submission is here, in the two lines of its row; and what was done, to whoever did it."""

from __future__ import annotations

import pytest
from web.world import World

from intake.web.words import NOTICES, told


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [
        ("Device_Model.manufacturer_identifier is on the list.", "manufacturer_<wbr>identifier is"),
        ("SMETS/CHTS Version.Version_number is not offered.", "Version_<wbr>number is"),
        ("Manufacturer Contact FIR.Post Code is empty.", "Post Code is"),
        ("Form.xlsx cannot be opened.", "Form.<wbr>xlsx cannot"),
        ("The form has no date. A person must look.", "The form has no date. A person"),
    ],
)
def test_names_the_field_by_its_second_half_and_shows_the_whole_to_a_pointer(sentence: str, begins: str) -> None:
    markup = str(told(sentence))
    assert f">{begins}" in markup
    assert f'title="{sentence}"' in markup


def test_lets_no_mark_of_a_sentence_become_markup() -> None:
    markup = str(told('Device_Model."><b onmouseover=x>firmware'))
    assert "<b " not in markup
    assert markup.count('"') == 4


@pytest.mark.parametrize(("site", "tells"), [("same-origin", True), ("", True), ("none", False), ("cross-site", False)])
def test_only_who_comes_from_a_page_of_ours_is_told_that_they_did_it(world: World, site: str, tells: bool) -> None:
    browser = world.signed_in()
    browser.client.headers.pop("Sec-Fetch-Site")
    headers = {"Sec-Fetch-Site": site} if site else {}
    page = browser.client.get("/?done=returned&of=CPL-000007", headers=headers).text
    assert (f"CPL-000007: {NOTICES['returned']}" in page) is tells
