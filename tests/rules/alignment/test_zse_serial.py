from __future__ import annotations

import pytest
from dossiers import DISPLAY, GAS, ZSE_ID, a_dossier, a_form, judged, ruling, verdict

from rules.finding import Outcome, Severity

RULE = "alignment.zse_serial"


@pytest.mark.parametrize(
    "number",
    [
        "ZIG15018ZSE12393-24",
        "ZIG16001ZSE12436-24",
        "ZIG17037ZSE12536-24",
        "ZIG18023ZSE12646-24",
        "ZIG19001ZSE12767-24",
        "ZIG20001ZSE12883-24",
        "ZIG21001ZSE12990-24",
        "ZIG22001ZSE13081-24",
        "ZIG23001ZSE99999-24",
        "ZIG17037ZSE12536-24 ",
    ],
)
def test_numbers_like_those_on_the_list_pass(number: str) -> None:
    assert verdict(a_dossier(a_form(DISPLAY, {ZSE_ID: number})), RULE) == "pass"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("ZIG17037ZSE12563-24", "ZIG17037ZSE12536-24"),
        ("ZIG22002ZSE13081-24", "ZIG22002ZSE13082-24"),
        ("ZIG15018ZSE12392-24", "ZIG15018ZSE12393-24"),
        ("ZIG21078ZSE13067-2", "ZIGyynnnZSEsssss-24"),
        ("ZIG15018SEP50131-24", "ZIGyynnnZSEsssss-24"),
        ("zig17037zse12536-24", "ZIGyynnnZSEsssss-24"),
    ],
)
def test_others_are_noted_and_nothing_is_decided(number: str, expected: str) -> None:
    dossier = a_dossier(a_form(DISPLAY, {ZSE_ID: number}))
    actual = ruling(dossier, RULE)
    (finding,) = actual.findings
    assert (actual.severity, finding.field, finding.said, finding.expected) == (Severity.NOTE, ZSE_ID, number, expected)
    assert str(finding.where) == "form.xlsx, CPL - New Entry!G22"
    assert judged(dossier).outcome is Outcome.READY


def test_a_device_without_a_number_has_nothing_to_note() -> None:
    assert verdict(a_dossier(a_form(DISPLAY, {ZSE_ID: ""})), RULE) == "not_applicable"
    assert verdict(a_dossier(a_form(GAS, {ZSE_ID: "1"}, smets1=True)), RULE) == "not_applicable"
