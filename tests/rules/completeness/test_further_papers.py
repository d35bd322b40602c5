"""Papers, messages and pictures beside a submission: named where nobody need look, asked about where they speak up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import a_document, a_dossier, a_form, a_message, certificates_for, judged, ruling, verdict

from rules.facts import DocumentKind, Dossier
from rules.finding import Outcome

RULE = "completeness.further_papers"
FORM = a_form()


def beside(media: str, words: str | None, *, message: str | None = None) -> Dossier:
    document = a_document(f"further.{media}", DocumentKind.OTHER, media=media, words=words)
    mail = None if message is None else replace(a_message(), text=message)
    return replace(a_dossier(FORM, [*certificates_for(FORM), document]), message=mail)


@pytest.mark.parametrize("media", ["pdf", "docx", "message", "image"])
def test_what_needs_nobodys_look_is_a_note(media: str) -> None:
    dossier = beside(media, "Certificate of registration. It was tested." if media != "image" else "")
    assert judged(dossier).outcome is Outcome.READY
    assert f"further.{media}" in ruling(dossier, RULE).findings[0].message


@pytest.mark.parametrize("media", ["pdf", "docx", "message", "image"])
def test_what_the_readers_are_not_sure_of_is_for_a_person(media: str) -> None:
    assert judged(beside(media, None)).outcome is Outcome.NEEDS_A_PERSON
    assert verdict(beside(media, None), RULE) == "pass"


@pytest.mark.parametrize("media", ["pdf", "docx", "message"])
@pytest.mark.parametrize(
    "words",
    [
        "Please do not process the form of today.",
        "Put the submission on hold.",
        "The firmware is now another one.",
        "The certificate attached is the old one.",
        "This is a draft.",
        "It runs firmware 12:03:12:35.",
        "It belongs to entry 000123.",
        "A corrected form will follow.",
        "We sent the wrong certificate.",
        "It is superseded.",
    ],
)
def test_what_speaks_against_the_form_needs_a_person(words: str, media: str) -> None:
    dossier = beside(media, f"A letter of ours\n\n{words}")
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON
    assert ruling(dossier, "completeness.mail_says").findings[0].message.startswith(f"further.{media} ")


def test_a_sentence_that_wraps_is_still_read() -> None:
    assert judged(beside("pdf", "The submission is\non\nhold for now.")).outcome is Outcome.NEEDS_A_PERSON


def test_mail_and_attached_message_are_told_apart() -> None:
    dossier = beside("message", "Re: form\n\nPlease hold this.", message="Please ignore the last mail.")
    says = [finding.message.split(" says")[0] for finding in ruling(dossier, "completeness.mail_says").findings]
    assert says == ["The mail", "further.message"]


@pytest.mark.parametrize("kind", [d.kind for d in certificates_for(FORM)])
def test_a_paper_may_be_the_certificate_that_is_missing(kind: DocumentKind) -> None:
    dossier = beside("pdf", "A certificate of it.")
    lacking = replace(dossier, documents=tuple(d for d in dossier.documents if d.kind is not kind))
    assert judged(lacking).outcome is Outcome.NEEDS_A_PERSON
    assert verdict(lacking, "completeness.documents") == "fail"
    assert verdict(lacking, RULE) == "pass"


@pytest.mark.parametrize("media", ["message", "image"])
def test_a_message_or_a_logo_is_no_missing_certificate(media: str) -> None:
    dossier = beside(media, "")
    kind = certificates_for(FORM)[0].kind
    lacking = replace(dossier, documents=tuple(d for d in dossier.documents if d.kind is not kind))
    assert judged(lacking).outcome is Outcome.RETURN
