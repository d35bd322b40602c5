"""The five Device_Model fields beside a ZigBee certificate, which two rules share."""

from __future__ import annotations

from rules.alignment._compare import Agreement, Comparison, comparison, device_type, hardware, hexadecimal
from rules.alignment._identity import Scheme, zigbee_number
from rules.device import DEVICE_TYPE
from rules.facts import AssuranceCertificate, Document, DocumentKind, Dossier

ZIGBEE = Scheme(
    assurance="zigbee",
    kind=DocumentKind.ZIGBEE_CERTIFICATE,
    field="ZSE_Certificate.identification_number",
    label="Certification ID Number",
    same=zigbee_number,
)

_FIELDS = (
    ("Device_Model.manufacturer_identifier", "Manufacturer", hexadecimal("hex2")),
    ("Device_Model.model_identifier", "Model Identification", hexadecimal("hex2")),
    ("Device_Model.hardware_version.version", "Hardware Version", hardware(1)),
    ("Device_Model.hardware_version.revision", "Hardware Version", hardware(2)),
    ("Device_Model.firmware_version", "Firmware Version", hexadecimal("hex4")),
)


def device_model(dossier: Dossier, certificate: AssuranceCertificate) -> tuple[Comparison, ...]:
    """The five fields, in the form's order."""
    return tuple(comparison(dossier, certificate, field, label, compare) for field, label, compare in _FIELDS)


def type_of_device(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """The device type."""
    return comparison(dossier, certificate, DEVICE_TYPE, "Type of Device", device_type)


def evidence(dossier: Dossier) -> tuple[Document, ...]:
    """Release notes and other evidence that may show why an older certificate still counts."""
    return dossier.of_kind(DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE)


def reused(dossier: Dossier) -> tuple[Comparison, ...]:
    """Where the certificate is for another model and evidence was given: the comparisons that differ."""
    certificate = ZIGBEE.meant(dossier) if ZIGBEE.applies(dossier) and evidence(dossier) else None
    if certificate is None:
        return ()
    compared = (*device_model(dossier, certificate), type_of_device(dossier, certificate))
    return tuple(one for one in compared if one.agreement is Agreement.DIFFERENT)
