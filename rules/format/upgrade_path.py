"""The Firmware Upgrade Path names entries of the list, or says that there are none.

What: the row holds one or several Entry numbers of six digits, from 000001 to 999999, separated by commas, semicolons,
blanks or lines; or `N/A`, where no version can be upgraded to this one. It may be left empty. Of `none` or
`000123 / 000124`, which say the same in other words, a person decides.
Why: a supplier looks up each of them to learn which meters may be given this firmware.
Good: `000123`; `000123, 000124`; `N/A`.
Bad: `123`; `version 1.2`; `000000`.
What to do: write the numbers as the list gives them, with their leading noughts.
Clause: SEC modification MP231, the proposed row 'Firmware Upgrade Path'.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import text_shaped
from rules.rule import Rule
from rules.shapes import ENTRY_IDS

_SHAPE = "entry_ids"


def applies(dossier: Dossier) -> bool:
    """Apply where the form has the row and it is filled."""
    return text_shaped(dossier, _SHAPE) is not None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of anything but numbers of entries and `N/A`; ask where only the spelling is another."""
    cell = text_shaped(dossier, _SHAPE)
    if cell is None or ENTRY_IDS.fits(cell.text):
        return
    clear = ENTRY_IDS.clear(cell.text)
    yield cell.fault(
        "says it in other words than the list does." if clear else "is not a list of six-digit Entry numbers, nor N/A.",
        expected=ENTRY_IDS.expected,
        suggestion=ENTRY_IDS.meant(cell.text),
        unknown=clear,
    )


RULE = Rule(
    id="format.upgrade_path",
    title="The Firmware Upgrade Path names entries",
    citation="MP231, Firmware Upgrade Path",
    check=check,
    applies=applies,
)
