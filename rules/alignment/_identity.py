"""Certificate numbers: which spellings mean the same, and which certificate a form means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.alignment._compare import Agreement, Compare, comparison, printed
from rules.certificate_number import alphanumeric, foreign, hyphened, scheme_and_rest
from rules.device import needs, text_of
from rules.facts import AssuranceCertificate, DocumentKind, Dossier
from rules.fields import NUMBER_FIELDS, NUMBER_LABELS, FormField, Label
from rules.finding import Finding, Topic
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
        """Whether such a certificate was sent and the device may need one."""
        return bool(dossier.certificates(self.kind)) and needs(self.assurance, dossier.new_entry) is not False

    def meant(self, dossier: Dossier) -> AssuranceCertificate | None:
        """The certificate that the form means by its number, or the only one; None where that cannot be told."""
        return next(iter(self.found(dossier)), None)

    def found(self, dossier: Dossier) -> tuple[AssuranceCertificate, ...]:
        """The same as a collection of one or none."""
        sent = dossier.certificates(self.kind)
        named = [one for one in sent if self._agreement(dossier, one) is Agreement.SAME]
        pool = named or list(sent)
        first = min(pool, key=lambda one: (not printed(dossier, one), one.document), default=None)
        return (first,) if first is not None and all(_facts(one) == _facts(first) for one in pool) else ()

    def unclear(self, dossier: Dossier) -> Finding:
        """Several certificates, and no saying which the form means."""
        sent, row = dossier.certificates(self.kind), dossier.new_entry.row(self.field)
        names = ", ".join(sorted(one.document for one in sent))
        message = f"Several certificates were sent ({names}), and it cannot be told which of them the form means."
        if all(self._agreement(dossier, one) is Agreement.SAME for one in sent):
            number = shown(text_of(dossier.new_entry, self.field))
            message = f"{len(sent)} different documents carry the number {number}: {names}."
        return Finding(
            message=message,
            topic=Topic(message, shared=True),
            remedy="Tell us which document belongs to which form, or send one document for each certificate.",
            field=self.field,
            where=row.where if row else None,
            said=row.value if row else None,
            unknown=True,
        )

    def identity(self, dossier: Dossier) -> Iterator[Finding]:
        """Complain where the number on the form is not that of any certificate sent."""
        compared = [
            comparison(dossier, one, self.field, self.label, self.same) for one in dossier.certificates(self.kind)
        ]
        if any(one.agreement is Agreement.SAME for one in compared):
            return
        doubts = [one for one in compared if one.agreement is Agreement.UNCLEAR]
        told = sorted(doubts or compared, key=lambda one: one.certificate.document)
        yield from (one.finding() for one in told[:_MOST_TOLD])
        if len(told) > _MOST_TOLD:
            rest = (
                f"Nor is the number that of the {len(told) - _MOST_TOLD} other certificates of the kind that were sent."
            )
            rest_of_it = replace(told[-1].finding(), message=rest, short="", item="others of the kind", against=None)
            yield replace(rest_of_it, expected=None, unknown=bool(doubts))

    def _agreement(self, dossier: Dossier, certificate: AssuranceCertificate) -> Agreement:
        return comparison(dossier, certificate, self.field, self.label, self.same).agreement


def zigbee_number(said: str, stated: str) -> Agreement:
    """Compare ZigBee certification numbers: blanks and case aside, every dash a hyphen.

    Where nothing but marks differs, it is unclear.
    """
    one, other = hyphened(said), hyphened(stated)
    if one != other and alphanumeric(one) == alphanumeric(other):
        return Agreement.UNCLEAR
    return _told(one, other, stated)


def dlms_number(said: str, stated: str) -> Agreement:
    """Compare DLMS certificate numbers."""
    if foreign(stated):
        return Agreement.UNCLEAR
    return _told(alphanumeric(said), alphanumeric(stated), stated)


def cpa_number(said: str, stated: str) -> Agreement:
    """Compare CPA certificate numbers.

    The list spells one certificate several ways (``1433053936-1497``, ``NCSC-1433053936-1497``): prefixes and marks do
    not count. A number that is only the tail of the other, or has another device's prefix, is unclear.
    """
    if foreign(stated):
        return Agreement.UNCLEAR
    one, other = scheme_and_rest(said), scheme_and_rest(stated)
    schemes = {one[0], other[0]} - {"", "NCSC", "CPA"}
    if one[1] == other[1]:
        return Agreement.UNCLEAR if len(schemes) > 1 or not one[1] else Agreement.SAME
    shorter, longer = sorted((one[1], other[1]), key=len)
    if len(shorter) >= _SHORTEST_TAIL and longer.endswith(shorter):
        return Agreement.UNCLEAR
    return _told(one[1], other[1], stated)


def _told(one: str, other: str, stated: str) -> Agreement:
    """Equal, different, or unclear where the certificate's value is more than a number."""
    if one and one == other:
        return Agreement.SAME
    wordy = not other or len(stated.split()) > 1 or (one and one in other) or foreign(stated)
    return Agreement.UNCLEAR if wordy else Agreement.DIFFERENT


def _facts(certificate: AssuranceCertificate) -> dict[str, str]:
    return {label: stated.value for label, stated in certificate.facts.items()}
