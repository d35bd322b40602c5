"""No filled cell is hidden from the reader.

What: a filled cell's row, column and sheet can be seen when the workbook is opened, and the cell shows the text that it
holds: a number format can hide a text, put words around it, or show another one in its place.
Why: what a person approves must be what a person can see.
Good: the form as SECAS issues it.
Bad: a form whose row Manufacturer_Image.hash is hidden while its cell is filled; a cell formatted as `;;;`.
What to do: unhide the rows, columns and sheets of the form, format its cells as Text and check what stands there.
Clause: guidance section 3, step 3: the form is completed in the cells that it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import cells, recognised
from rules.rule import Rule
from rules.text import shown

_QUOTED = re.compile(r'"[^"]*"|\\.')
_WORDS = "!"
"""Stands for words that the format shows."""
_ASIDE = re.compile(r"\[[^\]]*\]|[_*].")
"""Colours and conditions, and what only takes up room."""
_PALE = re.compile(r"\[(?:white|yellow|cyan|colou?r ?(?:2|6|8|19|20|24|27|28|3[4-9]|40))\]", re.IGNORECASE)
"""Colours of a format that cannot be read on a form's pale cells, by name and by their numbers in Excel's palette."""
_FOR_TEXT = 3
"""The part of a format, counted from 0."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every filled cell that is hidden."""
    for cell in cells(dossier):
        if cell.row.hidden and cell.filled:
            yield cell.fault("is filled in but hidden.", expected="a cell that can be seen")
        elif cell.is_text and cell.filled and not _shows_text(cell.row.number_format):
            shape = shown(cell.row.number_format)
            yield cell.fault(
                f"is shown otherwise than it is kept, by the number format {shape}.",
                expected="a cell formatted as Text",
            )


def _shows_text(number_format: str) -> bool:
    """Whether a text under this number format is shown as it is, and in a colour that can be read.

    The fourth part of a format is for text, or the last one where it has an `@`; without either, text stays as it is.
    """
    plain = _QUOTED.sub(lambda match: _WORDS if match[0].strip('" \\') else "", number_format)
    parts = plain.split(";")
    part = (
        parts[_FOR_TEXT]
        if len(parts) > _FOR_TEXT
        else next((section for section in reversed(parts) if "@" in section), "@")
    )
    return not _PALE.search(part) and _ASIDE.sub("", part).strip().casefold() in {"@", "general"}


RULE = Rule(
    id="format.hidden_cells",
    title="Filled cells can be seen",
    citation="Guidance 3, step 3",
    check=check,
    applies=recognised,
)
