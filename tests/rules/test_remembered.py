"""What is derived from a form is derived once, and never taken for another form's."""

from __future__ import annotations

from dataclasses import replace

from rules.facts import NewEntry
from rules.remembered import once_a_form


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
