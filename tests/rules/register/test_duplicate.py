from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    A_HASH,
    CPA_ID,
    CREATOR,
    DISPLAY,
    FIRMWARE,
    GBCS,
    HASH,
    MODEL,
    NUMBER,
    SMETS,
    TYPE,
    a_dossier,
    a_form,
    named,
    ruling,
    verdict,
)
from published_lists import a_line, beside

RULE = "register.duplicate"
FORM = a_form()
WITH_IMAGE = a_form(changes={CREATOR: "Example Meters Ltd", HASH: A_HASH})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {SMETS: "SMETS V4.3 "},
        {GBCS: "GBCS Version 4.1  "},
        {GBCS: "gbcs  version 4.1"},
        {MODEL: "4331"},
        {MODEL: "43:31\n"},
        {CPA_ID: "[R] another"},
    ],
)
def test_an_entry_that_is_on_the_list_is_returned(changes: dict[str, str]) -> None:
    dossier = beside(FORM, a_line(FORM, "000123", changes))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [FIRMWARE]
    assert "000123" in ruling(dossier, RULE).findings[0].message


@pytest.mark.parametrize(
    "changes",
    [
        {TYPE: DISPLAY},
        {MODEL: "43:32"},
        {FIRMWARE: "12:03:12:35"},
        {SMETS: "SMETS V4.2"},
        {GBCS: "GBCS Version 4.0"},
    ],
)
def test_another_type_model_or_version_is_no_duplicate(changes: dict[str, str]) -> None:
    assert verdict(beside(FORM, a_line(FORM, "000123", changes)), RULE) == "pass"


def test_a_removed_entry_is_no_duplicate() -> None:
    assert verdict(beside(FORM, a_line(FORM, status="Removed")), RULE) == "pass"


def test_an_empty_list_has_no_duplicate() -> None:
    assert verdict(beside(FORM), RULE) == "pass"


def test_without_a_list_nothing_is_compared() -> None:
    assert verdict(a_dossier(FORM), RULE) == "not_applicable"


@pytest.mark.parametrize("field", [TYPE, FIRMWARE, GBCS])
def test_a_form_that_states_no_whole_model_is_not_compared(field: str) -> None:
    form = a_form(changes={field: ""})
    assert verdict(beside(form, a_line(FORM)), RULE) == "not_applicable"


def test_a_form_of_no_known_edition_is_not_compared() -> None:
    form = replace(FORM, rows=FORM.rows[:1])
    assert verdict(beside(form, a_line(FORM)), RULE) == "not_applicable"


def test_an_update_is_no_duplicate() -> None:
    quoting = a_form(changes={NUMBER: "000123"})
    assert verdict(beside(FORM, a_line(FORM), kind="update"), RULE) == "not_applicable"
    assert verdict(beside(quoting, a_line(FORM)), RULE) == "not_applicable"
    assert verdict(beside(WITH_IMAGE, a_line(FORM)), RULE) == "not_applicable"


def test_an_image_whose_hash_is_on_the_list_already_is_a_duplicate() -> None:
    assert verdict(beside(WITH_IMAGE, a_line(WITH_IMAGE), kind="submission"), RULE) == "fail"
