"""The cells that SECAS fills in are left as they are.

What: Entry.number and Entry.status are empty or hold the form's own placeholder.
An update of an entry that is on the list already may quote that entry's number, six digits from 000001 to 999999.
Why: numbers are given out in order, once and for ever, when an entry is accepted.
Good: the placeholder `This value is allocated by SECAS`, or nothing.
Bad: `000733` in a new submission; `Current` under Entry.status.
What to do: clear the cell, or put the placeholder back.
Clause: New Entry form, rows Entry.number and Entry.status; guidance section 4 for updates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.facts import Dossier, folded
from rules.fields import FormField
from rules.finding import Finding
from rules.form import Cell, cell_named, cells, recognised
from rules.profile import Presence
from rules.rule import Rule

_PLACEHOLDER = "This value is allocated by SECAS"
_NUMBER = re.compile(r"(?!000000)[0-9]{6}")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every cell of SECAS' that holds something else."""
    for cell in cells(dossier):
        if cell.presence is not Presence.ALLOCATED or not cell.filled or _is_placeholder(cell):
            continue
        quoted = cell.field.name == FormField.ENTRY_NUMBER and _NUMBER.fullmatch(cell.text) is not None
        if quoted and _is_update(dossier):
            continue
        if quoted and _may_be_update(dossier):
            yield cell.fault("quotes a number: right in an update of that entry, wrong in a new one.", unknown=True)
            continue
        yield cell.fault("is filled in by SECAS.", expected=f"(leave empty), or '{_PLACEHOLDER}'")


def _is_placeholder(cell: Cell) -> bool:
    return folded(cell.text) == folded(_PLACEHOLDER)


def _is_update(dossier: Dossier) -> bool:
    return dossier.message is not None and dossier.message.kind == "update"


def _may_be_update(dossier: Dossier) -> bool:
    """Loose files, or a mail that does not say what it is, with a hash in the form."""
    told = dossier.message is not None and dossier.message.kind != "unclear"
    image = cell_named(dossier, FormField.IMAGE_HASH)
    return not told and image is not None and image.filled


RULE = Rule(
    id="format.allocated",
    title="Cells that SECAS fills in are left alone",
    citation="New Entry form, Entry.number and Entry.status; guidance 4",
    check=check,
    applies=recognised,
)
