from __future__ import annotations

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
    named,
    ruling,
    verdict,
)

from rules.facts import CellKind, DocumentKind, ReadBy

RULE = "alignment.zigbee_device_model"
FORM = a_form(DISPLAY)
"""10:6C, 43:31, 0A and AC, 12:03:12:34."""


@pytest.mark.parametrize(
    ("label", "stated", "expected", "fields"),
    [
        ("Manufacturer", "10:6C", "pass", []),
        ("Manufacturer", " 10:6c ", "pass", []),
        ("Manufacturer", "10:6D", "fail", [MANUFACTURER]),
        ("Manufacturer", "106C", "undetermined", [MANUFACTURER]),
        ("Manufacturer", "Example Meters Ltd", "undetermined", [MANUFACTURER]),
        ("Model Identification", "43:32", "fail", [MODEL]),
        ("Model Identification", "EX100", "undetermined", [MODEL]),
        ("Hardware Version", "0A_AC", "pass", []),
        ("Hardware Version", "0A:AC", "pass", []),
        ("Hardware Version", "0a.ac", "pass", []),
        ("Hardware Version", "0A AC", "pass", []),
        ("Hardware Version", "0AAC", "pass", []),
        ("Hardware Version", "0A _ AC", "pass", []),
        ("Hardware Version", "0A_AD", "fail", [REVISION]),
        ("Hardware Version", "0BAD", "fail", [VERSION, REVISION]),
        ("Hardware Version", "01_02", "fail", [VERSION, REVISION]),
        ("Hardware Version", "01.02", "undetermined", [VERSION, REVISION]),
        ("Hardware Version", "1.2", "undetermined", [VERSION, REVISION]),
        ("Hardware Version", "0A-AC", "undetermined", [VERSION, REVISION]),
        ("Firmware Version", "12:03:12:35", "fail", [FIRMWARE]),
        ("Firmware Version", "12.3 (Stack 1.2.3.4)", "undetermined", [FIRMWARE]),
        ("Firmware Version", "Version 1.2.5.6", "undetermined", [FIRMWARE]),
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


def test_a_certificate_in_plain_words_stays_with_this_rule_whatever_the_evidence() -> None:
    certificate = a_zigbee_certificate(FORM, {"Firmware Version": "12.3"})
    notes = a_document("notes.pdf", DocumentKind.RELEASE_NOTE)
    assert verdict(a_dossier(FORM, [certificate, notes]), RULE) == "undetermined"


@pytest.mark.parametrize(("day", "expected"), [(30, "not_in_force"), (31, "fail")])
def test_the_rule_is_in_force_since_december_2017(day: int, expected: str) -> None:
    certificate = a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:35"})
    judged_at = datetime(2017, 11 if day == 30 else 12, 30, 12, tzinfo=UTC)
    assert verdict(a_dossier(FORM, [certificate], judged_at=judged_at), RULE) == expected
