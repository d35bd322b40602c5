"""The page of a submission that was sent again, and of the one before it."""

from __future__ import annotations

import re

from dossiers import FIRMWARE, GAS, a_dossier, a_form, certificates_for
from web.world import World

from intake.domain.events import Linked, Resubmitted
from intake.store import events

HOSTILE = "<script>alert(1)</script>"


def sent_again(world: World, firmware: str) -> tuple[int, int]:
    """Two submissions, the later linked to the earlier, which was faulty in its firmware version."""
    faulty = a_form(GAS, {FIRMWARE: "12:03:12:3a"})
    good = a_form(GAS, {FIRMWARE: firmware})
    papers = certificates_for(a_form(GAS))
    first = world.judged(a_dossier(faulty, papers[:1]))
    second = world.judged(a_dossier(good, papers))
    with world.services.store.transaction() as tx:
        now = world.services.clock.now()
        events.append(tx, Linked(earlier="CPL-000001", earlier_id=first, by="thread"), at=now, message=second)
        events.append(tx, Resubmitted(later="CPL-000002", later_id=second), at=now, message=first)
    return first, second


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_the_page_shows_what_has_changed_since_the_one_before(world: World) -> None:
    sent_again(world, "12:03:12:34")
    page = text(world.signed_in().get("/submissions/CPL-000002"))
    assert "What has changed since CPL-000001" in page
    assert "12:03:12:3a 12:03:12:34" in page
    assert re.search(r"\d+ findings? gone, 0 new", page)
    assert "cpa.pdf added" in page
    assert "Sent again after CPL-000001" in page


def test_the_earlier_page_leads_to_the_later_one(world: World) -> None:
    sent_again(world, "12:03:12:34")
    page = world.signed_in().get("/submissions/CPL-000001")
    assert "It was sent again as" in text(page)
    assert 'href="/submissions/CPL-000002"' in page


def test_a_changed_value_becomes_no_markup(world: World) -> None:
    sent_again(world, HOSTILE)
    page = world.signed_in().get("/submissions/CPL-000002")
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
