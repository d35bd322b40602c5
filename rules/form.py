"""The form under judgement, read by its edition: which cell holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclasses_field

from rules.device import device_type, presences
from rules.facts import CellKind, Dossier, FormRow, NewEntry
from rules.fields import FormField
from rules.finding import Finding, Topic
from rules.profile import Field, Presence, Profile, recognise
from rules.remembered import once_a_form
from rules.text import shown, trimmed

NOT_TO_BE_FILLED = {Presence.ALLOCATED, Presence.EMPTY, Presence.UNNEEDED}
"""Of such cells `format.allocated`, `format.must_be_empty` and `format.unneeded` speak, and no other rule."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the edition and the first row of the form that bears its name."""

    field: Field
    row: FormRow
    text: str
    """The text without blanks and invisible characters at its ends, of which `format.characters` speaks."""
    possible: frozenset[Presence]
    """What the form may demand of it; more than one where that hangs on something the form does not say."""
    presence: Presence | None = dataclasses_field(init=False, compare=False)
    """What the form demands of it; None where that hangs on something the form does not say."""

    def __post_init__(self) -> None:
        """Take what is demanded for certain, which every rule asks for."""
        object.__setattr__(self, "presence", next(iter(self.possible)) if len(self.possible) == 1 else None)

    def perhaps(self, presence: Presence) -> bool:
        """Tell whether the form may demand this of it, without saying so for certain."""
        return len(self.possible) > 1 and presence in self.possible

    @property
    def is_text(self) -> bool:
        """Whether the cell holds text; `format.text_cells` speaks of the others."""
        return self.row.kind is CellKind.TEXT

    @property
    def filled(self) -> bool:
        """Whether the cell holds anything to be seen."""
        return bool(self.text) if self.is_text else self.row.filled

    def fault(
        self,
        message: str,
        *,
        expected: str | None = None,
        suggestion: str | None = None,
        unknown: bool = False,
        by_kind: bool = False,
    ) -> Finding:
        """Give a finding about this cell; `by_kind` where it holds only if the form names the right kind of device."""
        return Finding(
            message=f"{self.field.name} {message}",
            field=self.field.name,
            where=self.row.where,
            said=shown(self.row.value),
            expected=expected,
            suggestion=suggestion,
            unknown=unknown,
            rests_on=(FormField.DEVICE_TYPE, FormField.SMETS_VERSION) if by_kind else (),
        )


def profile_of(dossier: Dossier) -> Profile | None:
    """Give the edition of the form under judgement."""
    return recognise(dossier.new_entry)


def recognised(dossier: Dossier) -> bool:
    """Tell whether the form under judgement is of a known edition, without which no cell can be judged."""
    return profile_of(dossier) is not None


def cells(dossier: Dossier) -> tuple[Cell, ...]:
    """List every field of the edition whose row is present, in the form's order."""
    return _cells_of(dossier.new_entry)


@once_a_form
def _cells_of(new_entry: NewEntry) -> tuple[Cell, ...]:
    """Every rule asks for these, so they are made once a form."""
    profile = recognise(new_entry)
    rows_of_fields = ((field, field.rows_in(new_entry)) for field in (profile.fields if profile else ()))
    return tuple(_cell(_as_labelled(field, rows[0]), rows[0], new_entry) for field, rows in rows_of_fields if rows)


def _as_labelled(field: Field, row: FormRow) -> Field:
    """The field under the label that the form itself has, where the edition does not know it to the letter."""
    return field if field.also is None else replace(field, group=row.group, attribute=row.attribute)


def _cell(field: Field, row: FormRow, new_entry: NewEntry) -> Cell:
    text = trimmed(row.value) if row.kind is CellKind.TEXT else ""
    return Cell(field, row, text, presences(field, new_entry))


def texts(dossier: Dossier) -> tuple[Cell, ...]:
    """List every cell whose text is to be judged.

    Left out are cells that hold anything but text, and those that have no business to be filled at all.
    """
    return _texts_of(dossier.new_entry)


@once_a_form
def _texts_of(new_entry: NewEntry) -> tuple[Cell, ...]:
    return tuple(cell for cell in _cells_of(new_entry) if cell.text and cell.presence not in NOT_TO_BE_FILLED)


def cell_named(dossier: Dossier, name: FormField) -> Cell | None:
    """Find the cell of this field, where edition and form have it."""
    return _cells_by_name(dossier.new_entry).get(name)


def text_named(dossier: Dossier, name: FormField) -> Cell | None:
    """Find the cell of this field, where it holds text to be judged."""
    return _texts_by_name(dossier.new_entry).get(name)


@once_a_form
def _cells_by_name(new_entry: NewEntry) -> Mapping[str, Cell]:
    return _by_name(_cells_of(new_entry))


@once_a_form
def _texts_by_name(new_entry: NewEntry) -> Mapping[str, Cell]:
    return _by_name(_texts_of(new_entry))


def _by_name(some: Sequence[Cell]) -> Mapping[str, Cell]:
    """The first cell of each name."""
    return {cell.field.name: cell for cell in reversed(some)}


def text_shaped(dossier: Dossier, shape: str) -> Cell | None:
    """Give the first cell of this shape with text to be judged; for a row whose label is not known to the letter."""
    return next((cell for cell in texts(dossier) if cell.field.shape == shape), None)


def kind_unknown(dossier: Dossier, what: str) -> Finding:
    """Give the one finding of a rule that cannot tell, as the form does not say what kind of device it speaks of."""
    name = FormField.SMETS_VERSION if device_type(dossier.new_entry) else FormField.DEVICE_TYPE
    row = dossier.new_entry.row(name)
    return Finding(
        message=f"{name} is none of the form's choices, so it cannot be told {what}.",
        field=name,
        where=row.where if row else None,
        said=shown(row.value) if row else None,
        unknown=True,
        rests_on=(name,),
        waits=True,
        topic=Topic(f"{name} is none of the form's choices, so it cannot be told ", "."),
        item=what,
    )
