"""A submission states an entry once.

What: no other workbook of the same message has the same device type, the same five Device_Model fields and the same
SMETS or CHTS and GBCS versions. No published list is needed for this.
Why: each workbook becomes an entry, and an entry stands on the list once. A second form of the same model may be a
copy, an earlier draft that was quoted along, or a form whose firmware was not changed after copying.
Good: two workbooks for two firmware versions.
Bad: `form.xlsx` and `form (corrected).xlsx` for the same Device Model in one message.
What to do: send one workbook for each entry, and the corrected one alone.
Clause: guidance section 3, step 4; SEC Section F2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rules.facts import Dossier, NewEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.form import cell_named, recognised
from rules.published import IDENTITY, same_form
from rules.rule import Rule

_MOST_NAMED = 5


def applies(dossier: Dossier) -> bool:
    """Apply where there are several workbooks, and this one states all that tells entries apart."""
    return len(dossier.entries) > 1 and recognised(dossier) and _identity(dossier.new_entry) is not None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask which of several forms of one entry is meant."""
    own = _identity(dossier.new_entry)
    identities = zip(dossier.entries, _identities(dossier.entries), strict=True)
    others = sorted(
        {e.document or "" for e, identity in identities if identity == own and e.document != dossier.new_entry.document}
    )
    cell = cell_named(dossier, FormField.FIRMWARE_VERSION)
    if others and cell is not None:
        named = ", ".join(others[:_MOST_NAMED]) + (" and others" if len(others) > _MOST_NAMED else "")
        yield cell.fault(
            f"is of a device and of versions that another workbook of the submission states as well: {named}.",
            expected="one workbook an entry",
        )


@lru_cache(maxsize=4)
def _identities(entries: tuple[NewEntry, ...]) -> tuple[tuple[str, ...] | None, ...]:
    """Every entry asks for all of them, so they are made once a message."""
    return tuple(_identity(entry) for entry in entries)


def _identity(entry: NewEntry) -> tuple[str, ...] | None:
    """What makes two forms one entry; None where the form does not state all of it."""
    stated = [(name, entry.value(name)) for name in IDENTITY]
    return tuple(same_form(name, value) for name, value in stated) if all(value for _, value in stated) else None


RULE = Rule(
    id="register.repeated",
    title="The submission states the entry once",
    citation="Guidance 3, step 4; SEC F2.1",
    check=check,
    applies=applies,
)
