from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from dossiers import FIRMWARE, a_certificate, a_document, a_dossier, a_form, a_zigbee_certificate, without

from rules.days import day_of, in_form, stated_date, years_after
from rules.facts import Document, DocumentKind, EvidenceFacts, Stated, Where
from rules.fields import FormField, Label
from rules.text import naming, plain, shown, squeezed, trimmed


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Where("form.xlsx"), "form.xlsx"),
        (Where("form.xlsx", sheet="Form", cell="G14"), "form.xlsx, Form!G14"),
        (Where("cpa.pdf", page=2), "cpa.pdf, page 2"),
        (Where("list.csv", line=14), "list.csv, line 14"),
    ],
)
def test_a_place_is_said_as_a_person_would(where: Where, words: str) -> None:
    assert str(where) == words


def test_a_form_gives_its_values_without_the_blanks_around_them() -> None:
    form = a_form(changes={FIRMWARE: " 12:03:12:34\n"})
    assert form.named(FIRMWARE.upper()) == form.named(FIRMWARE) != ()
    assert without(form, FIRMWARE).value(FormField(FIRMWARE)) == ""


def test_a_certificate_states_what_could_be_read() -> None:
    certificate = a_zigbee_certificate(a_form(), {"Manufacturer": "10:6C", "Firmware Version": None}).certificate
    assert certificate is not None
    assert certificate.stated(Label.MANUFACTURER) == Stated("10:6C", Where("zigbee.pdf", page=1))
    assert certificate.stated(Label.FIRMWARE_VERSION) is None


def test_a_dossier_gives_documents_by_kind_and_its_workbook() -> None:
    form = a_form()
    notes = a_document("notes.pdf", DocumentKind.RELEASE_NOTE)
    dossier = a_dossier(form, [notes, a_document("odd.pdf", DocumentKind.ZIGBEE_CERTIFICATE)]).judging(form)
    assert dossier.of_kind(DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE) == (notes,)
    assert dossier.certificates(DocumentKind.ZIGBEE_CERTIFICATE) == ()
    assert dossier.workbook is not None
    assert dossier.workbook.name == "form.xlsx"


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_calendar_s_own_ends_are_days_too(moment: datetime) -> None:
    assert day_of(a_dossier(judged_at=moment)) == moment.date()


def test_years_end_with_the_calendar() -> None:
    assert years_after(date(9998, 5, 1), 6) == date(9999, 5, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_days_are_written_with_all_their_digits() -> None:
    assert in_form(date(987, 6, 5)) == "05/06/0987"
    assert stated_date("5/6/0987") == date(987, 6, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\u200b a b \u00a0", "a b"), ("", ""), ("\u200b", ""), ("a", "a"), ("\ufeffa", "a")],
)
def test_ends_are_trimmed_of_what_cannot_be_seen(text: str, expected: str) -> None:
    assert trimmed(text) == expected


def test_characters_are_named_and_made_visible() -> None:
    assert naming("\u00a0") == "U+00A0 NO-BREAK SPACE"
    assert naming("\n") == "U+000A LINE BREAK"
    assert naming("\x01") == "U+0001 UNNAMED CHARACTER"
    assert shown("a\u200bb c\n") == "a<U+200B>b c<U+000A>"


def test_a_text_as_it_looks_and_as_it_is_spelt() -> None:
    assert plain("\u0421PL \u2013\t\uff11\u200b") == "CPL - 1"
    assert squeezed("GBCS Version 4.1") == squeezed("gbcs v4.1") == "gbcs4.1"


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("[E] NCSC-1433053936-1497", ["own.pdf"]),
        ("1433053936-1497", ["own.pdf"]),
        ("[E] NCSC-1433053936-9999", ["other.pdf", "own.pdf"]),
        ("", ["other.pdf", "own.pdf"]),
    ],
)
def test_of_many_certificates_an_entry_means_those_of_its_number(stated: str, meant: list[str]) -> None:
    form = a_form(changes={"CPA_Certificate.identification_number": stated})
    label, kind = "Certificate Identification Number", DocumentKind.CPA_CERTIFICATE
    sent = [
        a_certificate("other.pdf", kind, {label: "NCSC-1433053936-1498"}),
        a_certificate("own.pdf", kind, {label: "NCSC-1433053936-1497"}),
    ]
    certificates = a_dossier(form, sent).judging(form).certificates(kind)
    assert [certificate.document for certificate in certificates] == meant


@pytest.mark.parametrize("kind", DocumentKind)
def test_only_evidence_that_is_never_published_is_restricted(kind: DocumentKind) -> None:
    restricted = kind in {DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE}
    assert a_document("a.pdf", kind).restricted is restricted


EVIDENCE = a_document("letter.pdf", DocumentKind.EVIDENCE)


def naming_certificates(*numbers: str) -> Document:
    stated = tuple(Stated(number, Where("letter.pdf", page=1)) for number in numbers)
    return replace(EVIDENCE, evidence=EvidenceFacts(certificate_ids=stated))


@pytest.mark.parametrize(
    ("document", "stated", "bears"),
    [
        (naming_certificates("NCSC-1433053936-1497"), "[E] 1433053936-1497", True),
        (naming_certificates("NCSC-1", "1433053936"), "[E] NCSC-1433053936-1497", True),  # named without its end
        (naming_certificates("NCSC-1433053936-1498"), "[E] NCSC-1433053936-1497", False),
        (naming_certificates("NCSC-1433053936-1497"), "", False),
        (naming_certificates(), "[E] NCSC-1433053936-1497", False),
        (EVIDENCE, "[E] NCSC-1433053936-1497", False),
        (
            replace(naming_certificates("NCSC-1433053936-1497"), kind=DocumentKind.RELEASE_NOTE),
            "[E] NCSC-1433053936-1497",
            False,
        ),
    ],
)
def test_evidence_that_names_the_entry_s_certificate_may_be_it(document: Document, stated: str, bears: bool) -> None:
    form = a_form(changes={"CPA_Certificate.identification_number": stated})
    dossier = a_dossier(form, [document]).judging(form)
    assert dossier.bears_number(document, DocumentKind.CPA_CERTIFICATE) is bears
    assert not dossier.bears_number(document, DocumentKind.NEW_ENTRY)
