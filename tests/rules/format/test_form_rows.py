from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import FIELDS, FIRMWARE, GAS, LABELS_2017, a_dossier, a_form, named, ruling, verdict, without

from rules.facts import NewEntry
from rules.fields import FormField

RULE = "format.form_rows"


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_row_is_a_fault_of_this_rule_alone(field: str) -> None:
    dossier = a_dossier(without(a_form(GAS), field), a_dossier(a_form(GAS)).documents[1:])
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]
    assert verdict(dossier, "format.required") != "fail"


def doubled(name: str, second: str) -> NewEntry:
    form = a_form(GAS)
    row = form.row(FormField(name))
    assert row is not None
    return replace(form, rows=(*form.rows, replace(row, value=second)))


@pytest.mark.parametrize("second", ["12:03:12:34", "12:03:12:35", ""])
def test_a_row_that_stands_twice_is_a_fault(second: str) -> None:
    dossier = a_dossier(doubled(FIRMWARE, second))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [FIRMWARE]
    assert ruling(dossier, RULE).findings[0].said == second


def test_a_row_that_an_edition_may_not_have_is_not_missed() -> None:
    assert verdict(a_dossier(a_form(labels=LABELS_2017)), RULE) == "pass"


def test_a_form_of_no_file_has_no_place() -> None:
    form = replace(without(a_form(GAS), FIRMWARE), document=None)
    (finding,) = ruling(a_dossier(form), RULE).findings
    assert finding.where is None
