"""An image with a hash should be described.

What: where Manufacturer_Image.hash is filled, Manufacturer_Image.descriptor says whether this is the complete image
or a fragment, and names the ZigBee band or bands.
Why: two fragments of one release are two entries, which only the descriptor tells apart.
Good: `Complete image; Dual Band`.
Noted: a hash with an empty descriptor.
Bad: nothing; the cell is optional and this rule only takes note.
What to do: describe the image in the next form.
Clause: New Entry form, Manufacturer_Image.descriptor.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import cell_named, recognised
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where a hash is stated."""
    image = cell_named(dossier, FormField.IMAGE_HASH)
    return recognised(dossier) and image is not None and image.filled


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note an empty descriptor."""
    cell = cell_named(dossier, FormField.IMAGE_DESCRIPTOR)
    if cell is not None and not cell.filled:
        yield cell.fault("is empty although a hash is stated.", expected="complete image or fragment, and ZigBee band")


RULE = Rule(
    id="format.image_descriptor",
    title="An image with a hash is described",
    citation="New Entry form, Manufacturer_Image.descriptor",
    check=check,
    applies=applies,
)
