"""Cells that the form forbids for this device are empty.

What: a Pre-Payment Interface Device states no CPA certificate and no CPA contact; a SMETS1 device states no
certificate and no CPA contact at all; the firmware repository rows are for gas and electricity meters alone.
Why: a value in such a cell says that the form is about another kind of device than it states.
Good: a Pre-Payment Interface Device with the three CPA_Certificate cells and the Contact-CPA cells empty.
Bad: a Communications Hub with 'Manufacturer Contact FIR.Website' filled in.
What to do: clear the cell, or correct the device type or the SMETS version.
Clause: New Entry form, column 'Conditionality rule'; guidance appendix A 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import cells, kind_unknown, recognised
from rules.profile import Presence
from rules.rule import Rule


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every forbidden cell that is filled."""
    filled = [cell for cell in cells(dossier) if cell.filled]
    for cell in filled:
        if cell.presence is Presence.EMPTY:
            yield cell.fault("must be empty for this device.", expected="(leave empty)", by_kind=True)
    if any(cell.perhaps(Presence.EMPTY) for cell in filled):
        yield kind_unknown(dossier, "which of the filled cells must be empty")


RULE = Rule(
    id="format.must_be_empty",
    title="Cells not meant for this device are empty",
    citation="New Entry form, column 'Conditionality rule'; guidance appendix A 2.1",
    check=check,
    applies=recognised,
)
