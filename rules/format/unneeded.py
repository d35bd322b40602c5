"""Cells that are not needed for this device are noted where they are filled.

What: the two DLMS_Certificate cells of a device that needs no DLMS certificate.
Why: the form lets them be filled, yet nothing is done with them; they may be a sign of the wrong device type.
Good: a Gas Smart Meter with both DLMS_Certificate cells empty.
Noted: a Gas Smart Meter that states a DLMS certificate.
Bad: nothing; this rule only takes note.
What to do: leave the cell empty, unless the device type is the mistake.
Clause: New Entry form, column 'Conditionality rule' of the DLMS_Certificate rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import cells, recognised
from rules.profile import Presence
from rules.rule import Rule


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note every cell that is filled to no purpose."""
    for cell in cells(dossier):
        if cell.presence is Presence.UNNEEDED and cell.filled:
            yield cell.fault("is not needed for this device.", expected="(leave empty)", by_kind=True)


RULE = Rule(
    id="format.unneeded",
    title="Cells not needed for this device",
    citation="New Entry form, column 'Conditionality rule', DLMS_Certificate",
    check=check,
    applies=recognised,
)
