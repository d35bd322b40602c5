from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from dossiers import (
    A_HASH,
    CPA_ID,
    CREATOR,
    DEVICE_TYPES,
    DISPLAY,
    DLMS_ID,
    ELECTRICITY,
    FIRMWARE,
    GAS,
    HASH,
    SINGLE,
    SMETS,
    SMETS1_TYPES,
    TYPE,
    ZSE_ID,
    a_document,
    a_dossier,
    a_form,
    a_message,
    a_zigbee_certificate,
    certificates_for,
    judged,
    named,
    ruling,
    verdict,
)
from published_lists import a_line

from rules.completeness import cpa_certificate, dlms_certificate
from rules.completeness._certificate import Assurance, rule_on
from rules.facts import DocumentKind, Dossier, EvidenceFacts, Stated, Where
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


def an_update(changes: Mapping[str, str] | None = None, status: str = "Current", *, image: str = A_HASH) -> Dossier:
    """A hash for an entry of the list, without a certificate."""
    entry = a_form(SINGLE, {CREATOR: "Example Meters Ltd", HASH: image})
    line = a_line(a_form(SINGLE), "000123", changes, status)
    return replace(a_dossier(entry, [], message=a_message("update")), register=(line,))


@pytest.mark.parametrize("rule", [ZIGBEE, CPA, DLMS])
def test_an_entry_s_certificates_are_not_asked_for_again_with_its_hash(rule: str) -> None:
    assert verdict(an_update(), rule) == "pass"


@pytest.mark.parametrize(
    ("rule", "dossier"),
    [
        (ZIGBEE, an_update({ZSE_ID: ""})),
        (CPA, an_update({CPA_ID: " "})),
        (DLMS, an_update({DLMS_ID: ""})),
        (ZIGBEE, an_update(status="Removed")),
        (ZIGBEE, an_update({FIRMWARE: "12:03:12:35"})),
        (ZIGBEE, an_update(image="")),
    ],
)
def test_what_the_entry_does_not_have_is_still_asked_for(rule: str, dossier: Dossier) -> None:
    assert verdict(dossier, rule) == "fail"


def test_without_the_list_a_person_looks_the_entry_up() -> None:
    unlisted = replace(an_update(), register=None)
    assert [verdict(unlisted, rule) for rule in (ZIGBEE, CPA, DLMS)] == ["undetermined"] * 3
    assert "there was no list" in ruling(unlisted, ZIGBEE).findings[0].message
    without_hash = replace(an_update(image=""), register=None)
    assert verdict(without_hash, ZIGBEE) == "fail"
    for message in (a_message("submission"), None):
        assert verdict(replace(unlisted, message=message), ZIGBEE) == "fail"


@pytest.mark.parametrize(("number", "expected"), [("1433053936-9001", "undetermined"), ("1433053936-9002", "fail")])
def test_a_letter_that_names_the_very_certificate_may_be_it(number: str, expected: str) -> None:
    evidence = EvidenceFacts(certificate_ids=(Stated(number, Where("letter.pdf", page=1)),))
    form = a_form(GAS, {CPA_ID: "1433053936-9001"})
    dossier = a_dossier(form, [a_document("letter.pdf", DocumentKind.EVIDENCE, evidence=evidence)])
    assert verdict(dossier, CPA) == expected
    assert ("letter.pdf may be" in ruling(dossier, CPA).findings[0].message) is (expected == "undetermined")


@pytest.mark.parametrize(
    "trouble", ["The message only points to a file that lies elsewhere.", "An attachment may be cut short."]
)
def test_a_certificate_may_be_in_what_could_not_be_read_of_the_message(trouble: str) -> None:
    whole = a_dossier(a_form(SINGLE), [], message=a_message())
    in_part = replace(whole, message=a_message(trouble=trouble))
    assert (verdict(whole, CPA), verdict(in_part, CPA)) == ("fail", "undetermined")
    (finding,) = ruling(in_part, CPA).findings
    assert "may be in what could not be read of the message" in finding.message
