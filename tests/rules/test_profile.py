from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock, call

import pytest
from dossiers import DEVICE_TYPES, FIELDS, LABELS, LABELS_2017, a_form, a_row

from rules import profile as profiles_module
from rules.facts import NewEntry, folded
from rules.profile import Field, Presence, Profile, _nearest, profile, profiles, recognise
from rules.reference import reference
from rules.shapes import SHAPES

DATA = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parent.parent.parent.parent / "shared" / "data"))
FORM = DATA / "cpl" / "new-entry-form-2022-09.xlsx"


def edition(labels: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str | None:
    rows = tuple(a_row(group, attribute, "", at) for at, (group, attribute) in enumerate(labels, 7))
    profile = recognise(NewEntry("form.xlsx", "sheet", rows))
    return profile.edition if profile else None


def of_edition(name: str) -> Profile:
    return next(profile for profile in profiles() if profile.edition == name)


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
        ((*LABELS[:20], ("Contact-CPA", "Contact details")), "2017-12"),
        ((*LABELS, ("Firmware Upgrade Path", "Entry.number")), "2023-mp231"),
        ((*LABELS, ("Device", "firmware  UPGRADE path")), "2023-mp231"),
        ((*LABELS[1:], ("Firmware Upgrade Path", "Entry ids")), "2023-mp231"),
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
    assert [field.name for field in of_edition("2022-09").fields] == list(FIELDS)


def test_the_editions_are_those_of_the_form_s_history() -> None:
    editions = ["2023-mp231", "2022-09", "2021-11", "2019-07", "2019-03", "2017-12"]
    assert [profile.edition for profile in profiles()] == editions


@pytest.mark.parametrize("edition", ["2019-03", "2019-07", "2021-11"])
def test_editions_with_the_labels_of_2022_are_taken_for_it(edition: str) -> None:
    names = [field.name for field in of_edition(edition).fields]
    assert names == [field.name for field in of_edition("2022-09").fields]


def test_editions_differ_in_what_they_asked_for() -> None:
    number, zse = "CPA_Certificate.identification_number", "ZSE_Certificate.ZSE_version"
    asked = {profile.edition: (profile.field(number), profile.field(zse)) for profile in profiles()}
    assert {edition: bool(cpa and cpa.prefixes) for edition, (cpa, _) in asked.items()} == {
        "2023-mp231": True, "2022-09": True, "2021-11": False, "2019-07": False, "2019-03": False, "2017-12": False,
    }  # fmt: skip
    assert {edition: bool(field and "smets1" in field.presence) for edition, (_, field) in asked.items()} == {
        "2023-mp231": True, "2022-09": True, "2021-11": True, "2019-07": True, "2019-03": False, "2017-12": True,
    }  # fmt: skip


def test_an_edition_that_changes_a_row_it_does_not_have_is_a_slip_of_the_pen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "form-one.toml").write_text("", "utf-8")
    (tmp_path / "form-other.toml").write_text("like = 'one'\nchanged = [{ group = 'a', attribute = 'b' }]", "utf-8")
    monkeypatch.setattr(profiles_module, "_folder", lambda: tmp_path)
    assert profile("one").fields == ()
    with pytest.raises(KeyError):
        profile("other")


def test_a_form_of_these_days_is_known_without_the_editions_before_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Mock(wraps=profile)
    monkeypatch.setattr(profiles_module, "profile", reading)
    recognised = _nearest.__wrapped__(frozenset(folded(name) for name in FIELDS))
    assert recognised is not None
    assert recognised.edition == "2022-09"
    assert reading.mock_calls == [call("2023-mp231"), call("2022-09")]


def test_fields_are_found_whatever_their_case() -> None:
    newest = profiles()[0]
    field = newest.field("device_type.NAME")
    assert field is not None
    assert field.name == "Device_Type.name"
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
    for combination in reference().combinations:
        assert combination.device_type in types
        assert combination.version in reference().values("smets_chts")
        assert combination.gbcs in reference().values("gbcs")


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
    assert profile is of_edition("2022-09")
    assert [field.name for field in profile.fields] == [row.field for row in rows]
    for table, cell in {"device_type": "G9", "smets_chts": "G15", "gbcs": "G16", "dlms": "G21", "zse": "G23"}.items():
        (listed,) = [one.formula1 for one in sheet.data_validations.dataValidation if str(one.sqref) == cell]
        assert set(listed.strip('"').split(",")) <= set(reference().values(table))


def test_a_form_with_every_row_doubled_is_still_its_edition() -> None:
    form = a_form()
    profile = recognise(replace(form, rows=form.rows * 2))
    assert profile is of_edition("2022-09")


@pytest.mark.parametrize("worded_first", [True, False])
def test_of_a_label_and_of_words_that_both_name_it_the_first_field_counts(worded_first: bool) -> None:
    presence = {"otherwise": Presence.REQUIRED}
    named, worded = Field("G", "hash value", presence), Field("G", "hash", presence, also="hash v")
    profile = Profile("trial", (worded, named) if worded_first else (named, worded))
    assert profile.field(" G.Hash  Value") is (worded if worded_first else named)
    assert profile.field("G.hash") is worded
    assert profile.field("G.other") is None
