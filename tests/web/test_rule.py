from __future__ import annotations

from web.world import World

from intake.web.rule import manual_parts
from rules.catalogue import all_rules


def test_the_list_leads_to_every_rules_manual_page(world: World) -> None:
    browser = world.signed_in()
    index = browser.get("/rules")
    for rule in all_rules():
        assert f'href="/rules/{rule.id}"' in index
        assert rule.id in browser.get(f"/rules/{rule.id}")


def test_a_manual_page_is_parted_by_its_headings() -> None:
    text = "A rule.\n\nWhat: one `XX:XX`\nand more.\nWhy: because.\n\nThe end."
    assert manual_parts(text) == [
        ("", [("A rule.", False)]),
        ("What", [("one ", False), ("XX:XX", True), (" and more.", False)]),
        ("Why", [("because.", False)]),
        ("", [("The end.", False)]),
    ]
