"""How an installed version gets to the newest: the next step, the shortest routes counted, and what blocks them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register.lines import a_version

from intake.register.paths import MOST_ROUTES, plan
from intake.register.releases import Releases
from rules.facts import RegisterEntry

NOTE = "It does not replace the Release Notes."


def on(*entries: RegisterEntry) -> Releases:
    return Releases(entries, "2.051")


def test_the_next_step_leads_to_the_newest_by_the_shortest_way() -> None:
    told = plan(
        on(a_version(1), a_version(2, "000001"), a_version(3, "000002"), a_version(4, "000002, 000003")), "000001"
    )
    assert told.as_object() == {
        "from": "000001",
        "goal": "000004",
        "next": "000002",
        "steps": 2,
        "routes": [["000001", "000002", "000004"]],
        "count": "1",
        "blocked": [],
        "as_of": "2.051",
        "note": NOTE,
    }


def test_what_is_the_newest_needs_no_step() -> None:
    told = plan(on(a_version(1), a_version(2, "000001")), "000002")
    assert (told.goal, told.next, told.steps, told.count, told.routes) == ("000002", "", 0, 1, (("000002",),))


def test_another_goal_than_the_newest_is_planned_and_the_newest_named() -> None:
    told = plan(on(a_version(1), a_version(2, "000001"), a_version(3, "000002")), "000001", "000002")
    assert (told.goal, told.steps) == ("000002", 1)
    assert told.note == f"The newest on the list is 000003. {NOTE}"


@pytest.mark.parametrize("number", ["000009", "000000", ""])
def test_an_entry_that_the_list_does_not_have_is_no_start_and_no_goal(number: str) -> None:
    with pytest.raises(KeyError):
        plan(on(a_version(1)), number)
    if number:
        with pytest.raises(KeyError):
            plan(on(a_version(1)), "000001", number)


BLOCKED = {
    "a middle without a hash": (
        (a_version(1), a_version(2, "000001", image=""), a_version(3, "000002")),
        ["On the way 000002 has no image hash listed, so no upgrade to it can be sent."],
    ),
    "a removed middle": (
        (a_version(1), a_version(2, "000001", status="Removed"), a_version(3, "000002")),
        ["On the way 000002 was removed from the list."],
    ),
    "a goal without a hash": (
        (a_version(1), a_version(2, "000001", image=" ")),
        ["000002 has no image hash listed, so no upgrade to it can be sent."],
    ),
    "nothing stated": (
        (a_version(1), a_version(2, None)),
        ["For 000002 no upgrade path is stated, so it is not known what can be upgraded to it."],
    ),
    "a version that names itself": (
        (a_version(1), a_version(2, "000002")),
        ["000002 names itself, 000002, as what can be upgraded to it."],
    ),
    "an empty cell": (
        (a_version(1), a_version(2, "")),
        ["For 000002 no upgrade path is stated, so it is not known what can be upgraded to it."],
    ),
    "words that name no entry": (
        (a_version(1), a_version(2, "see the release notes")),
        ["For 000002 the list says “see the release notes”, of which we cannot tell what can be upgraded to it."],
    ),
    "words on one entry of the release and N/A on the other": (
        (a_version(1), a_version(2, "all"), a_version(3, "N/A", firmware="00:00:00:02")),
        ["For 000003 the list says “all”, of which we cannot tell what can be upgraded to it."],
    ),
    "words on one entry of the release and a number on the other": (
        (a_version(1), a_version(2, "all"), a_version(3, "000777", firmware="00:00:00:02")),
        [
            "For 000003 the list says “all”, of which we cannot tell what can be upgraded to it.",
            "000003 can be upgraded from 000777, which is not on the list.",
        ],
    ),
    "none": ((a_version(1), a_version(2, "n/a")), ["For 000002 the list says N/A: no version can be upgraded to it."]),
    "none behind a middle": (
        (a_version(1), a_version(2, "N/A"), a_version(3, "000002")),
        ["For 000002 the list says N/A: no version can be upgraded to it."],
    ),
    "a number that is not listed": (
        (a_version(1), a_version(2, "000777")),
        ["000002 can be upgraded from 000777, which is not on the list."],
    ),
    "a circle": (
        (a_version(1), a_version(2, "000003"), a_version(3, "000002")),
        ["The stated paths lead in a circle: 000002 to 000003 to 000002."],
    ),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_what_blocks_the_way_is_said(case: str) -> None:
    entries, expected = BLOCKED[case]
    told = plan(on(*entries), "000001")
    assert (told.next, told.steps, told.count, told.routes) == ("", None, 0, ())
    if case == "a circle":
        (circle,) = told.blocked
        assert circle in {expected[0], "The stated paths lead in a circle: 000003 to 000002 to 000003."}
    else:
        assert list(told.blocked) == expected


SAME = "00:00:00:02"


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        ((a_version(2, image=""), a_version(3, firmware=SAME)), "000003"),
        ((a_version(2), a_version(3, firmware=SAME, image="")), "000002"),  # which has no image to send
        ((a_version(2, image=""), a_version(3, firmware=SAME, status="Removed")), "000002"),
        ((a_version(2, status="Removed"), a_version(3, firmware=SAME, status="Removed")), "000003"),
    ],
)
def test_of_a_release_the_newest_current_entry_with_an_image_is_shown(
    entries: tuple[RegisterEntry, ...], shown: str
) -> None:
    (release,) = on(*entries).by_key.values()
    assert release.shown == shown


def test_a_release_can_be_sent_where_one_of_its_entries_has_the_image() -> None:
    told = plan(on(a_version(1), a_version(2, "000001"), a_version(3, firmware=SAME, image="")), "000001")
    assert (told.next, told.blocked) == ("000002", ())


def test_other_hardware_is_no_goal() -> None:
    told = plan(on(a_version(1), a_version(2, "000001", hardware="02")), "000001", "000002")
    assert told.steps == 1  # the maker states it; it is not for us to forbid, nor to pass in silence
    assert "000002 is for other hardware than 000001: an upgrade changes firmware alone." in told.notes
    assert plan(on(a_version(1), a_version(2, "N/A", hardware="02")), "000001", "000002").blocked[0] == (
        "000002 is for other hardware than 000001: an upgrade changes firmware alone."
    )
    assert plan(on(a_version(1), a_version(2, "000001", hardware="02")), "000001").goal == "000001"


def test_a_way_through_other_hardware_is_told() -> None:
    told = plan(on(a_version(1), a_version(2, "000001", hardware="02"), a_version(3, "000002")), "000001")
    assert (told.goal, told.steps) == ("000003", 2)
    assert told.notes == (
        "000002 is for other hardware than 000001: an upgrade changes firmware alone.",
        "000003 is for other hardware than 000002: an upgrade changes firmware alone.",
    )


def test_a_removed_start_is_what_is_installed() -> None:
    told = plan(on(a_version(1, status="Removed"), a_version(2, "000001")), "000001")
    assert told.steps == 1
    assert told.note == f"What is installed, 000001, was removed from the list. {NOTE}"


def test_fragments_of_one_release_are_one_step() -> None:
    fragments = (
        a_version(2, "000001", firmware="00:00:00:10"),
        a_version(3, "000001", firmware="00:00:00:10", image=":".join(["CD"] * 32)),
    )
    told = plan(on(a_version(1), *fragments, a_version(4, "000002")), "000001")
    assert (told.steps, told.count) == (2, 1)
    assert told.routes == (("000001", "000003", "000004"),)
    assert "000002 and 000003 are parts of one release" in plan(on(a_version(1), *fragments), "000001").note


def test_a_goal_with_the_lower_firmware_number_is_noted() -> None:
    told = plan(on(a_version(1, firmware="00:00:00:09"), a_version(2, "000001", firmware="00:00:00:08")), "000001")
    assert told.note == f"The goal has the lower firmware number. {NOTE}"


def test_routes_are_counted_to_the_last_and_ten_written_out() -> None:
    width, layers = 10, 15
    entries, before = [a_version(1)], ["000001"]
    for layer in range(layers):
        numbers = range(2 + layer * width, 2 + (layer + 1) * width)
        entries += [a_version(number, ", ".join(before)) for number in numbers]
        before = [f"{number:06}" for number in numbers]
    entries.append(a_version(900, ", ".join(before)))
    told = plan(on(*entries), "000001")
    assert told.as_object()["count"] == str(10**layers)
    assert told.steps == layers + 1
    assert len(set(told.routes)) == MOST_ROUTES
    stated = {(base, entry.number) for entry in entries for base in entry.fields["Firmware Upgrade Path"].split(", ")}
    assert all(step in stated for route in told.routes for step in pairwise(route))


GRAPHS = st.lists(st.sets(st.integers(1, 12), max_size=4), min_size=12, max_size=12)


@given(GRAPHS)
def test_steps_and_count_are_those_of_every_walk_written_out(bases: list[set[int]]) -> None:
    entries = [
        a_version(number, ", ".join(f"{base:06}" for base in sorted(those)) or "N/A")
        for number, those in enumerate(bases, 1)
    ]
    told = plan(on(*entries), "000001")
    walks = [[1]]
    for _ in range(12):
        if any(walk[-1] == 12 for walk in walks) or not walks:
            break
        walks = [[*walk, to] for walk in walks for to in range(1, 13) if walk[-1] in bases[to - 1] and to not in walk]
    arrived = [walk for walk in walks if walk[-1] == 12]
    assert told.count == len(arrived)
    assert told.steps == (len(arrived[0]) - 1 if arrived else None)
    assert bool(told.blocked) is not bool(arrived)
