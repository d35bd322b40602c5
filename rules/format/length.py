"""No cell is longer than the form allows.

What: the length of a text is counted in bytes of UTF-8, so that an accented letter counts as two or more.
Why: the systems that load the list cut off or refuse what does not fit.
Good: a Post Code of up to 8 bytes; a ZSE_Certificate.identification_number of up to 40.
Bad: `[E] NCSC-1433053936-39170000` (28 bytes) as CPA_Certificate.identification_number, which holds 24.
What to do: shorten the text.
Clause: New Entry form, column 'Format'.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule
from rules.text import as_printed


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every text with more bytes than its field holds."""
    for cell in texts(dossier):
        most = cell.field.octets
        text = as_printed(cell.text) if cell.field.printable else cell.text
        size = len(text.encode("utf-8", "surrogatepass"))
        if most is not None and size > most:
            yield cell.fault(f"is {size} bytes long.", expected=f"at most {most} bytes in UTF-8")


RULE = Rule(
    id="format.length",
    title="Texts are no longer than the form allows",
    citation="New Entry form, column 'Format'",
    check=check,
    applies=recognised,
)
