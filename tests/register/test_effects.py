"""What a removal would break is told before anybody decides on it."""

from __future__ import annotations

import time

import pytest
from register.lines import a_version

from intake.register.effects import MOST_ROUTES, BrokenRoute, effects_of_removal

CHAIN = [a_version(1), a_version(2, "000001"), a_version(3, "000002")]


def test_a_model_leaves_where_no_other_entry_lists_it() -> None:
    (model,) = effects_of_removal(CHAIN, ["000003"]).models
    assert model.values == ("Gas Smart Meter", "10:01", "00:02", "01", "00", "00:00:00:03")
    assert model.entries == ("000003",)


def test_a_model_stays_where_another_entry_lists_it() -> None:
    twin = a_version(4, firmware="00:00:00:03")
    assert effects_of_removal([*CHAIN, twin], ["000003"]).models == ()
    assert len(effects_of_removal([*CHAIN, twin], ["000003", "000004"]).models) == 1


def test_an_entry_that_is_removed_already_takes_nothing_with_it() -> None:
    gone = [a_version(1, status="Removed"), a_version(2, "000001")]
    assert effects_of_removal(gone, ["000001"]) == effects_of_removal(gone, [])


def test_a_route_breaks_where_its_middle_is_removed() -> None:
    (broken,) = effects_of_removal(CHAIN, ["000002"]).routes
    assert broken == BrokenRoute(
        "000001",
        "000003",
        ("000001", "000002", "000003"),
        ("On the way 000002 would be removed from the list.",),
        "",
    )


def test_a_route_breaks_where_its_goal_is_removed_and_what_can_still_be_reached_is_told() -> None:
    routes = {route.start: route for route in effects_of_removal(CHAIN, ["000003"]).routes}
    assert sorted(routes) == ["000001", "000002"]
    assert (routes["000001"].goal, routes["000001"].instead) == ("000003", "000002")
    assert routes["000002"].instead == ""  # it is the newest then
    assert "000003 would be removed" in routes["000001"].why[0]


def test_a_route_that_has_a_way_round_does_not_break() -> None:
    direct = [*CHAIN[:2], a_version(3, "000001, 000002")]
    assert effects_of_removal(direct, ["000002"]).routes == ()


def test_what_is_installed_may_be_removed() -> None:
    assert [route.start for route in effects_of_removal(CHAIN, ["000001"]).routes] == []


def test_other_hardware_is_not_touched() -> None:
    other = [a_version(11, hardware="02"), a_version(12, "000011", hardware="02")]
    assert effects_of_removal([*CHAIN, *other], ["000012"]) == effects_of_removal(other, ["000012"])


def test_an_entry_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        effects_of_removal(CHAIN, ["000009"])


def test_a_thousand_versions_are_told_in_good_time() -> None:
    chain = [a_version(1), *(a_version(at, f"{at - 1:06}") for at in range(2, 1001))]
    began = time.process_time()
    told = effects_of_removal(chain, ["000500"])
    assert time.process_time() - began < 5
    assert (len(told.routes), told.further) == (MOST_ROUTES, 499 - MOST_ROUTES)


def test_a_circle_is_walked_once() -> None:
    circle = [a_version(1, "000002"), a_version(2, "000001"), a_version(3, "000002")]
    assert [route.start for route in effects_of_removal(circle, ["000002"]).routes] == ["000001"]
