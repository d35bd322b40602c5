"""Lines of the published list for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dossiers import SMETS, a_dossier, a_form, a_message, a_row

from rules.facts import Dossier, NewEntry, RegisterEntry
from rules.fields import FormField
from rules.published import COLUMNS, PUBLISHED, UPGRADE_PATH

PATH = ("Firmware Upgrade Path", "Entry ids")


def a_line(
    form: NewEntry, number: str = "000123", changes: Mapping[str, str] | None = None, status: str = "Current"
) -> RegisterEntry:
    """The line that publishes this form, but for the changes."""
    of_form = {name: name for name in PUBLISHED[2:]} | {COLUMNS[SMETS]: SMETS}
    fields = {column: form.value(FormField(name)) for column, name in of_form.items()}
    return RegisterEntry(number, status, fields | {COLUMNS.get(k, k): v for k, v in (changes or {}).items()})


def beside(form: NewEntry, *lines: RegisterEntry, kind: str | None = None) -> Dossier:
    """The form's submission, with these lines of the list."""
    message = a_message(kind) if kind is not None else None
    return replace(a_dossier(form, message=message), register=lines)


def with_path(path: str) -> NewEntry:
    """A valid form with a firmware upgrade path."""
    form = a_form()
    return replace(form, rows=(*form.rows, a_row(*PATH, path, 40)))


def on_path(form: NewEntry, number: str, path: str = "", firmware: str = "01:00:00:00") -> RegisterEntry:
    """A line of the form's model with other firmware, and a path of its own."""
    return a_line(form, number, {"Device_Model.firmware_version": firmware, UPGRADE_PATH: path})
