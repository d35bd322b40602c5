from __future__ import annotations

import pytest
from dossiers import CPA_DATE, a_dossier, a_form, named, suggestion, verdict

RULE = "format.date"


@pytest.mark.parametrize("value", ["30/08/2028", "29/02/2028", "01/01/2027"])
def test_a_real_day_in_the_form_s_shape_passes(value: str) -> None:
    assert verdict(a_dossier(a_form(changes={CPA_DATE: value})), RULE) == "pass"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("30-08-2028", "30/08/2028"),
        ("30.08.2028", "30/08/2028"),
        ("1/9/2028", "01/09/2028"),
        ("2028-08-30", "30/08/2028"),
        ("30 August 2028", "30/08/2028"),
        ("30th Aug 2028", "30/08/2028"),
        ("30\u00a0August\u00a02028", "30/08/2028"),
        ("08/30/2028", None),
        ("31/11/2028", None),
        ("29/02/2027", None),
        ("30/08/28", None),
        ("00/00/0000", None),
        ("30 Au 2028", None),
        ("30 Quintilis 2028", None),
        ("tbc", None),
        ("\u0663\u0660/08/2028", None),
    ],
)
def test_anything_else_is_a_fault_with_what_was_probably_meant(value: str, meant: str | None) -> None:
    dossier = a_dossier(a_form(changes={CPA_DATE: value}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [CPA_DATE]
    assert suggestion(dossier, RULE) == meant
