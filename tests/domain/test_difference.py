"""What a submission sent again has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import FIRMWARE, a_document, a_dossier, a_form

from intake.domain.difference import Change, Difference, FieldChange, difference
from rules.examine import examine
from rules.facts import Document, DocumentKind, Dossier, NewEntry

MODEL = "Device_Model.model_identifier"


def dossier(*entries: NewEntry, documents: tuple[Document, ...] = ()) -> Dossier:
    return replace(a_dossier(), entries=entries, documents=documents)


def pairs(actual: Difference) -> list[tuple[str | None, str | None]]:
    sides = [(entry.old, entry.new) for entry in actual.entries]
    return [(old.document if old else None, new.document if new else None) for old, new in sides]


def test_nothing_differs_between_a_submission_and_itself() -> None:
    same = a_dossier()
    report = examine(same)
    actual = difference(same, same, old_report=report, new_report=report)
    assert [entry.fields for entry in actual.entries] == [()]
    assert actual.documents == ()


ONE, OTHER = {MODEL: "00:01"}, {MODEL: "00:02"}
TWO = [("a.xlsx", ONE), ("b.xlsx", OTHER)]


def form(name: str, changes: dict[str, str]) -> NewEntry:
    return replace(a_form(changes=changes), document=name)


@pytest.mark.parametrize(
    ("old", "new", "matched"),
    [
        (TWO, [("b.xlsx", OTHER), ("A.XLSX", ONE)], [("b.xlsx", "b.xlsx"), ("a.xlsx", "A.XLSX")]),
        (TWO, [("c.xlsx", OTHER), ("d.xlsx", ONE)], [("b.xlsx", "c.xlsx"), ("a.xlsx", "d.xlsx")]),
        (
            TWO,
            [("c.xlsx", {**OTHER, FIRMWARE: "00:00:00:01"}), ("d.xlsx", {**ONE, FIRMWARE: "00:00:00:02"})],
            [("b.xlsx", "c.xlsx"), ("a.xlsx", "d.xlsx")],
        ),
        (TWO, [("a.xlsx", OTHER), ("b.xlsx", ONE)], [("a.xlsx", "a.xlsx"), ("b.xlsx", "b.xlsx")]),
        (
            [("a.xlsx", {**ONE, FIRMWARE: "00:00:00:01"}), ("b.xlsx", {**ONE, FIRMWARE: "00:00:00:02"})],
            [("c.xlsx", {**ONE, FIRMWARE: "00:00:00:02"}), ("d.xlsx", {**ONE, FIRMWARE: "00:00:00:01"})],
            [("b.xlsx", "c.xlsx"), ("a.xlsx", "d.xlsx")],
        ),
        ([("a.xlsx", ONE)], [("v2.xlsx", OTHER)], [("a.xlsx", "v2.xlsx")]),
        ([("a.xlsx", ONE)], [("a.xlsx", ONE), ("b.xlsx", OTHER)], [("a.xlsx", "a.xlsx"), (None, "b.xlsx")]),
        (TWO, [("b.xlsx", OTHER)], [("b.xlsx", "b.xlsx"), ("a.xlsx", None)]),
        ([], [("a.xlsx", ONE)], [(None, "a.xlsx")]),
    ],
    ids=[
        "by name",
        "by device model",
        "by model alone",
        "by name before model",
        "by firmware before model",
        "the only ones",
        "one more",
        "one less",
        "none before",
    ],
)
def test_entries_are_matched(
    old: list[tuple[str, dict[str, str]]],
    new: list[tuple[str, dict[str, str]]],
    matched: list[tuple[str | None, str | None]],
) -> None:
    before, after = (dossier(*(form(*each) for each in side)) for side in (old, new))
    assert pairs(difference(before, after)) == matched


def test_a_row_that_came_or_went_is_told_from_an_empty_one() -> None:
    full = a_form(changes={FIRMWARE: "12:03:12:34"})
    less = replace(full, rows=tuple(row for row in full.rows if row.field != FIRMWARE))
    assert difference(dossier(less), dossier(full)).entries[0].fields == (FieldChange(FIRMWARE, None, "12:03:12:34"),)
    assert difference(dossier(full), dossier(less)).entries[0].fields == (FieldChange(FIRMWARE, "12:03:12:34", None),)


def test_findings_are_gone_new_or_remain() -> None:
    before = a_dossier(a_form(changes={FIRMWARE: "12:03:12:3a", MODEL: "00-01"}))
    after = a_dossier(a_form(changes={FIRMWARE: "12-03-12-34", MODEL: "00:01", "GBCS Version.version_number": "9"}))
    entry_difference = difference(before, after, old_report=examine(before), new_report=examine(after)).entries[0]

    def of_format(told: object) -> set[tuple[str, str | None]]:
        return {(each.rule, each.finding.field) for each in told if each.rule.startswith("format.")}  # type: ignore[attr-defined]  # a tuple of findings

    assert of_format(entry_difference.gone) == {("format.shape", MODEL)}
    assert of_format(entry_difference.remaining) == {("format.shape", FIRMWARE)}
    assert ("format.choice", "GBCS Version.version_number") in of_format(entry_difference.appeared)


def test_without_both_reports_nothing_is_said_of_findings() -> None:
    before = a_dossier(a_form(changes={FIRMWARE: "12:03:12:3a"}))
    entry_difference = difference(before, a_dossier(), old_report=examine(before)).entries[0]
    assert (entry_difference.gone, entry_difference.appeared, entry_difference.remaining) == ((), (), ())


def paper(name: str, content: str, *, inline: bool = False) -> Document:
    return replace(a_document(name, DocumentKind.EVIDENCE), sha256=content, inline=inline)


def test_documents_are_told_by_name_and_by_content() -> None:
    before = (
        paper("same", "1"),
        paper("other", "2"),
        paper("gone", "3"),
        paper("old name", "4"),
        paper("logo", "5", inline=True),
    )
    after = (
        paper("same", "1"),
        paper("other", "9"),
        paper("new name", "4"),
        paper("more", "6"),
        paper("banner", "7", inline=True),
    )
    document_changes = difference(dossier(documents=before), dossier(documents=after)).documents
    assert [(document_change.change, document_change.name) for document_change in document_changes] == [
        (Change.CHANGED, "other"),
        (Change.RENAMED, "new name"),
        (Change.ADDED, "more"),
        (Change.REMOVED, "gone"),
    ]


def test_a_document_that_stays_is_not_taken_for_another_one_renamed() -> None:
    before = (paper("a", "1"), paper("b", "2"))
    changes = difference(dossier(documents=before), dossier(documents=(paper("a", "2"),))).documents
    assert [(change.change, change.name) for change in changes] == [(Change.CHANGED, "a"), (Change.REMOVED, "b")]
    moved = difference(dossier(documents=before), dossier(documents=(paper("a", "2"), paper("c", "2")))).documents
    assert [(change.change, change.name) for change in moved] == [(Change.CHANGED, "a"), (Change.RENAMED, "c")]
