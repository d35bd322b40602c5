"""Values that a person corrected: what may be corrected, and that no such entry is ever ready by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    CPA_DATE,
    FIRMWARE,
    GAS,
    MODEL,
    WORKBOOK,
    Kept,
    a_cpa_certificate,
    a_document,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    certificates_for,
    judged,
    ruling,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.corrections import Correction, correct, refusal
from rules.examine import examine
from rules.facts import CellKind, DocumentKind, Dossier, ReadBy
from rules.fields import LABELS, Label
from rules.finding import Outcome, Verdict

ZIGBEE, CPA = DocumentKind.ZIGBEE_CERTIFICATE, DocumentKind.CPA_CERTIFICATE
FORM = a_form(GAS)
RULE = "completeness.corrections"


def of_certificate(
    value: str, original: str | None, label: str = Label.FIRMWARE_VERSION, **known: object
) -> Correction:
    made = Correction("zigbee.pdf", "0" * 64, ZIGBEE, label, original, value, "ada")
    return replace(made, **known)  # type: ignore[arg-type]  # the fields of Correction, checked by replace itself


def of_cell(value: str, original: str, field: str = FIRMWARE, **known: object) -> Correction:
    made = Correction(WORKBOOK, "0" * 64, DocumentKind.NEW_ENTRY, field, original, value, "ada")
    return replace(made, **known)  # type: ignore[arg-type]  # likewise


def misread() -> Dossier:
    """A faultless submission whose ZigBee certificate was read with one character wrong."""
    wrong = a_zigbee_certificate(FORM, {Label.FIRMWARE_VERSION: "12:03:12:84"})
    return a_dossier(FORM, (wrong, *(d for d in certificates_for(FORM) if d.kind is not ZIGBEE)))


def test_a_corrected_value_is_judged_in_the_place_of_the_misread_one_and_named() -> None:
    dossier = misread()
    assert examine(dossier).outcome is Outcome.RETURN
    right, (applied,) = correct(dossier, [of_certificate(FORM.value(FIRMWARE), "12:03:12:84")])  # type: ignore[arg-type]  # by its name
    report = examine(right)
    assert report.outcome is Outcome.NEEDS_A_PERSON
    assert [r.rule for r in report.entries[0].rulings if r.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}] == [RULE]
    (finding,) = ruling(right, RULE).findings
    assert "was read as '12:03:12:84', and was corrected to" in finding.message
    assert "by ada" in finding.message
    assert finding.internal
    assert applied.original == "12:03:12:84"


def test_the_original_stays_beside_the_correction_and_the_dossier_that_was_read_is_not_changed() -> None:
    dossier = misread()
    right, _ = correct(dossier, [of_certificate("12:03:12:34", "12:03:12:84")])
    (certificate,) = right.certificates(ZIGBEE)
    stated = certificate.stated(Label.FIRMWARE_VERSION)
    assert stated is not None
    assert stated.corrected is not None
    assert (stated.value, stated.corrected.by, stated.corrected.original) == ("12:03:12:34", "ada", "12:03:12:84")
    assert dossier == misread()


def test_without_a_correction_the_rule_does_not_apply() -> None:
    assert ruling(misread(), RULE).verdict is Verdict.NOT_APPLICABLE
    assert judged(a_dossier(FORM)).outcome is Outcome.READY


def test_a_scan_that_a_person_read_takes_the_place_of_the_certificate() -> None:
    papers = tuple(document for document in certificates_for(FORM) if document.kind is not ZIGBEE)
    scan = a_document("zigbee.pdf", DocumentKind.UNREADABLE, read_by=ReadBy.NONE, trouble="The PDF is a scan.")
    dossier = a_dossier(FORM, (scan, *papers))
    facts = a_zigbee_certificate(FORM).certificate
    assert facts is not None
    typed = [of_certificate(stated.value, None, label) for label, stated in facts.facts.items()]
    right, applied = correct(dossier, typed)
    assert len(applied) == len(typed)
    failed = [r.rule for r in judged(right).rulings if r.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}]
    assert failed == [RULE]
    assert len(ruling(right, RULE).findings) == len(typed)
    partly, _ = correct(dossier, typed[:1])  # what was not typed is not there, and is asked about
    assert judged(partly).outcome is Outcome.NEEDS_A_PERSON
    assert ruling(partly, "alignment.zigbee_device_model").verdict is Verdict.UNDETERMINED


def test_a_value_typed_from_a_scan_is_compared_and_a_wrong_one_found() -> None:
    scan = a_document("zigbee.pdf", DocumentKind.UNREADABLE, read_by=ReadBy.NONE)
    right, _ = correct(a_dossier(FORM, (scan,)), [of_certificate("12:03:12:35", None)])
    assert ruling(right, "alignment.zigbee_device_model").verdict is Verdict.FAIL


def test_a_recognised_picture_is_compared_where_a_person_read_it_and_nowhere_else() -> None:
    picture = a_zigbee_certificate(FORM, read_by=ReadBy.OCR)
    dossier = a_dossier(FORM, (picture, *(d for d in certificates_for(FORM) if d.kind is not ZIGBEE)))
    right, _ = correct(dossier, [of_certificate("12:03:12:35", FORM.value(FIRMWARE))])  # type: ignore[arg-type]  # by its name
    told = {finding.field: finding for finding in ruling(right, "alignment.zigbee_device_model").findings}
    assert not told[FIRMWARE].unknown
    assert told[MODEL].unknown


@pytest.mark.parametrize("kind", [CellKind.NUMBER, CellKind.DATE, CellKind.TIME, CellKind.FORMULA])
def test_a_cell_that_shows_something_else_than_it_holds_may_be_corrected(kind: CellKind) -> None:
    dossier = a_dossier(a_form(GAS, {CPA_DATE: Kept(kind, "46995", "dd/mm/yyyy")}), certificates_for(FORM))
    right, _ = correct(dossier, [of_cell("30/08/2028", "46995", CPA_DATE)])
    row = right.entries[0].rows[[row.field for row in right.entries[0].rows].index(CPA_DATE)]
    assert (row.value, row.kind) == ("30/08/2028", CellKind.TEXT)
    assert row.corrected is not None
    assert (row.corrected.original, row.corrected.was) == ("46995", kind.value)
    assert judged(replace(right, new_entry=right.entries[0])).outcome is Outcome.NEEDS_A_PERSON
    assert "alignment.cpa_certificate" not in {
        r.rule for r in judged(right).rulings if r.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}
    }


REFUSED: dict[str, tuple[Correction, str]] = {
    "a text of the form": (of_cell("12:03:12:99", "12:03:12:34"), "submitter's own word"),
    "an empty cell": (of_cell("2721", "", "DLMS_Certificate.identification_number"), "states nothing"),
    "an error": (of_cell("30/08/2028", "#REF!", CPA_DATE), "states nothing"),
    "no such cell": (of_cell("1", "", "Device_Model.colour"), "no such cell"),
    "another form's cell": (of_cell("1", "", entry=1), "no such cell"),
    "no entry at all": (of_cell("1", "", entry=-1), "no such cell"),
    "another workbook": (of_cell("1", "", document="other.xlsx"), "no such cell"),
    "no such label": (of_certificate("1", None, "Colour"), "has such a label"),
    "another kind": (of_certificate("1", None, kind=CPA), "another kind"),
    "the form as a certificate": (of_certificate("1", None, document=WORKBOOK), "no certificate"),
    "no such document": (of_certificate("1", None, document="other.pdf"), "no such certificate"),
    "other bytes": (of_certificate("1", None, sha256="1" * 64), "no such certificate"),
    "no certificate's kind": (of_certificate("1", None, kind=DocumentKind.EVIDENCE), "no such certificate"),
    "something else was read": (of_certificate("1", "12:03:12:99"), "Something else is read"),
    "what was read": (of_certificate("12:03:12:34", "12:03:12:34"), "value that was read"),
    "nothing": (of_certificate(" ", "12:03:12:34"), "which value"),
    "a hidden character": (of_certificate("12:03:12:3\u200b5", "12:03:12:34"), "cannot be seen"),
    "a blank at the end": (of_certificate("12:03:12:35 ", "12:03:12:34"), "cannot be seen"),
    "a line break": (of_certificate("12\n03", "12:03:12:34"), "cannot be seen"),
    "too much": (of_certificate("1" * 401, "12:03:12:34"), "longer than"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_a_reading_of_ours_is_not_corrected_here(name: str) -> None:
    correction, says = REFUSED[name]
    dossier = a_dossier(a_form(GAS, {CPA_DATE: Kept(CellKind.ERROR, "#REF!")}), certificates_for(FORM))
    dossier = replace(dossier, documents=(*dossier.documents, a_document("notes.pdf", DocumentKind.RELEASE_NOTE)))
    assert says in (refusal(dossier, correction) or "")
    assert correct(dossier, [correction]) == (dossier, ())


def test_release_notes_are_no_certificate() -> None:
    notes = a_document("zigbee.pdf", DocumentKind.RELEASE_NOTE)
    assert "no certificate" in (refusal(a_dossier(FORM, (notes,)), of_certificate("1", None)) or "")


def test_what_was_not_placed_is_taken_for_one_certificate_alone() -> None:
    scan = a_document("zigbee.pdf", DocumentKind.OTHER)
    both = [of_certificate("1", None), of_certificate("2", None, Label.MODEL, kind=CPA)]
    dossier, applied = correct(a_dossier(FORM, (scan,)), both)
    assert applied == (both[0],)
    assert [document.kind for document in dossier.documents if document.name == "zigbee.pdf"] == [ZIGBEE]


VALUES = (
    "10:6C",
    "0A_AC",
    "12:03:12:34",
    "12:03:12:35",
    "30 August 2028",
    "30/08/2028",
    "1943",
    "junk",
    "1 March 2030",
)
PAPERS = (a_zigbee_certificate(FORM), a_cpa_certificate(FORM), a_document("scan.pdf", DocumentKind.UNREADABLE))
READ = a_dossier(FORM, PAPERS)


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    document = draw(st.sampled_from(PAPERS))
    kind = document.kind if document.certificate else draw(st.sampled_from((ZIGBEE, CPA)))
    label = draw(st.sampled_from(sorted(LABELS[kind])))
    stated = document.certificate.facts.get(label) if document.certificate else None
    original = stated.value if stated and draw(st.integers(0, 9)) else None
    value = draw(st.sampled_from(VALUES) | st.text(max_size=12))
    return Correction(document.name, document.sha256, kind, label, original, value, draw(st.text(max_size=5)))


@settings(deadline=None)
@given(st.lists(corrections(), max_size=6))
def test_whatever_is_corrected_comes_before_a_person_and_is_named(made: list[Correction]) -> None:
    dossier, applied = correct(READ, made)
    report = examine(dossier)
    named = [finding for r in report.entries[0].rulings if r.rule == RULE for finding in r.findings]
    assert len(named) == len(applied)
    assert not applied or report.outcome in {Outcome.NEEDS_A_PERSON, Outcome.RETURN}
    assert len({correction.target for correction in applied}) == len(applied)


@settings(deadline=None)
@given(st.lists(corrections(), max_size=6))
def test_nothing_else_is_changed_and_every_original_can_be_put_back(made: list[Correction]) -> None:
    dossier, applied = correct(READ, made)
    assert (dossier.message, dossier.entries, dossier.register) == (READ.message, READ.entries, READ.register)
    for before, after in zip(READ.documents, dossier.documents, strict=True):
        own = {c.subject: c for c in applied if c.document == before.name}
        facts = before.certificate.facts if before.certificate else {}
        changed = after.certificate.facts if after.certificate else {}
        assert facts.keys() | own.keys() == changed.keys()
        for label, stated in changed.items():
            if label in own:
                assert stated.corrected is not None
                original = facts[label].value if label in facts else None
                assert (stated.value, stated.corrected.original) == (own[label].value, original)
            else:
                assert stated == facts[label]


@settings(deadline=None)
@given(st.lists(corrections(), max_size=6, unique_by=lambda c: (c.document, c.subject)), st.randoms())
def test_the_order_of_corrections_of_different_values_does_not_matter(made: list[Correction], random: object) -> None:
    made = [c for c in made if c.document != "scan.pdf" or c.kind is ZIGBEE]
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random
    first, second = correct(READ, made)[0], correct(READ, shuffled)[0]
    assert [dict(d.certificate.facts) for d in first.documents if d.certificate] == [
        dict(d.certificate.facts) for d in second.documents if d.certificate
    ]
