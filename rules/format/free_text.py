"""Blanks around free text, and invisible characters in it, are noted.

What: names, addresses, descriptions and the like have no blanks at their ends and no invisible character within;
line breaks within are fine.
Why: they do no harm in the list, but often show that a value was copied from elsewhere with more than was meant.
Good: `EDMI Europe Limited`.
Noted: `EDMI Europe Limited ` with a no-break space behind it.
Bad: nothing; this rule only takes note.
What to do: nothing needs to be done; the next form is better without them.
Clause: New Entry form, column 'Format'.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule
from rules.text import invisible, plain


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note every free text with something invisible at its ends or within."""
    for cell in texts(dossier):
        if cell.field.coded:
            continue
        hidden = any(invisible(character) and character not in "\r\n\t" for character in cell.text)
        if hidden or cell.row.value != cell.text:
            yield cell.fault("holds blanks around it or characters that cannot be seen.", suggestion=plain(cell.text))


RULE = Rule(
    id="format.free_text",
    title="Blanks and invisible characters in free text",
    citation="New Entry form, column 'Format'",
    check=check,
    applies=recognised,
)
