"""The list as people look at it: narrowed, as of a version or a day, entry by entry, and who may see what."""

from __future__ import annotations

from datetime import date

import pytest
from web.listed import CANARY, ENTRIES, a_listed, altered, propose, removed, take_in, two, with_path
from web.world import World

from intake.domain.review import Role
from intake.store import contacts, listing
from intake.store.contacts import Contact
from rules.facts import RegisterEntry
from rules.fields import FormField


def shown(page: str) -> list[str]:
    """The entries of a page of the list."""
    return [part[:6] for part in page.split('data-row-link href="/list/')[1:]]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["000001", "000002", "000003", "000004", "000005"]),
        ("?status=removed", ["000004"]),
        ("?status=current&type=Gas+Smart+Meter", ["000001", "000002", "000003"]),
        ("?type=Electricity+Smart+Meter", ["000005"]),
        ("?manufacturer=1001", ["000001", "000002", "000003", "000004", "000005"]),
        ("?manufacturer=10:02", []),
        ("?certificate=esme+87654321", ["000005"]),
        ("?certificate=[R] ESME87654321", ["000005"]),
        ("?q=00:00:00:02", ["000002"]),
        ("?q=00000003", ["000003"]),
        ("?q=electricity+current", ["000005"]),
        ("?q=ABABABABAB", ["000001", "000002", "000004", "000005"]),
        ("?q=sha256:ABABABABAB", ["000001", "000002", "000004", "000005"]),
        ("?q=0x00000003", ["000003"]),
        ("?q=hale+removed", ["000004"]),
        ("?q=nothing+like+it", []),
        ("?q=0.0.0.3", ["000003"]),
        ("?q=0.0.0.3+bramley", []),
        ("?q=gas+ltd", ["000001", "000002", "000003", "000004"]),
        ("?q=000003", ["000003"]),
        ("?q=3", ["000003", "000001", "000002", "000004", "000005"]),
        ("?status=anything&contact=anybody", ["000001", "000002", "000003", "000004", "000005"]),
    ],
)
def test_the_list_is_narrowed_and_searched_in_every_column(world: World, query: str, numbers: list[str]) -> None:
    take_in(world)
    assert shown(world.signed_in().get(f"/list{query}")) == numbers


def test_the_list_is_looked_at_as_of_a_version_or_a_day(world: World) -> None:
    take_in(world, ENTRIES[:2], "2.001")
    world.clock.pass_by(days=1)
    take_in(world, [removed(ENTRIES[0]), *ENTRIES[1:]], "2.002")
    browser = world.signed_in()
    assert shown(browser.get("/list?version=2.001")) == ["000001", "000002"]
    assert shown(browser.get("/list?as-of=20/11/2026&status=current")) == ["000001", "000002"]
    assert shown(browser.get("/list?as-of=2026-11-21&status=removed")) == ["000001", "000004"]
    assert shown(browser.get("/list?version=2.002&q=electricity")) == ["000005"]
    assert shown(browser.get("/list?as-of=19/11/2026")) == []
    for query, why in (("version=2.009", "No version 2.009"), ("as-of=31/11/2026", "is no day of the calendar")):
        page = browser.get(f"/list?{query}")
        assert why in page
        assert "0 entries" not in page  # of such a list nothing is said


def test_the_index_of_a_process_follows_what_others_append_and_publish(world: World) -> None:
    take_in(world)
    browser = world.signed_in()
    assert len(shown(browser.get("/list"))) == 5
    with world.services.store.transaction() as tx:
        new = a_listed("000006", FIRMWARE_VERSION="00:99:99:99")
        listing.append(
            tx,
            [new],
            world.clock.now(),
            change=_a_change(world, tx),
            kind="add",
            effective=date(2026, 11, 20),
            person="Ben",
        )
    page = browser.get("/list")
    assert shown(page)[-1] == "000006"
    assert page.count(">\n  Unpublished") == page.count("Unpublished") == 1
    assert len(shown(browser.get("/list?version=2.001"))) == 5
    with world.services.store.transaction() as tx:
        version = listing.record(tx, (), world.clock.now(), source="0" * 64, version="2.002")
        listing.publish(tx, version, [one.id for one in listing.unpublished(tx)])
    page = browser.get("/list?version=2.002")
    assert shown(page)[-1] == "000006"
    assert "Unpublished" not in browser.get("/list")


def _a_change(world: World, tx: object) -> int:
    from intake.store import changes  # noqa: PLC0415  # beside its only use

    new = changes.NewChange("add", changes.ChangeState.APPROVED, "{}", "", "Ada", decided_by="Ben")
    return changes.add(tx, new, world.clock.now())  # type: ignore[arg-type]  # the caller's transaction


def test_a_long_list_is_cut_into_numbered_pages(world: World) -> None:
    take_in(world, [a_listed(f"{number:06}") for number in range(1, 502)])
    browser = world.signed_in()
    page = browser.get("/list")
    assert shown(page) == [f"{number:06}" for number in range(1, 51)]
    assert 'href="/list?page=11" aria-label="Page 11"' in page
    page = browser.get("/list?page=11&status=current")
    assert shown(page) == ["000501"]
    assert shown(browser.get("/list?page=999")) == ["000501"]
    assert shown(browser.get("/list?page=-1"))[0] == "000001"


