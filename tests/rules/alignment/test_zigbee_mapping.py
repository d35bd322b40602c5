from __future__ import annotations

import pytest
from dossiers import (
    DISPLAY,
    FIRMWARE,
    MANUFACTURER,
    MODEL,
    REVISION,
    VERSION,
    a_document,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    complaining,
    judged,
    named,
    ruling,
    verdict,
)

from rules.facts import DocumentKind, Dossier, ReadBy
from rules.finding import Outcome, Severity, Verdict

RULE = "alignment.zigbee_mapping"
CODING = "alignment.zigbee_coding"


def stating(label: str, stated: str, changes: dict[str, str], read_by: ReadBy = ReadBy.TEXT) -> Dossier:
    form = a_form(DISPLAY, changes)
    return a_dossier(form, [a_zigbee_certificate(form, {label: stated}, read_by=read_by)])


@pytest.mark.parametrize(
    ("label", "stated", "changes", "fields"),
    [
        ("Firmware Version", "12.3", {FIRMWARE: "0C:03:00:00"}, [FIRMWARE]),
        ("Firmware Version", "12.3", {FIRMWARE: "12:03:00:00"}, [FIRMWARE]),
        ("Firmware Version", "7.2.4", {FIRMWARE: "00:07:02:04"}, [FIRMWARE]),
        ("Firmware Version", "12031234", {}, [FIRMWARE]),
        ("Model Identification", "4331", {}, [MODEL]),
        ("Manufacturer", "4204", {}, [MANUFACTURER]),
        ("Hardware Version", "12.34", {VERSION: "12", REVISION: "34"}, [VERSION, REVISION]),
        ("Hardware Version", "12.34", {VERSION: "0C", REVISION: "22"}, [VERSION, REVISION]),
        ("Hardware Version", "12.3", {VERSION: "0C", REVISION: "03"}, [VERSION]),
        ("Hardware Version", "12.3", {VERSION: "0C", REVISION: "04"}, [VERSION]),
        ("Hardware Version", "5", {VERSION: "05", REVISION: "00"}, [VERSION, REVISION]),
        ("Hardware Version", "12.34", {VERSION: "12", REVISION: ""}, [VERSION]),
    ],
)
def test_words_that_may_stand_for_several_values_are_a_query(
    label: str, stated: str, changes: dict[str, str], fields: list[str]
) -> None:
    dossier = stating(label, stated, changes)
    actual = ruling(dossier, RULE)
    assert (actual.verdict, actual.severity) == (Verdict.FAIL, Severity.QUERY)
    assert named(dossier, RULE) == fields


def test_both_values_and_the_coding_assumed_are_shown() -> None:
    dossier = stating("Firmware Version", "24.03.10.02", {FIRMWARE: "24:03:10:02"})
    (finding,) = ruling(dossier, RULE).findings
    assert (finding.said, finding.expected) == ("24:03:10:02", "18:03:0A:02 or 24:03:10:02")
    assert finding.message == (
        "The ZigBee certificate does not settle Device_Model.firmware_version: what it says could be read as "
        "18:03:0A:02 (each decimal number written as one hexadecimal byte, filling every byte) "
        "or 24:03:10:02 (each number's decimal digits kept (BCD), filling every byte). The form assumes this "
        "coding: each number's decimal digits kept (BCD), filling every byte. The form says '24:03:10:02', the "
        "certificate '24.03.10.02' (zigbee.pdf, page 1)."
    )
    assert complaining(dossier) == {RULE, CODING}
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("stated", ["12:03:12:34", "12.3 (Stack 1.2.3.4)", "12:03:12:35", "First release"])
def test_words_that_settle_the_value_or_say_nothing_are_no_query(stated: str) -> None:
    assert verdict(stating("Firmware Version", stated, {}), RULE) == "pass"


@pytest.mark.parametrize("read_by", [ReadBy.OCR, ReadBy.NONE])
def test_a_picture_s_words_are_never_mapped(read_by: ReadBy) -> None:
    dossier = stating("Firmware Version", "12.3", {FIRMWARE: "0C:03:00:00"}, read_by=read_by)
    assert named(dossier, RULE) == []
    assert verdict(dossier, CODING) == "not_applicable"
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


