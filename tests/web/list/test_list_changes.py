"""Each kind of change of the list once through the pages, by two people, and what they refuse."""

from __future__ import annotations

import re
from html import unescape

import pytest
from web.listed import CANARY, ENTRIES, a_listed, entry_now, fields_of, propose, state_of, take_in, two
from web.world import World

from intake.domain.review import Role
from intake.pipeline.list.amendments import end_amendments
from intake.register.changes import EDITABLE
from intake.store import listing
from intake.store.changes import ChangeState
from rules.fields import FormField
from rules.published import UPGRADE_PATH, published

A_HASH = ":".join(["CD"] * 32)


def at(field: FormField) -> str:
    """The name of a value's input among all columns."""
    return f"value__{EDITABLE.index(field)}"


KINDS = {
    "update-hash": ("entries=000003", {"value__0": "Hale", "value__1": A_HASH, "value__2": "Complete image"}),
    "correct": ("entries=000002", {at(FormField.FIRMWARE_VERSION): "00:00:00:99", "incident": "INC000012345"}),
    "replace-certificate": ("entries=000001", {"value__0": "[E] GSME99999999", "value__2": "30/08/2032"}),
    "remove": ("entries=000002", {"removal": "DEFECT", "ssc": "SSC-14", "internal_reason": CANARY}),
    "reinstate": ("entries=000004", {}),
    "re-add": ("entries=000004", {at(FormField.FIRMWARE_VERSION): "00:00:01:04"}),
    "amend": ("entries=000002", {at(FormField.GBCS_VERSION): "GBCS Version 3.1", "until": "30/11/2026"}),
    "rename-value": ("", {"column": str(FormField.IMAGE_CREATOR), "was": "Hale Metering Limited", "value": "Hale"}),
    "state-upgrade-path": ("entries=000003", {"value__0": "000002"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_change_is_asked_for_by_one_person_and_made_by_another(world: World, kind: str) -> None:
    take_in(world)
    ada, ben = two(world)
    named, typed = KINDS[kind]
    before = {entry.number: entry_now(world, entry.number) for entry in ENTRIES}
    number = propose(ada, f"/list/change/new?kind={kind}&{named}", **typed)
    assert {one: entry_now(world, one) for one in before} == before
    assert "another person must agree" in ada.post(f"/list/changes/{number}/agree", status=409)
    assert ben.post(f"/list/changes/{number}/agree").endswith("done=list-agreed")
    with world.services.store.reading() as tx:
        numbers = listing.numbers_of(tx, number)
    made = {one: entry_now(world, one) for one in numbers}
    assert made
    assert all(made[one] != before.get(one) for one in made)
    expected = {
        "update-hash": ["000003"],
        "correct": ["000002"],
        "replace-certificate": ["000001", "000002", "000003"],  # 000004 is Removed, so it is not ticked
        "remove": ["000002"],
        "reinstate": ["000004"],
        "re-add": ["000006"],
        "amend": ["000002"],
        "rename-value": ["000001", "000002", "000004", "000005"],
        "state-upgrade-path": ["000003"],
    }
    assert sorted(made) == expected[kind]
    page = ada.get(f"/list/changes/{number}")
    assert "What it made of the list" in page
    assert "Ben" in page


def test_what_was_typed_stays_where_a_form_is_refused(world: World) -> None:
    take_in(world)
    ada, _ = two(world)
    fields = fields_of(ada.get("/list/change/new?kind=remove&entries=000002"))
    page = ada.post("/list/change/new", fields | {"removal": "REPLACED", "reason": "It is old."}, status=409)
    assert "Name the entry that takes its place." in page
    assert "It is old." in page
    assert '<option value="REPLACED" selected>' in page
    page = ada.post("/list/change/new", fields | {"effective": "31/02/2026", "reason": "It is old."}, status=400)
    assert 'href="#effective"' in page
    assert "31/02/2026" in page
    page = ada.post("/list/change/new", fields | {"entries": "<b>2</b>", "reason": "It is old."}, status=400)
    assert "is no number of an entry" in page
    assert "<b>2</b>" not in page
    page = ada.post("/list/change/new", fields | {"removal": "DEFECT", "entries": "7", "reason": "old"}, status=409)
    assert "The list has no entry 000007." in page


def test_nothing_is_proposed_that_the_person_has_not_seen(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    asked = {"kind": "remove", "entries": "000002", "removal": "DEFECT", "reason": "A fault."}
    assert "What it would do" in ada.post("/list/change/new", asked | {"step": "propose"}, status=409)
    shown = fields_of(ada.post("/list/change/new", asked, status=200))
    page = ada.post("/list/change/new", shown | {"entries": "000001", "step": "propose"}, status=409)
    assert "You have changed something" in page
    number = propose(
        ben, "/list/change/new?kind=correct&entries=000002", **{at(FormField.FIRMWARE_VERSION): "00:00:00:99"}
    )
    ada.post(f"/list/changes/{number}/agree")
    page = ada.post("/list/change/new", shown | {"step": "propose"}, status=409)  # the list has moved on
    assert "You have changed something" in page


def test_a_correction_keeps_what_the_form_did_not_touch_though_somebody_else_changed_it(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    opened = fields_of(ada.get("/list/change/new?kind=correct&entries=000002"))
    other = propose(
        ben, "/list/change/new?kind=correct&entries=000002", **{at(FormField.GBCS_VERSION): "GBCS Version 4.1"}
    )
    ada.post(f"/list/changes/{other}/agree")
    typed = opened | {at(FormField.FIRMWARE_VERSION).replace("__", "-"): "00:00:00:99", "reason": "A digit."}
    shown = ada.post("/list/change/new", typed, status=200)
    ada.post("/list/change/new", fields_of(shown) | {"step": "propose"})
    ben.post("/list/changes/2/agree")
    entry = entry_now(world, "000002")
    assert published(entry, FormField.FIRMWARE_VERSION) == "00:00:00:99"
    assert published(entry, FormField.GBCS_VERSION) == "GBCS Version 4.1"


def test_a_removal_that_another_has_made_says_nothing_of_what_it_would_do(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    first, second = (propose(ada, "/list/change/new?kind=remove&entries=000002", removal="DEFECT") for _ in range(2))
    assert "would leave the list" in ben.get(f"/list/changes/{second}")
    ben.post(f"/list/changes/{first}/agree")
    page = ben.get(f"/list/changes/{second}")
    assert "It cannot be made any more: Entry 000002 is Removed" in page
    assert "No Device Model would leave the list" not in page


def test_an_entry_says_until_when_it_is_amended_and_what_of_it_others_have_changed_since(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    typed = {at(FormField.GBCS_VERSION): "GBCS Version 3.1", at(FormField.IMAGE_CREATOR): "Hale", "until": "30/11/2026"}
    amending = propose(ada, "/list/change/new?kind=amend&entries=000002", **typed)
    assert "Amended until" not in ben.get("/list/000002")
    ben.post(f"/list/changes/{amending}/agree")
    page = ada.get("/list/000002")
    assert "Amended until 30/11/2026" in page
    assert "say again what they said before" in page
    other = propose(
        ada, "/list/change/new?kind=correct&entries=000002", **{at(FormField.IMAGE_CREATOR): "Hale Limited"}
    )
    ben.post(f"/list/changes/{other}/agree")
    assert "then says again what it said before" in ada.get("/list/000002")
    world.clock.pass_by(days=10)
    end_amendments(world.services)
    assert "Amended until" not in world.signed_in("Cid").get("/list/000002")


@pytest.mark.parametrize(
    ("link", "typed", "told"),
    [("amend", {"until": "07/12/2026"}, "until 07/12/2026"), ("correct", {}, "for good")],
)
def test_an_amendment_is_prolonged_or_let_stay_from_the_entrys_page(
    world: World, link: str, typed: dict[str, str], told: str
) -> None:
    take_in(world)
    ada, ben = two(world)
    amending = {at(FormField.GBCS_VERSION): "GBCS Version 3.1", "until": "30/11/2026"}
    ben.post(f"/list/changes/{propose(ada, '/list/change/new?kind=amend&entries=000002', **amending)}/agree")
    address = re.search(
        rf'href="(/list/change/new\?kind={link}&amp;entries=000002&amp;column[^"]*)"', ada.get("/list/000002")
    )
    assert address
    number = propose(ada, unescape(address[1]), **typed)
    assert f"by this it says so {told}." in ben.get(f"/list/changes/{number}")
    ben.post(f"/list/changes/{number}/agree")
    page = ada.get("/list/000002")
    assert ("Amended until 07/12/2026" in page, "Amended until" in page) == (bool(typed), bool(typed))


def test_several_entries_are_corrected_in_one_column(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    form = {"kind": "correct", "entries": "1, 2", "column": str(FormField.GBCS_VERSION), "value": "GBCS Version 4.1"}
    shown = ada.post("/list/change/new", form | {"reason": "As tested."}, status=200)
    ada.post("/list/change/new", fields_of(shown) | {"step": "propose"})
    ben.post("/list/changes/1/agree")
    assert [published(entry_now(world, one), FormField.GBCS_VERSION) for one in ("000001", "000002", "000003")] == [
        "GBCS Version 4.1",
        "GBCS Version 4.1",
        "GBCS Version 3.2",
    ]


def test_a_removal_shows_what_it_would_break(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    fields = {"kind": "remove", "entries": "000002", "removal": "DEFECT", "reason": "A fault."}
    page = ada.post("/list/change/new", fields, status=200)
    assert "1 Device Model would leave the list" in page
    assert "1 upgrade route would break" not in page  # nothing leads on from it: the newest has no hash
    ada.post("/list/change/new", fields_of(page) | {"step": "propose"})
    page = ben.get("/list/changes/1")
    assert "1 Device Model would leave the list" in page


def test_a_change_says_at_once_what_its_version_would_be_refused_for(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    address, refused = "/list/change/new?kind=correct&entries=000002", "The next version cannot be prepared with this"
    fields = fields_of(ada.get(address)) | {"reason": "As the maker says.", "step": "preview"}
    hashed = at(FormField.IMAGE_HASH).replace("__", "-")
    assert refused not in ada.post("/list/change/new", fields | {hashed: A_HASH}, status=200)
    shown = ada.post("/list/change/new", fields | {hashed: "ab:cd"}, status=200)
    assert refused in shown
    assert 'href="/list/000002">000002</a> <span class="cpl-late">✗' in shown[shown.index(refused) :]
    number = ada.post("/list/change/new", fields_of(shown) | {"step": "propose"}).split("/")[3].split("?")[0]
    assert refused in ben.get(f"/list/changes/{number}")
    ben.post(f"/list/changes/{number}/agree")  # a person may want it, and hold the entry back
    assert refused not in ben.get(f"/list/changes/{number}")


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    number = propose(ada, "/list/change/new?kind=reinstate&entries=000004")
    assert "Say why it is not made." in ben.post(f"/list/changes/{number}/refuse", {"reason": " "}, status=409)
    ben.post(f"/list/changes/{number}/refuse", {"reason": "Not yet."})
    assert state_of(world, number) is ChangeState.REFUSED
    page = ada.post(f"/list/changes/{number}/refuse", {"reason": "Once more & again"}, status=409)
    assert "nothing to decide" in page
    ada.post("/list/changes/99/agree", status=404)
    ada.post(f"/list/changes/{2**40}/refuse", {"reason": "x"}, status=404)


def test_one_person_alone_changes_the_list_at_once_where_the_configuration_says_so(tmp_path: object) -> None:
    world = World(tmp_path, four_eyes=False)  # type: ignore[arg-type]  # pytest's path
    try:
        take_in(world)
        ada = world.signed_in("Ada")
        fields = fields_of(ada.get("/list/change/new?kind=reinstate&entries=000004")) | {"reason": "Back."}
        shown = ada.post("/list/change/new", fields, status=200)
        assert "Make this change" in shown
        assert ada.post("/list/change/new", fields_of(shown) | {"step": "propose"}) == "/list/changes?done=list-changed"
        assert entry_now(world, "000004").status == "Current"
    finally:
        world.close()


def test_the_program_suggests_removals_and_a_person_asks_for_them(world: World) -> None:
    expired = a_listed("000001", CPA_NUMBER="[E] GSME11111111", CPA_DATE="19/11/2026")
    review = a_listed("000002", CPA_NUMBER="[R] GSME22222222", CPA_DATE="19/11/2026")
    double = a_listed("000004", FIRMWARE_VERSION="00:00:00:03")
    take_in(world, [expired, review, a_listed("000003"), double])
    ada, ben = two(world)
    page = ada.get("/list/changes")
    assert "expired on 19/11/2026" in page
    assert "It says the same as entry 000003." in page
    assert "GSME22222222" not in page  # a risk review is no end
    assert page.count("Ask for the removal") == 2
    address = next(line.split('href="')[1].split('"')[0] for line in page.splitlines() if "removal=CLONE" in line)
    number = propose(ada, address.replace("&amp;", "&"))
    assert "It says the same" not in ada.get("/list/changes").split("Removals to think about")[1].split("Decided")[0]
    ben.post(f"/list/changes/{number}/agree")
    assert entry_now(world, "000004").status == "Removed"
    assert entry_now(world, "000001").status == "Current"  # nothing goes by itself
    assert "Ask for the removal" not in world.signed_in("Eve", Role.AUDITOR).get("/list/changes")


def test_internal_reasons_are_for_analysts_and_auditors(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    typed = {"removal": "DEFECT", "internal_reason": CANARY}
    number = propose(ada, "/list/change/new?kind=remove&entries=000002", **typed)
    ben.post(f"/list/changes/{number}/agree")
    for role in Role:
        browser = world.signed_in(f"Somebody {role.value}", role)
        pages = [
            browser.get(path) for path in (f"/list/changes/{number}", "/list/000002", "/list/changes", "/list/next")
        ]
        shown = any(CANARY in page for page in pages)
        assert shown is (role in {Role.ANALYST, Role.APPROVER, Role.AUDITOR}), role
        assert any("Ben" in page for page in pages) is shown


def test_an_unknown_kind_or_entry_leads_nowhere(world: World) -> None:
    take_in(world)
    ada, _ = two(world)
    assert "What is to change?" in ada.get("/list/change/new?kind=end-amendment")
    assert ada.post("/list/change/new", {"kind": "add"}) == "/list/change/new"
    ada.get("/list/change/new?kind=correct&entry=abc", status=400)
    assert "No entry rests on" in ada.get("/list/change/new?kind=replace-certificate&certificate=XYZ1")


def test_the_form_of_a_path_shows_the_path_as_it_is(world: World) -> None:
    take_in(world)
    ada, _ = two(world)
    fields = fields_of(ada.get("/list/change/new?kind=state-upgrade-path&entry=000003"))
    assert fields["value-0"] == ENTRIES[2].fields[UPGRADE_PATH]


def test_the_first_step_of_replacing_a_certificate_asks_for_the_next_and_blames_nobody(world: World) -> None:
    take_in(world)
    ada, _ = two(world)
    typed = {"kind": "replace-certificate", "step": "preview", "certificate": "ESME87654321"}
    page = ada.post("/list/change/new", typed, status=200)
    assert "Nothing was changed" not in page
    assert "Entries that rest on it" in page
    assert "Say in the reason" in ada.post("/list/change/new", typed | {"value-0": "[E] X1"}, status=409)
