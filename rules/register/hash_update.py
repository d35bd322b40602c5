"""An update adds the hash to an entry of the list and changes nothing else.

What: a submission that updates an entry equals that entry in every field that is published, but for the
Manufacturer_Image fields that the list has empty. The entry is the one whose number is quoted; without a number, the
one of the same model and versions. Blanks, capitals and the way in which a day is written make no difference.
Why: what the list says has been checked against certificates; an update is not checked against them again.
Good: all the details of the first submission, with creator, hash and descriptor filled in.
Bad: another firmware version, or another certificate number, than the entry has.
What to do: use the same details as in the first submission; for anything else that has changed, submit a new entry.
Clause: guidance section 4; SEC Appendix Z section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, RegisterEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.form import Cell, cell_named, cells
from rules.profile import Presence
from rules.published import has, is_current, published, same
from rules.register._entry import is_update, list_given, original, quoted_number, states_hash
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the submission means to update an entry of it."""
    return list_given(dossier) and is_update(dossier)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every field that differs from the entry; ask where it cannot be told which entry is meant."""
    line = original(dossier)
    if line is None:
        yield _not_found(dossier)
        return
    if not is_current(line):
        yield _about(
            dossier, FormField.ENTRY_NUMBER, f"Entry {line.number}, which is to be updated, was removed from the list."
        )
    for cell in cells(dossier):
        if _compared(cell, line) and not same(cell.field.name, cell.text, line):
            before = published(line, cell.field.name)
            yield cell.fault(
                f"differs from entry {line.number}, which is to be updated.", expected=before or "(leave empty)"
            )
    yield from _hash(dossier, line)


def _not_found(dossier: Dossier) -> Finding:
    number = quoted_number(dossier)
    if number is not None:
        return _about(dossier, FormField.ENTRY_NUMBER, f"The list has no entry {number} to be updated.")
    return _about(dossier, FormField.ENTRY_NUMBER, "It cannot be told which entry of the list is to be updated.")


def _about(dossier: Dossier, name: FormField, message: str) -> Finding:
    cell = cell_named(dossier, name)
    where = cell.row.where if cell is not None else None
    number = quoted_number(dossier) if name == FormField.ENTRY_NUMBER else None
    return Finding(message=message, field=name, where=where, said=number, unknown=True)


def _compared(cell: Cell, line: RegisterEntry) -> bool:
    name = cell.field.name
    if cell.presence is Presence.ALLOCATED or name == FormField.IMAGE_HASH or not has(line, name):
        return False
    if cell.filled and not cell.is_text:  # of which `format.text_cells` speaks
        return False
    return name not in {FormField.IMAGE_CREATOR, FormField.IMAGE_DESCRIPTOR} or bool(published(line, name))


def _hash(dossier: Dossier, line: RegisterEntry) -> Iterator[Finding]:
    cell = cell_named(dossier, FormField.IMAGE_HASH)
    if cell is None or not states_hash(dossier):
        yield _about(
            dossier,
            FormField.IMAGE_HASH,
            f"The update of entry {line.number} states no hash, so what it updates is unclear.",
        )
    elif not published(line, FormField.IMAGE_HASH):
        return
    elif same(FormField.IMAGE_HASH, cell.text, line):
        yield cell.fault(f"is on the list already, in entry {line.number}.", expected="a hash that the list lacks")
    else:
        before = published(line, FormField.IMAGE_HASH)
        yield cell.fault(f"would replace another hash of entry {line.number}.", expected=before, unknown=True)


RULE = Rule(
    id="register.hash_update",
    title="An update adds the hash and changes nothing else",
    citation="Guidance 4; SEC Appendix Z 4.1",
    check=check,
    applies=applies,
)
