from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from dossiers import (
    DISPLAY,
    FIRMWARE,
    GAS,
    MANUFACTURER,
    MODEL,
    REVISION,
    VERSION,
    ZSE_ID,
    Kept,
    a_document,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    certificates_for,
    judged,
    named,
    ruling,
    verdict,
)

from rules.alignment._device_model import possible
from rules.alignment.zigbee_device_model import RULE as DEVICE_MODEL
from rules.facts import CellKind, DocumentKind, NewEntry, ReadBy

RULE = "alignment.zigbee_device_model"
FORM = a_form(DISPLAY)
"""10:6C, 43:31, 0A and AC, 12:03:12:34."""


@pytest.mark.parametrize(
    ("label", "stated", "expected", "fields"),
    [
        ("Manufacturer", "10:6C", "pass", []),
        ("Manufacturer", " 10:6c ", "pass", []),
        ("Manufacturer", "10:6D", "fail", [MANUFACTURER]),
        ("Manufacturer", "106C", "pass", []),
        ("Manufacturer", "0x106C", "pass", []),
        ("Manufacturer", "106Ch", "pass", []),
        ("Manufacturer", "106D", "undetermined", [MANUFACTURER]),
        ("Manufacturer", "0x106D", "fail", [MANUFACTURER]),
        ("Manufacturer", "10-6D", "fail", [MANUFACTURER]),
        ("Manufacturer", "106Dh", "fail", [MANUFACTURER]),
        ("Manufacturer", "Example Meters Ltd", "undetermined", [MANUFACTURER]),
        ("Model Identification", "43:32", "fail", [MODEL]),
        ("Model Identification", "EX100", "undetermined", [MODEL]),
        ("Model Identification", "E110", "undetermined", [MODEL]),
        ("Model Identification", "43.32", "fail", [MODEL]),
        ("Hardware Version", "0A_AC", "pass", []),
        ("Hardware Version", "0A:AC", "pass", []),
        ("Hardware Version", "0a.ac", "pass", []),
        ("Hardware Version", "0A AC", "pass", []),
        ("Hardware Version", "0AAC", "pass", []),
        ("Hardware Version", "0A _ AC", "pass", []),
        ("Hardware Version", "0A_AD", "fail", [REVISION]),
        ("Hardware Version", "0BAD", "fail", [VERSION, REVISION]),
        ("Hardware Version", "01_02", "fail", [VERSION, REVISION]),
        ("Hardware Version", "01.02", "fail", [VERSION, REVISION]),
        ("Hardware Version", "1.2", "fail", [VERSION, REVISION]),
        ("Hardware Version", "10.2", "fail", [REVISION]),
        ("Hardware Version", "Rev. B", "undetermined", [VERSION, REVISION]),
        ("Hardware Version", "0A-AC", "pass", []),
        ("Hardware Version", "0A-AD", "fail", [REVISION]),
        ("Firmware Version", "12:03:12:35", "fail", [FIRMWARE]),
        ("Firmware Version", "12.3 (Stack 1.2.3.4)", "pass", []),
        ("Firmware Version", "Version 1.2.5.6", "fail", [FIRMWARE]),
        ("Firmware Version", "First release", "undetermined", [FIRMWARE]),
        ("Firmware Version", "12:03:12:3\u0410", "undetermined", [FIRMWARE]),
        ("Firmware Version", None, "undetermined", [FIRMWARE]),
        ("Hardware Version", None, "undetermined", [VERSION, REVISION]),
    ],
)
def test_hexadecimal_values_are_compared_and_others_put_before_a_person(
    label: str, stated: str | None, expected: str, fields: list[str]
) -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {label: stated})])
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == fields


def test_a_finding_shows_both_values_and_both_places() -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:35"})])
    (finding,) = ruling(dossier, RULE).findings
    assert (finding.said, finding.expected) == ("12:03:12:34", "12:03:12:35")
    assert str(finding.where) == "form.xlsx, CPL - New Entry!G14"
    assert "zigbee.pdf, page 1" in finding.message


def test_a_finding_on_words_shows_every_value_that_they_may_stand_for() -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {"Firmware Version": "Some String (15.7.9.20)"})])
    (finding,) = ruling(dossier, RULE).findings
    assert finding.expected == "0F:07:09:14 or 15:07:09:20"
    assert finding.message == (
        "Device_Model.firmware_version is not the same on the form and on the ZigBee certificate (whose value could "
        "be read as "
        "0F:07:09:14 (each decimal number written as one hexadecimal byte, filling every byte, text left out) or "
        "15:07:09:20 (each number's decimal digits kept (BCD), filling every byte, text left out)). "
        "The form says '12:03:12:34', the certificate 'Some String (15.7.9.20)' (zigbee.pdf, page 1)."
    )


