"""Comparing what the form says with what a certificate states under a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from rules.days import form_date, stated_date
from rules.device import text_of
from rules.facts import AssuranceCertificate, Dossier, ReadBy, Stated, Where, folded
from rules.finding import Finding
from rules.reference import reference
from rules.shapes import SHAPES
from rules.text import shown, trimmed


class Agreement(StrEnum):
    """What comparing two values came to."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"
    """Only a person can tell."""


Compare = Callable[[str, str], Agreement]
"""From the form's text and the certificate's."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of the form beside one label of a certificate."""

    field: str
    label: str
    certificate: AssuranceCertificate
    said: str
    """What the form's cell holds."""
    where: Where | None
    """The form's cell."""
    stated: Stated | None
    agreement: Agreement
    doubt: str = "must be compared by a person"
    """Why it is unclear, where it is."""

    def finding(self) -> Finding:
        """Say how the two stand to each other, with both values and both places."""
        unclear = self.agreement is not Agreement.DIFFERENT
        outcome = self.doubt if unclear else "disagree"
        there = f": the certificate states '{shown(self.stated.value)}' ({self.stated.where})" if self.stated else ""
        return Finding(
            message=f"{self.field} and '{self.label}' of {self.certificate.document} {outcome}{there}.",
            field=self.field,
            where=self.where,
            said=shown(self.said),
            expected=shown(self.stated.value) if self.stated else None,
            unknown=unclear,
        )


def comparison(
    dossier: Dossier, certificate: AssuranceCertificate, field: str, label: str, compare: Compare
) -> Comparison:
    """Compare a field with a label; unclear where either cannot be read as printed text."""
    row, stated = dossier.new_entry.row(field), certificate.stated(label)
    beside = partial(
        Comparison,
        field=field,
        label=label,
        certificate=certificate,
        said=row.value if row else "",
        where=row.where if row else None,
        stated=stated,
    )
    said = text_of(dossier.new_entry, field)
    if stated is None:
        return beside(agreement=Agreement.UNCLEAR, doubt="cannot be compared, as the label could not be read")
    if not said:
        return beside(agreement=Agreement.UNCLEAR, doubt="cannot be compared, as the form's cell holds no text")
    if _read_by(dossier, certificate) is not ReadBy.TEXT:
        return beside(agreement=Agreement.UNCLEAR, doubt="must be compared by eye, as the certificate is a picture")
    return beside(agreement=compare(said, trimmed(stated.value)))


def complaints(comparisons: Iterable[Comparison]) -> Iterator[Finding]:
    """A finding for each comparison that did not come out the same."""
    return (one.finding() for one in comparisons if one.agreement is not Agreement.SAME)


def _read_by(dossier: Dossier, certificate: AssuranceCertificate) -> ReadBy:
    """How its document was read; text that a machine recognised in a picture is never compared as if printed."""
    found = (document.read_by for document in dossier.documents if document.certificate is certificate)
    return next(found, ReadBy.NONE)


def same_if(equal: bool) -> Agreement:  # noqa: FBT001  # the one thing it is about
    """Turn a plain yes or no into an agreement."""
    return Agreement.SAME if equal else Agreement.DIFFERENT


def hexadecimal(shape_name: str) -> Compare:
    """Compare pairs of hexadecimal digits; anything not written in pairs is unclear."""
    shape = SHAPES[shape_name]

    def compare(said: str, stated: str) -> Agreement:
        if not shape.fits(said.upper()) or not shape.fits(stated.upper()):
            return Agreement.UNCLEAR
        return same_if(said.upper() == stated.upper())

    return compare


_HARDWARE = re.compile(r"([0-9A-F]{2}) ?([_:. ]?) ?([0-9A-F]{2})")


def hardware(part: int) -> Compare:
    """Compare one part, 1 or 2, of a hardware version written ``VV_RR``.

    Other marks between the two are taken for the same; but where these leave open whether the digits are
    hexadecimal (``12.34``), a difference is unclear.
    """

    def compare(said: str, stated: str) -> Agreement:
        match = _HARDWARE.fullmatch(stated.upper())
        if match is None or not SHAPES["hex1"].fits(said.upper()):
            return Agreement.UNCLEAR
        certain = match[2] in {"_", ":"} or re.search("[A-F]", match[0]) is not None
        equal = match[1 if part == 1 else 3] == said.upper()
        return same_if(equal) if equal or certain else Agreement.UNCLEAR

    return compare


def day(said: str, stated: str) -> Agreement:
    """Compare the form's ``dd/mm/yyyy`` with a day as certificates write it."""
    one, other = form_date(said), stated_date(stated)
    return Agreement.UNCLEAR if one is None or other is None else same_if(one == other)


def device_type(said: str, stated: str) -> Agreement:
    """The same type, clearly another type of the list, or a wording that only a person can place."""
    names = {folded(name): name for name in reference().device_types}
    names |= {folded(alias): name for alias, name in reference().aliases.items()}
    named = names.get(folded(stated))
    return Agreement.UNCLEAR if named is None or said not in reference().device_types else same_if(named == said)


_VERSION = re.compile(r"(?<![0-9.])[0-9]+\.[0-9]+(?:\.[0-9]+)*(?![0-9])")


def version_number(said: str, stated: str) -> Agreement:
    """Compare the one version number in each text; none, several, or a longer form of the same are unclear."""
    one, other = _VERSION.findall(said), _VERSION.findall(stated)
    if len(one) != 1 or len(other) != 1:
        return Agreement.UNCLEAR
    if one != other and (one[0].startswith(f"{other[0]}.") or other[0].startswith(f"{one[0]}.")):
        return Agreement.UNCLEAR
    return same_if(one == other)
