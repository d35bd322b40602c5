"""The ZigBee certificate number is like those on the list.

What: the number has the shape `ZIGyynnnZSEsssss-24`. In the numbers of 2015 to 2022 the difference between `sssss` and
`nnn` is the same all year, so that another difference may be a slip of the pen. Nobody has laid this down: it was
computed from the list of September 2022, and the rule decides nothing.
Why: a number with two digits changed places is well formed, and nothing else would show it.
Good: `ZIG17037ZSE12536-24`.
Bad: `ZIG17037ZSE12563-24`; `ZIG21078ZSE13067-2`.
What to do: compare the number with the certificate, letter by letter.
Clause: none; the published list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.alignment._device_model import ZIGBEE
from rules.device import needs, text_of
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule

_SHAPE = re.compile(r"ZIG([0-9]{2})([0-9]{3})ZSE([0-9]{5})-24")
_APART = {15: 12375, 16: 12435, 17: 12499, 18: 12623, 19: 12766, 20: 12882, 21: 12989, 22: 13080}
"""By the last two digits of the year: sssss less nnn, in all 299 numbers of the list of 21 September 2022."""


def applies(dossier: Dossier) -> bool:
    """Apply where the form states a number that the device may need."""
    return needs(ZIGBEE.assurance, dossier.new_entry) is not False and bool(text_of(dossier.new_entry, ZIGBEE.field))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note another shape, or another difference than the year's."""
    text = text_of(dossier.new_entry, ZIGBEE.field)
    match = _SHAPE.fullmatch(text)
    if match is None:
        yield _note(dossier, "is not in the format of the numbers on the list.", "ZIGyynnnZSEsssss-24")
        return
    year, number, serial = (int(part) for part in match.groups())
    if year in _APART and serial - number != _APART[year]:
        likely = f"ZIG{match[1]}{match[2]}ZSE{number + _APART[year]}-24"
        yield _note(dossier, f"is unlike the other numbers of 20{match[1]}; its parts do not fit each other.", likely)


def _note(dossier: Dossier, message: str, expected: str) -> Finding:
    row = dossier.new_entry.row(ZIGBEE.field)
    return Finding(
        message=f"{ZIGBEE.field} {message}",
        field=ZIGBEE.field,
        where=row.where if row else None,
        said=text_of(dossier.new_entry, ZIGBEE.field),
        expected=expected,
    )


RULE = Rule(
    id="alignment.zse_serial",
    title="The ZigBee certificate number is like those on the list",
    citation="The published list",
    check=check,
    applies=applies,
)
