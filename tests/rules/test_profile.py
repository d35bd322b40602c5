from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from dossiers import DEVICE_TYPES, FIELDS, LABELS, LABELS_2017, a_form, a_row

from rules.facts import NewEntry
from rules.profile import Presence, profiles, recognise
from rules.reference import reference
from rules.shapes import SHAPES

DATA = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parent.parent.parent.parent / "shared" / "data"))
FORM = DATA / "cpl" / "new-entry-form-2022-09.xlsx"


def edition(labels: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str | None:
    rows = tuple(a_row(group, attribute, "", at) for at, (group, attribute) in enumerate(labels, 7))
    profile = recognise(NewEntry("form.xlsx", "sheet", rows))
    return profile.edition if profile else None


@pytest.mark.parametrize("at", range(len(LABELS)))
def test_any_one_row_may_be_missing_doubled_or_strange(at: int) -> None:
    assert edition(LABELS[:at] + LABELS[at + 1 :]) == "2022-09"
    assert edition((*LABELS, LABELS[at])) == "2022-09"
    assert edition((*LABELS[:at], ("Some", "thing"), *LABELS[at + 1 :])) == "2022-09"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (LABELS_2017, "2017-12"),
        (LABELS_2017[1:], "2017-12"),
        (LABELS[:20], "2017-12"),
        (LABELS_2017[:3], None),
        ((), None),
        ([("Some", f"thing {number}") for number in range(33)], None),
        ([*LABELS_2017, *(("Some", f"thing {number}") for number in range(9))], None),
    ],
)
def test_the_nearest_edition_is_taken_unless_none_is_near(labels: list[tuple[str, str]], expected: str | None) -> None:
    assert edition(labels) == expected


def test_the_edition_of_2022_has_the_33_rows_of_the_form() -> None:
    newest = profiles()[0]
    assert [field.name for field in newest.fields] == list(FIELDS)


def test_fields_are_found_whatever_their_case() -> None:
    newest = profiles()[0]
    found = newest.field("device_type.NAME")
    assert found is not None
    assert found.name == "Device_Type.name"
    assert newest.field("Device_Type.colour") is None


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.edition)
def test_everything_that_a_profile_speaks_of_is_there(profile: object) -> None:
    cases = {"smets1", "otherwise", *reference().groups}
    for field in profile.fields:  # type: ignore[attr-defined]  # a Profile; parametrize loses its type
        assert field.shape is None or field.shape in SHAPES
        assert field.choices is None or field.choices in reference().choices
        assert set(field.presence) <= cases
        assert "otherwise" in field.presence
        assert field.highest is None or SHAPES[field.shape].fits(field.highest)


def test_everything_that_the_reference_data_speak_of_is_there() -> None:
    types = set(DEVICE_TYPES)
    assert set(reference().device_types) == types
    assert all(set(group) <= types for group in reference().groups.values())
    assert set(reference().aliases.values()) <= types
    for one in reference().combinations:
        assert one.device_type in types
        assert one.version in reference().values("smets_chts")
        assert one.gbcs in reference().values("gbcs")


def test_presence_is_a_word_of_five() -> None:
    assert {presence for profile in profiles() for field in profile.fields for presence in field.presence.values()} == (
        set(Presence)
    )


@pytest.mark.skipif(not FORM.exists(), reason=f"the real form is not at {FORM}")
def test_the_real_form_is_recognised_with_no_row_missing_or_strange() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(FORM).active
    labels = [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in range(7, 40)]
    rows = tuple(a_row(group, attribute, "", at) for at, (group, attribute) in enumerate(labels, 7))
    profile = recognise(NewEntry("form.xlsx", "sheet", rows))
    assert profile is profiles()[0]
    assert [field.name for field in profile.fields] == [row.field for row in rows]
    for table, cell in {"device_type": "G9", "smets_chts": "G15", "gbcs": "G16", "dlms": "G21", "zse": "G23"}.items():
        (listed,) = [one.formula1 for one in sheet.data_validations.dataValidation if str(one.sqref) == cell]
        assert set(listed.strip('"').split(",")) <= set(reference().values(table))


def test_a_form_with_every_row_doubled_is_still_its_edition() -> None:
    form = a_form()
    profile = recognise(replace(form, rows=form.rows * 2))
    assert profile is profiles()[0]