def test_where_the_certificate_is_used_again_the_rule_on_reuse_judges() -> None:
    form = a_form(DISPLAY, {FIRMWARE: "0C:03:00:00"})
    certificate = a_zigbee_certificate(form, {"Firmware Version": "12.3", "Manufacturer": "10:6D"})
    dossier = a_dossier(form, [certificate, a_document("a.pdf", DocumentKind.EVIDENCE)])
    assert verdict(dossier, RULE) == "not_applicable"
    assert named(dossier, "alignment.zigbee_reuse") == [MANUFACTURER, FIRMWARE]


def test_without_a_certificate_there_is_nothing_to_map() -> None:
    assert verdict(a_dossier(a_form(DISPLAY), []), RULE) == "not_applicable"
    assert verdict(a_dossier(a_form(DISPLAY), []), CODING) == "not_applicable"


def test_without_knowing_which_certificate_is_meant_there_is_nothing_to_map() -> None:
    form = a_form(DISPLAY)
    labels = [{"Certification ID Number": f"ZIG2300{at}ZSE1320{at}-24"} for at in (2, 3)]
    documents = [a_zigbee_certificate(form, one, name=f"{at}.pdf") for at, one in enumerate(labels)]
    assert verdict(a_dossier(form, documents), RULE) == "not_applicable"
    assert verdict(a_dossier(form, documents), CODING) == "not_applicable"


def notes(dossier: Dossier) -> list[str]:
    return [finding.message for finding in ruling(dossier, CODING).findings]


def test_hexadecimal_values_need_no_coding() -> None:
    form = a_form(DISPLAY)
    assert verdict(a_dossier(form, [a_zigbee_certificate(form)]), CODING) == "pass"


def test_the_coding_of_a_value_that_passes_is_on_record() -> None:
    dossier = stating("Firmware Version", "12.3 (Stack 1.2.3.4)", {})
    (message,) = notes(dossier)
    assert message == (
        "Device_Model.firmware_version follows from '12.3 (Stack 1.2.3.4)' ('Firmware Version' of zigbee.pdf) by this "
        "coding: each number's decimal digits kept (BCD), filling every byte, the stack digit by digit in the last "
        "two bytes."
    )
    (finding,) = ruling(dossier, CODING).findings
    assert (finding.said, str(finding.where)) == ("12:03:12:34", "form.xlsx, CPL - New Entry!G14")
    assert judged(dossier).outcome is Outcome.READY
    assert ruling(dossier, CODING).severity is Severity.NOTE


@pytest.mark.parametrize(
    ("hardware", "firmware", "version", "revision", "value", "expected"),
    [
        ("12.34", "12.3 (Stack 12.34)", "12", "34", "0C:03:0C:22", True),
        ("12.34", "12.3 (Stack 12.34)", "0C", "22", "0C:03:0C:22", False),
        ("12.34", "12.3 (Stack 1.2.3.4)", "0C", "22", "12:03:12:34", True),
        ("0A-AC", "12.3 (Stack 1.2.3.4)", "0A", "AC", "12:03:12:34", False),
        ("0A-AC", "12.3 (Stack 12.34)", "0A", "AC", "0C:03:0C:22", True),
        ("1.2", "12.3 (Stack 12.34)", "01", "02", "0C:03:0C:22", False),
        ("12_34", "12.3 (Stack 12.34)", "12", "34", "0C:03:0C:22", False),
    ],
)
def test_hardware_and_firmware_by_two_codings_are_noted(
    hardware: str, firmware: str, version: str, revision: str, value: str, expected: bool
) -> None:
    form = a_form(DISPLAY, {VERSION: version, REVISION: revision, FIRMWARE: value})
    changes = {"Hardware Version": hardware, "Firmware Version": firmware}
    messages = notes(a_dossier(form, [a_zigbee_certificate(form, changes)]))
    two = "Device_Model.firmware_version and the hardware version follow from zigbee.pdf by two codings."
    assert (two in messages) == expected


@pytest.mark.parametrize(("mark", "noted"), [("_", False), (":", True)])
def test_another_mark_in_the_hardware_version_is_noted(mark: str, noted: bool) -> None:
    dossier = stating("Hardware Version", f" 0a{mark}AC ", {})
    expected = (
        "Device_Model.hardware_version.version is joined by a colon in 'Hardware Version' of zigbee.pdf, "
        "not by an underscore."
    )
    assert notes(dossier) == ([expected] if noted else [])
    assert judged(dossier).outcome is Outcome.READY


def test_a_hardware_version_that_was_not_read_is_not_noted() -> None:
    form = a_form(DISPLAY)
    assert verdict(a_dossier(form, [a_zigbee_certificate(form, {"Hardware Version": None})]), CODING) == "pass"
