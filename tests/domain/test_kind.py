"""What a message is, by its subject and by what it carries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import a_document, a_dossier, a_form, a_message, a_zigbee_certificate

from intake.domain.kind import is_no_submission, kind_of
from intake.domain.message import MessageKind
from rules.facts import Document, DocumentKind, MessageFacts

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
        (a_message("submission", automatic=True), False, True),
        (a_message("submission", automatic=True), True, False),
        (None, False, False),
    ],
)
def test_only_mail_without_any_form_is_no_submission(
    message: MessageFacts | None, brings_a_form: bool, none: bool
) -> None:
    dossier = replace(a_dossier(message=message), entries=(a_form(),) if brings_a_form else ())
    assert is_no_submission(dossier) is none
