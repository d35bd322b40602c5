"""Where the form and a CPA certificate state the same things."""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import Agreement, Comparison, comparison, day, device_type, version_number
from rules.alignment._device_model import versions
from rules.alignment._identity import Scheme, cpa_number
from rules.alignment._versions import identifier
from rules.certificate_number import prefix_of
from rules.device import text_of
from rules.facts import AssuranceCertificate, DocumentKind, Dossier
from rules.fields import FormField, Label

CPA = Scheme("cpa", DocumentKind.CPA_CERTIFICATE, cpa_number)

_NAMES_THE_MODEL = frozenset({Label.MODEL, Label.FIRMWARE_VERSION})
_BY_PREFIX = {"[E]": Label.EXPIRY_DATE, "[R]": Label.RENEWAL_DATE}


def expected_label(dossier: Dossier) -> Label | None:
    """Give the label of the date that the form's prefix speaks of; None where the form has no prefix."""
    return _BY_PREFIX.get(prefix_of(text_of(dossier.new_entry, CPA.field)))


def date_label(dossier: Dossier, certificate: AssuranceCertificate) -> Label:
    """Give the label of the date to compare with: the one that the prefix speaks of, else the one that is there."""
    first = expected_label(dossier) or Label.EXPIRY_DATE
    other = Label.RENEWAL_DATE if first == Label.EXPIRY_DATE else Label.EXPIRY_DATE
    return other if certificate.stated(first) is None and certificate.stated(other) is not None else first


def date(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """Give the date of expiry or renewal."""
    return comparison(dossier, certificate, FormField.CPA_DATE, date_label(dossier, certificate), day)


def security_characteristics(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """Give the version of the Security Characteristics."""
    field, label = FormField.SECURITY_CHARACTERISTICS, Label.SECURITY_CHARACTERISTICS
    return comparison(dossier, certificate, field, label, version_number)


def type_of_device(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """Give the device type."""
    return comparison(dossier, certificate, FormField.DEVICE_TYPE, Label.DEVICE_TYPE, device_type)


def device_model(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Comparison]:
    """Give model and firmware, without which no Device Model is named (SEC F2.5), and the hardware where it is stated.

    A manufacturer's name is passed over: the form has the manufacturer's code only.
    """
    model = ((FormField.MODEL_IDENTIFIER, Label.MODEL, identifier), *versions(dossier))
    yield from (
        comparison(dossier, certificate, *fields)
        for fields in model
        if fields[1] in _NAMES_THE_MODEL or certificate.stated(fields[1]) is not None
    )
    manufacturer = comparison(dossier, certificate, FormField.MANUFACTURER_IDENTIFIER, Label.MANUFACTURER, identifier)
    if manufacturer.agreement is not Agreement.UNCLEAR:
        yield manufacturer


def added(dossier: Dossier) -> tuple[Comparison, ...]:
    """Give what differs where the certificate is another version's of what may be the same model."""
    for certificate in CPA.referenced_certificates(dossier):
        compared = (*device_model(dossier, certificate), type_of_device(dossier, certificate))
        differing = tuple(result for result in compared if result.agreement is Agreement.DIFFERENT)
        if all(result.label in {Label.HARDWARE_VERSION, Label.FIRMWARE_VERSION} for result in differing):
            return differing
    return ()
