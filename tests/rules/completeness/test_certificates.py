from __future__ import annotations

import pytest
from dossiers import (
    DEVICE_TYPES,
    DISPLAY,
    ELECTRICITY,
    GAS,
    SINGLE,
    SMETS,
    SMETS1_TYPES,
    TYPE,
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

from rules.completeness import cpa_certificate, dlms_certificate
from rules.completeness._certificate import Assurance, rule_on
from rules.facts import DocumentKind
from rules.fields import FormGroup
from rules.finding import Outcome

ZIGBEE = "completeness.zigbee_certificate"
CPA = "completeness.cpa_certificate"
DLMS = "completeness.dlms_certificate"
GROUPS = {ZIGBEE: "ZSE_Certificate", CPA: "CPA_Certificate", DLMS: "DLMS_Certificate"}
MATRIX = [
    (device_type, rule, rule == ZIGBEE or (rule == CPA and device_type != DISPLAY) or device_type in ELECTRICITY)
    for device_type in DEVICE_TYPES
    for rule in (ZIGBEE, CPA, DLMS)
]


@pytest.mark.parametrize(("device_type", "rule", "needed"), MATRIX)
def test_a_needed_certificate_that_is_missing_is_a_fault(device_type: str, rule: str, needed: bool) -> None:
    dossier = a_dossier(a_form(device_type), [])
    assert verdict(dossier, rule) == ("fail" if needed else "not_applicable")
    assert named(dossier, rule) == ([GROUPS[rule]] if needed else [])


@pytest.mark.parametrize("device_type", SMETS1_TYPES)
@pytest.mark.parametrize("rule", [ZIGBEE, CPA, DLMS])
def test_a_smets1_device_needs_none(device_type: str, rule: str) -> None:
    assert verdict(a_dossier(a_form(device_type, smets1=True), []), rule) == "not_applicable"


@pytest.mark.parametrize("rule", [ZIGBEE, CPA, DLMS])
@pytest.mark.parametrize("kind", [DocumentKind.OTHER, DocumentKind.UNREADABLE])
def test_where_a_document_may_be_the_certificate_nothing_is_guessed(rule: str, kind: DocumentKind) -> None:
    dossier = a_dossier(a_form(SINGLE), [a_document("scan.pdf", kind), a_document("a.pdf", kind)])
    (finding,) = ruling(dossier, rule).findings
    assert verdict(dossier, rule) == "undetermined"
    assert "a.pdf, scan.pdf" in finding.message
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize(("media", "inline"), [("image", True), ("text", False), ("xlsx", False), ("pkcs7", False)])
def test_what_cannot_be_a_certificate_raises_no_doubt(media: str, inline: bool) -> None:
    document = a_document("logo", DocumentKind.OTHER, media=media, inline=inline)
    assert verdict(a_dossier(a_form(GAS), [document]), ZIGBEE) == "fail"


def test_beside_a_certificate_that_was_read_in_part_another_may_stand() -> None:
    form = a_form(GAS)
    read = a_zigbee_certificate(form)
    in_part = a_zigbee_certificate(form, notes=("A page of it is a picture.",))
    assert verdict(a_dossier(form, [read]), CPA) == "fail"
    assert verdict(a_dossier(form, [in_part]), CPA) == "undetermined"


def test_release_notes_are_no_certificate() -> None:
    assert verdict(a_dossier(a_form(GAS), [a_document("notes.pdf", DocumentKind.RELEASE_NOTE)]), ZIGBEE) == "fail"


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        ({TYPE: "Meter"}, ZIGBEE, "fail"),
        ({TYPE: "Meter"}, CPA, "undetermined"),
        ({TYPE: "Meter"}, DLMS, "undetermined"),
        ({SMETS: "latest"}, ZIGBEE, "undetermined"),
        ({SMETS: "latest"}, DLMS, "not_applicable"),
    ],
)
def test_without_a_type_or_version_it_is_told_only_as_far_as_it_can_be(
    changes: dict[str, str], rule: str, expected: str
) -> None:
    assert verdict(a_dossier(a_form(GAS, changes), []), rule) == expected


def test_a_certificate_that_was_sent_is_not_missed_whatever_the_device() -> None:
    form = a_form(SINGLE)
    dossier = a_dossier(a_form(SINGLE, {TYPE: "Meter"}), certificates_for(form))
    assert [verdict(dossier, rule) for rule in (ZIGBEE, CPA, DLMS)] == ["pass"] * 3


def test_a_rule_made_anew_says_what_the_one_of_the_catalogue_says() -> None:
    for module, scheme in (
        (cpa_certificate, Assurance("cpa", "CPA", DocumentKind.CPA_CERTIFICATE, FormGroup.CPA_CERTIFICATE)),
        (dlms_certificate, Assurance("dlms", "DLMS", DocumentKind.DLMS_CERTIFICATE, FormGroup.DLMS_CERTIFICATE)),
    ):
        made = rule_on(scheme)
        assert (made.id, made.title, made.citation) == (module.RULE.id, module.RULE.title, module.RULE.citation)
        assert made.needs_form
        for form in (a_form(SINGLE), a_form(GAS), a_form(SINGLE, smets1=True), a_form(changes={TYPE: "a meter"})):
            for documents in ((), certificates_for(a_form(SINGLE))):
                dossier = a_dossier(form, documents).judging(form)
                assert made.applies(dossier) is module.RULE.applies(dossier)
                assert list(made.check(dossier)) == list(module.RULE.check(dossier))


def test_a_rule_made_anew_names_the_certificate_that_is_missing() -> None:
    form = a_form(SINGLE)
    made = rule_on(Assurance("dlms", "DLMS", DocumentKind.DLMS_CERTIFICATE, FormGroup.DLMS_CERTIFICATE))
    (finding,) = made.check(a_dossier(form, ()).judging(form))
    assert finding.message == f"{SINGLE} needs a DLMS certificate, and none was found."
    assert (finding.field, finding.expected, finding.unknown) == ("DLMS_Certificate", "the DLMS certificate", False)
    assert made.id == "completeness.dlms_certificate"
    assert made.applies(a_dossier(form, ()).judging(form))
    assert not made.applies(a_dossier(a_form(GAS), ()).judging(a_form(GAS)))
