"""What a message is, by its subject and by what it carries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import a_document, a_dossier, a_form, a_message, a_zigbee_certificate

from intake.domain.envelope import Envelope
from intake.domain.filed import could_not_be_opened, is_no_submission
from intake.domain.kind import kind_by_envelope, kind_of
from intake.domain.message import MessageKind
from rules.facts import STANDS_IN, Document, DocumentKind
from rules.message_facts import MessageFacts

LOGO = a_document("logo.png", DocumentKind.OTHER, media="image")
CERTIFICATE = a_zigbee_certificate(a_form())


@pytest.mark.parametrize(
    ("by_subject", "documents", "brings_a_form", "kind"),
    [
        (MessageKind.SUBMISSION, [], False, MessageKind.SUBMISSION),
        (MessageKind.UPDATE, [LOGO], False, MessageKind.UPDATE),
        (MessageKind.OTHER, [], False, MessageKind.OTHER),
        (MessageKind.OTHER, [LOGO], False, MessageKind.OTHER),
        (MessageKind.OTHER, [LOGO, CERTIFICATE], False, MessageKind.UNCLEAR),
        (MessageKind.OTHER, [], True, MessageKind.UNCLEAR),
    ],
)
def test_a_form_or_a_certificate_under_any_subject_is_never_lost(
    by_subject: MessageKind, documents: list[Document], brings_a_form: bool, kind: MessageKind
) -> None:
    assert kind_of(by_subject, documents, brings_a_form=brings_a_form) == kind


@pytest.mark.parametrize(
    ("message", "brings_a_form", "none"),
    [
        (a_message("other"), False, True),
        (a_message("other"), True, False),
        (a_message("submission"), False, False),
        (a_message("submission", automatic=True), False, False),
        (a_message("submission", automatic=True, automatic_answer=True), False, True),
        (a_message("submission", automatic=True, automatic_answer=True), True, False),
        (a_message("other", automatic=True), False, True),
        (a_message("other", trouble=f"{STANDS_IN} that it did not pass on."), False, False),
        (a_message("other", trouble="It holds too many parts."), False, True),
        (a_message("submission", automatic=True), True, False),
        (None, False, False),
    ],
)
def test_only_mail_without_any_form_is_no_submission(
    message: MessageFacts | None, brings_a_form: bool, none: bool
) -> None:
    dossier = replace(a_dossier(message=message), entries=(a_form(),) if brings_a_form else (), documents=())
    assert is_no_submission(dossier) is none


@pytest.mark.parametrize(
    ("media", "size"),
    [
        ("zip", 900), ("pdf", 900), ("docx", 900), ("doc", 900), ("tnef", 900), ("pkcs7", 900), ("pgp", 900),
        ("message", 900), ("unknown", 900), ("odf", 900), ("image", 100_000), ("image", 4_000_000),
    ],
)  # fmt: skip
def test_what_nobody_could_open_is_never_filed(media: str, size: int) -> None:
    document = replace(a_document("paper", DocumentKind.UNREADABLE, media=media), size=size)
    assert could_not_be_opened(document)
    assert kind_of(MessageKind.OTHER, [document], brings_a_form=False) is MessageKind.UNCLEAR
    answer = a_message("unclear", automatic=True, automatic_answer=True)
    assert not is_no_submission(replace(a_dossier(message=answer), documents=(document,)))


@pytest.mark.parametrize(
    ("media", "size", "kind", "inline"),
    [
        ("image", 99_999, DocumentKind.UNREADABLE, False),
        ("image", 8_000, DocumentKind.OTHER, False),
        ("image", 400_000, DocumentKind.UNREADABLE, True),
        ("empty", 0, DocumentKind.UNREADABLE, False),
        ("text", 600, DocumentKind.OTHER, False),
        ("pdf", 90_000, DocumentKind.OTHER, False),
        ("docx", 90_000, DocumentKind.OTHER, False),
        ("zip", 900, DocumentKind.OTHER, False),
        ("pkcs7", 4_000, DocumentKind.OTHER, False),
        ("pdf", 900, DocumentKind.UNREADABLE, True),
    ],
)
def test_what_was_read_or_adorns_a_mail_brings_nobody(media: str, size: int, kind: DocumentKind, inline: bool) -> None:
    document = replace(a_document("paper", kind, media=media), size=size, inline=inline)
    assert kind_of(MessageKind.OTHER, [document], brings_a_form=False) is MessageKind.OTHER


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("Password", "Ashdown-2026", MessageKind.UNCLEAR),
        ("Passwort für die Datei", "Ashdown-2026", MessageKind.UNCLEAR),
        ("pw", "As promised, for the attachments in my previous e-mail: Ashdown-2026", MessageKind.UNCLEAR),
        ("Wrong one", "I attached the wrong workbook.", MessageKind.UNCLEAR),
        ("Today", "My last message was cut.", MessageKind.UNCLEAR),
        ("Lunch on Friday", "Shall we go at noon?", MessageKind.OTHER),
        ("Lunch on Friday", "At noon.\n\n> Please send the form.", MessageKind.OTHER),
    ],
)
def test_whoever_has_a_submission_here_and_speaks_of_it_is_seen(subject: str, text: str, kind: MessageKind) -> None:
    assert kind_of(MessageKind.OTHER, [], brings_a_form=False, text=text, writes_again=subject) is kind
    assert kind_of(MessageKind.OTHER, [], brings_a_form=False, text=text) is MessageKind.OTHER


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("About CPL-000123, as promised.", MessageKind.UNCLEAR),
        ("Please remove our entry from the Central Products List.", MessageKind.UNCLEAR),
        ("Please do not publish the entry.", MessageKind.UNCLEAR),
        ("Ada would like to recall the message, “CPL submission”.", MessageKind.UNCLEAR),
        ("The entry is ready.", MessageKind.OTHER),
        ("Please do not publish the photographs.", MessageKind.OTHER),
        ("At noon.\n\n> Please do not publish the entry.", MessageKind.OTHER),
    ],
)
def test_whoever_says_something_of_the_list_for_the_first_time_is_seen(text: str, kind: MessageKind) -> None:
    assert kind_of(MessageKind.OTHER, [], brings_a_form=False, text=text) is kind


CPL = Envelope(parsed=True, subject="CPL submission")
LUNCH = Envelope(parsed=True, subject="Lunch on Friday")


@pytest.mark.parametrize(
    ("envelope", "kind"),
    [
        (CPL, MessageKind.SUBMISSION),
        (LUNCH, MessageKind.OTHER),
        (Envelope(), MessageKind.UNCLEAR),  # an empty file, a file that is no message
        (replace(LUNCH, broken=True), MessageKind.UNCLEAR),  # what stands behind the break was not read
        (replace(CPL, broken=True), MessageKind.SUBMISSION),
        (replace(CPL, meeting=True), MessageKind.OTHER),
        (replace(LUNCH, subject="Lunch, CPL000123"), MessageKind.UNCLEAR),
        (replace(LUNCH, subject="Recall: lunch on Friday"), MessageKind.UNCLEAR),
    ],
)
def test_headers_that_could_not_be_read_rule_nothing_out(envelope: Envelope, kind: MessageKind) -> None:
    assert kind_by_envelope(envelope) is kind
