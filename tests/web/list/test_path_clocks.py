"""The clock of an upgrade path: from the day on which it was asked for until a version publishes it."""

from __future__ import annotations

import math

import pytest
from warm import cpl_intake
from web.list.test_list_next import prepared
from web.listed import propose, take_in, two
from web.test_health import HERE, told
from web.world import World

from intake.domain.review import READERS, Role

FORM = "/list/change/new?kind=state-upgrade-path&entries=000003"


def _told(world: World) -> tuple[float, float, float]:
    samples = told(world.browser(client=HERE))
    names = ("upgrade_paths_asked", "upgrade_paths_overdue", "upgrade_path_due_seconds")
    asked, overdue, due = (samples[name, ""] for name in names)
    return asked, overdue, due


def test_it_runs_from_the_day_of_asking_until_a_version_publishes_the_path(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    assert _told(world) == (0, 0, math.inf)
    number = propose(ada, FORM, value__0="000002", asked="17/11/2026")
    assert "by end of Tue 24 Nov 2026" in ada.get(f"/list/changes/{number}")
    assert "publish by end of Tue 24 Nov 2026" in ada.get("/list/changes")
    assert "to be published by" in ada.get("/list/000003")
    assert _told(world)[:2] == (1, 0)
    ben.post(f"/list/changes/{number}/agree")
    assert _told(world)[:2] == (1, 0), "approved is not published"
    world.clock.pass_by(days=5)
    ada, ben = two(world)
    asked, overdue, due = _told(world)
    assert (asked, overdue) == (1, 1)
    assert due < 0
    assert "Tue 24 Nov 2026, overdue" in ada.get("/list/changes")
    assert "overdue" in ada.get("/list/next")
    ada.post("/list/next/prepare", {"step": "prepare"})
    ben.post("/list/next/release", prepared(ben.get("/list/next")))
    assert _told(world) == (0, 0, math.inf)
    assert "Was to be published" in ada.get(f"/list/changes/{number}")


def test_a_version_is_due_with_the_paths_clock_where_that_ends_first(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    number = propose(ada, FORM, value__0="000002", asked="10/11/2026")  # five working days: Tuesday the 17th
    ben.post(f"/list/changes/{number}/agree")
    assert "end of Tue 17 Nov 2026, overdue" in ada.get("/list/next")


def test_a_refused_path_stops_its_clock_and_no_day_to_come_is_taken(world: World) -> None:
    take_in(world)
    ada, _ = two(world)
    with pytest.raises(AssertionError, match="cannot have been asked for on 21/11/2026"):
        propose(ada, FORM, value__0="000002", asked="21/11/2026")
    number = propose(ada, FORM, value__0="000002")
    assert _told(world)[0] == 1
    ada.post(f"/list/changes/{number}/refuse", {"reason": "Withdrawn by the manufacturer."})
    assert _told(world)[0] == 0


def test_who_asked_is_for_those_who_read_evidence(world: World) -> None:
    take_in(world)
    ada, _ = two(world)
    propose(ada, FORM, value__0="000002")
    for role in Role:
        page = world.signed_in(f"reader {role.value}", role).get("/list/000003")
        assert ("is asked for by Ada" in page) == (role in set(READERS)), role


def test_the_status_command_tells_of_it(world: World) -> None:
    take_in(world)
    ada, _ = two(world)
    propose(ada, FORM, value__0="000002", asked="10/11/2026")
    config = world.folder / "config.toml"
    config.write_text(
        '[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n'
        '[store]\nurl = "sqlite:///store.db"\n[evidence]\nkind = "folder"\npath = "evidence"\n'
    )
    line = next(line for line in cpl_intake("status", "--config", config).out.splitlines() if "Upgrade paths" in line)
    assert line.startswith("Upgrade paths     1 asked for and not published, 1 overdue; the first was due")
