from __future__ import annotations

import pytest
from dossiers import MANUFACTURER, MODEL, a_dossier, a_form, complaining, named, verdict

RULE = "format.range"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (MANUFACTURER, "00:00", "pass"),
        (MANUFACTURER, "FF:FE", "pass"),
        (MANUFACTURER, "FF:FF", "fail"),
        (MODEL, "00:00", "pass"),
        (MODEL, "FF:BF", "pass"),
        (MODEL, "FF:C0", "fail"),
        (MODEL, "FF:FF", "fail"),
    ],
)
def test_identifiers_end_where_the_ota_header_s_own_meanings_begin(field: str, value: str, expected: str) -> None:
    dossier = a_dossier(a_form(changes={field: value}))
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([field] if expected == "fail" else [])


def test_another_shape_is_left_to_its_own_rule() -> None:
    dossier = a_dossier(a_form(changes={MODEL: "ff:ff"}))
    assert "format.range" not in complaining(dossier)
