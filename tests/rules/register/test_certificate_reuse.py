from __future__ import annotations

import pytest
from dossiers import (
    CPA_ID,
    DISPLAY,
    DLMS_ID,
    FIRMWARE,
    SINGLE,
    ZSE_ID,
    a_dossier,
    a_form,
    judged,
    named,
    ruling,
    verdict,
)
from published_lists import a_line, beside

from rules.finding import Outcome

RULE = "register.certificate_reuse"
FORM = a_form(SINGLE)
OTHER = {FIRMWARE: "01:00:00:00"}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, [CPA_ID, DLMS_ID, ZSE_ID]),
        ({CPA_ID: "NCSC-1433053936-9001", DLMS_ID: "1"}, [CPA_ID, ZSE_ID]),
        ({CPA_ID: "[E] NCSC-1433053936-9001 ", DLMS_ID: "", ZSE_ID: ""}, [CPA_ID]),
        ({CPA_ID: "", DLMS_ID: "", ZSE_ID: "ZIG23001ZSE13200-24 \n"}, [ZSE_ID]),
        ({CPA_ID: "", DLMS_ID: "", ZSE_ID: ""}, []),
    ],
)
def test_certificates_of_other_models_are_noted(changes: dict[str, str], fields: list[str]) -> None:
    dossier = beside(FORM, a_line(FORM, "000040", {**OTHER, **changes}))
    assert named(dossier, RULE) == fields
    assert judged(dossier).outcome is Outcome.READY


def test_many_entries_are_counted() -> None:
    dossier = beside(FORM, *(a_line(FORM, f"{n:06}", OTHER) for n in range(1, 9)))
    assert "000004, 000005 and 3 more" in ruling(dossier, RULE).findings[0].message


def test_the_same_model_s_own_certificates_are_not_noted() -> None:
    assert verdict(beside(FORM, a_line(FORM)), RULE) == "pass"


def test_without_a_list_or_a_certificate_there_is_nothing_to_compare() -> None:
    smets1 = a_form(DISPLAY, smets1=True)
    assert verdict(a_dossier(FORM), RULE) == "not_applicable"
    assert verdict(beside(smets1, a_line(FORM)), RULE) == "not_applicable"
