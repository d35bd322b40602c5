"""Certificate numbers: which spellings mean the same, and which certificate a form means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rules.alignment._compare import Agreement, Compare, Comparison, comparison, complaints, printed
from rules.certificate_number import MERE_SCHEMES, alphanumeric, foreign, hyphened, scheme_and_rest
from rules.device import needs, text_of
from rules.facts import AssuranceCertificate, DocumentKind, Dossier
from rules.fields import NUMBER_FIELDS, NUMBER_LABELS, FormField, Label
from rules.finding import Finding, Topic
from rules.remembered import once_an_entry
from rules.text import shown

_MOST_TOLD = 3
"""Certificates that a finding each is given to; a message of a hundred entries brings hundreds."""
_SHORTEST_TAIL = 4
"""Digits: the list has spelt one number both in full and by its last four."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Where one kind of certificate and the form state the certificate's number."""

    assurance: str
    """``zigbee``, ``cpa`` or ``dlms``."""
    kind: DocumentKind
    same: Compare

    @property
    def field(self) -> FormField:
        """The form's field of the number."""
        return NUMBER_FIELDS[self.kind]

    @property
    def label(self) -> Label:
        """The certificate's own label of it."""
        return NUMBER_LABELS[self.kind]

    def applies(self, dossier: Dossier) -> bool:
        """Tell whether such a certificate was sent and the device may need one."""
        return bool(dossier.certificates(self.kind)) and needs(self.assurance, dossier.new_entry) is not False

    def referenced_certificate(self, dossier: Dossier) -> AssuranceCertificate | None:
        """Find the certificate that the form references by number, or the only one; None where it is unclear."""
        return next(iter(self.referenced_certificates(dossier)), None)

    @once_an_entry
    def referenced_certificates(self, dossier: Dossier) -> tuple[AssuranceCertificate, ...]:
        """List the referenced certificate: one or none."""
        pool = self._named(dossier) or dossier.certificates(self.kind)
        first = min(
            pool, key=lambda certificate: (not printed(dossier, certificate), certificate.document), default=None
        )
        return (
            (first,) if first is not None and all(_facts(certificate) == _facts(first) for certificate in pool) else ()
        )

    def ambiguity(self, dossier: Dossier) -> Finding:
        """Build the finding that it is unclear which of several certificates the form references."""
        named, row = self._named(dossier), dossier.new_entry.row(self.field)
        pool = named or dossier.certificates(self.kind)
        names = ", ".join(sorted(certificate.document for certificate in pool))
        message = f"Several certificates were sent ({names}), and it cannot be told which of them the form means."
        if named:
            number = shown(text_of(dossier.new_entry, self.field))
            message = f"{len(named)} different documents carry the number {number}: {names}."
        return Finding(
            message=message,
            topic=Topic(message, shared=True),
            remedy="Tell us which document belongs to which form, or send one document for each certificate.",
            field=self.field,
            where=row.where if row else None,
            said=row.value if row else None,
            unknown=True,
        )

    def numbers(self, dossier: Dossier) -> tuple[Comparison, ...]:
        """Give the form's number beside that of each certificate sent."""
        return tuple(
            comparison(dossier, sent, self.field, self.label, self.same) for sent in dossier.certificates(self.kind)
        )

    def identity(self, dossier: Dossier) -> Iterator[Finding]:
        """Complain where the number on the form is not that of any certificate sent."""
        compared = self.numbers(dossier)
        if any(result.agreement is Agreement.SAME for result in compared):
            return
        doubts = [result for result in compared if result.agreement is Agreement.UNCLEAR]
        told = sorted(doubts or compared, key=lambda result: result.certificate.document)
        yield from (result.finding() for result in told[:_MOST_TOLD])
        if len(told) > _MOST_TOLD:
            others = len(told) - _MOST_TOLD
            which = "other certificate of the kind" if others == 1 else f"{others} others of the kind"
            rest = f"Nor is the number that of the {which}."
            rest_of_it = replace(told[-1].finding(), message=rest, short="", item="others of the kind", against=None)
            yield replace(rest_of_it, expected=None, unknown=bool(doubts))

    def identity_and(
        self, dossier: Dossier, compare: Callable[[Dossier, AssuranceCertificate], Comparison], remedy: str
    ) -> Iterator[Finding]:
        """Complain of another number, and of another value on the certificate that the form names.

        Args:
            dossier: the entry under judgement.
            compare: the value on the form with the certificate's.
            remedy: what to do about another value, where the comparison itself does not say.
        """
        yield from self.identity(dossier)
        certificate = self.referenced_certificate(dossier)
        if certificate is None:
            yield self.ambiguity(dossier)
            return
        for finding in complaints([compare(dossier, certificate)]):
            yield replace(finding, remedy=finding.remedy or remedy)

    def _named(self, dossier: Dossier) -> tuple[AssuranceCertificate, ...]:
        """The certificates that bear the number on the form."""
        sent = dossier.certificates(self.kind)
        return tuple(certificate for certificate in sent if self._agreement(dossier, certificate) is Agreement.SAME)

    def _agreement(self, dossier: Dossier, certificate: AssuranceCertificate) -> Agreement:
        return comparison(dossier, certificate, self.field, self.label, self.same).agreement


def zigbee_number(form_value: str, stated: str) -> Agreement:
    """Compare ZigBee certification numbers: blanks and case aside, every dash a hyphen.

    Where nothing but marks differs, it is unclear.
    """
    form_number, other = hyphened(form_value), hyphened(stated)
    if form_number != other and alphanumeric(form_number) == alphanumeric(other):
        return Agreement.UNCLEAR
    return _number_agreement(form_number, other, stated)


def dlms_number(form_value: str, stated: str) -> Agreement:
    """Compare DLMS certificate numbers."""
    if foreign(stated):
        return Agreement.UNCLEAR
    return _number_agreement(alphanumeric(form_value), alphanumeric(stated), stated)


def cpa_number(form_value: str, stated: str) -> Agreement:
    """Compare CPA certificate numbers.

    The list spells one certificate several ways (``1433053936-1497``, ``NCSC-1433053936-1497``): prefixes and marks do
    not count. A number that is only the tail of the other, or has another device's prefix, is unclear.
    """
    if foreign(stated):
        return Agreement.UNCLEAR
    form_number, other = scheme_and_rest(form_value), scheme_and_rest(stated)
    schemes = {form_number[0], other[0]} - MERE_SCHEMES
    if form_number[1] == other[1]:
        return Agreement.UNCLEAR if len(schemes) > 1 or not form_number[1] else Agreement.SAME
    shorter, longer = sorted((form_number[1], other[1]), key=len)
    if len(shorter) >= _SHORTEST_TAIL and longer.endswith(shorter):
        return Agreement.UNCLEAR
    return _number_agreement(form_number[1], other[1], stated)


def _number_agreement(form_number: str, other: str, stated: str) -> Agreement:
    """Compare two numbers; unclear where the certificate's value is more than a number, or has no digit at all."""
    if form_number and form_number == other:
        return Agreement.SAME
    wordy = (
        not any(map(str.isdigit, other))
        or len(stated.split()) > 1
        or (form_number and form_number in other)
        or foreign(stated)
    )
    return Agreement.UNCLEAR if wordy else Agreement.DIFFERENT


def _facts(certificate: AssuranceCertificate) -> dict[str, str]:
    return {label: stated.value for label, stated in certificate.facts.items()}