def test_who_has_no_contact_is_a_view_for_those_who_may_read_contacts(world: World) -> None:
    take_in(world)
    with world.services.store.transaction() as tx:
        contacts.put(tx, [Contact("000001", CANARY, "01", f"{CANARY}@example.test")], world.clock.now())
    for role in Role:
        browser = world.signed_in(f"Somebody {role.value}", role)
        may = role in {Role.ANALYST, Role.APPROVER, Role.AUDITOR}
        assert shown(browser.get("/list?contact=none")) == (
            ["000002", "000003", "000005"] if may else [f"00000{at}" for at in range(1, 6)]
        )
        assert (CANARY in browser.get("/list/000001")) is may
        assert CANARY not in browser.get(f"/list?q={CANARY}").split("<table")[-1] or not shown(
            browser.get(f"/list?q={CANARY}")
        )
        assert ("No contact known" in browser.get("/list")) is may


def test_what_only_the_firmware_repository_publishes_is_neither_searched_nor_shown_to_all(world: World) -> None:
    entry = a_listed("000001")
    secret = RegisterEntry(entry.number, entry.status, {**entry.fields, str(FormField.FIR_EMAIL_ADDRESS): CANARY})
    take_in(world, [secret])
    for role in Role:
        browser = world.signed_in(f"Somebody {role.value}", role)
        assert shown(browser.get(f"/list?q={CANARY}")) == []
        assert (CANARY in browser.get("/list/000001")) is (role in {Role.ANALYST, Role.APPROVER, Role.AUDITOR})


def test_an_entry_says_its_values_to_the_letter_and_its_history_with_reasons(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    number = propose(ada, "/list/change/new?kind=remove&entries=000002", removal="DEFECT", reason="It stops at night.")
    assert "is asked for by Ada" in ben.get("/list/000002")
    ben.post(f"/list/changes/{number}/agree")
    page = ben.get("/list/000002")
    assert "It stops at night." in page
    assert "Came with a file of the list" in page
    assert "asked for by Ada, approved by Ben" in page
    assert "kind=reinstate" in page
    assert "kind=remove&" not in page
    assert "(with blanks around it)" in ben.get("/list/000005")
    assert "/list/change/new" not in world.signed_in("Eve", Role.AUDITOR).get("/list/000002")
    for nowhere in ("000099", "1", "%00", "abc"):
        ben.get(f"/list/{nowhere}", status=404)
    ben.get("/list/versions/%00", status=404)


def test_the_versions_of_a_device_are_drawn_with_their_next_step_and_what_blocks_it(world: World) -> None:
    entries = [
        with_path(a_listed("000001"), "N/A"),
        with_path(a_listed("000002"), "000001"),
        with_path(a_listed("000003", IMAGE_HASH=":".join(["EF"] * 32)), "000002"),
        a_listed("000004", HARDWARE_VERSION="02"),
        with_path(a_listed("000005", HARDWARE_VERSION="03"), "see the release notes"),
    ]
    take_in(world, entries)
    browser = world.signed_in()
    page = browser.get("/list/model/000001")
    assert "2 steps, next" in page
    assert "does not replace the Release Notes" in page
    assert page.count("<svg") == 3
    assert 'href="/list/model/000004">02.0A</a>' in page
    assert page.count("not stated</span>") == 0
    told = [browser.get(f"/list/model/{number}") for number in ("000004", "000005")]
    assert ["not stated</span>" in text for text in told] == [True, False]
    assert "in words that we cannot read</span>" in told[1]
    world.clock.pass_by(minutes=1)
    take_in(world, [entries[0], removed(entries[1]), *entries[2:]], "2.002")
    assert "On the way 000002 was removed from the list." in browser.get("/list/model/000001")
    assert "2 steps, next" in browser.get("/list/model/000001?version=2.001")
    browser.get("/list/model/000001?version=9", status=404)
    browser.get("/list/model/000009", status=404)


def test_any_two_versions_are_compared_value_by_value_with_the_reason(world: World) -> None:
    take_in(world, ENTRIES[:3], "2.001")
    world.clock.pass_by(days=1)
    take_in(world, [ENTRIES[0], altered(ENTRIES[1], GBCS_VERSION="GBCS Version 4.1"), *ENTRIES[2:]], "2.002")
    browser = world.signed_in()
    page = browser.get("/list/compare?from=2.001&to=2.002")
    assert "GBCS Version 4.1" in page
    assert page.count("the whole entry") == 2
    assert ">000001<" not in page
    back = browser.get("/list/compare?from=2.002&to=2.001")
    assert back.index("GBCS Version 4.1") < back.index("GBCS Version 3.2")
    assert "Nothing differs." in browser.get("/list/compare?from=2.002&to=2.002")
    assert "No version 7 " in browser.get("/list/compare?from=7&to=2.002")
    assert "Compare two versions" in browser.get("/list/compare")
