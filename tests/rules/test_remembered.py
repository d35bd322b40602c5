"""What is derived from a form is derived once, and never taken for another form's."""

from __future__ import annotations

from dataclasses import replace

from helpers import FRIDAY

from rules.facts import Document, DocumentKind, Dossier, NewEntry, ReadBy
from rules.remembered import once_a_dossier, once_a_form


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


def test_a_form_among_the_same_documents_is_asked_once_and_among_others_anew() -> None:
    asked: list[tuple[str, Dossier]] = []

    @once_a_dossier
    def names_of(who: str, dossier: Dossier) -> tuple[str, ...]:
        """The documents' names, for somebody."""
        asked.append((who, dossier))
        return (who, *(document.name for document in dossier.documents))

    papers = tuple(Document(name, "0" * 64, 1, DocumentKind.OTHER, ReadBy.NONE) for name in ("a.pdf", "b.pdf"))
    form = NewEntry("form.xlsx")
    among = [Dossier(FRIDAY, None, documents, (form,), form) for documents in (papers, papers, papers[:1])]
    expected = [("one", "a.pdf", "b.pdf"), ("one", "a.pdf", "b.pdf"), ("one", "a.pdf")]
    assert [names_of("one", dossier) for dossier in among] == expected
    assert len(asked) == 2
    assert names_of("another", among[0]) == ("another", "a.pdf", "b.pdf")
    assert names_of("one", among[0].judging(NewEntry("form.xlsx"))) == ("one", "a.pdf", "b.pdf")
    assert (len(asked), names_of.__doc__) == (4, "The documents' names, for somebody.")
