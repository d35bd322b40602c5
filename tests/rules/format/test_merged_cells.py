from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import DESCRIPTOR, DISPLAY, FIRMWARE, NUMBER, a_dossier, a_form, named, verdict

RULE = "format.merged_cells"


@pytest.mark.parametrize(
    ("field", "filled", "expected"),
    [
        (FIRMWARE, "12:03:12:34", [FIRMWARE]),
        (FIRMWARE, "", [FIRMWARE]),
        (DESCRIPTOR, "", [DESCRIPTOR]),
        (NUMBER, "", []),
        (NUMBER, "000001", [NUMBER]),
        ("Contact-CPA.Contact.contact name", "", []),
    ],
)
def test_a_merged_cell_is_asked_about_unless_it_has_no_business_to_be_filled(
    field: str, filled: str, expected: list[str]
) -> None:
    form = a_form(DISPLAY, {field: filled})
    rows = tuple(replace(row, merged=row.field == field) for row in form.rows)
    assert named(a_dossier(replace(form, rows=rows)), RULE) == expected


def test_a_form_as_issued_passes() -> None:
    assert verdict(a_dossier(), RULE) == "pass"
