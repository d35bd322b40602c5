from __future__ import annotations

import pytest
from dossiers import DISPLAY, FIRMWARE, GBCS, SMETS, TYPE, a_form, named, ruling, verdict, without
from published_lists import a_line, beside

RULE = "register.same_model"
FORM = a_form()


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({GBCS: "GBCS Version 4.0"}, "Current", GBCS),
        ({SMETS: "SMETS V4.2", GBCS: "GBCS Version 3.2"}, "Current", SMETS),
        ({GBCS: "GBCS Version 4.0"}, "Removed", GBCS),
        ({}, "Removed", SMETS),
    ],
)
def test_the_same_model_under_another_version_or_removed_is_asked_about(
    changes: dict[str, str], status: str, field: str
) -> None:
    dossier = beside(FORM, a_line(FORM, "000040", changes, status))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]
    assert "000040" in ruling(dossier, RULE).findings[0].message
    assert ruling(dossier, RULE).severity.value == "query"


@pytest.mark.parametrize("changes", [{}, {GBCS: "GBCS Version 4.1  "}, {FIRMWARE: "01:00:00:00"}, {TYPE: DISPLAY}])
def test_the_very_entry_or_another_model_is_not_this_rule_s_matter(changes: dict[str, str]) -> None:
    assert verdict(beside(FORM, a_line(FORM, "000040", changes)), RULE) == "pass"


def test_an_update_is_not_asked_about() -> None:
    line = a_line(FORM, "000040", {GBCS: "GBCS Version 4.0"})
    assert verdict(beside(FORM, line, kind="update"), RULE) == "not_applicable"


def test_a_form_without_a_version_is_compared_all_the_same() -> None:
    form = a_form(changes={GBCS: ""})
    assert named(beside(form, a_line(FORM)), RULE) == [GBCS]


def test_a_form_without_rows_for_the_versions_names_no_cell() -> None:
    form = without(without(FORM, SMETS), GBCS)
    assert verdict(beside(form, a_line(FORM)), RULE) == "pass"
