"""A valid submission of every kind is ready, and every rule has spoken on it once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dossiers import (
    A_HASH,
    CPA_DATE,
    CPA_ID,
    CREATOR,
    DESCRIPTOR,
    DEVICE_TYPES,
    FIELDS,
    FIRMWARE,
    GAS,
    HASH,
    LABELS,
    LABELS_2017,
    NUMBER,
    SINGLE,
    SMETS1_TYPES,
    a_dossier,
    a_form,
    a_message,
    a_zigbee_certificate,
    judged,
)

from rules.catalogue import all_rules
from rules.fields import FormField
from rules.finding import Outcome, Verdict
from rules.signature_facts import Coverage, Indication, SignatureFacts

SIGNED = SignatureFacts("opc", coverage=Coverage.ENTIRE, indication=Indication.TOTAL_PASSED)


@pytest.mark.parametrize("device_type", DEVICE_TYPES)
def test_a_valid_submission_of_every_device_type_is_ready(device_type: str) -> None:
    report = judged(a_dossier(a_form(device_type)))
    assert report.outcome is Outcome.READY
    assert report.profile == "2022-09"
    assert not any(ruling.findings for ruling in report.rulings)


@pytest.mark.parametrize("device_type", SMETS1_TYPES)
def test_a_smets1_submission_without_any_certificate_is_ready(device_type: str) -> None:
    assert judged(a_dossier(a_form(device_type, smets1=True))).outcome is Outcome.READY


def test_a_signed_submission_with_an_image_is_ready() -> None:
    form = a_form(changes={CREATOR: "Example Meters Ltd", HASH: A_HASH, DESCRIPTOR: "Complete image; Dual Band"})
    assert judged(a_dossier(form, signatures=(SIGNED,))).outcome is Outcome.READY


def test_a_signed_update_that_quotes_its_entry_is_ready() -> None:
    changes = {NUMBER: "000123", CREATOR: "Example Meters Ltd", HASH: A_HASH, DESCRIPTOR: "Complete image; Dual Band"}
    dossier = a_dossier(a_form(changes=changes), signatures=(SIGNED,), message=a_message("update"))
    assert judged(dossier).outcome is Outcome.READY


def test_a_lifetime_certificate_with_a_renewal_date_long_past_is_ready() -> None:
    form = a_form(changes={CPA_ID: "[R] NCSC-1433053936-9001", CPA_DATE: "30/08/2023"})
    assert judged(a_dossier(form)).outcome is Outcome.READY


def test_a_form_of_2017_is_ready_in_its_day_with_a_certificate_for_its_device_model() -> None:
    form = a_form("Pre-Payment Interface Device", labels=LABELS_2017)
    certificate = a_zigbee_certificate(form, {"Certification Date": "1 March 2017"})
    dossier = a_dossier(form, [certificate], judged_at=datetime(2018, 1, 10, 9, 0, tzinfo=UTC))
    report = judged(dossier)
    assert report.profile == "2017-12"
    returned = [ruling.rule for ruling in report.rulings if ruling.verdict is Verdict.FAIL]
    assert returned == []


@pytest.mark.parametrize("judged_at", [datetime(2018, 1, 10, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)])
def test_every_rule_gives_one_ruling_in_the_catalogue_s_order(judged_at: datetime) -> None:
    report = judged(a_dossier(a_form(SINGLE), judged_at=judged_at))
    assert [ruling.rule for ruling in report.rulings] == [rule.id for rule in all_rules()]


def test_labels_match_whatever_their_case_and_white_space() -> None:
    labels = [(f" {group.upper()}", attribute.replace(" ", "\n").lower()) for group, attribute in LABELS]
    values = {
        f"{group}.{attribute}": a_form(GAS).value(FormField(name))
        for (group, attribute), name in zip(labels, FIELDS, strict=True)
    }
    report = judged(a_dossier(a_form(GAS, values, labels=labels), a_dossier().documents[1:]))
    assert report.outcome is Outcome.READY


def test_findings_name_fields_in_the_form_s_own_spelling() -> None:
    labels = [(group.upper(), attribute.upper()) for group, attribute in LABELS]
    values = {
        f"{group}.{attribute}": a_form(GAS).value(FormField(name))
        for (group, attribute), name in zip(labels, FIELDS, strict=True)
    }
    values["DEVICE_MODEL.FIRMWARE_VERSION"] = "12.3"
    report = judged(a_dossier(a_form(GAS, values, labels=labels)))
    faults = {finding.field for ruling in report.rulings for finding in ruling.findings if not finding.unknown}
    assert faults == {FIRMWARE}
