"""Form and certificate side by side: the answer is the rules', and what it rests on is said."""

from __future__ import annotations

import pytest
from dossiers import (
    DISPLAY,
    FIRMWARE,
    GAS,
    MANUFACTURER,
    MODEL,
    REVISION,
    SINGLE,
    VERSION,
    ZSE_ID,
    a_cpa_certificate,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    certificates_for,
)

from intake.render.beside import MOST, Beside, Certified, Mark
from rules.facts import DocumentKind, Dossier, FormRow, NewEntry, ReadBy
from rules.fields import FormField


def beside(dossier: Dossier, field: str) -> tuple[Beside, ...]:
    (entry,) = dossier.entries
    return Certified(dossier.judging(entry)).beside(_row(entry, field))


def _row(entry: NewEntry, field: str) -> FormRow:
    return next(row for row in entry.rows if row.field == field)


def of(kind: DocumentKind, found: tuple[Beside, ...]) -> Beside:
    return next(one for one in found if one.kind is kind)


ZIGBEE, CPA = DocumentKind.ZIGBEE_CERTIFICATE, DocumentKind.CPA_CERTIFICATE


def test_values_agree_letter_for_letter_or_by_a_coding_that_is_said() -> None:
    form = a_form(GAS, {FIRMWARE: "0A:03:0C:22"})
    words = {"Firmware Version": "10.3 (Stack 12.34)"}
    dossier = a_dossier(form, (a_zigbee_certificate(form, words), *certificates_for(form)[1:]))
    by_words, plainly = beside(dossier, FIRMWARE)
    assert (by_words.mark, plainly.mark, plainly.why) == (Mark.AGREES, Mark.AGREES, "")
    assert by_words.why.startswith("coding assumed: each decimal number written as one hexadecimal byte")


def test_differing_characters_are_marked_on_both_sides() -> None:
    form = a_form(GAS, {FIRMWARE: "12:03:12:35"})
    dossier = a_dossier(form, (a_zigbee_certificate(form, {"Firmware Version": "12:03:12:34"}),))
    (found,) = beside(dossier, FIRMWARE)
    assert found.mark is Mark.DIFFERS
    assert found.form_pieces == (("12:03:12:3", False), ("5", True))
    assert found.pieces == (("12:03:12:3", False), ("4", True))


@pytest.mark.parametrize(
    ("field", "half", "pieces"),
    [
        (VERSION, "first", (("0", False), ("3", True), ("_0A", False))),
        (REVISION, "second", (("03_", False), ("0", False), ("A", True))),
    ],
)
def test_each_half_of_a_hardware_version_is_compared_with_its_own_half(
    field: str, half: str, pieces: tuple[tuple[str, bool], ...]
) -> None:
    form = a_form(GAS, {VERSION: "02", REVISION: "0B"})
    dossier = a_dossier(form, (a_zigbee_certificate(form, {"Hardware Version": "03_0A"}),))
    (found,) = beside(dossier, field)
    assert (found.mark, found.pieces) == (Mark.DIFFERS, pieces)
    assert half in found.why


def test_words_that_may_stand_for_several_values_settle_nothing() -> None:
    form = a_form(GAS, {FIRMWARE: "12:03:00:00"})
    dossier = a_dossier(form, (a_zigbee_certificate(form, {"Firmware Version": "12.3"}),))
    (found,) = beside(dossier, FIRMWARE)
    assert found.mark is Mark.UNSETTLED
    assert "0C:03:00:00" in found.why


def test_a_picture_is_compared_by_eye_alone() -> None:
    form = a_form(GAS)
    dossier = a_dossier(form, (a_zigbee_certificate(form, read_by=ReadBy.OCR),))
    assert {found.mark for found in beside(dossier, FIRMWARE)} == {Mark.NOT_COMPARED}
    assert "by eye" in beside(dossier, FIRMWARE)[0].why


def test_a_name_in_the_place_of_a_code_is_shown_and_not_compared() -> None:
    form = a_form(GAS)
    dossier = a_dossier(form, certificates_for(form))
    found = of(CPA, beside(dossier, MANUFACTURER))
    assert (found.mark, found.why) == (Mark.NOT_COMPARED, "a name, where the form has a code")


def test_a_code_in_the_place_of_a_name_is_compared() -> None:
    form = a_form(GAS)
    for code, mark in ((form.value(FormField.MANUFACTURER_IDENTIFIER), Mark.AGREES), ("10:6D", Mark.DIFFERS)):
        dossier = a_dossier(form, (a_zigbee_certificate(form), a_cpa_certificate(form, {"Manufacturer": code})))
        assert of(CPA, beside(dossier, MANUFACTURER)).mark is mark


def test_what_could_not_be_read_is_said() -> None:
    form = a_form(GAS)
    dossier = a_dossier(form, (a_zigbee_certificate(form, {"Model Identification": None}),))
    (found,) = beside(dossier, MODEL)
    assert (found.stated, found.counterpart, found.mark) == (None, None, Mark.NOT_COMPARED)
    assert "nothing could be read" in found.why


def test_another_entrys_certificate_is_not_used() -> None:
    form, other = a_form(GAS), a_form(GAS, {ZSE_ID: "ZIG18024ZSE12647-24"})
    own, strangers = a_zigbee_certificate(form), a_zigbee_certificate(other, name="other.pdf")
    dossier = a_dossier(form, (own, strangers))
    assert [found.certificate.document for found in beside(dossier, FIRMWARE)] == [own.name]
    (unused,), count = Certified(dossier.judging(form)).unused()
    assert count == 1
    assert (unused.document, unused.why) == ("other.pdf", "the form names another")


def test_a_device_that_needs_no_such_certificate_is_not_compared_with_another_ones() -> None:
    form, meter = a_form(DISPLAY), a_form(GAS)
    dossier = a_dossier(form, (a_zigbee_certificate(form), a_cpa_certificate(meter, name="cpa.pdf")))
    assert {found.kind for found in beside(dossier, FIRMWARE)} == {ZIGBEE}
    (unused,), count = Certified(dossier.judging(form)).unused()
    assert count == 1
    assert (unused.document, unused.why) == ("cpa.pdf", "this type of device needs none")


def test_of_many_certificates_that_no_form_names_a_few_are_shown_and_none_is_compared() -> None:
    form = a_form(SINGLE, {ZSE_ID: "ZIG99999ZSE99999-24"})
    others = [a_form(SINGLE, {ZSE_ID: f"ZIG{18000 + n}ZSE12646-24"}) for n in range(30)]
    sent = tuple(a_zigbee_certificate(other, name=f"{n}.pdf") for n, other in enumerate(others))
    found = beside(a_dossier(form, sent), FIRMWARE)
    assert len(found) == MOST
    assert {one.mark for one in found} == {Mark.NOT_COMPARED}
    assert "which of several" in found[0].why


def test_of_many_certificates_that_are_not_used_a_few_are_named_and_all_are_counted() -> None:
    form = a_form(GAS)
    others = [a_form(GAS, {ZSE_ID: f"ZIG{18000 + n}ZSE12646-24"}) for n in range(30)]
    strangers = (a_zigbee_certificate(other, name=f"{n}.pdf") for n, other in enumerate(others))
    named, count = Certified(a_dossier(form, (a_zigbee_certificate(form), *strangers)).judging(form)).unused()
    assert (len(named), count) == (MOST, 30)
