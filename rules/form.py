"""The form under judgement, read by its edition: which cell holds what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.device import DEVICE_TYPE, SMETS_VERSION, device_type, presences
from rules.facts import CellKind, Dossier, FormRow, NewEntry, folded
from rules.finding import Finding
from rules.profile import Field, Presence, Profile, recognise
from rules.text import shown, trimmed

_NOT_THE_SUBMITTERS = {Presence.ALLOCATED, Presence.EMPTY, Presence.UNNEEDED}


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the edition and the first row of the form that bears its name."""

    field: Field
    row: FormRow
    new_entry: NewEntry
    """The form that it stands in."""

    @property
    def presence(self) -> Presence | None:
        """What the form demands of it; None where that hangs on something the form does not say."""
        possible = presences(self.field, self.new_entry)
        return next(iter(possible)) if len(possible) == 1 else None

    def perhaps(self, presence: Presence) -> bool:
        """Whether the form may demand this of it, without saying so for certain."""
        possible = presences(self.field, self.new_entry)
        return len(possible) > 1 and presence in possible

    @property
    def is_text(self) -> bool:
        """Whether the cell holds text; `format.text_cells` speaks of the others."""
        return self.row.kind is CellKind.TEXT

    @property
    def text(self) -> str:
        """The text without blanks and invisible characters at its ends, of which `format.characters` speaks."""
        return trimmed(self.row.value) if self.is_text else ""

    @property
    def filled(self) -> bool:
        """Whether the cell holds anything to be seen."""
        return bool(self.text) if self.is_text else self.row.filled

    def fault(
        self, message: str, *, expected: str | None = None, suggestion: str | None = None, unknown: bool = False
    ) -> Finding:
        """A finding about this cell."""
        return Finding(
            message=f"{self.field.name} {message}",
            field=self.field.name,
            where=self.row.where,
            said=shown(self.row.value),
            expected=expected,
            suggestion=suggestion,
            unknown=unknown,
        )


def profile_of(dossier: Dossier) -> Profile | None:
    """The edition of the form under judgement."""
    return recognise(dossier.new_entry)


def recognised(dossier: Dossier) -> bool:
    """Whether the form under judgement is of a known edition, without which no cell can be judged."""
    return profile_of(dossier) is not None


def cells(dossier: Dossier) -> Iterator[Cell]:
    """Every field of the edition whose row is there, in the form's order."""
    entry, profile = dossier.new_entry, profile_of(dossier)
    rows = {folded(row.field): row for row in reversed(entry.rows)}
    for field in profile.fields if profile else ():
        row = rows.get(folded(field.name))
        if row is not None:
            yield Cell(field, row, entry)


def texts(dossier: Dossier) -> Iterator[Cell]:
    """Every cell whose text is to be judged.

    Left out are cells that hold anything but text, and those that have no business to be filled at all.
    """
    return (cell for cell in cells(dossier) if cell.text and cell.presence not in _NOT_THE_SUBMITTERS)


def cell_named(dossier: Dossier, name: str) -> Cell | None:
    """The cell of this field, where the edition and the form have it."""
    return next((cell for cell in cells(dossier) if cell.field.name == name), None)


def text_named(dossier: Dossier, name: str) -> Cell | None:
    """The cell of this field, where it holds text that is to be judged."""
    return next((cell for cell in texts(dossier) if cell.field.name == name), None)


def kind_unknown(dossier: Dossier, what: str) -> Finding:
    """The one finding of a rule that cannot tell, as the form does not say what kind of device it speaks of."""
    name = SMETS_VERSION if device_type(dossier.new_entry) else DEVICE_TYPE
    row = dossier.new_entry.row(name)
    return Finding(
        message=f"{name} is none of the form's choices, so it cannot be told {what}.",
        field=name,
        where=row.where if row else None,
        said=shown(row.value) if row else None,
        unknown=True,
    )
