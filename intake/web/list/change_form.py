"""Reads a change of the list out of the form that a person filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake.register.changes import (
    CERTIFICATE_FIELDS,
    EDITABLE,
    HASH_FIELDS,
    ChangeKind,
    ListChange,
    Reference,
    RemovalReason,
)
from rules.days import stated_date
from rules.facts import RegisterEntry
from rules.published import UPGRADE_PATH, one_listed, published

REFERENCES: tuple[tuple[str, str], ...] = (("incident", "DCC incident"), ("dcc-change", "DCC change"), ("ssc", "SSC"))
"""Fields for other people's numbers, and what the numbers are."""
TICK = "tick-"
LONGEST = 4_000
"""Characters of a reason."""
_EDITED = (ChangeKind.CORRECT, ChangeKind.AMEND, ChangeKind.READD)
"""Kinds for which a single entry is shown with all its values, to be changed in their places."""
_APART = re.compile(r"[\s,;]+")
_LONGEST_NUMBER = 6


class MistypedError(Exception):
    """Something in the form cannot be read; the text is for the person."""

    def __init__(self, text: str, field: str) -> None:
        """Say what, and in which field."""
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Input:
    """A value that the form asks for."""

    at: str
    """What its field's name ends with."""
    column: str
    now: str
    """What the entry states, where it is about one."""


def numbers_in(text: str) -> tuple[str, ...]:
    """Read entry numbers, with or without their leading noughts.

    Raises:
        MistypedError: something in it is no number of an entry.
    """
    parts = [part for part in _APART.split(text) if part]
    for part in parts:
        if not (part.isascii() and part.isdigit() and len(part) <= _LONGEST_NUMBER):
            message = f"“{part}” is no number of an entry; write such as 000123, 000124."
            raise MistypedError(message, "entries")
    return tuple(dict.fromkeys(f"{int(part):06}" for part in parts))


def ticked(form: Mapping[str, str]) -> tuple[str, ...]:
    """Give the entries that are ticked."""
    return tuple(sorted(name.removeprefix(TICK) for name in form if name.startswith(TICK)))


def inputs(kind: ChangeKind, entries: Sequence[RegisterEntry], certificate: str = "") -> list[Input]:
    """Say which values a form asks for.

    Args:
        kind: what is asked for.
        entries: those that it is about.
        certificate: the field of the number of the certificate that is replaced.
    """
    if kind is ChangeKind.UPDATE_HASH:
        return [Input(f"{at}", str(name), "") for at, name in enumerate(HASH_FIELDS)]
    if kind is ChangeKind.REPLACE_CERTIFICATE:
        return [Input(f"{at}", name, "") for at, name in enumerate(CERTIFICATE_FIELDS.get(certificate, ()))]
    if kind is ChangeKind.STATE_PATH:
        return [Input("0", UPGRADE_PATH, entries[0].fields.get(UPGRADE_PATH, "") if len(entries) == 1 else "")]
    if kind in _EDITED and len(entries) == 1:
        return [Input(f"{at}", name, entries[0].fields.get(name, "")) for at, name in enumerate(EDITABLE)]
    return []


def certificate_field(entries: Sequence[RegisterEntry], certificate: str) -> str:
    """Give the field of the number of the certificate that these entries rest on; empty where none does."""
    for name in CERTIFICATE_FIELDS:
        key = one_listed(name, certificate)
        if key and any(one_listed(name, published(entry, name)) == key for entry in entries):
            return name
    return ""


def change_of(
    kind: ChangeKind, form: Mapping[str, str], entries: Sequence[str], asked: Sequence[Input], today: date
) -> ListChange:
    """Make the change that a person asks for.

    Args:
        kind: what is asked for.
        form: as it was sent.
        entries: numbers of the entries that it is about.
        asked: the values that the form asked for.
        today: the day in London, from which it holds where nothing is said.

    Raises:
        MistypedError: something cannot be read.
    """
    if kind is ChangeKind.RENAME_VALUE or (kind in _EDITED and form.get("column")):
        values = {form.get("column", ""): form.get("value", "")}
    else:
        values = dict(_values(kind, form, asked))
    return ListChange(
        kind,
        day_in(form, "effective") or today,
        tuple(entries),
        values,
        was=form.get("was" if kind is ChangeKind.RENAME_VALUE else "certificate", "").strip(),
        reason=_line(form.get("reason", "")),
        internal_reason=form.get("internal_reason", "").replace("\r\n", "\n").strip()[:LONGEST],
        references=tuple(
            Reference(kind_of, number) for name, kind_of in REFERENCES if (number := _line(form.get(name, "")))
        ),
        until=day_in(form, "until") if kind is ChangeKind.AMEND else None,
        asked=day_in(form, "asked") if kind is ChangeKind.STATE_PATH else None,
        removal=_removal(form) if kind is ChangeKind.REMOVE else None,
        replaced_by=_one(form) if kind is ChangeKind.REMOVE else "",
    )


def _values(kind: ChangeKind, form: Mapping[str, str], asked: Sequence[Input]) -> Iterator[tuple[str, str]]:
    """What was typed: where an entry's own values stood in the form, what differs from them."""
    for field in asked:
        text = form.get(f"value-{field.at}", "")
        stood = form.get(f"stood-{field.at}")
        edited = kind in _EDITED or kind is ChangeKind.STATE_PATH
        if text.strip() if not edited else text.strip() != (stood if stood is not None else field.now).strip():
            yield field.column, text.strip()


def day_in(form: Mapping[str, str], name: str) -> date | None:
    """Read a day; None where nothing is written.

    Raises:
        MistypedError: it is no day.
    """
    text = form.get(name, "").strip()
    day = stated_date(text) if text else None
    if text and day is None:
        message = f"“{text}” is no day of the calendar; write one such as 30/08/2026."
        raise MistypedError(message, name)
    return day


def _removal(form: Mapping[str, str]) -> RemovalReason | None:
    name = form.get("removal", "")
    return RemovalReason[name] if name in RemovalReason.__members__ else None


def _one(form: Mapping[str, str]) -> str:
    try:
        return next(iter(numbers_in(form.get("replaced_by", ""))), "")
    except MistypedError as error:
        raise MistypedError(str(error), "replaced_by") from error


def _line(text: str) -> str:
    """One line: it is published in a table's cell."""
    return " ".join(text.split())[:LONGEST]
