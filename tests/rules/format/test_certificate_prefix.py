from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dossiers import CPA_DATE, CPA_ID, a_dossier, a_form, suggestion, verdict

RULE = "format.certificate_prefix"


@pytest.mark.parametrize("value", ["[E] SMCH58603416", "[R] NCSC-1433053936-3917", "[E] 123"])
def test_a_prefix_and_a_number_pass(value: str) -> None:
    assert verdict(a_dossier(a_form(changes={CPA_ID: value})), RULE) == "pass"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("SMCH58603416", None),
        ("[e] SMCH58603416", "[E] SMCH58603416"),
        ("[E]SMCH58603416", "[E] SMCH58603416"),
        ("[E]  SMCH58603416", "[E] SMCH58603416"),
        ("(R) SMCH58603416", "[R] SMCH58603416"),
        ("[X] SMCH58603416", None),
        ("[R]", None),
        ("[R] 12", None),
        ("[e] 123", "[E] 123"),
        ("[e] 12", None),
    ],
)
def test_anything_else_is_a_fault_with_what_was_probably_meant(value: str, meant: str | None) -> None:
    dossier = a_dossier(a_form(changes={CPA_ID: value}))
    assert verdict(dossier, RULE) == "fail"
    assert suggestion(dossier, RULE) == meant


def test_the_rule_is_in_force_since_lifetime_certificates_are() -> None:
    form = a_form(changes={CPA_ID: "SMCH58603416", CPA_DATE: "01/01/2024"})
    assert verdict(a_dossier(form, judged_at=datetime(2022, 7, 31, 12, tzinfo=UTC)), RULE) == "not_in_force"
    assert verdict(a_dossier(form, judged_at=datetime(2022, 8, 1, 12, tzinfo=UTC)), RULE) == "fail"


def test_a_no_break_space_behind_the_prefix_is_left_to_its_own_rule() -> None:
    dossier = a_dossier(a_form(changes={CPA_ID: "[E]\u00a0SMCH58603416"}))
    assert verdict(dossier, RULE) == "pass"
    assert suggestion(dossier, "format.characters") == "[E] SMCH58603416"
