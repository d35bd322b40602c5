"""A file of the list against the register: nothing is dropped, and everything that differs is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from register.lines import A_HASH, a_version

from intake.register.published import UNCOMPUTED, ListFile
from intake.register.reconcile import SPELLING, Change, difference, reconcile
from rules.facts import RegisterEntry
from rules.published import PUBLISHED, UPGRADE_PATH

FIRMWARE, STATUS, GBCS = "Device_Model.firmware_version", "Entry.status", "GBCS Version.version_number"
HASH = "Manufacturer_Image.hash"


def a_file(*entries: RegisterEntry, columns: tuple[str, ...] = PUBLISHED, **normalised: int) -> ListFile:
    return ListFile(entries, columns, normalised=normalised)


def changed(entry: RegisterEntry, **fields: str) -> RegisterEntry:
    names = {"gbcs": GBCS, "hash": HASH, "firmware": FIRMWARE, "cpa": "CPA_Certificate.identification_number"}
    return replace(entry, fields={**entry.fields, **{names[name]: text for name, text in fields.items()}})


def test_into_an_empty_register_everything_is_new() -> None:
    done = reconcile((), a_file(a_version(1), a_version(2)))
    assert ([entry.number for entry in done.new], done.altered, done.changes) == (["000001", "000002"], (), ())
    assert (done.missing, done.lacks, done.refusals) == ((), (), ())


def test_the_same_list_changes_nothing() -> None:
    entries = (a_version(1), a_version(2))
    done = reconcile(entries, a_file(*entries))
    assert (done.new, done.altered, done.changes, done.missing, done.normalised) == ((), (), (), (), {})


def test_a_changed_value_and_a_changed_status_are_said_with_both_values() -> None:
    before = a_version(1)
    after = replace(changed(before, gbcs="GBCS Version 4.0"), status="Removed")
    done = reconcile((before,), a_file(after))
    assert done.changes == (
        Change("000001", STATUS, "Current", "Removed"),
        Change("000001", GBCS, "GBCS Version 3.2", "GBCS Version 4.0"),
    )
    assert done.altered == (after,)


@pytest.mark.parametrize("text", ["GBCS Version 3.2 ", "gbcs version 3.2", "GBCS  Version 3.2"])
def test_another_spelling_is_kept_to_the_letter_and_counted_but_is_no_change(text: str) -> None:
    done = reconcile((a_version(1),), a_file(changed(a_version(1), gbcs=text), leading_zero=3))
    assert (done.changes, done.normalised) == ((), {"leading_zero": 3, SPELLING: 1})
    assert [entry.fields[GBCS] for entry in done.altered] == [text]


def test_a_value_that_the_file_has_emptied_is_a_change() -> None:
    emptied = changed(a_version(1), gbcs="")
    done = reconcile((a_version(1),), a_file(emptied))
    assert done.changes == (Change("000001", GBCS, "GBCS Version 3.2", ""),)
    assert done.altered == (emptied,)


APPROVED = changed(a_version(1), gbcs="GBCS Version 4.0")
"""What people have approved of the first entry, whose published line has 3.2."""


@pytest.mark.parametrize(
    ("register", "offered", "confirmed", "contradicted"),
    [
        ((a_version(1),), APPROVED, ("000001",), ()),
        ((a_version(1),), changed(APPROVED, gbcs="gbcs version 4.0 "), ("000001",), ()),
        ((a_version(1),), a_version(1), (), ()),  # not published yet
        ((a_version(1),), changed(a_version(1), gbcs="GBCS Version 4.1"), (), ("000001",)),
        ((), APPROVED, ("000001",), ()),  # a new entry
        ((), a_version(1), (), ("000001",)),
    ],
)
def test_of_what_was_approved_a_file_may_say_what_was_published_or_what_is_to_be(
    register: tuple[RegisterEntry, ...],
    offered: RegisterEntry,
    confirmed: tuple[str, ...],
    contradicted: tuple[str, ...],
) -> None:
    done = reconcile(register, a_file(offered), {"000001": APPROVED})
    assert (done.confirmed, done.contradicted) == (confirmed, contradicted)
    assert (done.new, done.altered, done.changes) == ((), (), ())  # the register says already what it means
    assert [why.startswith("Of 000001 it says neither") for why in done.refusals] == [True] * len(contradicted)


def test_what_the_file_lacks_is_named_and_stays() -> None:
    columns = tuple(name for name in PUBLISHED if name != HASH)
    offered = replace(a_version(1), fields={k: v for k, v in a_version(1).fields.items() if k in columns})
    done = reconcile((a_version(1), a_version(2), a_version(3)), a_file(offered, columns=columns))
    assert done.missing == ("000002", "000003")
    assert done.lacks == (
        "It lacks entries that the register has: 000002, 000003.",
        f"It lacks columns of the list: {HASH}.",
    )
    assert (done.altered, done.changes) == ((), ())


def test_the_dccs_copy_says_the_same_without_colons() -> None:
    bare = changed(a_version(1), hash=A_HASH.replace(":", ""), firmware="00000001")
    offered = replace(bare, fields={**bare.fields, "Version": "Version 2.051"})
    done = reconcile((a_version(1),), a_file(offered))
    assert (done.altered, done.changes, done.normalised) == ((), (), {})
    assert "Version" not in reconcile((), a_file(offered)).new[0].fields
    other = changed(bare, firmware="00000002")
    assert reconcile((a_version(1),), a_file(other)).changes == (Change("000001", FIRMWARE, "00:00:00:01", "00000002"),)


@pytest.mark.parametrize(
    ("days", "refused"),
    [
        (("30/08/2023", "01/02/2023"), False),
        (("30-08-2023",), False),
        (("2023-08-30",), False),
        (("08/30/2023",), True),
        (("01/02/2023", "02/28/2024"), True),
        (("99/99/2023",), False),  # no day either way: a blemish, and no word on the others
        (("soon",), False),
    ],
)
def test_one_day_that_cannot_be_day_first_refuses_the_file(
    days: tuple[str, ...], refused: bool
) -> None:  # a table's column
    entries = [a_version(number, ends=day) for number, day in enumerate(days, 1)]
    done = reconcile((), a_file(*entries))
    assert bool(done.refusals) is refused
    if refused:
        assert f"the day {days[-1]}, which cannot be day first" in done.refusals[0]


def test_an_empty_column_that_the_register_does_not_have_alters_no_entry() -> None:
    line = a_version(1)
    known = {name: text for name, text in line.fields.items() if name != UPGRADE_PATH}
    again = replace(line, fields=known | {UPGRADE_PATH: ""})
    assert reconcile([replace(line, fields=known)], a_file(again)).altered == ()


def test_days_that_all_have_day_and_month_exchanged_refuse_the_file() -> None:
    def lines(*ends: str) -> list[RegisterEntry]:
        return [a_version(at, certificate=f"[E] NCSC-{at}", ends=day) for at, day in enumerate(ends, 1)]

    register = lines("03/04/2029", "01/11/2028", "05/05/2027", "02/07/2027")
    (why,) = reconcile(register, a_file(*lines("04/03/2029", "11/01/2028", "05/05/2027"))).refusals
    assert "Entry 000001 has the day 04/03/2029 where the register has 03/04/2029" in why
    for told in (
        ("04/03/2029", "01/11/2028", "05/05/2027"),  # the second tells that days come first
        ("04/03/2029", "12/12/2030", "05/05/2027"),  # one alone may be a correction
        ("04/03/2029", "11/01/2028", "05/05/2027", "02/07/2027"),  # the last is as it was
    ):
        assert reconcile(register, a_file(*lines(*told))).refusals == ()
    right = lines("04/03/2029", "11/01/2028", "05/05/2027", "30/08/2029")  # nor has the register to be right
    assert reconcile(register, a_file(*right)).refusals == ()


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        (FIRMWARE, "#REF!", "a spreadsheet shows in the place of a value"),
        (FIRMWARE, "########", "a spreadsheet shows in the place of a value"),
        (HASH, "1.37E+63", "which a spreadsheet has rounded"),
        (HASH, "1,37e+63 ", "which a spreadsheet has rounded"),
        ("CPA_Certificate.expiry_date", "30/08/29", "whose year has two digits"),
    ],
)
def test_a_value_that_a_spreadsheet_has_spoilt_refuses_the_file(field: str, text: str, why: str) -> None:
    spoilt = replace(a_version(1), fields={**a_version(1).fields, field: text})
    for register in ((), (a_version(1),)):
        (told,) = reconcile(register, a_file(spoilt)).refusals
        assert f"Entry 000001 has “{text}” as {field}" in told
        assert why in told
    assert reconcile((spoilt,), a_file(spoilt)).refusals == ()


@pytest.mark.parametrize(("number", "told"), [(1, "rounded. Put"), (3, "rounded, and 2 more values are like it. Put")])
def test_spoilt_values_are_counted(number: int, told: str) -> None:
    (why,) = reconcile((), a_file(*(changed(a_version(at), hash="1.37E+63") for at in range(1, number + 1)))).refusals
    assert told in why


@pytest.mark.parametrize("text", ["5E2", "1E:10", "#1", "E+5", "30/08/2029", "12:34:56:78"])
def test_what_only_resembles_it_is_taken_as_it_is(text: str) -> None:
    assert reconcile((a_version(1),), a_file(changed(a_version(1), firmware=text))).refusals == ()


@pytest.mark.parametrize(("number", "told"), [(1, "a cell with"), (3, "3 cells with")])
def test_a_formula_whose_result_nobody_knows_refuses_the_file(number: int, told: str) -> None:
    file = ListFile((a_version(1),), PUBLISHED, normalised={UNCOMPUTED: number})
    (why,) = reconcile((), file).refusals
    assert told in why


def test_one_certificate_with_two_dates_or_spellings_is_a_contradiction() -> None:
    entries = [
        a_version(1, certificate="[E] NCSC1433053936-1497", ends="29/05/2024"),
        a_version(2, certificate="[E] NCSC1433053936-1497", ends="29/05/2024"),
        a_version(3, certificate="[E] 1433053936-1497", ends="25/09/2024"),
        a_version(4, certificate="[E] NCSC1433053936-1498", ends="25/09/2024"),
    ]
    told = [(found.certificate, found.what, found.entries) for found in reconcile((), a_file(*entries)).contradictions]
    numbers = ("000001", "000002", "000003")
    assert told == [
        (
            "NCSC1433053936-1497",
            "2 spellings: “[E] NCSC1433053936-1497” (2: 000001, 000002), “[E] 1433053936-1497” (1: 000003)",
            numbers,
        ),
        ("NCSC1433053936-1497", "2 dates: “29/05/2024” (2: 000001, 000002), “25/09/2024” (1: 000003)", numbers),
    ]


def test_entries_without_a_certificate_share_none() -> None:
    entries = [a_version(1, certificate="", ends="29/05/2024"), a_version(2, certificate=" ", ends="25/09/2024")]
    assert reconcile((), a_file(*entries)).contradictions == ()


def test_a_difference_is_to_the_letter_and_a_whole_entry_is_one_line() -> None:
    before = (a_version(1), a_version(2))
    after = (changed(a_version(1), gbcs="GBCS Version 3.2 "), a_version(3, status="Removed"))
    assert list(difference(before, after)) == [
        Change("000001", GBCS, "GBCS Version 3.2", "GBCS Version 3.2 "),
        Change("000002", "", "Current", ""),
        Change("000003", "", "", "Removed"),
    ]
    assert list(difference(before, before)) == []
    removed = replace(a_version(1), status="Removed")
    assert list(difference(before[:1], (removed,))) == [Change("000001", STATUS, "Current", "Removed")]
