"""The Firmware Upgrade Path names entries of the list, or says that there are none.

What: the row holds one or several Entry numbers of six digits, from 000001 to 999999, separated by commas, semicolons,
blanks or lines; or `N/A`, where no version can be upgraded to this one. It may be left empty.
Why: a supplier looks up each of them to learn which meters may be given this firmware.
Good: `000123`; `000123, 000124`; `N/A`.
Bad: `123`; `version 1.2`; `000000`; `none`.
What to do: write the numbers as the list gives them, with their leading noughts.
Clause: SEC modification MP231, the proposed row 'Firmware Upgrade Path'.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import text_shaped
from rules.rule import Rule
from rules.shapes import SHAPES

_SHAPE = "entry_ids"


def applies(dossier: Dossier) -> bool:
    """Where the form has the row and it is filled."""
    return text_shaped(dossier, _SHAPE) is not None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of anything but numbers of entries and `N/A`."""
    cell, shape = text_shaped(dossier, _SHAPE), SHAPES[_SHAPE]
    if cell is not None and not shape.fits(cell.text):
        yield cell.fault(
            "is not a list of six-digit Entry numbers, nor N/A.",
            expected=shape.expected,
            suggestion=shape.meant(cell.text),
        )


RULE = Rule(
    id="format.upgrade_path",
    title="The Firmware Upgrade Path names entries",
    citation="MP231, Firmware Upgrade Path",
    check=check,
    applies=applies,
)
