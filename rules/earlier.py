"""Tells earlier forms, which lie in messages that a mail brings along, from the form that takes their place.

Who answers a return attaches the old mail to the new one. Its form was judged when it came; beside a new form of the
same device it is history. Which form lies in which message the documents' names say: ``Earlier.eml/form.xlsx``.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.facts import Document, NewEntry
from rules.fields import DEVICE_MODEL, FormField
from rules.published import same_form

_SERIES = (
    FormField.MANUFACTURER_IDENTIFIER,
    FormField.MODEL_IDENTIFIER,
    FormField.HARDWARE_VERSION,
    FormField.HARDWARE_REVISION,
)


def parted(
    entries: Sequence[NewEntry], documents: Sequence[Document]
) -> tuple[tuple[NewEntry, ...], tuple[NewEntry, ...]]:
    """Part the forms that count from earlier ones of the same device, in messages within their own.

    Args:
        entries: every form of a submission.
        documents: all of it.
    """
    messages = [document.name for document in documents if document.media == "message"]
    earlier = tuple(entry for entry in entries if any(replaces(other, entry, messages) for other in entries))
    return tuple(entry for entry in entries if entry not in earlier), earlier


def replaces(entry: NewEntry, other: NewEntry, messages: Sequence[str]) -> bool:
    """Tell whether a form stands in the place of another, which lies in a message within its own, for the same device.

    Args:
        entry: the outer form.
        other: the form that may be earlier.
        messages: names of the attached messages.
    """
    if not (entry.readable and other.readable):
        return False
    outer, inner = _homes(entry, messages), _homes(other, messages)
    return len(outer) < len(inner) and outer == inner[: len(outer)] and _alike(entry, other, _SERIES)


def same_model(entry: NewEntry, other: NewEntry) -> bool:
    """Tell whether two forms state one Device Model, however it is spelt."""
    return _alike(entry, other, DEVICE_MODEL)


def _homes(entry: NewEntry, messages: Sequence[str]) -> tuple[str, ...]:
    """The messages that a form lies in, the outermost first."""
    name = entry.document or ""
    return tuple(sorted((message for message in messages if name.startswith(f"{message}/")), key=len))


def _alike(entry: NewEntry, other: NewEntry, fields: Sequence[FormField]) -> bool:
    return all(
        entry.value(field) and same_form(field, entry.value(field)) == same_form(field, other.value(field))
        for field in fields
    )
