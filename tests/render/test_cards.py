"""One card a field: as many cards as things that were planted, with every finding beneath one of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from dossiers import (
    CPA_DATE,
    CPA_ID,
    CPA_VERSION,
    DEVICE_TYPES,
    DLMS_ID,
    FIRMWARE,
    GAS,
    GBCS,
    MODEL,
    POST_CODE,
    SINGLE,
    TYPE,
    VERSION,
    ZSE_ID,
    Kept,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    certificates_for,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.demo import products
from intake.demo.samples import samples
from intake.extract.document import read_document
from intake.render.cards import subject_of
from intake.render.entry_view import EntryView, entry_views
from intake.render.points import GRAVEST_FIRST
from rules.corrections import Correction, correct
from rules.examine import examine
from rules.facts import CellKind, DocumentKind, Dossier
from rules.finding import Severity

PLANTED = {
    "a firmware": {FIRMWARE: "0a:02:05:0a"},
    "a model": {MODEL: "FF:C4"},
    "a date": {CPA_DATE: "2029-08-30"},
    "a version": {GBCS: "GBCS Version 1.1"},
    "an unknown version": {GBCS: "GBCS Version 9.9"},
    "a number": {CPA_ID: "SMCH58603416"},
    "a ZigBee number": {ZSE_ID: "12646"},
    "a DLMS number": {DLMS_ID: "1 943"},
    "a hardware version": {VERSION: "0a"},
    "a characteristic": {CPA_VERSION: "1.3"},
    "a type": {TYPE: "PPMID"},
    "two": {MODEL: "FF:C4", CPA_DATE: "2029-08-30"},
    "five": {FIRMWARE: "0a:02", MODEL: "FF:C4", CPA_DATE: "2029-08-30", GBCS: "GBCS Version 1.1", CPA_ID: "x"},
}


def seen(dossier: Dossier) -> EntryView:
    (view,) = entry_views(dossier, examine(dossier))
    return view


def spoilt(changes: dict[str, str]) -> Dossier:
    right = a_form(SINGLE)
    return a_dossier(a_form(SINGLE, changes), certificates_for(right))


@pytest.mark.parametrize("name", PLANTED)
def test_each_planted_fault_is_one_card(name: str) -> None:
    planted = PLANTED[name]
    told = seen(spoilt(dict(planted))).of(Severity.RETURN, Severity.QUERY)
    assert len(told) == len(planted), [point.message for point in told]


def test_five_faults_of_the_sample_are_five_cards() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    sample = next(sample for sample in samples(now) if sample.name == "wrong-formats")
    read = [read_document(name, content) for name, content in sample.documents.items()]
    entries = tuple(reading.entry for reading in read if reading.entry is not None)
    view = seen(Dossier(now, None, tuple(reading.document for reading in read), entries))
    assert len(view.points) == 5
    assert view.title == products.GAS


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from([FIRMWARE, MODEL, CPA_DATE, GBCS, CPA_ID, TYPE, POST_CODE, VERSION, ZSE_ID]),
    st.sampled_from(["", "x", "0a:02", "FF:C4", "GBCS Version 1.1", "30/08/2020", *DEVICE_TYPES]))
)  # fmt: skip
def test_every_finding_is_told_once_and_no_field_has_two_cards(changes: dict[str, str]) -> None:
    view = seen(spoilt(changes))
    told = [finding for point in view.points for part in point.whole for finding in part.findings]
    assert view.report is not None
    assert sorted(map(repr, told)) == sorted(
        repr(finding) for ruling in view.report.rulings for finding in ruling.findings
    )
    assert len({subject_of(point) for point in view.points}) == len(view.points)
    ranks = [GRAVEST_FIRST.index(point.severity) for point in view.points]
    assert ranks == sorted(ranks)
    for point in view.points:
        assert point.severity == min((part.alone.severity for part in point.whole), key=GRAVEST_FIRST.index)


def test_no_guess_stands_beside_what_a_certificate_states_otherwise() -> None:
    view = seen(a_dossier(a_form(GAS, {FIRMWARE: "0a:02:05:0a"}), certificates_for(a_form(GAS))))
    (card,) = view.points
    assert card.also
    assert not any(part.suggestion for part in card.whole)
    assert re.search("lower-case letters", " ".join(part.message for part in card.whole))


def test_a_corrected_value_is_never_shown_without_who_corrected_it() -> None:
    """Wherever a side of a point is a person's word, the letter and the page say so beside it."""
    paper = a_zigbee_certificate(a_form(GAS), {"Firmware Version": "12:03:12:84"})
    form = a_form(GAS, {CPA_DATE: Kept(CellKind.DATE, "46995", "dd/mm/yyyy")})
    others = (p for p in certificates_for(a_form(GAS)) if p.kind is not DocumentKind.ZIGBEE_CERTIFICATE)
    read = a_dossier(form, (paper, *others))
    fact = Correction(paper.name, paper.sha256, paper.kind, "Firmware Version", "12:03:12:84", "12:03:12:35", "ada")
    cell = Correction("form.xlsx", "0" * 64, DocumentKind.NEW_ENTRY, CPA_DATE, "46995", "30/08/2020", "ben")
    dossier, applied = correct(read, (fact, cell))
    assert len(applied) == 2
    sides = [side for point in seen(dossier).points for part in point.whole for side in part.sides]
    assert {side.place for side in sides if side.value == "12:03:12:35"} == {
        "zigbee.pdf, page 1; read as 12:03:12:84, corrected by ada"
    }
    told = {side.place for side in sides if side.value == "30/08/2020"}
    assert told
    assert all(place.endswith("; read as 46995, corrected by ben") for place in told)
