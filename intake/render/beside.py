"""Which certificate states the same as a field of the form, so that both can be shown side by side.

Only shown, never compared here: comparing is the rules' work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from rules.facts import AssuranceCertificate, DocumentKind, Dossier
from rules.finding import Counterpart

_ZIGBEE, _CPA, _DLMS = DocumentKind.ZIGBEE_CERTIFICATE, DocumentKind.CPA_CERTIFICATE, DocumentKind.DLMS_CERTIFICATE
_ALL = (_ZIGBEE, _CPA, _DLMS)
MOST = 12
"""Beside one field; more only come together where a message brings many certificates that no form names."""
_IDENTITY = ("Certificate Identification Number", "Certification ID Number")

_SAME: Mapping[str, tuple[tuple[DocumentKind, ...], tuple[str, ...]]] = {
    "Device_Type.name": (_ALL, ("Type of Device", "Device Type")),
    "Device_Model.manufacturer_identifier": (_ALL, ("Manufacturer",)),
    "Device_Model.model_identifier": (_ALL, ("Model Identification", "Model Identifier", "Model")),
    "Device_Model.hardware_version.version": (_ALL, ("Hardware Version",)),
    "Device_Model.hardware_version.revision": (_ALL, ("Hardware Version",)),
    "Device_Model.firmware_version": (_ALL, ("Firmware Version",)),
    "CPA_Certificate.identification_number": ((_CPA,), _IDENTITY),
    "CPA_Certificate.security_characteristics_version": ((_CPA,), ("Security Characteristics",)),
    "CPA_Certificate.expiry_date": ((_CPA,), ("Expiry Date", "Renewal Date")),
    "DLMS_Certificate.identification_number": ((_DLMS,), _IDENTITY),
    "DLMS_Certificate.DLMS_version": ((_DLMS,), ("CTT Version",)),
    "ZSE_Certificate.identification_number": ((_ZIGBEE,), _IDENTITY),
}
"""By field: the certificates that state it, and the standard wordings of the labels it stands under."""


def beside(dossier: Dossier, field: str) -> tuple[Counterpart, ...]:
    """What the certificates that the entry under judgement may mean state for this field; never more than `MOST`."""
    if field not in _SAME:
        return ()
    kinds, labels = _SAME[field]
    certificates = (each for kind in kinds for each in dossier.certificates(kind))
    return tuple(islice((found for each in certificates for found in _stated(each, labels)), MOST))


def _stated(certificate: AssuranceCertificate, labels: tuple[str, ...]) -> Iterator[Counterpart]:
    """The first of the labels that the certificate carries."""
    for label in labels:
        stated = certificate.stated(label)
        if stated is not None:
            yield Counterpart(certificate.kind, label, stated)
            return
