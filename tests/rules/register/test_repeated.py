from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    CONTACT_NAME,
    FIRMWARE,
    GAS,
    GBCS,
    MODEL,
    a_document,
    a_dossier,
    a_form,
    certificates_for,
    verdict,
)

from rules.examine import examine
from rules.facts import DocumentKind, Dossier
from rules.finding import Outcome

RULE = "register.repeated"


def both(changes: dict[str, str]) -> Dossier:
    """The form in two workbooks, the second of them changed."""
    first, second = a_form(GAS), a_form(GAS, changes, document="second.xlsx")
    workbooks = tuple(a_document(form.document or "", DocumentKind.NEW_ENTRY, media="xlsx") for form in (first, second))
    dossier = a_dossier(first)
    return replace(dossier, documents=(*workbooks, *certificates_for(first)), entries=(first, second))


@pytest.mark.parametrize("changes", [{}, {CONTACT_NAME: "Another"}, {MODEL: "43:31 "}, {GBCS: "gbcs version 4.1"}])
def test_one_entry_in_two_workbooks_is_asked_about_in_both(changes: dict[str, str]) -> None:
    reports = examine(both(changes)).entries
    rulings = [next(ruling for ruling in report.rulings if ruling.rule == RULE) for report in reports]
    assert [ruling.verdict.value for ruling in rulings] == ["fail", "fail"]
    assert ["second.xlsx" in rulings[0].findings[0].message, "form.xlsx" in rulings[1].findings[0].message] == [
        True,
        True,
    ]
    assert [ruling.findings[0].field for ruling in rulings] == [FIRMWARE, FIRMWARE]


def test_it_keeps_both_from_being_ready() -> None:
    assert examine(both({})).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("changes", [{FIRMWARE: "12:03:12:35"}, {MODEL: "43:32"}, {GBCS: "GBCS Version 4.0"}])
def test_two_entries_are_two(changes: dict[str, str]) -> None:
    for report in examine(both(changes)).entries:
        assert next(ruling for ruling in report.rulings if ruling.rule == RULE).verdict.value == "pass"


def test_an_entry_alone_or_without_its_model_repeats_nothing() -> None:
    assert verdict(a_dossier(), RULE) == "not_applicable"
    without = both({MODEL: ""})
    assert (
        next(ruling for ruling in examine(without).entries[1].rulings if ruling.rule == RULE).verdict.value
        == "not_applicable"
    )
    assert next(ruling for ruling in examine(without).entries[0].rulings if ruling.rule == RULE).verdict.value == "pass"
