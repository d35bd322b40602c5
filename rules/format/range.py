"""Hexadecimal identifiers lie within the range that the form allows.

What: of the Device_Model fields, manufacturer_identifier goes up to FF:FE and model_identifier up to FF:BF.
Why: in the OTA header the values above have meanings of their own, such as 'any manufacturer'.
Good: `FF:FE` as manufacturer_identifier; `FF:BF` as model_identifier.
Bad: `FF:FF` as manufacturer_identifier; `FF:C0` as model_identifier.
What to do: state the identifier that the OTA header of this device's images carries.
Clause: New Entry form, column 'Valid values'; guidance appendix A 2.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule
from rules.shapes import SHAPES


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every value of the right shape that is too high."""
    for cell in texts(dossier):
        highest = cell.field.highest
        if highest is None or not SHAPES[cell.field.shape or ""].fits(cell.text):
            continue
        if cell.text > highest:  # both are of one shape, so their order as text is their order as numbers
            yield cell.fault("is above the range of valid values.", expected=f"at most {highest}")


RULE = Rule(
    id="format.range",
    title="Hexadecimal values lie in their range",
    citation="New Entry form, column 'Valid values'; guidance appendix A 2.7",
    check=check,
    applies=recognised,
)
