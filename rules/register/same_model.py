"""A model that is on the list under other versions is asked about.

What: the list has no entry of the same device type and the same five Device_Model fields with another SMETS or CHTS or
GBCS version, and no Removed entry of the same versions.
Why: the same firmware under a second version may be right, as when a device was certified anew, or a slip of the pen;
an entry that was removed was removed for a reason.
Good: a model that is not on the list.
Bad: the model of entry 000040, which is listed with `GBCS Version 1.0`, with `GBCS Version 1.1`.
What to do: say in the submission why the model is to be listed again.
Clause: SEC Section F2.1; SEC applicability tables of technical specifications.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, RegisterEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.form import Cell, cell_named
from rules.published import MODEL, is_current, published, same
from rules.register._entry import is_update, key, list_given, of_model, same_versions, text
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form states a whole model that it does not mean to update."""
    return list_given(dossier) and key(dossier, MODEL) is not None and not is_update(dossier)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every line of the same model that is not the same entry."""
    for line in of_model(dossier):
        alike = same_versions(dossier, line)
        cell = _differing(dossier, line)
        if cell is None or (alike and is_current(line)):
            continue
        if alike:
            yield cell.fault(f"and all else are those of entry {line.number}, which was removed from the list.")
        else:
            versions = f"{published(line, FormField.SMETS_VERSION)} and {published(line, FormField.GBCS_VERSION)}"
            yield cell.fault(f"differs from entry {line.number} of the same model.", expected=versions)


def _differing(dossier: Dossier, line: RegisterEntry) -> Cell | None:
    """The cell of the version that differs; of the first one where none does."""
    names = [
        name for name in (FormField.SMETS_VERSION, FormField.GBCS_VERSION) if not same(name, text(dossier, name), line)
    ]
    return cell_named(dossier, names[0] if names else FormField.SMETS_VERSION)


RULE = Rule(
    id="register.same_model",
    title="The model is not on the list under other versions",
    citation="SEC F2.1; SEC applicability tables",
    check=check,
    applies=applies,
)
