"""What the certificates state beside a field of the form, and how the two compare by the rules' own comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from intake.render import plain
from intake.render.differs import Marked, marked, unmarked
from rules.beside import Agreement, Comparison, Doubt, comparisons, used
from rules.facts import AssuranceCertificate, Document, DocumentKind, Dossier, FormRow, Stated
from rules.fields import LABELS, NUMBER_FIELDS, FormField, Label
from rules.finding import Counterpart

_ZIGBEE, _CPA, _DLMS = DocumentKind.ZIGBEE_CERTIFICATE, DocumentKind.CPA_CERTIFICATE, DocumentKind.DLMS_CERTIFICATE
_ALL = (_ZIGBEE, _CPA, _DLMS)
MOST = 12
"""Beside one field, and of those that are not used; more only come together where a message brings many certificates
that no form names."""
_IDENTITY = (Label.CERTIFICATE_NUMBER, Label.CERTIFICATION_NUMBER)
_HARDWARE = (FormField.HARDWARE_VERSION, FormField.HARDWARE_REVISION)
_TWO_PARTS = re.compile(r"([0-9A-Fa-f]{2})( ?[_:] ?)([0-9A-Fa-f]{2})")

_SAME: Mapping[str, tuple[tuple[DocumentKind, ...], tuple[Label, ...]]] = {
    FormField.DEVICE_TYPE: (_ALL, (Label.TYPE_OF_DEVICE, Label.DEVICE_TYPE)),
    FormField.MANUFACTURER_IDENTIFIER: (_ALL, (Label.MANUFACTURER,)),
    FormField.MODEL_IDENTIFIER: (_ALL, (Label.MODEL_IDENTIFICATION, Label.MODEL_IDENTIFIER, Label.MODEL)),
    FormField.HARDWARE_VERSION: (_ALL, (Label.HARDWARE_VERSION,)),
    FormField.HARDWARE_REVISION: (_ALL, (Label.HARDWARE_VERSION,)),
    FormField.FIRMWARE_VERSION: (_ALL, (Label.FIRMWARE_VERSION,)),
    FormField.CPA_NUMBER: ((_CPA,), _IDENTITY),
    FormField.SECURITY_CHARACTERISTICS: ((_CPA,), (Label.SECURITY_CHARACTERISTICS,)),
    FormField.CPA_DATE: ((_CPA,), (Label.EXPIRY_DATE, Label.RENEWAL_DATE)),
    FormField.DLMS_NUMBER: ((_DLMS,), _IDENTITY),
    FormField.DLMS_VERSION: ((_DLMS,), (Label.CTT_VERSION,)),
    FormField.ZSE_NUMBER: ((_ZIGBEE,), _IDENTITY),
    FormField.ZSE_VERSION: ((_ZIGBEE,), (Label.SPECIFICATION_VERSION,)),
}
"""By field: the certificates that state it, and the standard wordings of the labels it stands under."""


class Mark(StrEnum):
    """How a certificate's value compares with the form's."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNSETTLED = "unsettled"
    """The certificate's words may stand for the form's value, and for others."""
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class Beside:
    """A certificate's value beside a field; every text but the statement itself is safe to print."""

    certificate: AssuranceCertificate
    label: Label
    stated: Stated | None
    """None where nothing could be read under the label."""
    mark: Mark
    why: str
    """The coding assumed, or why it was not compared; empty where nothing is to be said."""
    form_pieces: Marked
    """The form's value in pieces, each with whether it differs."""
    pieces: Marked
    """The certificate's likewise."""

    @property
    def kind(self) -> DocumentKind:
        """The certificate's kind."""
        return self.certificate.kind

    @property
    def counterpart(self) -> Counterpart | None:
        """It as a counterpart of the field; None where nothing could be read."""
        return None if self.stated is None else Counterpart(self.kind, self.label, self.stated)


@dataclass(frozen=True, slots=True)
class Unused:
    """A certificate of the message that does not count for this entry."""

    document: str
    kind: DocumentKind
    why: str


