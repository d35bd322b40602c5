from __future__ import annotations

from dataclasses import replace

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
