from __future__ import annotations

import pytest
from dossiers import (
    CPA_DATE,
    DLMS_ID,
    FIRMWARE,
    GBCS,
    HASH,
    MANUFACTURER,
    MODEL,
    POST_CODE,
    REVISION,
    SINGLE,
    VERSION,
    ZSE_VERSION,
    Kept,
    a_dossier,
    a_form,
    complaining,
    named,
    ruling,
    suggestion,
    verdict,
)

from rules.facts import CellKind

RULE = "format.text_cells"
TELEPHONE = "Manufacturer Contact FIR.Telephone Number"
NUMBER, DATE, TIME = CellKind.NUMBER, CellKind.DATE, CellKind.TIME


@pytest.mark.parametrize(
    ("field", "kept", "meant"),
    [
        (VERSION, Kept(NUMBER, "1"), "01"),
        (VERSION, Kept(NUMBER, "0"), "00"),
        (REVISION, Kept(NUMBER, "99"), "99"),
        (REVISION, Kept(NUMBER, "1.0"), "01"),
        (REVISION, Kept(NUMBER, "100"), None),
        (REVISION, Kept(NUMBER, "1.5"), None),
        (REVISION, Kept(NUMBER, "-1"), None),
        (REVISION, Kept(CellKind.BOOLEAN, "TRUE"), None),
        (MANUFACTURER, Kept(TIME, "10:02:00", "hh:mm:ss"), "10:02"),
        (MANUFACTURER, Kept(TIME, "10:02", "hh:mm"), "10:02"),
        (MANUFACTURER, Kept(TIME, "0.4180555555555555", "hh:mm:ss"), "10:02"),
        (MANUFACTURER, Kept(NUMBER, "0.4180555555555555", "hh:mm:ss"), "10:02"),
        (MANUFACTURER, Kept(NUMBER, "1", "[h]:mm:ss"), "24:00"),
        (MANUFACTURER, Kept(NUMBER, "0.41812345"), None),
        (MANUFACTURER, Kept(NUMBER, "1002"), "10:02"),
        (MANUFACTURER, Kept(NUMBER, "331"), None),
        (MANUFACTURER, Kept(NUMBER, "100000", "0.00E+00"), "1E:05 or 10:E4 or 01:E5"),
        (MODEL, Kept(NUMBER, "2000", "0.00E+00"), "2E:03 or 20:E2 or 02:E3"),
        (MODEL, Kept(NUMBER, "0", "0.00E+00"), None),
        (MODEL, Kept(NUMBER, "0.5", "0.00E+00"), None),
        (MODEL, Kept(NUMBER, "1E+300", "0.00E+00"), None),
        (FIRMWARE, Kept(NUMBER, "123", "0.00E+00"), None),
        (HASH, Kept(NUMBER, "123", "0.00E+00"), None),
        (REVISION, Kept(NUMBER, "5", "0.00E+00"), None),
        (MANUFACTURER, Kept(DATE, "2026-03-12", "d-mmm"), "12:03 or 03:12"),
        (MANUFACTURER, Kept(DATE, "2026-03-03", "d-mmm"), "03:03"),
        (MANUFACTURER, Kept(CellKind.BOOLEAN, "TRUE"), None),
        (TELEPHONE, Kept(NUMBER, "2079460000"), "02079460000"),
        (TELEPHONE, Kept(NUMBER, "442079460000"), "442079460000"),
        (POST_CODE, Kept(DATE, "2026-03-03"), None),
        (MANUFACTURER, Kept(NUMBER, "0"), None),
        (MODEL, Kept(TIME, "01:02:05", "hh:mm:ss"), None),
        (MODEL, Kept(CellKind.ERROR, "#REF!"), None),
        (FIRMWARE, Kept(TIME, "01:02:05", "hh:mm:ss"), None),
        (GBCS, Kept(NUMBER, "4.1"), "GBCS Version 4.1"),
        (GBCS, Kept(NUMBER, "9.9"), None),
        (GBCS, Kept(DATE, "2026-04-01"), None),
        (ZSE_VERSION, Kept(NUMBER, "1.4"), "ZigBee Smart Energy Standard 1.4"),
        (CPA_DATE, Kept(DATE, "2028-08-30", "dd/mm/yyyy"), "30/08/2028"),
        (CPA_DATE, Kept(DATE, "2028-08-30T00:00:00", "dd/mm/yyyy"), "30/08/2028"),
        (CPA_DATE, Kept(DATE, "2028-08-30 00:00:00", "dd/mm/yyyy"), "30/08/2028"),
        (CPA_DATE, Kept(NUMBER, "46995"), "30/08/2028"),
        (CPA_DATE, Kept(NUMBER, "30082028"), None),
        (CPA_DATE, Kept(NUMBER, "soon"), None),
        (DLMS_ID, Kept(NUMBER, "2721"), "2721"),
        (DLMS_ID, Kept(NUMBER, "2721.0"), "2721"),
        (DLMS_ID, Kept(NUMBER, "1E+300"), None),
        (DLMS_ID, Kept(NUMBER, "1E+999999"), None),
        (DLMS_ID, Kept(NUMBER, "1234567890123456"), None),
        (DLMS_ID, Kept(NUMBER, "2.5"), None),
        (DLMS_ID, Kept(NUMBER, "NaN"), None),
        (FIRMWARE, Kept(CellKind.FORMULA, "=Sheet2!A1", cached="12:03:12:34"), "12:03:12:34"),
        (FIRMWARE, Kept(CellKind.FORMULA, "=Sheet2!A1"), None),
    ],
)
def test_a_cell_that_excel_changed_is_a_fault_with_what_was_probably_typed(
    field: str, kept: Kept, meant: str | None
) -> None:
    dossier = a_dossier(a_form(SINGLE, {field: kept}))
    assert named(dossier, RULE) == [field]
    assert suggestion(dossier, RULE) == meant


