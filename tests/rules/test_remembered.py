"""What is derived from a form is derived once, and never taken for another form's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from rules.facts import Document, DocumentKind, Dossier, NewEntry, ReadBy
from rules.remembered import once_a_form, once_an_entry

JUDGED_AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_a_form_is_asked_once_and_another_that_states_the_same_anew() -> None:
    asked: list[NewEntry] = []

    @once_a_form
    def name_of(new_entry: NewEntry) -> str | None:
        """Its workbook's."""
        asked.append(new_entry)
        return new_entry.document

    first, second = NewEntry("a.xlsx"), NewEntry("a.xlsx")
    assert [name_of(first), name_of(first), name_of(second), name_of(replace(first, document=None))] == [
        "a.xlsx", "a.xlsx", "a.xlsx", None,
    ]  # fmt: skip
    assert [form is asked[at] for at, form in enumerate((first, second))] == [True, True]
    assert len(asked) == 3
    assert (first, name_of.__doc__) == (second, "Its workbook's.")


def test_what_two_functions_derive_stays_apart() -> None:
    form = NewEntry("a.xlsx")
    assert (once_a_form(lambda _: None)(form), once_a_form(lambda _: 1)(form)) == (None, 1)


def test_what_hangs_on_the_documents_too_is_asked_once_of_each_and_kept_of_the_latest_alone() -> None:
    asked: list[Dossier] = []

    @once_an_entry
    def count(scheme: str, dossier: Dossier) -> str:
        """How many came with it."""
        asked.append(dossier)
        return f"{scheme} {len(dossier.documents)}"

    form = NewEntry("a.xlsx")
    paper = Document("b.pdf", "0" * 64, 1, DocumentKind.OTHER, ReadBy.TEXT)
    alone, with_paper = (Dossier(JUDGED_AT, None, papers, (form,), form) for papers in ((), (paper,)))
    told = [count("zigbee", d) for d in (alone, alone, with_paper, replace(with_paper, earlier=(form,)), alone)]
    assert (told, len(asked), count.__doc__) == (
        ["zigbee 0", "zigbee 0", "zigbee 1", "zigbee 1", "zigbee 0"], 3, "How many came with it.",
    )  # fmt: skip
    assert count("cpa", alone) == "cpa 0"
    assert len(asked) == 4
    assert len(form.derived) == 2
