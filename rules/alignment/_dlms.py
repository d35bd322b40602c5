"""Where the form and a DLMS certificate state the same things."""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import Agreement, Comparison, comparison, version_number
from rules.alignment._compare import device_type as same_type
from rules.alignment._device_model import versions
from rules.alignment._identity import Scheme, dlms_number
from rules.alignment._versions import identifier, version
from rules.facts import AssuranceCertificate, DocumentKind, Dossier
from rules.fields import FormField, Label

DLMS = Scheme("dlms", DocumentKind.DLMS_CERTIFICATE, dlms_number)


def test_tool(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """Give the version of the conformance test tool."""
    return comparison(dossier, certificate, FormField.DLMS_VERSION, Label.CTT_VERSION, version_number)


def type_of_device(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """Give the device type."""
    return comparison(dossier, certificate, FormField.DEVICE_TYPE, Label.DEVICE_TYPE, same_type)


def manufacturer(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Comparison]:
    """Give the manufacturer's code; a name is passed over, as the form has the code only."""
    maker = comparison(dossier, certificate, FormField.MANUFACTURER_IDENTIFIER, Label.MANUFACTURER, identifier)
    if maker.agreement is not Agreement.UNCLEAR:
        yield maker


def model_and_hardware(dossier: Dossier, certificate: AssuranceCertificate) -> tuple[Comparison, ...]:
    """Give the model and both parts of the hardware version."""
    model = (FormField.MODEL_IDENTIFIER, Label.MODEL_IDENTIFIER, identifier)
    return tuple(comparison(dossier, certificate, *fields) for fields in (model, *versions(dossier)[:2]))


def firmware(dossier: Dossier, certificate: AssuranceCertificate) -> Comparison:
    """Give the firmware version."""
    return comparison(dossier, certificate, FormField.FIRMWARE_VERSION, Label.FIRMWARE_VERSION, version("hex4"))


def stated(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Comparison]:
    """Give all of these that the certificate states anything of."""
    compared = (
        test_tool(dossier, certificate),
        type_of_device(dossier, certificate),
        *manufacturer(dossier, certificate),
        *model_and_hardware(dossier, certificate),
        firmware(dossier, certificate),
    )
    return (result for result in compared if result.stated is not None)
