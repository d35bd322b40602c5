from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    A_HASH,
    CREATOR,
    HASH,
    a_document,
    a_dossier,
    a_form,
    certificates_for,
    judged,
    ruling,
    verdict,
)

from rules.examine import examine
from rules.facts import DocumentKind
from rules.finding import Outcome
from rules.signature_facts import Coverage, Indication, SignatureFacts

RULE = "signature.broken"
FORM = a_form()
GOOD = SignatureFacts("pdf", coverage=Coverage.ENTIRE, indication=Indication.TOTAL_PASSED)
STRANGER = replace(GOOD, indication=Indication.INDETERMINATE)
FAILED = replace(GOOD, indication=Indication.TOTAL_FAILED, reasons=("a byte was changed",))


@pytest.mark.parametrize(
    ("signatures", "expected", "outcome"),
    [
        ((), "not_applicable", Outcome.READY),
        ((GOOD,), "pass", Outcome.READY),
        ((STRANGER,), "pass", Outcome.READY),
        ((GOOD, FAILED), "fail", Outcome.NEEDS_A_PERSON),
        ((replace(FAILED, reasons=()),), "fail", Outcome.NEEDS_A_PERSON),
    ],
)
def test_a_signature_that_fails_is_asked_about(
    signatures: tuple[SignatureFacts, ...], expected: str, outcome: Outcome
) -> None:
    notes = a_document("notes.pdf", DocumentKind.RELEASE_NOTE, signatures=signatures)
    dossier = a_dossier(FORM, [*certificates_for(FORM), notes])
    assert verdict(dossier, RULE) == expected
    assert judged(dossier).outcome is outcome


def test_the_finding_names_document_and_reason() -> None:
    (finding,) = ruling(a_dossier(FORM, signatures=(FAILED,)), RULE).findings
    assert finding.message == "A signature on form.xlsx fails: a byte was changed."


def test_the_workbook_of_a_form_with_a_hash_is_left_to_its_own_rule() -> None:
    form = a_form(changes={CREATOR: "Example Meters Ltd", HASH: A_HASH})
    assert verdict(a_dossier(form, signatures=(FAILED,)), RULE) == "not_applicable"


def test_another_entry_s_workbook_is_judged_with_that_entry() -> None:
    other = a_form(document="other.xlsx")
    dossier = a_dossier(FORM)
    workbook = a_document("other.xlsx", DocumentKind.NEW_ENTRY, signatures=(FAILED,))
    both = replace(dossier, documents=(*dossier.documents, workbook))
    first, second = examine(replace(both, entries=(FORM, other))).entries
    told = [next(one.verdict.value for one in entry.rulings if one.rule == RULE) for entry in (first, second)]
    assert told == ["not_applicable", "fail"]
