from __future__ import annotations

import pytest
from dossiers import DISPLAY, ZSE_ID, a_document, a_dossier, a_form, a_zigbee_certificate, judged, ruling, verdict

from rules.facts import Document, DocumentKind, Dossier, EvidenceFacts, ReadBy, Stated, Where
from rules.fields import FormField
from rules.finding import Finding, Outcome, Severity

RULE = "alignment.reuse_evidence"
FORM = a_form(DISPLAY)
NUMBER = FORM.value(FormField(ZSE_ID))
NO_MODULE = "The evidence does not say which ZigBee module is used, or names more than one."
NO_NUMBER = f"The evidence does not name the ZigBee certificate '{NUMBER}'."
NO_STATEMENT = "The evidence does not state that nothing has changed that would need a new certificate."
APART = "The evidence names the ZigBee module and its certificate in different documents only."


def stated(value: str) -> Stated:
    return Stated(value, Where("notes.pdf", page=1))


def facts(
    module: str | None = "ZM-4.2",
    numbers: tuple[str, ...] = (NUMBER,),
    statement: str | None = "No change.",
    versions: tuple[str, ...] = (),
) -> EvidenceFacts:
    return EvidenceFacts(
        zigbee_module=stated(module) if module else None,
        certificate_ids=tuple(stated(number) for number in numbers),
        no_change=stated(statement) if statement else None,
        firmware_versions=tuple(stated(version) for version in versions),
    )


def notes(evidence: EvidenceFacts | None, name: str = "notes.pdf", **known: object) -> Document:
    return a_document(name, DocumentKind.RELEASE_NOTE, evidence=evidence, **known)


def reusing(*documents: Document) -> Dossier:
    return a_dossier(FORM, [a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:35"}), *documents])


def findings(*documents: Document) -> tuple[Finding, ...]:
    return ruling(reusing(*documents), RULE).findings


def missing(*documents: Document) -> list[str]:
    return [finding.message.partition(" Evidence given: ")[0] for finding in findings(*documents)]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (facts(), []),
        (facts(numbers=("zig23001zse13200-24",)), []),
        (facts(numbers=(NUMBER, "1433053936-9001", "2721")), []),
        (facts(module=None), [NO_MODULE]),
        (facts(numbers=()), [NO_NUMBER]),
        (facts(statement=None), [NO_STATEMENT]),
        (facts(None, (), None), [NO_MODULE, NO_NUMBER, NO_STATEMENT]),
        (
            facts(numbers=("ZIG23003ZSE13202-24", "ZIG23002ZSE13201-24")),
            [
                NO_NUMBER,
                "The evidence names another ZigBee certificate as well: ZIG23002ZSE13201-24, ZIG23003ZSE13202-24.",
            ],
        ),
        (
            facts(numbers=(NUMBER, "zig23002zse13201-24")),
            ["The evidence names another ZigBee certificate as well: zig23002zse13201-24."],
        ),
        (facts(versions=("12:03:12:34", "12:03:12:35")), []),
        (facts(versions=("12.3 (Stack 1.2.3.4)",)), []),
        (facts(versions=("12.3.12.34",)), []),
        (
            facts(versions=("12:03:12:36", "12:03:12:35")),
            ["The evidence names firmware 12:03:12:35, 12:03:12:36, and not the form's 12:03:12:34."],
        ),
        (facts(versions=("12.4",)), ["The evidence names firmware 12.4, and not the form's 12:03:12:34."]),
    ],
)
def test_what_the_evidence_lacks_is_said(evidence: EvidenceFacts, expected: list[str]) -> None:
    assert missing(notes(evidence)) == expected
    assert all(not finding.unknown for finding in findings(notes(evidence)))
    dossier = reusing(notes(evidence))
    assert verdict(dossier, RULE) == ("fail" if expected else "pass")
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


def test_two_documents_may_complete_each_other_but_for_module_and_certificate() -> None:
    letter = notes(facts(None, ()), "letter.pdf")
    assert missing(notes(facts(statement=None)), letter) == []
    assert missing(notes(facts(numbers=())), notes(facts(None), "letter.pdf")) == [APART]
    assert missing(notes(facts()), notes(facts("ZM-5"), "b.pdf")) == [
        "The documents of evidence name different ZigBee modules."
    ]


@pytest.mark.parametrize(
    ("evidence", "read_by"), [(None, ReadBy.TEXT), (facts(), ReadBy.OCR), (facts(), ReadBy.NONE), (None, ReadBy.NONE)]
)
def test_what_could_not_be_searched_is_for_a_person(evidence: EvidenceFacts | None, read_by: ReadBy) -> None:
    actual = findings(notes(evidence, read_by=read_by))
    assert missing(notes(evidence, read_by=read_by)) == [
        NO_MODULE,
        NO_NUMBER,
        NO_STATEMENT,
        "A document of evidence could not be read, so that we could not search it.",
    ]
    assert all(finding.unknown for finding in actual)
    assert all(finding.message.endswith("Evidence given: notes.pdf. Not searched: notes.pdf.") for finding in actual)


def test_a_finding_names_the_evidence_in_the_order_of_names() -> None:
    first, *_ = findings(notes(facts(None), "b.pdf"), notes(facts(None), "a.pdf"))
    assert first.message.endswith("Evidence given: a.pdf, b.pdf.")
    assert (first.field, first.where) == ("ZSE_Certificate", Where("a.pdf"))
    assert first.expected == "the ZigBee module, the certificate's number and a statement of no change"


def test_without_reuse_nothing_needs_to_be_shown() -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM), notes(None)])
    assert verdict(dossier, RULE) == "not_applicable"
    assert ruling(dossier, RULE).severity is Severity.QUERY
