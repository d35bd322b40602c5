"""A cell with a list of valid values holds one of them, to the letter.

What: device type, SMETS/CHTS version, GBCS version, security characteristics, DLMS and ZSE versions.
The lists change: a value counts if it is offered on the day of the check, as far as that day is known. An update of an
entry must state what the list has, so of an older value there a person decides.
Why: the DCC's systems compare these texts letter by letter, capitals included.
Good: `Pre-Payment Interface Device`; `ZigBee Smart Energy Standard 1.4`.
Bad: `PPMID`; `Zigbee Smart Energy Standard 1.4`; `CTT 3.0` after 1 February 2022.
What to do: choose the value from the drop-down list of the form.
Clause: New Entry form, column 'Valid values'.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.days import day_of, in_form
from rules.facts import Dossier
from rules.finding import Finding
from rules.form import Cell, recognised, texts
from rules.reference import Choice, reference
from rules.register._entry import as_listed
from rules.rule import Rule
from rules.text import naming, printable, squeezed
from rules.younger import younger


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every value that its list does not offer on the day."""
    day = day_of(dossier)
    for cell in texts(dossier):
        table = cell.field.choices
        if table is None or cell.text in reference().offered(table, day):
            continue
        offered = reference().offered(table, day)
        yield cell.fault(
            _complaint(table, cell, day, younger=cell.row.offered or younger(table, cell.text, dossier)),
            expected=f"one of: {'; '.join(offered)}",
            suggestion=_meant(cell.text, offered),
            unknown=_may_be_right(dossier, table, cell),
        )


def _may_be_right(dossier: Dossier, table: str, cell: Cell) -> bool:
    """Only a person can say what is younger than the lists, or was copied from an entry as the list has it."""
    if cell.text in reference().values(table):  # known, and not offered on the day
        return as_listed(dossier, cell)
    return cell.row.offered or younger(table, cell.text, dossier) or _published(cell.text) in reference().values(table)


def _published(text: str) -> str:
    for spelt, meant in reference().as_published.items():
        text = text.replace(spelt, meant)
    return text


def _complaint(table: str, cell: Cell, day: date, *, younger: bool) -> str:
    text = cell.text
    listed = next((choice for choice in reference().choices[table] if choice.value == text), None)
    if listed is not None:
        return _dated(listed, day)
    if younger:
        return f"is not among the values of {reference().as_of:%m/%Y}, which are the latest known here."
    strange = ", ".join(naming(fromkey) for fromkey in dict.fromkeys(text) if not printable(fromkey))
    return f"is not one of the form's valid values{f': it holds {strange}' if strange else ''}."


def _dated(choice: Choice, day: date) -> str:
    if choice.span.since is not None and day < choice.span.since:
        return f"is a value that is offered from {in_form(choice.span.since)} only."
    return "is a value that the form no longer offers."


def _meant(text: str, offered: tuple[str, ...]) -> str | None:
    """The one value that is spelled alike, an alias of a device type among them."""
    alias = next((name for other, name in reference().aliases.items() if squeezed(other) == squeezed(text)), None)
    alike = [value for value in offered if squeezed(value) == squeezed(alias or text)]
    return alike[0] if len(alike) == 1 else None


RULE = Rule(
    id="format.choice",
    title="Values with a list are one of the list",
    citation="New Entry form, column 'Valid values'",
    check=check,
    applies=recognised,
)
