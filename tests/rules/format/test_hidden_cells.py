from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import CPA_ID, DISPLAY, FIRMWARE, GAS, a_dossier, a_form, named, verdict

from rules.facts import NewEntry

RULE = "format.hidden_cells"


def hiding(form: NewEntry, name: str) -> NewEntry:
    return replace(form, rows=tuple(replace(row, hidden=row.field == name) for row in form.rows))


def test_a_filled_cell_that_is_hidden_is_asked_about() -> None:
    dossier = a_dossier(hiding(a_form(GAS), FIRMWARE))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [FIRMWARE]


def test_an_empty_cell_may_be_hidden() -> None:
    assert verdict(a_dossier(hiding(a_form(DISPLAY), CPA_ID)), RULE) == "pass"


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("@", "pass"),
        ("General", "pass"),
        ("0.00", "pass"),
        ("dd/mm/yyyy", "pass"),
        (";;;@", "pass"),
        ("[Red]@", "pass"),
        ("[Color10]@", "pass"),
        ("[White]0;@", "pass"),
        ("[White]@", "fail"),
        ("[Color 2]@", "fail"),
        ("0;0;0;[Yellow]@", "fail"),
        ("[color36]General", "pass"),
        ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "pass"),
        ('@" "', "pass"),
        ("General;General;General;General", "pass"),
        (";;;", "fail"),
        ('General;General;General;"01:02:05:99"', "fail"),
        ('"FW "@', "fail"),
        ("\\F@", "fail"),
        ('0;0;0;@"9"', "fail"),
        ('0;-0;0;";@"', "fail"),
    ],
)
def test_a_number_format_must_show_the_text_that_the_cell_holds(number_format: str, expected: str) -> None:
    form = a_form(GAS)
    rows = tuple(replace(row, number_format=number_format if row.field == FIRMWARE else "@") for row in form.rows)
    dossier = a_dossier(replace(form, rows=rows))
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([FIRMWARE] if expected == "fail" else [])