def test_the_finding_gives_the_stored_value_and_the_number_format() -> None:
    dossier = a_dossier(a_form(SINGLE, {MODEL: Kept(NUMBER, "100000", "0.00E+00")}))
    (finding,) = ruling(dossier, RULE).findings
    assert finding.said == "100000"
    assert "a number in scientific notation" in finding.message
    assert "0.00E+00" in finding.message


@pytest.mark.parametrize(("cached", "words"), [("12", "Its last result is 12"), (None, "It was never calculated")])
def test_the_finding_says_what_a_formula_last_gave(cached: str | None, words: str) -> None:
    dossier = a_dossier(a_form(SINGLE, {MODEL: Kept(CellKind.FORMULA, "=A1", cached=cached)}))
    (finding,) = ruling(dossier, RULE).findings
    assert words in finding.message


@pytest.mark.parametrize(("value", "told"), [("1", True), ("12", False)])
def test_the_finding_says_that_leading_zeros_are_lost(value: str, *, told: bool) -> None:
    (finding,) = ruling(a_dossier(a_form(SINGLE, {VERSION: Kept(NUMBER, value)})), RULE).findings
    assert ("leading zeros" in finding.message) is told


def test_no_other_rule_of_the_form_complains_of_such_a_cell() -> None:
    dossier = a_dossier(a_form(SINGLE, {MODEL: Kept(NUMBER, "4331")}))
    assert {rule for rule in complaining(dossier) if rule.startswith("format.")} == {RULE}


@pytest.mark.parametrize(
    ("field", "kept", "expected"),
    [
        (DLMS_ID, Kept(NUMBER, "2721"), "undetermined"),
        (DLMS_ID, Kept(NUMBER, "2721", "0"), "undetermined"),
        (DLMS_ID, Kept(NUMBER, "2721", "@"), "undetermined"),
        (DLMS_ID, Kept(NUMBER, "2721", "000000"), "fail"),
        (DLMS_ID, Kept(NUMBER, "2721", "0.00E+00"), "fail"),
        (DLMS_ID, Kept(NUMBER, "2721.5"), "fail"),
        (DLMS_ID, Kept(NUMBER, "0"), "fail"),
        (DLMS_ID, Kept(NUMBER, "1234567890123456"), "fail"),
        (DLMS_ID, Kept(DATE, "2026-03-03"), "fail"),
        (VERSION, Kept(NUMBER, "12"), "undetermined"),
        (VERSION, Kept(NUMBER, "1"), "fail"),
        (MANUFACTURER, Kept(NUMBER, "1002"), "fail"),
        (GBCS, Kept(NUMBER, "4.1"), "fail"),
        (CPA_DATE, Kept(NUMBER, "46995"), "fail"),
        (TELEPHONE, Kept(NUMBER, "2079460000"), "fail"),
    ],
)
def test_a_number_that_lost_nothing_is_asked_about(field: str, kept: Kept, expected: str) -> None:
    assert verdict(a_dossier(a_form(SINGLE, {field: kept})), RULE) == expected
