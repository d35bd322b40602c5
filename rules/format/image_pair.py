"""A Manufacturer Image is stated with both its creator and its hash, or not at all.

What: Manufacturer_Image.creator and Manufacturer_Image.hash are both filled or both empty.
Why: the hash alone names nobody who could have signed for it, and a creator without a hash names nothing.
Good: both filled, or both empty.
Bad: a hash without a creator.
What to do: fill in the cell that is missing, or clear the other.
Clause: New Entry form, Manufacturer_Image rows; SEC Appendix Z section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import cell_named, recognised
from rules.rule import Rule

_PAIR = (FormField.IMAGE_CREATOR, FormField.IMAGE_HASH)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain at the empty one of the two, where the other is filled."""
    cells = [cell for cell in (cell_named(dossier, name) for name in _PAIR) if cell is not None]
    if not any(cell.filled for cell in cells):
        return
    for cell in cells:
        if not cell.filled:
            other = next(pair.field.name for pair in cells if pair.filled)
            yield cell.fault(f"is empty, though {other} is filled in.", expected="both or neither")


RULE = Rule(
    id="format.image_pair",
    title="Image creator and hash are stated together",
    citation="New Entry form, Manufacturer_Image; SEC Appendix Z 4.1",
    check=check,
    applies=recognised,
)
