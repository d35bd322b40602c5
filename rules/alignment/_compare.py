"""Comparing what the form says with what a certificate states under a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from rules.days import form_date, stated_date
from rules.device import text_of
from rules.encodings import Candidate, speaks_of_others
from rules.facts import AssuranceCertificate, Dossier, ReadBy, Stated, Where, folded
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.reference import reference
from rules.text import shown, trimmed


class Agreement(StrEnum):
    """What comparing two values came to."""

    SAME = "same"
    DIFFERENT = "different"
    POSSIBLE = "possible"
    """The form's value is one of several that the certificate's words may stand for."""
    UNCLEAR = "unclear"
    """Only a person can tell."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An agreement and what it rests on."""

    agreement: Agreement
    readings: tuple[Candidate, ...] = ()
    """What the certificate's words may stand for."""
    coding: Candidate | None = None
    """The reading that is the form's value, whose coding is thereby assumed."""
    doubt: str = "must be compared by a person"
    """Why it is unclear, where it is."""


Compare = Callable[[str, str], Agreement | Answer]
"""From the form's text and the certificate's, to a plain agreement or one with its reasons."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of the form beside one label of a certificate."""

    field: FormField
    label: Label
    certificate: AssuranceCertificate
    said: str
    """What the form's cell holds."""
    where: Where | None
    """The form's cell."""
    stated: Stated | None
    answer: Answer

    @property
    def agreement(self) -> Agreement:
        """How the two stand to each other."""
        return self.answer.agreement

    def finding(self) -> Finding:
        """Say how the two stand to each other, with both values, both places and every reading."""
        unclear = self.agreement is not Agreement.DIFFERENT
        outcome = self.answer.doubt if unclear else "disagree"
        there = f": the certificate states '{shown(self.stated.value)}' ({self.stated.where})" if self.stated else ""
        readings = " or ".join(str(one) for one in self.answer.readings)
        meant = f", which may stand for {readings}" if readings else ""
        assumed = f" The form's value assumes this coding: {self.answer.coding.coding}." if self.answer.coding else ""
        return Finding(
            message=f"{self.field} and '{self.label}' of {self.certificate.document} {outcome}{there}{meant}.{assumed}",
            field=self.field,
            where=self.where,
            said=shown(self.said),
            expected=self._expected(),
            unknown=unclear,
        )

    def _expected(self) -> str | None:
        if self.answer.readings:
            return " or ".join(one.value for one in self.answer.readings)
        return shown(self.stated.value) if self.stated else None


def comparison(
    dossier: Dossier, certificate: AssuranceCertificate, field: FormField, label: Label, compare: Compare
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
        return beside(answer=_unclear("cannot be compared, as the label could not be read"))
    if not said:
        return beside(answer=_unclear("cannot be compared, as the form's cell holds no text"))
    if not printed(dossier, certificate):
        return beside(answer=_unclear("must be compared by eye, as the certificate is a picture"))
    answer = compare(said, trimmed(stated.value))
    return beside(answer=Answer(answer) if isinstance(answer, Agreement) else answer)


def _unclear(doubt: str) -> Answer:
    return Answer(Agreement.UNCLEAR, doubt=doubt)


def complaints(comparisons: Iterable[Comparison]) -> Iterator[Finding]:
    """A finding for each comparison that did not come out the same."""
    return (one.finding() for one in comparisons if one.agreement is not Agreement.SAME)


def printed(dossier: Dossier, certificate: AssuranceCertificate) -> bool:
    """Whether its text was printed; what a machine recognised in a picture is never compared as if it were."""
    found = (document.read_by for document in dossier.documents if document.certificate is certificate)
    return next(found, ReadBy.NONE) is ReadBy.TEXT


def same_if(equal: bool) -> Agreement:  # noqa: FBT001  # the one thing it is about
    """Turn a plain yes or no into an agreement."""
    return Agreement.SAME if equal else Agreement.DIFFERENT


def day(said: str, stated: str) -> Agreement:
    """Compare the form's ``dd/mm/yyyy`` with a day as certificates write it."""
    one, other = form_date(said), stated_date(stated)
    return Agreement.UNCLEAR if one is None or other is None else same_if(one == other)


def device_type(said: str, stated: str) -> Agreement:
    """The same type, clearly another type of the list, or a wording that only a person can place."""
    parts = [part for part in re.split(r"[()]", stated) if part.strip()]
    named = [_types_named(part) for part in parts]
    meant = frozenset.intersection(*named) if named else frozenset()
    if len(meant) != 1 or said not in reference().device_types:
        return Agreement.UNCLEAR
    return same_if(meant == {said})


def _types_named(words: str) -> frozenset[str]:
    """The types that a name or an abbreviation stands for; `ESME` stands for three, of which a bracket says which."""
    known = reference()
    for name in known.device_types:
        if folded(name) == folded(words):
            return frozenset({name})
    alias = next((name for other, name in known.aliases.items() if folded(other) == folded(words)), None)
    if alias is not None:
        return frozenset({alias})
    return frozenset(
        type_ for name, types in known.families.items() if folded(name) == folded(words) for type_ in types
    )


_VERSION = re.compile(r"(?<![0-9.])[0-9]+\.[0-9]+(?:\.[0-9]+)*(?![0-9])")

_SUFFIX = re.compile(r"\.[0-9]+(?:[A-Za-z]|-[A-Za-z0-9]|[+*])")
"""Behind a number what makes it another one: `4.2a`, `4.2-beta`, `4.2+`."""


def version_number(said: str, stated: str) -> Agreement:
    """Compare the one version number in each text; none, several, or a longer form of the same are unclear."""
    one, other = _VERSION.findall(said), _VERSION.findall(stated)
    if len(one) != 1 or len(other) != 1 or _SUFFIX.search(stated) or speaks_of_others(stated):
        return Agreement.UNCLEAR
    if one != other and (one[0].startswith(f"{other[0]}.") or other[0].startswith(f"{one[0]}.")):
        return Agreement.UNCLEAR
    return same_if(one == other)
