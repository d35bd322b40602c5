from __future__ import annotations

import pytest
from dossiers import (
    DISPLAY,
    FIRMWARE,
    GAS,
    MODEL,
    TYPE,
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

from rules.facts import DocumentKind
from rules.finding import Outcome

RULE = "alignment.zigbee_reuse"
FORM = a_form(DISPLAY)
DIFFERENT = {"Firmware Version": "12:03:12:35", "Model Identification": "43:30"}


@pytest.mark.parametrize("kind", [DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE])
def test_reuse_with_evidence_is_put_before_a_person_with_all_that_differs(kind: DocumentKind) -> None:
    documents = [a_zigbee_certificate(FORM, DIFFERENT), a_document("b.pdf", kind), a_document("a.pdf", kind)]
    dossier = a_dossier(FORM, documents)
    assert named(dossier, RULE) == [MODEL, FIRMWARE]
    assert all(
        "Evidence given: a.pdf, b.pdf (restricted: kept for audit, never published)." in finding.message
        for finding in ruling(dossier, RULE).findings
    )
    assert complaining(dossier) == {RULE, "alignment.reuse_evidence"}
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


def test_another_type_of_device_is_part_of_the_question() -> None:
    documents = [a_zigbee_certificate(FORM, {"Type of Device": GAS}), a_document("a.pdf", DocumentKind.EVIDENCE)]
    dossier = a_dossier(FORM, documents)
    assert named(dossier, RULE) == [TYPE]
    assert complaining(dossier) == {RULE, "alignment.reuse_evidence"}


def test_without_evidence_there_is_no_reuse() -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, DIFFERENT)])
    assert verdict(dossier, RULE) == "not_applicable"
    assert judged(dossier).outcome is Outcome.RETURN


def test_evidence_beside_a_certificate_that_matches_is_no_reuse() -> None:
    documents = [a_zigbee_certificate(FORM), a_document("a.pdf", DocumentKind.EVIDENCE)]
    assert verdict(a_dossier(FORM, documents), RULE) == "not_applicable"
    assert judged(a_dossier(FORM, documents)).outcome is Outcome.READY
