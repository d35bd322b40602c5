"""No entry is on the list already.

What: the list has no Current entry of the same device type, the same five Device_Model fields and the same SMETS or
CHTS and GBCS versions. A submission that adds the hash to such an entry is no duplicate; register.hash_update judges
it.
Why: an entry stands on the list once; a second one would have to be removed again.
Good: a firmware version that is not on the list.
Bad: all the details of the Current entry 000123, hash and all.
What to do: look the entry up in the list; to add its hash, say in the mail that it is an update and quote its number.
Clause: SEC Section F2.1; guidance section 4 for updates.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import cell_named
from rules.published import IDENTITY, listed
from rules.register._entry import identical, is_update, key, list_given
from rules.rule import Rule
from rules.text import shown


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form states a whole model that it does not mean to update."""
    return list_given(dossier) and key(dossier, IDENTITY) is not None and not is_update(dossier)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain once of the entries that are the same."""
    same = identical(dossier)
    cell = cell_named(dossier, FormField.FIRMWARE_VERSION)
    if same and cell is not None:
        message = f"This Device Model is on the list already, with the same versions: entry {listed(same)}."
        yield Finding(
            message=message,
            field=cell.field.name,
            where=cell.row.where,
            said=shown(cell.row.value),
            expected="an entry that is not on the list",
        )


RULE = Rule(
    id="register.duplicate",
    title="The entry is not on the list already",
    citation="SEC F2.1; guidance 4",
    check=check,
    applies=applies,
)
