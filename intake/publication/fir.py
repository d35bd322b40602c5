"""Writes the Firmware Information Repository of a version: ``fir.csv``.

Source: SECMP0009 (the repository), MP231 (the upgrade path in it). It has the entries of the types for which the New
Entry form asks for it, SMETS1 included, and nothing of a CPA contact. It does not replace the Release Notes.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake.publication.tables import for_people
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import MODEL, UPGRADE_PATH, published, same_form
from rules.reference import reference

CAVEAT = "The Firmware Information Repository does not replace the Release Notes."
NOT_STATED = "not stated"
"""Of an upgrade path that nobody has stated, which is not the same as that there is none (``N/A``)."""
FIELDS = (
    FormField.FIR_COMPANY_NAME,
    FormField.FIR_HOUSE_NUMBER,
    FormField.FIR_STREET,
    FormField.FIR_CITY,
    FormField.FIR_POST_CODE,
    FormField.FIR_COUNTRY,
    FormField.FIR_TELEPHONE_NUMBER,
    FormField.FIR_WEBSITE,
    FormField.FIR_EMAIL_ADDRESS,
    FormField.RELEASE_NOTES,
)
HEADER = tuple(map(str, (FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS, *MODEL, *FIELDS, UPGRADE_PATH)))


def fir_csv(entries: Iterable[RegisterEntry], line_end: str) -> bytes:
    """Write the repository as a table, Removed entries included."""
    types = {same_form(FormField.DEVICE_TYPE, name) for name in reference().groups["fir"]}
    rows = (
        _row(entry)
        for entry in entries
        if same_form(FormField.DEVICE_TYPE, published(entry, FormField.DEVICE_TYPE)) in types
    )
    return for_people(HEADER, rows, line_end)


def _row(entry: RegisterEntry) -> tuple[str, ...]:
    told = (published(entry, name) for name in (*MODEL, *FIELDS))
    return (entry.number, entry.status, *told, published(entry, UPGRADE_PATH) or NOT_STATED)
