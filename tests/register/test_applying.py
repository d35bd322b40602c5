"""Every kind of change of the list as its real history has it: what it makes of the entries, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from feeds import a_listed, removed, with_path

from intake.register.applying import apply, next_number
from intake.register.changes import ChangeKind, ChangeRefusedError, ListChange, Reference, RemovalReason, column
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import UPGRADE_PATH

TODAY = date(2026, 11, 20)
NO_IMAGE = {"IMAGE_CREATOR": "", "IMAGE_HASH": "", "IMAGE_DESCRIPTOR": ""}
HASH = ":".join(["CD"] * 32)
OLD, NEW = "[E] GSME12345678", "[E] GSME99990000"
ENTRIES = (
    with_path(a_listed("000001"), "N/A"),
    a_listed("000002", **NO_IMAGE),
    a_listed("000003", CPA_NUMBER="[E]  gsme-12345678 ", GBCS_VERSION="GBCS Version 3.2 "),
    removed(a_listed("000007")),
    a_listed("000009", DEVICE_TYPE="Electricity Smart Meter", CPA_NUMBER="[E] ESME00001111"),
)
"""With gaps, as the list has them; the third spells its certificate otherwise and has blanks behind values."""
REGISTER: Mapping[str, RegisterEntry] = {entry.number: entry for entry in ENTRIES}


@dataclass(frozen=True)
class Case:
    """A change, and what it makes: by entry number its status, and the values that it has afterwards."""

    change: ListChange
    status: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)


def a_change(kind: ChangeKind, *entries: str, **more: object) -> ListChange:
    values = {column(str(name)): text for name, text in (more.pop("values", None) or {}).items()}  # type: ignore[attr-defined]  # a table's own
    known = {"reason": "As the DCC found.", **more}
    return ListChange(kind, TODAY, entries, values, **known)  # type: ignore[arg-type]  # the fields of ListChange


K, F = ChangeKind, FormField
FORM = {F.DEVICE_TYPE: "Gas Smart Meter", F.MANUFACTURER_IDENTIFIER: "10:02", F.MODEL_IDENTIFIER: "00:05 "}
GOOD = {
    "a new entry gets the number after the highest, gaps stay": Case(
        a_change(K.ADD, values=FORM, reason=""), {"000010": "Current"}, {F.MODEL_IDENTIFIER: "00:05"}
    ),
    "a hash is listed where none was": Case(
        a_change(K.UPDATE_HASH, "000002", values={F.IMAGE_HASH: HASH, F.IMAGE_CREATOR: "Hale"}),
        {"000002": "Current"},
        {F.IMAGE_HASH: HASH, F.IMAGE_CREATOR: "Hale"},
    ),
    "a hash with a wrong digit is corrected, with incident and change number": Case(
        a_change(
            K.CORRECT,
            "000001",
            values={F.IMAGE_HASH: HASH},
            references=(Reference("DCC incident", "INC000012345"), Reference("DCC change", "CRQ000067890")),
        ),
        {"000001": "Current"},
        {F.IMAGE_HASH: HASH},
    ),
    "a Removed entry's value is corrected too": Case(
        a_change(K.CORRECT, "000007", values={F.CPA_DATE: "31/08/2029"}),
        {"000007": "Removed"},
        {F.CPA_DATE: "31/08/2029"},
    ),
    "a certificate is replaced on many entries at once, however each spells it": Case(
        a_change(
            K.REPLACE_CERTIFICATE,
            "000001",
            "000002",
            "000003",
            was=OLD,
            values={F.CPA_NUMBER: NEW, F.CPA_DATE: "30/08/2032"},
            asked=TODAY,
        ),
        {"000001": "Current", "000002": "Current", "000003": "Current"},
        {F.CPA_NUMBER: NEW, F.CPA_DATE: "30/08/2032"},
    ),
    "an entry is removed, and another takes its place": Case(
        a_change(K.REMOVE, "000001", removal=RemovalReason.REPLACED, replaced_by="000003"), {"000001": "Removed"}
    ),
    "entries are removed as their certificate was withdrawn": Case(
        a_change(K.REMOVE, "000001", "000003", removal=RemovalReason.REVOKED, references=(Reference("SSC", "14"),)),
        {"000001": "Removed", "000003": "Removed"},
    ),
    "a Removed entry is reinstated under its own number": Case(a_change(K.REINSTATE, "000007"), {"000007": "Current"}),
    "a Removed entry's device is listed again under a new number": Case(
        a_change(K.READD, "000007", values={F.CPA_DATE: "31/08/2031"}),
        {"000010": "Current"},
        {F.CPA_DATE: "31/08/2031"},
    ),
    "a value is amended to get past the loader, until a day": Case(
        a_change(K.AMEND, "000001", values={F.SECURITY_CHARACTERISTICS: "Version 1.2"}, until=date(2026, 11, 27)),
        {"000001": "Current"},
        {F.SECURITY_CHARACTERISTICS: "Version 1.2"},
    ),
    "a value has another name on every entry that has it, blanks or not": Case(
        a_change(K.RENAME_VALUE, was=" GBCS Version 3.2", values={F.GBCS_VERSION: "GBCS 3.2"}),
        {"000001": "Current", "000002": "Current", "000003": "Current", "000007": "Removed", "000009": "Current"},
        {F.GBCS_VERSION: "GBCS 3.2"},
    ),
    "an upgrade path is stated": Case(
        a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "000001, 000002"}),
        {"000003": "Current"},
        {UPGRADE_PATH: "000001, 000002"},
    ),
    "it is stated that nothing can be upgraded to it": Case(
        a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "N/A"}), {"000003": "Current"}, {UPGRADE_PATH: "N/A"}
    ),
    "an amendment ends": Case(
        a_change(K.END_AMENDMENT, "000001", values={F.GBCS_VERSION: "GBCS Version 3.1"}),
        {"000001": "Current"},
        {F.GBCS_VERSION: "GBCS Version 3.1"},
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_change_makes_of_the_list_what_its_history_shows(name: str) -> None:
    case = GOOD[name]
    made = apply(case.change, REGISTER, TODAY)
    assert {one.after.number: one.after.status for one in made} == dict(case.status)
    for one in made:
        assert one.before == REGISTER.get(one.after.number)
        wanted = {column(str(each)): text for each, text in case.values.items()}
        assert {each: one.after.fields[each] for each in wanted} == wanted
        before = one.before or (REGISTER["000007"] if case.change.kind is K.READD else None)
        if before is not None:
            others = {each: text for each, text in one.after.fields.items() if each not in wanted and text}
            assert others == {each: text for each, text in before.fields.items() if each not in wanted and text}


def test_every_kind_has_a_good_case() -> None:
    assert {case.change.kind for case in GOOD.values()} == set(ChangeKind)


REFUSED: Mapping[str, tuple[ListChange, str]] = {
    "a day to come": (replace(a_change(K.REINSTATE, "000007"), effective=date(2026, 11, 21)), "a day to come"),
    "asked for on a day to come": (
        a_change(K.REINSTATE, "000007", asked=date(2026, 11, 21)),
        "asked for on 21/11/2026, a day to come",
    ),
    "no reason": (a_change(K.REINSTATE, "000007", reason=" "), "Say in the reason"),
    "no entries": (a_change(K.CORRECT, values={F.CPA_DATE: "1"}), "Name the entries"),
    "an entry that the list has not": (a_change(K.REINSTATE, "000008"), "no entry 000008"),
    "no value": (a_change(K.CORRECT, "000001"), "State the value"),
    "no column of the list": (a_change(K.CORRECT, "000001", values={"Entry.status": "Removed"}), "is no column"),
    "no column chosen": (a_change(K.RENAME_VALUE, was="a", values={"": "b"}), "Choose the column"),
    "a number": (a_change(K.CORRECT, "000001", values={F.ENTRY_NUMBER: "000011"}), "is no column"),
    "the contact": (a_change(K.CORRECT, "000001", values={F.CONTACT_EMAIL: "a@example.test"}), "is no column"),
    "a line break": (a_change(K.CORRECT, "000001", values={F.GBCS_VERSION: "a\nb"}), "cannot be seen"),
    "too long": (a_change(K.CORRECT, "000001", values={F.GBCS_VERSION: "é" * 251}), "more than 500 bytes"),
    "nothing new": (a_change(K.CORRECT, "000003", values={F.GBCS_VERSION: "GBCS Version 3.2"}), "says so already"),
    "a second hash": (a_change(K.UPDATE_HASH, "000001", values={F.IMAGE_HASH: HASH}), "lists a hash already"),
    "a hash and more": (
        a_change(K.UPDATE_HASH, "000002", values={F.IMAGE_HASH: HASH, F.GBCS_VERSION: "x"}),
        "changes nothing else",
    ),
    "an update without a hash": (a_change(K.UPDATE_HASH, "000002", values={F.IMAGE_CREATOR: "x"}), "states a hash"),
    "a hash of a Removed entry": (a_change(K.UPDATE_HASH, "000007", values={F.IMAGE_HASH: HASH}), "not Current"),
    "no certificate stated": (
        a_change(K.REPLACE_CERTIFICATE, "000001", was=OLD, values={F.CPA_DATE: "30/08/2032"}),
        "State one certificate",
    ),
    "two certificates stated": (
        a_change(K.REPLACE_CERTIFICATE, "000001", was=OLD, values={F.CPA_NUMBER: NEW, F.ZSE_NUMBER: "Z"}),
        "State one certificate",
    ),
    "no certificate named": (
        a_change(K.REPLACE_CERTIFICATE, "000001", values={F.CPA_NUMBER: NEW}),
        "Name the certificate",
    ),
    "an entry with another certificate": (
        a_change(K.REPLACE_CERTIFICATE, "000001", "000009", was=OLD, values={F.CPA_NUMBER: NEW}),
        r"000009 does not rest on \[E\] GSME12345678 but on \[E\] ESME00001111",
    ),
    "an entry without a certificate": (
        a_change(K.REPLACE_CERTIFICATE, "000010", was=OLD, values={F.CPA_NUMBER: NEW}),
        "000010 does not rest on .* but on none",
    ),
    "a removal without its kind": (a_change(K.REMOVE, "000001"), "kind of reason"),
    "replaced by nothing": (a_change(K.REMOVE, "000001", removal=RemovalReason.REPLACED), "takes its place"),
    "replaced by a Removed one": (
        a_change(K.REMOVE, "000001", removal=RemovalReason.REPLACED, replaced_by="000007"),
        "no other Current entry",
    ),
    "replaced by one that the list has not": (
        a_change(K.REMOVE, "000001", removal=RemovalReason.REPLACED, replaced_by="000008"),
        "no other Current entry",
    ),
    "replaced by itself": (
        a_change(K.REMOVE, "000001", removal=RemovalReason.CLONE, replaced_by="000001"),
        "no other Current entry",
    ),
    "removed twice": (a_change(K.REMOVE, "000007", removal=RemovalReason.DEFECT), "is Removed, not Current"),
    "reinstated without need": (a_change(K.REINSTATE, "000001"), "is Current, not Removed"),
    "listed again though Current": (a_change(K.READD, "000001"), "is Current, not Removed"),
    "an amendment without end": (a_change(K.AMEND, "000001", values={F.CPA_DATE: "1"}), "until when"),
    "an amendment that ends at once": (
        a_change(K.AMEND, "000001", values={F.CPA_DATE: "1"}, until=TODAY),
        "until when",
    ),
    "a renaming of two columns": (
        a_change(K.RENAME_VALUE, was="a", values={F.CPA_DATE: "1", F.GBCS_VERSION: "2"}),
        "Name one column",
    ),
    "a renaming of nothing": (a_change(K.RENAME_VALUE, values={F.GBCS_VERSION: "2"}), "Name one column"),
    "a name that no entry has": (a_change(K.RENAME_VALUE, was="none", values={F.GBCS_VERSION: "2"}), "says so already"),
    "a path that is none": (a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "the last one"}), "is not one or"),
    "a path and more": (
        a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "N/A", F.GBCS_VERSION: "2"}),
        "and nothing else",
    ),
    "a path from itself": (a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "000003"}), "from itself"),
    "a path from nowhere": (a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "000008"}), "no entry 000008"),
    "a path from another device": (a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "000009"}), "another device"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence_for_the_person(name: str) -> None:
    change, told = REFUSED[name]
    register = {**REGISTER, "000010": a_listed("000010", CPA_NUMBER="")}
    with pytest.raises(ChangeRefusedError, match=told):
        apply(change, register, TODAY)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("DEVICE_TYPE", "Communications Hub"),
        ("MANUFACTURER_IDENTIFIER", "10:02"),
        ("MODEL_IDENTIFIER", "00:03"),
        ("HARDWARE_VERSION", "02"),
        ("HARDWARE_REVISION", "0B"),
    ],
)
def test_an_upgrade_changes_firmware_alone(name: str, other: str) -> None:
    change = a_change(K.STATE_PATH, "000003", values={UPGRADE_PATH: "000001, 000010"})
    register = {**REGISTER, "000010": a_listed("000010", **{name: other})}
    with pytest.raises(ChangeRefusedError, match=f"Entry 000010 is another device .* {F[name]}"):
        apply(change, register, TODAY)


def test_each_listed_again_gets_a_number_of_its_own() -> None:
    register = {**REGISTER, "000001": removed(ENTRIES[0])}
    made = apply(a_change(K.READD, "000007", "000001"), register, TODAY)
    assert [one.after.number for one in made] == ["000010", "000011"]
    assert all(one.before is None for one in made)


def test_a_list_whose_numbers_are_used_up_takes_no_new_entry() -> None:
    register = {"999998": replace(ENTRIES[3], number="999998")}
    assert next_number({}) == 1
    assert next_number(register) == 999_999
    two = {"999997": replace(ENTRIES[3], number="999997"), **register}
    with pytest.raises(ChangeRefusedError, match="no number left"):
        apply(a_change(K.READD, "999997", "999998"), two, TODAY)
