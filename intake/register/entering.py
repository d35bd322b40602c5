"""Makes a change of the list of an approved New Entry form: a new entry, or the hash of one that the list has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.register.changes import EDITABLE, HASH_FIELDS, ChangeKind, ListChange, column, is_fir
from rules.days import in_form, stated_date
from rules.facts import Dossier, FormRow, folded
from rules.fields import FormField
from rules.published import UPGRADE_PATH
from rules.register._entry import is_update, original
from rules.shapes import ENTRY_IDS
from rules.text import trimmed

_OWN = {FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS}
_CONTACT = (FormField.CONTACT_NAME, FormField.CONTACT_TELEPHONE, FormField.CONTACT_EMAIL)
_PATH_LABEL = "upgrade path"


@dataclass(frozen=True, slots=True)
class CpaContact:
    """Whom notices about a CPA certificate go to, as the form states it; never published."""

    name: str
    telephone: str
    email: str


def entering(dossier: Dossier, day: date) -> ListChange:
    """Make the change that the approval of a form leads to.

    Args:
        dossier: with the form under judgement, as it was approved; the lines of the list in it are those of now.
        day: of the approval, in London.
    """
    values = stated_values(dossier)
    line = original(dossier) if dossier.register is not None and is_update(dossier) else None
    if line is None:
        return ListChange(ChangeKind.ADD, day, values=values)
    kept = {name: text for name, text in values.items() if name in HASH_FIELDS or (is_fir(name) and text)}
    return ListChange(ChangeKind.UPDATE_HASH, day, (line.number,), kept, reason="Its manufacturer's image is listed.")


def stated_values(dossier: Dossier) -> dict[str, str]:
    """Give what a form states by the list's columns, and the fields of the Firmware Information Repository."""
    values: dict[str, str] = {}
    for row in dossier.new_entry.rows:
        name = UPGRADE_PATH if _PATH_LABEL in folded(row.field) else column(_known(row.field))
        if name in EDITABLE or name == UPGRADE_PATH or is_fir(name):
            values.setdefault(name, _text(name, row))
    return {name: text for name, text in values.items() if text or name != UPGRADE_PATH}


def contact_of(dossier: Dossier) -> CpaContact:
    """Give the contact that a form states for its CPA certificate; its parts are empty where it states none."""
    return CpaContact(*(dossier.new_entry.value(name) for name in _CONTACT))


def _known(field: str) -> str:
    """The field's name as the code writes it, whatever its case on the form."""
    return _FIELDS.get(folded(field), field)


_FIELDS = {folded(name): str(name) for name in FormField if name not in _OWN}


def _text(name: str, row: FormRow) -> str:
    """A value as it is published: on one line, a day as the list writes days."""
    text = " ".join(row.value.split()) if is_fir(name) else trimmed(row.value)
    day = stated_date(text) if name == FormField.CPA_DATE else None
    if day is not None:
        return in_form(day)
    return ENTRY_IDS.meant(text) or text if name == UPGRADE_PATH and text else text