class Certified:
    """What the certificates of one entry state."""

    def __init__(self, dossier: Dossier) -> None:
        """Compare once for all fields.

        Args:
            dossier: with the entry under judgement.
        """
        self._dossier = dossier
        self._used = {kind: used(dossier, kind) for kind in _ALL}
        self._compared: dict[tuple[str, int], Comparison] = {}
        for result in comparisons(dossier):
            self._compared.setdefault((result.field, id(result.certificate)), result)

    def beside(self, row: FormRow) -> tuple[Beside, ...]:
        """Give what certificates that count for this entry state of a row of the form; never more than `MOST`."""
        kinds, labels = _SAME.get(row.field, ((), ()))
        sent = ((certificate, labels) for kind in kinds for certificate in self._used[kind])
        return tuple(islice((beside for pair in sent if (beside := self._certificate(row, *pair)) is not None), MOST))

    def documents(self) -> frozenset[int]:
        """Give the places, among the dossier's documents, of the entry's own workbook and of what counts for it."""
        counted = {id(certificate) for counting in self._used.values() for certificate in counting}
        own = self._dossier.workbook
        return frozenset(
            place
            for place, document in enumerate(self._dossier.documents)
            if document is own or id(document.certificate) in counted
        )

    def _certificate(self, row: FormRow, certificate: AssuranceCertificate, labels: tuple[Label, ...]) -> Beside | None:
        first = row is next(iter(self._dossier.new_entry.named(row.field)), None)
        result = self._compared.get((row.field, id(certificate))) if first else None
        if result is not None:
            return _compared(row, result)
        label, stated = next(_stated(certificate, labels), (None, None))
        if label is None or stated is None:
            return None
        why = self._passed_over(row, certificate) if first else "the form has this row twice, and the first counts"
        values = unmarked(plain.value(row.value)), unmarked(plain.value(stated.value))
        return Beside(certificate, label, stated, Mark.NOT_COMPARED, why, *values)

    def _passed_over(self, row: FormRow, certificate: AssuranceCertificate) -> str:
        """Why the rules made no comparison."""
        means = {id(result.certificate) for result in self._compared.values() if not _is_number(result)}
        if id(certificate) not in means:
            return "it cannot be told which of several certificates the form means"
        return "a name, where the form has a code" if row.field == FormField.MANUFACTURER_IDENTIFIER else ""

    def unused(self) -> tuple[tuple[Unused, ...], int]:
        """Give the certificates that do not count for this entry, never more than `MOST`, and how many there are."""
        counted = {id(certificate) for counting in self._used.values() for certificate in counting}
        others = [
            document
            for document in self._dossier.documents
            if document.certificate is not None and id(document.certificate) not in counted
        ]
        meant = {id(certificate) for kind in _ALL for certificate in self._dossier.certificates(kind)}
        return tuple(_unused(document, meant) for document in others[:MOST]), len(others)


def _unused(document: Document, meant: set[int]) -> Unused:
    needless = id(document.certificate) in meant
    why = "this type of device needs none" if needless else "the form names another"
    return Unused(plain.bounded(plain.one_line(document.name)), document.kind, why)


def _is_number(result: Comparison) -> bool:
    return result.field == NUMBER_FIELDS[result.certificate.kind]


def labels_of(field: str) -> frozenset[tuple[DocumentKind, Label]]:
    """Give the labels under which certificates state the same as this field, each with the kind of certificate."""
    kinds, labels = _SAME.get(field, ((), ()))
    return frozenset((kind, label) for kind in kinds for label in labels if label in LABELS[kind])


def _stated(certificate: AssuranceCertificate, labels: Iterable[Label]) -> Iterator[tuple[Label, Stated]]:
    """The values stated under these labels."""
    for label in labels:
        stated = certificate.stated(label) if label in LABELS[certificate.kind] else None
        if stated is not None:
            yield label, stated


_MARKS = {
    Agreement.SAME: Mark.AGREES,
    Agreement.DIFFERENT: Mark.DIFFERS,
    Agreement.POSSIBLE: Mark.UNSETTLED,
    Agreement.UNCLEAR: Mark.NOT_COMPARED,
}
_DOUBTS = {
    Doubt.WORDING: "worded so differently that only a person can tell",
    Doubt.UNREAD: "nothing could be read under this label",
    Doubt.NO_TEXT: "the form's own cell must be right first",
    Doubt.PICTURE: "read from a picture, so compare by eye",
    Doubt.NO_VALUE: "no value follows from these words",
}


def _compared(row: FormRow, result: Comparison) -> Beside:
    mark = _MARKS[result.agreement]
    stated = plain.value(row.value)
    if result.stated is None:
        return Beside(result.certificate, result.label, None, mark, _why(result), unmarked(stated), ())
    other = plain.value(result.stated.value)
    ours, theirs = unmarked(stated), unmarked(other)
    if mark is Mark.DIFFERS:
        ours, theirs = _parts(result, stated, other) or _differing(stated, other)
    return Beside(result.certificate, result.label, result.stated, mark, _why(result), ours, theirs)


def _differing(said: str, other: str) -> tuple[Marked, Marked]:
    ours, theirs = marked(said, other)
    return ours, theirs or unmarked(other)


def _parts(result: Comparison, said: str, other: str) -> tuple[Marked, Marked] | None:
    """The half of ``VV_RR`` that is meant; None where the certificate states it otherwise."""
    match = _TWO_PARTS.fullmatch(other)
    if match is None or result.field not in _HARDWARE:
        return None
    first = result.field == FormField.HARDWARE_VERSION
    ours, theirs = _differing(said, match[1] if first else match[3])
    rest = match[2] + match[3] if first else match[1] + match[2]
    return ours, ((*theirs, (rest, False)) if first else ((rest, False), *theirs))


def _why(result: Comparison) -> str:
    answer, stated = result.answer, result.stated
    if result.agreement is Agreement.UNCLEAR:
        return plain.bounded(plain.one_line(answer.remark or _DOUBTS[answer.doubt]))
    if answer.readings and result.agreement is not Agreement.SAME:
        readings = " or ".join(str(reading) for reading in answer.readings)
        return plain.bounded(f"may stand for {readings}", plain.LONGEST_MESSAGE)
    if answer.coding is not None:
        return f"coding assumed: {answer.coding.coding}"
    if stated is not None and result.field in _HARDWARE and _TWO_PARTS.fullmatch(stated.value.strip()):
        half = "first" if result.field == FormField.HARDWARE_VERSION else "second"
        return f"{half} half of VV_RR, hexadecimal"
    written_alike = stated is None or result.said.strip() == stated.value.strip()
    return "" if written_alike or result.agreement is not Agreement.SAME else "the same, written otherwise"
