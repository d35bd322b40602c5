from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import a_dossier, a_form, ruling, verdict

RULE = "format.one_form"


def test_a_second_filled_form_in_the_workbook_is_asked_about() -> None:
    dossier = a_dossier(replace(a_form(), other_forms=("CPL - New Entry (2)", "CPL - New Entry (3)")))
    assert verdict(dossier, RULE) == "fail"
    assert [finding.said for finding in ruling(dossier, RULE).findings] == [
        "CPL - New Entry (2)",
        "CPL - New Entry (3)",
    ]


def test_one_form_passes() -> None:
    assert verdict(a_dossier(), RULE) == "pass"


@pytest.mark.parametrize("document", [None, "form.xlsx"])
def test_the_place_is_the_sheet_where_there_is_a_file(document: str | None) -> None:
    form = replace(a_form(), document=document, other_forms=("Second",))
    (finding,) = ruling(a_dossier(form), RULE).findings
    assert (finding.where is None) == (document is None)
