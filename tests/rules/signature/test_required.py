from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    A_HASH,
    CREATOR,
    HASH,
    WORKBOOK,
    Content,
    Kept,
    a_document,
    a_dossier,
    a_form,
    a_message,
    named,
    ruling,
    verdict,
    without,
)

from rules.facts import CellKind, DocumentKind
from rules.fields import FormField
from rules.signature_facts import Coverage, Indication, SignatureFacts

RULE = "signature.required"
FORM = a_form(changes={CREATOR: "Example Meters Ltd", HASH: A_HASH})
GOOD = SignatureFacts("opc", coverage=Coverage.ENTIRE, indication=Indication.TOTAL_PASSED)
PARTIAL = replace(GOOD, coverage=Coverage.PARTIAL, uncovered=("xl/sharedStrings.xml",))
UNCLEAR = replace(GOOD, coverage=Coverage.UNCLEAR)
UNSETTLED = replace(GOOD, indication=Indication.INDETERMINATE, sub_indication="NO_CERTIFICATE_CHAIN_FOUND")
FAILED = replace(GOOD, indication=Indication.TOTAL_FAILED, reasons=("the sheet was changed",))


@pytest.mark.parametrize(
    ("signatures", "expected"),
    [
        ((), "fail"),
        ((GOOD,), "pass"),
        ((GOOD, GOOD), "pass"),
        ((PARTIAL,), "undetermined"),
        ((UNCLEAR,), "undetermined"),
        ((UNSETTLED,), "undetermined"),
        ((FAILED,), "fail"),
        ((GOOD, UNSETTLED), "undetermined"),
        ((GOOD, FAILED), "fail"),
        ((UNSETTLED, FAILED), "fail"),
    ],
)
def test_the_worst_of_the_workbook_s_signatures_decides(signatures: tuple[SignatureFacts, ...], expected: str) -> None:
    dossier = a_dossier(FORM, signatures=signatures)
    assert verdict(dossier, RULE) == expected
    assert set(named(dossier, RULE)) <= {"Manufacturer_Image"}


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (PARTIAL, "xl/sharedStrings.xml"),
        (UNCLEAR, "leaves out parts that we cannot name"),
        (UNSETTLED, "NO_CERTIFICATE_CHAIN_FOUND"),
        (FAILED, "the sheet was changed"),
        (replace(FAILED, reasons=()), "signature fails."),
    ],
)
def test_the_finding_says_why(signature: SignatureFacts, words: str) -> None:
    (finding,) = ruling(a_dossier(FORM, signatures=(signature,)), RULE).findings
    assert words in finding.message


@pytest.mark.parametrize(
    ("around", "expected"), [((), "fail"), ((FAILED,), "fail"), ((UNSETTLED,), "fail"), ((GOOD,), "undetermined")]
)
def test_a_well_signed_mail_around_an_unsigned_workbook_is_put_before_a_person(
    around: tuple[SignatureFacts, ...], expected: str
) -> None:
    assert verdict(a_dossier(FORM, message=a_message(signatures=around)), RULE) == expected


@pytest.mark.parametrize(
    ("signature", "covered", "expected"),
    [
        (GOOD, WORKBOOK, "undetermined"),
        (GOOD, "other.xlsx", "fail"),
        (UNSETTLED, WORKBOOK, "fail"),
        (FAILED, WORKBOOK, "fail"),
    ],
)
def test_a_good_signature_in_a_file_beside_the_workbook_is_put_before_a_person(
    signature: SignatureFacts, covered: str, expected: str
) -> None:
    facts = replace(signature, format="cms", covered=(covered,))
    beside = a_document("form.xlsx.p7s", DocumentKind.OTHER, media="pkcs7", signatures=(facts,))
    dossier = a_dossier(FORM, [beside])
    assert verdict(dossier, RULE) == expected
    told = ruling(dossier, RULE).findings[0].message
    assert ("form.xlsx.p7s" in told) == (expected == "undetermined")


@pytest.mark.parametrize("content", ["x", Kept(CellKind.NUMBER, "1"), Kept(CellKind.FORMULA, "=A1")])
def test_any_hash_needs_a_signature(content: Content) -> None:
    assert verdict(a_dossier(a_form(changes={HASH: content})), RULE) == "fail"


def test_a_hash_in_a_second_row_needs_one_too() -> None:
    form = a_form()
    row = FORM.row(FormField(HASH))
    assert row is not None
    assert verdict(a_dossier(replace(form, rows=(*form.rows, row))), RULE) == "fail"


def test_a_form_of_an_unknown_edition_needs_one_too() -> None:
    image = FORM.row(FormField(HASH))
    assert image is not None
    assert verdict(a_dossier(replace(FORM, rows=(image,)), []), RULE) == "fail"


def test_without_a_hash_there_is_nothing_to_sign() -> None:
    assert verdict(a_dossier(), RULE) == "not_applicable"
    assert verdict(a_dossier(without(a_form(), HASH)), RULE) == "not_applicable"


def test_an_entry_without_its_document_is_not_signed() -> None:
    dossier = a_dossier(FORM)
    assert verdict(replace(dossier, documents=dossier.documents[1:]), RULE) == "fail"
