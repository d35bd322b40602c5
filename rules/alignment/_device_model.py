"""The five Device_Model fields beside a ZigBee certificate, which two rules share."""

from __future__ import annotations

import re

from rules.alignment._compare import Agreement, Compare, Comparison, comparison, device_type, same_if
from rules.alignment._identity import Scheme, zigbee_number
from rules.alignment._versions import hardware, identifier, version
from rules.device import text_of
from rules.facts import AssuranceCertificate, Document, DocumentKind, Dossier
from rules.fields import FormField, Label

ZIGBEE = Scheme("zigbee", DocumentKind.ZIGBEE_CERTIFICATE, zigbee_number)


def versions(dossier: Dossier) -> tuple[tuple[FormField, Label, Compare], ...]:
    """Give hardware and firmware: the form's field, the label of every kind of certificate, and how to compare."""
    first, second = (
        text_of(dossier.new_entry, field) for field in (FormField.HARDWARE_VERSION, FormField.HARDWARE_REVISION)
    )
    return (
        (FormField.HARDWARE_VERSION, Label.HARDWARE_VERSION, hardware(0, second)),
        (FormField.HARDWARE_REVISION, Label.HARDWARE_VERSION, hardware(1, first)),
        (FormField.FIRMWARE_VERSION, Label.FIRMWARE_VERSION, version("hex4")),
    )


def device_model(dossier: Dossier, certificate: AssuranceCertificate) -> tuple[Comparison, ...]:
    """Give the five fields of a ZigBee certificate, in the form's order."""
    codes = (
        (FormField.MANUFACTURER_IDENTIFIER, Label.MANUFACTURER, identifier),
        (FormField.MODEL_IDENTIFIER, Label.MODEL_IDENTIFICATION, identifier),
    )
    return tuple(comparison(dossier, certificate, *fields) for fields in (*codes, *versions(dossier)))


def type_of_device(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """Give the device type."""
    return comparison(dossier, certificate, FormField.DEVICE_TYPE, Label.TYPE_OF_DEVICE, device_type)


_STANDARD = re.compile(r"(?<![\w.])v?([0-9]+\.[0-9]+[a-z]?)(?![\w.]*\w)", re.IGNORECASE)


def standard(dossier: Dossier, certificate: AssuranceCertificate) -> tuple[Comparison, ...]:
    """Give the version of the ZigBee standard, where the certificate states one."""
    value = certificate.stated(Label.SPECIFICATION_VERSION)
    if value is None or not _standards(value.value):
        return ()
    return (comparison(dossier, certificate, FormField.ZSE_VERSION, Label.SPECIFICATION_VERSION, _same_standard),)


def _same_standard(form_value: str, stated: str) -> Agreement:
    written, printed = _standards(form_value), _standards(stated)
    return Agreement.UNCLEAR if len(written) != 1 or len(printed) != 1 else same_if(written == printed)


def _standards(text: str) -> set[str]:
    return {match.casefold() for match in _STANDARD.findall(text)}


def evidence(dossier: Dossier) -> tuple[Document, ...]:
    """Release notes and other evidence that may show why an older certificate still counts, by name."""
    documents = dossier.of_kind(DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE)
    return tuple(sorted(documents, key=lambda document: document.name))


def possible_evidence(dossier: Dossier) -> tuple[str, ...]:
    """Name the documents that could not be read or placed, in which a person may find evidence."""
    forms = {entry.document for entry in dossier.entries}
    unplaced = (document.name for document in dossier.documents if document.may_be_a_certificate)
    return tuple(sorted(name for name in unplaced if name not in forms))


def possible(dossier: Dossier) -> tuple[Comparison, ...]:
    """Give the fields whose value is one of several that the certificate's words may stand for."""
    compared = (
        result
        for certificate in ZIGBEE.referenced_certificates(dossier)
        for result in device_model(dossier, certificate)
    )
    return tuple(result for result in compared if result.agreement is Agreement.POSSIBLE)


def reused(dossier: Dossier) -> tuple[Comparison, ...]:
    """Give all that does not agree where the certificate is for another model and evidence was given, else nothing."""
    if not ZIGBEE.applies(dossier) or not evidence(dossier):
        return ()
    compared = tuple(
        result for certificate in ZIGBEE.referenced_certificates(dossier) for result in _all(dossier, certificate)
    )
    differs = any(result.agreement is Agreement.DIFFERENT for result in compared)
    return tuple(result for result in compared if result.agreement is not Agreement.SAME) if differs else ()


def _all(dossier: Dossier, certificate: AssuranceCertificate) -> tuple[Comparison, ...]:
    return (*device_model(dossier, certificate), type_of_device(dossier, certificate))
