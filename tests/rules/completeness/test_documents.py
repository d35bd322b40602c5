from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import a_document, a_dossier, a_form, a_message, certificates_for, ruling, verdict

from rules.completeness import documents
from rules.facts import OUR_FAULT, DocumentKind, ReadBy
from rules.finding import NOTHING_TO_DO
from rules.rulebook import current

RULE = "completeness.documents"
FORM = a_form()


@pytest.mark.parametrize(
    ("kind", "media", "inline", "expected"),
    [
        (DocumentKind.UNREADABLE, "pdf", False, "fail"),
        (DocumentKind.UNREADABLE, "xls", False, "fail"),
        (DocumentKind.UNREADABLE, "text", False, "fail"),
        (DocumentKind.UNREADABLE, "image", True, "pass"),
        (DocumentKind.OTHER, "pdf", False, "fail"),
        (DocumentKind.OTHER, "image", False, "fail"),
        (DocumentKind.OTHER, "docx", False, "fail"),
        (DocumentKind.OTHER, "zip", False, "fail"),
        (DocumentKind.OTHER, "message", False, "fail"),
        (DocumentKind.OTHER, "unknown", False, "fail"),
        (DocumentKind.OTHER, "image", True, "pass"),
        (DocumentKind.OTHER, "text", False, "pass"),
        (DocumentKind.OTHER, "xlsx", False, "pass"),
        (DocumentKind.OTHER, "pkcs7", False, "pass"),
        (DocumentKind.RELEASE_NOTE, "pdf", False, "pass"),
        (DocumentKind.EVIDENCE, "docx", False, "pass"),
    ],
)
def test_documents_that_may_matter_are_put_before_a_person(
    kind: DocumentKind,
    media: str,
    inline: bool,  # a column of the table
    expected: str,
) -> None:
    document = a_document("further.bin", kind, media=media, inline=inline, read_by=ReadBy.NONE)
    assert verdict(a_dossier(FORM, [*certificates_for(FORM), document]), RULE) == expected


@pytest.mark.parametrize(("trouble", "words"), [("It breaks off.", "It breaks off."), (None, "No reason is known")])
def test_a_document_that_could_not_be_read_is_named_with_the_reason(trouble: str | None, words: str) -> None:
    document = a_document("scan.pdf", DocumentKind.UNREADABLE, trouble=trouble)
    (finding,) = ruling(a_dossier(FORM, [*certificates_for(FORM), document]), RULE).findings
    assert finding.message.startswith("scan.pdf could not be read")
    assert words in finding.message
    assert str(finding.where) == "scan.pdf"


def test_forms_have_a_rule_of_their_own() -> None:
    dossier = a_dossier(FORM)
    broken = replace(dossier.documents[0], kind=DocumentKind.UNREADABLE)
    assert verdict(replace(dossier, documents=(broken, *dossier.documents[1:])), RULE) == "pass"


def test_documents_are_judged_without_a_form_too() -> None:
    document = a_document("scan.pdf", DocumentKind.UNREADABLE)
    assert verdict(replace(a_dossier(FORM, [document]), entries=()), RULE) == "fail"


def test_what_was_noted_of_a_document_that_was_read_is_asked_about() -> None:
    note = "Firmware Version is printed more than once with different values."
    document = replace(a_document("zigbee.pdf", DocumentKind.ZIGBEE_CERTIFICATE), notes=(note,))
    (finding,) = ruling(a_dossier(FORM, [*certificates_for(FORM), document]), RULE).findings
    assert finding.message == f"zigbee.pdf: {note}"
    assert finding.where is not None


def test_what_a_person_should_know_of_a_document_that_was_read_is_put_before_one() -> None:
    noted = replace(a_document("note.txt", DocumentKind.RELEASE_NOTE), notes=("It has a page that was not searched.",))
    asked = ruling(a_dossier(FORM, (*certificates_for(FORM), noted)), RULE)
    assert [finding.message for finding in asked.findings] == ["note.txt has a page that was not searched."]


def test_a_message_that_could_not_be_taken_apart_is_put_before_a_person() -> None:
    message = a_message(trouble="The message is too large to be opened.")
    asked = ruling(a_dossier(FORM, certificates_for(FORM), message=message), RULE)
    assert [finding.message for finding in asked.findings] == ["The message is too large to be opened."]


@pytest.mark.parametrize(
    ("trouble", "message", "remedy"),
    [
        ("It is locked; please send it without a password.", "paper.pdf is locked.", "Send it without a password."),
        ("Page 3 is a picture.", "paper.pdf: Page 3 is a picture.", current().provisions[RULE].remedy),
        (f"It was not read {OUR_FAULT}.", f"paper.pdf was not read {OUR_FAULT}.", NOTHING_TO_DO),
        (None, "It is not clear what paper.pdf is.", documents._WHAT_IT_IS),  # noqa: SLF001  # the rule's own words
    ],
)
def test_a_paper_that_was_read_in_part_is_asked_about_with_what_to_do(
    trouble: str | None, message: str, remedy: str
) -> None:
    document = a_document("paper.pdf", DocumentKind.OTHER, trouble=trouble)
    (finding,) = ruling(a_dossier(FORM, [*certificates_for(FORM), document]), RULE).findings
    assert (finding.message, finding.remedy) == (message, remedy)


def test_what_our_program_failed_at_is_not_the_sender_s_to_mend() -> None:
    message = a_message(trouble=f"It could not be taken apart {OUR_FAULT}.")
    (finding,) = ruling(a_dossier(FORM, certificates_for(FORM), message=message), RULE).findings
    assert finding.remedy == NOTHING_TO_DO
