from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import a_dossier, a_form, judged, ruling, verdict

from rules.finding import Outcome

RULE = "format.hidden_sheets"


@pytest.mark.parametrize("document", ["form.xlsx", None])
def test_a_very_hidden_sheet_is_noted_and_decides_nothing(document: str | None) -> None:
    dossier = a_dossier()
    entry = replace(dossier.entries[0], document=document, very_hidden_sheets=("Lists\u200b",))
    (finding,) = ruling(replace(dossier, entries=(entry,)), RULE).findings
    assert finding.said == "Lists<U+200B>"
    assert (finding.where is None) is (document is None)


def test_the_note_decides_nothing() -> None:
    form = replace(a_form(), very_hidden_sheets=("Lists",))
    assert judged(a_dossier(form)).outcome is Outcome.READY


def test_a_workbook_without_one_passes() -> None:
    assert verdict(a_dossier(), RULE) == "pass"
