from __future__ import annotations

import pytest
from dossiers import CONTACT_EMAIL, FIR_EMAIL, a_dossier, a_form, named, ruling, verdict

RULE = "format.contact_email"


@pytest.mark.parametrize(
    "value", ["a@example.test", "a@example.test; b@example.test", "a@example.test;", "o'neil+cpl@sub.example.test"]
)
def test_addresses_separated_by_semicolons_pass(value: str) -> None:
    assert verdict(a_dossier(a_form(changes={CONTACT_EMAIL: value, FIR_EMAIL: value})), RULE) == "pass"


@pytest.mark.parametrize(
    "value",
    [
        "a",
        "a@example",
        "a@@example.test",
        "a@example.test, b@example.test",
        "a b@example.test",
        ";",
        "a@.test",
        "a@x..y",
    ],
)
@pytest.mark.parametrize("field", [CONTACT_EMAIL, FIR_EMAIL])
def test_anything_else_is_asked_about(field: str, value: str) -> None:
    dossier = a_dossier(a_form(changes={field: value}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]


@pytest.mark.parametrize(("value", "told"), [("a; b@example.test; c", "address: a; c"), (" ; ", "address: ;")])
def test_each_part_that_is_no_address_is_told(value: str, told: str) -> None:
    (finding,) = ruling(a_dossier(a_form(changes={CONTACT_EMAIL: value})), RULE).findings
    assert told in finding.message
