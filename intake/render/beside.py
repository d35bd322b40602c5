"""Which certificate states the same as a field of the form, so that both can be shown side by side.

Only shown, never compared here: comparing is the rules' work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from rules.facts import AssuranceCertificate, DocumentKind, Dossier
from rules.fields import LABELS, FormField, Label
from rules.finding import Counterpart

_ZIGBEE, _CPA, _DLMS = DocumentKind.ZIGBEE_CERTIFICATE, DocumentKind.CPA_CERTIFICATE, DocumentKind.DLMS_CERTIFICATE
_ALL = (_ZIGBEE, _CPA, _DLMS)
MOST = 12
"""Beside one field; more only come together where a message brings many certificates that no form names."""
_IDENTITY = (Label.CERTIFICATE_NUMBER, Label.CERTIFICATION_NUMBER)

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
}
"""By field: the certificates that state it, and the standard wordings of the labels it stands under."""


def beside(dossier: Dossier, field: str) -> tuple[Counterpart, ...]:
    """What the certificates that the entry under judgement may mean state for this field; never more than `MOST`."""
    if field not in _SAME:
        return ()
    kinds, labels = _SAME[field]
    certificates = (certificate for kind in kinds for certificate in dossier.certificates(kind))
    return tuple(
        islice((counterpart for certificate in certificates for counterpart in _stated(certificate, labels)), MOST)
    )


def labels_of(field: str) -> frozenset[tuple[DocumentKind, Label]]:
    """The labels under which certificates state the same as this field, each with the kind of certificate."""
    kinds, labels = _SAME.get(field, ((), ()))
    return frozenset((kind, label) for kind in kinds for label in labels if label in LABELS[kind])


def _stated(certificate: AssuranceCertificate, labels: tuple[Label, ...]) -> Iterator[Counterpart]:
    """Give the first stated value among these labels."""
    for label in labels:
        stated = certificate.stated(label) if label in LABELS[certificate.kind] else None
        if stated is not None:
            yield Counterpart(certificate.kind, label, stated)
            return
