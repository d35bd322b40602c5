"""What of a submission's form is for analyst and auditor alone: the contact of its CPA certificate.

The administrator, who looks after the program, needs it not. `intake.web.timeline` leaves out why people decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from intake.render.entry_view import EntryView
from intake.web.page_request import PageRequest
from rules.fields import FormField

CONTACT = frozenset({FormField.CONTACT_NAME, FormField.CONTACT_TELEPHONE, FormField.CONTACT_EMAIL})


def for_this_person(page_request: PageRequest, entries: Iterable[EntryView]) -> tuple[EntryView, ...]:
    """Give the entries of a submission without what this person may not see."""
    return tuple(entries) if page_request.reads_evidence else tuple(_without_contact(entry) for entry in entries)


def _without_contact(entry: EntryView) -> EntryView:
    return replace(
        entry,
        fields=tuple(field for field in entry.fields if field.row.field not in CONTACT),
        points=tuple(point for point in entry.points if not set(point.fields) & CONTACT),
        corrected=tuple(correction for correction in entry.corrected if correction.subject not in CONTACT),
        outdated=(),
    )
