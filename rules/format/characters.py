"""Cells that machines read hold no stray blanks and no forbidden characters.

What: hexadecimal values, dates, choices and certificate numbers have no blank, line break or invisible character at
either end; certificate numbers hold only the printable characters 32 ('space') to 126 ('tilde').
A person decides where the value itself is right and only something unseen stands around it.
Why: to a machine, `ZIG18023ZSE12646-24 ` with a blank behind it is another certificate.
Good: `ZIG18023ZSE12646-24`.
Bad: the same with a long dash or a no-break space in it. Asked about: the same with a line break behind it.
What to do: type the value again instead of copying it; a suggestion shows it without the characters in question.
Clause: New Entry form, column 'Format' of the certificate rows; lists of valid values for the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import Cell, recognised, texts
from rules.rule import Rule
from rules.text import naming, plain, printable


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of blanks around coded values and of forbidden characters within certificate numbers.

    What stands around a value is asked about: it is unseen, the published list itself has such, and what an approval
    enters into the list is without it.
    """
    for cell in texts(dossier):
        if not cell.field.coded:
            continue
        complaints = [*_around(cell), *_within(cell)]
        if complaints:
            yield cell.fault(
                f"{' and '.join(complaints)}.",
                expected=_expected(cell),
                suggestion=_suggestion(cell),
                unknown=not _within(cell),
            )


def _around(cell: Cell) -> list[str]:
    if cell.row.value == cell.text:
        return []
    return ["has blanks or invisible characters before or after its value"]


def _within(cell: Cell) -> list[str]:
    strange = sorted({character for character in cell.text if not printable(character)})
    if not cell.field.printable or not strange:
        return []
    return [f"holds {', '.join(naming(character) for character in strange)}"]


def _expected(cell: Cell) -> str:
    alone = "the value alone, with nothing before or after it"
    return f"{alone}, in the characters 32 to 126" if cell.field.printable else alone


def _suggestion(cell: Cell) -> str | None:
    """The text without the characters in question, where that can be said."""
    meant = plain(cell.text) if cell.field.printable else cell.text
    return meant if all(printable(character) for character in meant) else None


RULE = Rule(
    id="format.characters",
    title="No stray blanks or forbidden characters in coded values",
    citation="New Entry form, columns 'Format' and 'Valid values'",
    check=check,
    applies=recognised,
)
