"""Every cell that the form requires for this device is filled.

What: the cells that must be filled for the device type, and for SMETS1 or later, hold something to be seen. Words that
only hold the place of a text that is still to come are asked about, and so are those that say that there is none:
but an address may do without a house number and a post code, and a release without notes.
Why: an entry of the list must state all of its attributes, and SECAS needs somebody to write to.
Good: a Gas Smart Meter with CPA and ZigBee certificates, CPA contact and firmware repository rows.
Bad: the same with Device_Model.firmware_version left empty, or with a single space in it.
Asked about: `TBC` as the description of the release; `N/A` as the contact's name.
What to do: fill in the named cell; the form's column 'Conditionality rule' says when it is needed.
Clause: New Entry form, column 'Conditionality rule'; guidance section 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import Cell, cells, kind_unknown, recognised, texts
from rules.format._to_come import is_nothing, is_to_come
from rules.profile import Presence
from rules.rule import Rule

_MAY_LACK = {FormField.FIR_HOUSE_NUMBER, FormField.FIR_POST_CODE, FormField.RELEASE_NOTES}
"""Required fields of which there may truly be nothing to state."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every required cell that is empty, and ask about those whose text is still to come."""
    asked = [cell for cell in cells(dossier) if cell.presence is not Presence.ALLOCATED]
    empty = [cell for cell in asked if not cell.filled]
    if asked and len(empty) == len(asked):
        yield _empty_form(asked, beside_another=_is_another_filled(dossier))
        return
    for cell in empty:
        if cell.presence is Presence.REQUIRED:
            yield cell.fault("must be filled in.", expected="a value", by_kind=len(cell.field.presence) > 1)
    for cell in texts(dossier):
        if not cell.field.coded and is_to_come(cell.text):
            message = "seems to be a placeholder for a text that is still to come."
            yield cell.fault(message, expected="the text itself", unknown=True)
        elif _says_none(cell):
            message = "must be filled in for this device, and what stands there says that there is none."
            yield cell.fault(message, expected="a value", unknown=True)
    if any(cell.perhaps(Presence.REQUIRED) for cell in empty):
        yield kind_unknown(dossier, "which further cells must be filled in")


def _says_none(cell: Cell) -> bool:
    """Whether a cell that must state something states that there is nothing."""
    may_lack = cell.field.name in _MAY_LACK
    judged = cell.field.coded or cell.field.emails  # by rules of their shape
    asked = cell.presence is Presence.REQUIRED and not judged and not may_lack
    return asked and is_nothing(cell.text)


def _is_another_filled(dossier: Dossier) -> bool:
    """Whether another form of the submission is filled in; the empty one may then have been attached by mistake."""
    others = (entry for entry in dossier.entries if entry is not dossier.new_entry)
    return any(entry.value(FormField.FIRMWARE_VERSION) for entry in others)


def _empty_form(asked: list[Cell], *, beside_another: bool) -> Finding:
    """One finding, for a list of every cell would say less."""
    first = asked[0]
    remedy = "Fill in the form, and send it again with its certificates."
    if beside_another:
        remedy = "Tell us whether the empty form can be left out, or fill it in and send it."
    return Finding(
        message="The form is empty: nothing is filled in under 'New Entry's Details'.",
        where=first.row.where,
        covers=tuple(cell.field.name for cell in asked),
        expected="a form that is filled in",
        remedy="Tell us whether the empty form can be left out, or fill it in and send it."
        if beside_another
        else remedy,
        unknown=beside_another,
    )


RULE = Rule(
    id="format.required",
    title="Required cells are filled",
    citation="New Entry form, column 'Conditionality rule'; guidance 3",
    check=check,
    applies=recognised,
)