@pytest.mark.parametrize(
    ("stated", "form_value", "expected"),
    [
        ("12.3 (Stack 1.2.3.4)", "12:03:12:34", "ready"),
        ("12.3 (Stack 12.34)", "0C:03:0C:22", "ready"),
        ("Some String (14.7)", "0D:07:00:00", "needs_a_person"),
        ("7.8D Other String", "00:00:07:8D", "ready"),
        ("12.3 (Stack 12.34)", "12:03:12:34", "needs_a_person"),
        ("12.3 (Stack 12.34)", "12:03:0C:22", "return"),
        ("12.3 (Stack 1.2.3.4)", "0C:03:12:34", "return"),
        ("12.3 (Stack 1.2.3.4)", "0C:03:0C:22", "return"),
        ("Some String (14.7)", "0E:07:00:00", "needs_a_person"),
        ("Some String (14.7)", "0D:07:00:01", "return"),
        ("Some String (13.8)", "0D:07:00:00", "return"),
        ("7.8D Other String", "07:8D:00:00", "needs_a_person"),
        ("7.8D Other String", "00:07:8D:00", "return"),
    ],
)
def test_the_guidance_s_own_table_of_mappings(stated: str, form_value: str, expected: str) -> None:
    form = a_form(DISPLAY, {FIRMWARE: form_value})
    report = judged(a_dossier(form, [a_zigbee_certificate(form, {"Firmware Version": stated})]))
    assert report.outcome.value == expected


def test_the_mapping_that_does_not_compute_is_shown_with_what_would() -> None:
    form = a_form(DISPLAY, {FIRMWARE: "0D:07:00:00"})
    (finding,) = ruling(
        a_dossier(form, [a_zigbee_certificate(form, {"Firmware Version": "Any Name (14.7)"})]), RULE
    ).findings
    assert finding.unknown
    assert "table 2.9, row 3" in finding.message
    assert finding.expected == "0E:07:00:00 or 00:00:0E:07 or 14:07:00:00 or 00:00:14:07"


@pytest.mark.parametrize("form_value", ["12:03:12:34", "0C:03:0C:22", "00:00:07:8D"])
@pytest.mark.parametrize("at", range(4))
def test_no_other_octet_passes_on_the_strength_of_words(form_value: str, at: int) -> None:
    words = {"12:03:12:34": "12.3 (Stack 1.2.3.4)", "0C:03:0C:22": "12.3 (Stack 12.34)", "00:00:07:8D": "7.8D X"}[
        form_value
    ]
    octets = form_value.split(":")
    for other in range(256):
        changed = ":".join([*octets[:at], f"{other:02X}", *octets[at + 1 :]])
        form = a_form(DISPLAY, {FIRMWARE: changed})
        dossier = a_dossier(form, [a_zigbee_certificate(form, {"Firmware Version": words})])
        dossier = dossier.judging(form)
        passes = not possible(dossier) and not list(DEVICE_MODEL.check(dossier))
        assert passes == (changed == form_value)


@pytest.mark.parametrize(
    ("stated", "version", "revision", "expected", "fields"),
    [
        ("12_34", "12", "34", "pass", []),
        ("12.34", "12", "22", "fail", [VERSION, REVISION]),
        ("12.34", "0C", "23", "fail", [REVISION]),
        ("12.34", "0D", "22", "fail", [VERSION]),
        ("12.34", "0C", "", "undetermined", [REVISION]),
        ("12.3", "0D", "03", "fail", [VERSION]),
        ("v1.2", "01", "02", "pass", []),
        ("v1.2", "01", "03", "fail", [REVISION]),
        ("v1.2", "01", "x", "undetermined", [REVISION]),
        ("v1.2", "x", "02", "undetermined", [VERSION]),
        ("02", "02", "0A", "undetermined", [REVISION]),
        ("Rev 0A", "02", "0A", "undetermined", [VERSION]),
        ("03", "02", "0A", "fail", [VERSION, REVISION]),
        ("2.0", "02", "0A", "fail", [REVISION]),
    ],
)
def test_both_parts_of_the_hardware_version_follow_one_coding(
    stated: str, version: str, revision: str, expected: str, fields: list[str]
) -> None:
    form = a_form(DISPLAY, {VERSION: version, REVISION: revision})
    dossier = a_dossier(form, [a_zigbee_certificate(form, {"Hardware Version": stated})])
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == fields


