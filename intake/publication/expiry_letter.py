"""Writes the letter that is a notice: which certificate ends, which entries rest on it, and what its reader is to do.

Source: SEC F2.7. One letter asks once for all entries of a certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from intake.domain.header_text import on_one_line
from intake.publication.notices import Draft
from intake.register.expiry import Notice
from intake.render.templates import letter
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import published

_HEAD = ("Entry", "Manufacturer", "Model", "Hardware", "Firmware")
_CODES = (
    (FormField.MANUFACTURER_IDENTIFIER,),
    (FormField.MODEL_IDENTIFIER,),
    (FormField.HARDWARE_VERSION, FormField.HARDWARE_REVISION),
    (FormField.FIRMWARE_VERSION,),
)


def expiry_letter(notice: Notice, entries: Iterable[RegisterEntry], again: date | None) -> Draft:
    """Write the letter.

    Args:
        notice: what it is about.
        entries: those that rest on the certificate, in order.
        again: when the second notice follows; None where this is the last.
    """
    what = "risk review" if notice.review else "expires"
    subject = f"Central Products List: CPA certificate {on_one_line(notice.certificate)}, {what} {notice.day:%d/%m/%Y}"
    return Draft(subject, letter("expiry.txt", notice=notice, lines=list(_lines(entries)), again=again))


def _lines(entries: Iterable[RegisterEntry]) -> Iterator[str]:
    """A table for each Device Type, with a blank line between two."""
    by_type: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        row = (entry.number, *(_code(entry, fields) for fields in _CODES))
        by_type.setdefault(published(entry, FormField.DEVICE_TYPE), []).append(row)
    for at, (device, rows) in enumerate(by_type.items()):
        if at:
            yield ""
        yield f"  {device}"
        widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
        for row in (_HEAD, *rows):
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield f"  {'  '.join(cells)}".rstrip()


def _code(entry: RegisterEntry, fields: Iterable[FormField]) -> str:
    return ":".join(filter(None, (published(entry, name) for name in fields))) or "not stated"
