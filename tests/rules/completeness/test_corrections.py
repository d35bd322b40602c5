from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import FIRMWARE, GAS, a_dossier, a_form, a_zigbee_certificate, ruling, verdict

from rules.corrected import Corrected
from rules.facts import Dossier, NewEntry
from rules.finding import Verdict

RULE = "completeness.corrections"


def corrected_form(original: str | None = "0.5") -> NewEntry:
    form = a_form(GAS)
    told = Corrected("ada", original, "number")
    return replace(form, rows=tuple(replace(r, corrected=told) if r.field == FIRMWARE else r for r in form.rows))


def corrected_certificate(original: str | None) -> Dossier:
    paper = a_zigbee_certificate(a_form(GAS))
    assert paper.certificate is not None
    facts = {label: replace(s, corrected=Corrected("ada", original)) for label, s in paper.certificate.facts.items()}
    known = replace(paper.certificate, facts=facts)
    return a_dossier(a_form(GAS), (replace(paper, certificate=known),))


def test_a_form_as_it_was_read_is_not_spoken_of() -> None:
    assert verdict(a_dossier(), RULE) == "not_applicable"


@pytest.mark.parametrize(
    ("original", "says"),
    [("12:03\u200b", "was read as '12:03<U+200B>', and was corrected to"), (None, "was stated as")],
)
def test_every_corrected_value_of_a_certificate_is_named(original: str | None, says: str) -> None:
    told = ruling(corrected_certificate(original), RULE)
    assert told.verdict is Verdict.FAIL
    assert len(told.findings) == 7
    assert all(says in finding.message and "by ada" in finding.message for finding in told.findings)
    assert all(finding.internal and finding.field is None for finding in told.findings)


def test_a_corrected_cell_is_named_with_its_field_on_its_own_entry_alone() -> None:
    dossier = a_dossier(corrected_form())
    (finding,) = ruling(dossier, RULE).findings
    assert finding.field == FIRMWARE
    other = replace(dossier, entries=(a_form(GAS),))
    assert verdict(other, RULE) == "not_applicable"


def test_it_is_named_where_the_form_itself_cannot_be_read() -> None:
    dossier = corrected_certificate("x")
    unread = replace(dossier, entries=(replace(a_form(GAS), rows=(), trouble="The workbook is damaged."),))
    assert verdict(unread, RULE) == "fail"
