from __future__ import annotations

import html
import re

from web.world import World

from intake.render.manual import manual_of
from rules.catalogue import all_rules


def test_the_list_leads_to_every_rules_manual_page(world: World) -> None:
    browser = world.signed_in()
    index = browser.get("/rules")
    for rule in all_rules():
        assert f'href="/rules/{rule.id}"' in index
        assert rule.id in browser.get(f"/rules/{rule.id}")


def test_a_manual_page_has_the_sections_that_the_command_prints(world: World) -> None:
    browser = world.signed_in()
    for rule in all_rules():
        page = browser.get(f"/rules/{rule.id}").partition('<div class="cpl-manual">')[2].partition("</div>")[0]
        manual = manual_of(rule)
        assert re.findall(r"<b>(.+?):</b>", page) == [name for name, _ in manual.sections]
        text = html.unescape(re.sub(r"<[^>]+>", "", page))
        for paragraph in (manual.summary, *(text for _, text in manual.sections)):
            assert paragraph.replace("`", "") in text


def test_what_is_literal_in_a_manual_page_is_shown_so(world: World) -> None:
    page = world.signed_in().get("/rules/format.choice")
    assert '<code class="cpl-mono">Pre-Payment Interface Device</code>' in page
    assert "`" not in page.partition('<div class="cpl-manual">')[2]
