"""The entry under judgement beside the lines of the list."""

from __future__ import annotations

from collections.abc import Iterable

from rules.facts import Dossier, RegisterEntry
from rules.fields import FormField
from rules.form import Cell, cell_named, recognised, text_named
from rules.published import IDENTITY, MODEL, is_current, key_of, published, same, same_form
from rules.shapes import ENTRY_NUMBER


def list_given(dossier: Dossier) -> bool:
    """Tell whether there is a list to compare with, and a form to compare."""
    return dossier.register is not None and recognised(dossier)


def lines(dossier: Dossier) -> tuple[RegisterEntry, ...]:
    """Give the lines of the list that were given."""
    return dossier.register or ()


def text(dossier: Dossier, name: FormField) -> str:
    """Give the form's text of the field; empty where it has none that is to be judged."""
    cell = text_named(dossier, name)
    return cell.text if cell is not None else ""


def key(dossier: Dossier, names: Iterable[FormField]) -> tuple[str, ...] | None:
    """Give these fields of the form, comparable; None where one of them is not stated."""
    stated = [(name, text(dossier, name)) for name in names]
    return tuple(same_form(name, value) for name, value in stated) if all(value for _, value in stated) else None


def of_model(dossier: Dossier) -> list[RegisterEntry]:
    """Give the lines of the same device type and Device Model."""
    wanted = key(dossier, MODEL)
    return [line for line in lines(dossier) if wanted is not None and key_of(line, MODEL) == wanted]


def identical(dossier: Dossier) -> list[RegisterEntry]:
    """Give the Current lines of the same type, model and versions."""
    wanted = key(dossier, IDENTITY)
    return [line for line in of_model(dossier) if is_current(line) and key_of(line, IDENTITY) == wanted]


def same_versions(dossier: Dossier, line: RegisterEntry) -> bool:
    """Tell whether the line has the form's SMETS or CHTS and GBCS versions."""
    return all(same(name, text(dossier, name), line) for name in (FormField.SMETS_VERSION, FormField.GBCS_VERSION))


def quoted_number(dossier: Dossier) -> str | None:
    """Give the number of the entry that the form speaks of, where it quotes one."""
    cell = cell_named(dossier, FormField.ENTRY_NUMBER)
    return cell.text if cell is not None and ENTRY_NUMBER.fullmatch(cell.text) else None


def states_hash(dossier: Dossier) -> bool:
    """Tell whether the form has anything in the cell of the hash."""
    cell = cell_named(dossier, FormField.IMAGE_HASH)
    return cell is not None and cell.filled


def is_update(dossier: Dossier) -> bool:
    """Tell whether the submission is about a line that is on the list already (guidance section 4).

    It says so, quotes the line's number, or adds the hash that the line lacks.
    """
    called_update = dossier.message is not None and dossier.message.kind == "update"
    lacking = states_hash(dossier) and any(not published(line, FormField.IMAGE_HASH) for line in identical(dossier))
    return called_update or quoted_number(dossier) is not None or lacking


def original(dossier: Dossier) -> RegisterEntry | None:
    """Give the line that an update is about; None where it cannot be told."""
    number = quoted_number(dossier)
    if number is not None:
        return next((line for line in lines(dossier) if line.number == number), None)
    alike = identical(dossier) or of_model(dossier)
    lacking = [line for line in alike if not published(line, FormField.IMAGE_HASH)] or alike
    return lacking[0] if len(lacking) == 1 else None


def as_listed(dossier: Dossier, *stated: Cell) -> bool:
    """Tell whether an update states of these fields what its line has, as it must, whatever the form offers today."""
    line = original(dossier) if list_given(dossier) and is_update(dossier) else None
    return line is not None and all(same(cell.field.name, cell.text, line) for cell in stated)
