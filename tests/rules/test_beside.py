"""What is shown side by side is what the rules compare: over every spoilt dossier, and neither more nor less."""

from __future__ import annotations

import pytest
from dossiers import DISPLAY, GAS, a_cpa_certificate, a_dossier, a_form, a_zigbee_certificate, judged
from spoilt import cases

from rules.beside import Agreement, comparisons, used
from rules.facts import DocumentKind
from rules.fields import NUMBER_FIELDS
from rules.finding import Verdict

CASES = dict(cases())
NOTES = {"alignment.zigbee_coding", "alignment.dlms_manufacturer"}
"""Rules that remark on values without comparing them, or by names that the form has no field for."""


@pytest.mark.parametrize("name", CASES, ids=lambda name: ascii(name).replace("\\", "~"))
def test_no_row_says_other_than_the_rules(name: str) -> None:
    """Whatever a rule complains of is no agreement, and whatever differs is complained of."""
    dossier = CASES[name]
    for entry in dossier.entries:
        here = dossier.judging(entry)
        alignment = [
            ruling
            for ruling in judged(here).rulings
            if ruling.rule.startswith("alignment.") and ruling.rule not in NOTES and ruling.verdict is not Verdict.PASS
        ]
        compared = {
            (str(result.field), str(result.label), result.certificate.document): result.agreement
            for result in comparisons(here)
        }
        complaints = {
            (finding.field, finding.against.label, finding.against.stated.where.document): ruling.rule
            for ruling in alignment
            for finding in ruling.findings
            if finding.against is not None and finding.field is not None
        }
        for place, rule in complaints.items():
            assert compared.get(place) is not Agreement.SAME, place
            assert place in compared or rule == "alignment.dlms_details", place  # it looks for codes within words, too
        fields = {finding.field for ruling in alignment for finding in ruling.findings}
        differing = {field for (field, _, _), agreement in compared.items() if agreement is Agreement.DIFFERENT}
        assert differing - set(NUMBER_FIELDS.values()) <= fields  # a number needs to be one certificate's alone


def test_a_certificate_that_the_device_does_not_need_is_neither_used_nor_compared() -> None:
    form, meter = a_form(DISPLAY), a_form(GAS)
    dossier = a_dossier(form, (a_zigbee_certificate(form), a_cpa_certificate(meter, name="cpa.pdf"))).judging(form)
    assert used(dossier, DocumentKind.CPA_CERTIFICATE) == ()
    assert [one.document for one in used(dossier, DocumentKind.ZIGBEE_CERTIFICATE)] == ["zigbee.pdf"]
    assert {result.certificate.document for result in comparisons(dossier)} == {"zigbee.pdf"}


def test_a_faultless_submission_agrees_throughout() -> None:
    form = a_form(GAS)
    results = list(comparisons(a_dossier(form).judging(form)))
    assert {result.agreement for result in results} == {Agreement.SAME}
    assert len(results) > 10