@pytest.mark.parametrize("kind", [DocumentKind.UNREADABLE, DocumentKind.OTHER])
def test_a_document_that_may_be_evidence_makes_a_difference_a_question(kind: DocumentKind) -> None:
    certificate = a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:35"})
    scans = [a_document("z.pdf", kind), a_document("b.pdf", kind), a_document("logo.png", kind, inline=True)]
    (finding,) = ruling(a_dossier(FORM, [certificate, *scans]), RULE).findings
    assert finding.unknown
    assert finding.message.endswith("One of these may be evidence for using the certificate again: b.pdf, z.pdf.")


def test_an_unreadable_form_is_no_evidence() -> None:
    certificate = a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:35"})
    other = NewEntry(document="other.xlsx", trouble="It breaks off.")
    unread = a_document("other.xlsx", DocumentKind.UNREADABLE, media="unknown")
    dossier = a_dossier(FORM, [certificate, unread])
    dossier = replace(dossier, entries=(FORM, other)).judging(FORM)
    assert [finding.unknown for finding in DEVICE_MODEL.check(dossier)] == [False]


@pytest.mark.parametrize("content", ["", "12.3", Kept(CellKind.NUMBER, "12")])
def test_what_the_form_does_not_state_in_its_shape_cannot_be_compared(content: str | Kept) -> None:
    dossier = a_dossier(a_form(DISPLAY, {FIRMWARE: content}), certificates_for(FORM))
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [FIRMWARE]


@pytest.mark.parametrize("read_by", [ReadBy.OCR, ReadBy.NONE])
def test_a_picture_s_text_is_never_compared_as_if_printed(read_by: ReadBy) -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, read_by=read_by)])
    assert verdict(dossier, RULE) == "undetermined"
    assert len(named(dossier, RULE)) == 5


def test_of_several_certificates_the_one_with_the_form_s_number_is_compared() -> None:
    others = {"Certification ID Number": "ZIG23002ZSE13201-24", "Firmware Version": "FF:FF:FF:FF"}
    other = a_zigbee_certificate(FORM, others, name="another.pdf")
    own = a_zigbee_certificate(FORM)
    for documents in ([other, own], [own, other]):
        assert verdict(a_dossier(FORM, documents), RULE) == "pass"


def test_several_certificates_without_the_form_s_number_are_put_before_a_person() -> None:
    form = a_form(DISPLAY, {ZSE_ID: "ZIG23003ZSE13202-24"})
    numbers = ("ZIG23001ZSE13200-24", "ZIG23002ZSE13201-24")
    documents = [
        a_zigbee_certificate(FORM, {"Certification ID Number": number}, name=f"{number}.pdf") for number in numbers
    ]
    assert verdict(a_dossier(form, documents), RULE) == "undetermined"
    assert named(a_dossier(form, documents), RULE) == [ZSE_ID]


def test_one_certificate_sent_twice_is_one() -> None:
    documents = [a_zigbee_certificate(FORM), a_zigbee_certificate(FORM, name="copy.pdf")]
    assert verdict(a_dossier(FORM, documents), RULE) == "pass"


def test_two_different_certificates_of_one_number_are_put_before_a_person() -> None:
    documents = [a_zigbee_certificate(FORM), a_zigbee_certificate(FORM, {"Manufacturer": "10:6D"}, name="copy.pdf")]
    assert verdict(a_dossier(FORM, documents), RULE) == "undetermined"


def test_there_is_nothing_to_compare_without_a_certificate() -> None:
    assert verdict(a_dossier(FORM, []), RULE) == "not_applicable"


def test_a_smets1_device_has_no_certificate_to_compare_with() -> None:
    assert verdict(a_dossier(a_form(GAS, smets1=True), certificates_for(FORM)), RULE) == "not_applicable"


def test_where_evidence_came_with_another_model_s_certificate_the_rule_on_reuse_judges() -> None:
    certificate = a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:35"})
    notes = a_document("notes.pdf", DocumentKind.RELEASE_NOTE)
    assert verdict(a_dossier(FORM, [certificate, notes]), RULE) == "not_applicable"


def test_words_that_say_nothing_stay_with_this_rule_whatever_the_evidence() -> None:
    certificate = a_zigbee_certificate(FORM, {"Firmware Version": "First release"})
    notes = a_document("notes.pdf", DocumentKind.RELEASE_NOTE)
    assert verdict(a_dossier(FORM, [certificate, notes]), RULE) == "undetermined"


@pytest.mark.parametrize(("day", "expected"), [(30, "not_in_force"), (31, "fail")])
def test_the_rule_is_in_force_since_december_2017(day: int, expected: str) -> None:
    certificate = a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:35"})
    judged_at = datetime(2017, 11 if day == 30 else 12, 30, 12, tzinfo=UTC)
    assert verdict(a_dossier(FORM, [certificate], judged_at=judged_at), RULE) == expected
