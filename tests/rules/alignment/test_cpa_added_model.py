from __future__ import annotations

import pytest
from dossiers import (
    FIRMWARE,
    GAS,
    HUB,
    REVISION,
    TYPE,
    VERSION,
    a_cpa_certificate,
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

from rules.facts import Document, DocumentKind, Dossier, NewEntry, ReadBy
from rules.finding import Outcome

RULE = "alignment.cpa_added_model"
FORM = a_form(GAS)


def sent(
    changes: dict[str, str | None], *beside: Document, form: NewEntry = FORM, read_by: ReadBy = ReadBy.TEXT
) -> Dossier:
    return a_dossier(form, [a_zigbee_certificate(form), a_cpa_certificate(form, changes, read_by=read_by), *beside])


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"Firmware Version": "12:03:12:35"}, [FIRMWARE]),
        ({"Firmware Version": "12.4 (Stack 1.2.3.4)"}, [FIRMWARE]),
        ({"Hardware Version": "0A_AD"}, [REVISION]),
        ({"Hardware Version": "0B_AD", "Firmware Version": "12:03:12:35"}, [VERSION, REVISION, FIRMWARE]),
    ],
)
def test_another_version_needs_a_confirmation(changes: dict[str, str | None], fields: list[str]) -> None:
    dossier = sent(changes)
    assert named(dossier, RULE) == fields
    assert verdict(dossier, RULE) == "fail"
    assert complaining(dossier) == {RULE}
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("changes", [{"Model": "EX100"}, {"Model": None}, {"Manufacturer": None}])
def test_a_model_that_is_not_stated_in_code_may_be_the_same(changes: dict[str, str | None]) -> None:
    assert named(sent({**changes, "Firmware Version": "12:03:12:35"}), RULE) == [FIRMWARE]


@pytest.mark.parametrize(
    "changes",
    [{"Model": "43:32"}, {"Manufacturer": "10:6D"}, {"Device Type": HUB}],
)
def test_another_model_cannot_be_added(changes: dict[str, str | None]) -> None:
    dossier = sent({**changes, "Firmware Version": "12:03:12:35"})
    assert verdict(dossier, RULE) == "not_applicable"
    assert FIRMWARE in named(dossier, "alignment.cpa_details")


@pytest.mark.parametrize(
    "changes", [{}, {"Firmware Version": "First release"}, {"Model": "EX100"}, {"Firmware Version": None}]
)
def test_the_same_version_needs_no_confirmation(changes: dict[str, str | None]) -> None:
    assert verdict(sent(changes), RULE) == "not_applicable"


@pytest.mark.parametrize(
    ("device_type", "party"),
    [
        (GAS, "if the Supplier Party confirms it to SECAS."),
        (HUB, "if the DCC confirms it to SECAS."),
        ("Meter", "if the Supplier Party, or for a Communications Hub the DCC, confirms it to SECAS."),
    ],
)
def test_who_has_to_confirm(device_type: str, party: str) -> None:
    form = a_form(GAS, {TYPE: device_type})
    dossier = sent({"Firmware Version": "12:03:12:35", "Device Type": device_type}, form=form)
    (finding,) = ruling(dossier, RULE).findings
    assert party in finding.message
    assert finding.message.endswith("No such confirmation was found.")


def test_documents_that_may_be_the_confirmation_are_named() -> None:
    letter = a_document("b.pdf", DocumentKind.EVIDENCE)
    scan = a_document("a.pdf", DocumentKind.UNREADABLE)
    notes = a_document("c.pdf", DocumentKind.RELEASE_NOTE)
    (finding,) = ruling(sent({"Firmware Version": "12:03:12:35"}, letter, scan, notes), RULE).findings
    assert finding.message.endswith("May be that confirmation: a.pdf, b.pdf.")


@pytest.mark.parametrize("read_by", [ReadBy.OCR, ReadBy.NONE])
def test_a_picture_s_version_is_never_compared_as_if_printed(read_by: ReadBy) -> None:
    dossier = sent({"Firmware Version": "12:03:12:35"}, read_by=read_by)
    assert verdict(dossier, RULE) == "not_applicable"
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


def test_without_a_certificate_nothing_is_added() -> None:
    assert verdict(a_dossier(FORM, [a_zigbee_certificate(FORM)]), RULE) == "not_applicable"
