"""The names by which the code speaks of the form's fields and of the certificates' labels, each written once.

A name that nobody knows reads as an empty cell, so that a rule which asks for it would pass for ever. Hence no other
module writes one out: a slip in a member's name fails at import, a member that no edition of the form has stops the
catalogue (`rules.catalogue.all_rules`), and so does a label that no certificate reader gives (`LABELS`).
An edition may have rows beside these; they are judged by its profile alone, without any code that names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class FormGroup(StrEnum):
    """A Data Group of the New Entry form."""

    CPA_CERTIFICATE = "CPA_Certificate"
    DLMS_CERTIFICATE = "DLMS_Certificate"
    ZSE_CERTIFICATE = "ZSE_Certificate"
    MANUFACTURER_IMAGE = "Manufacturer_Image"


class FormField(StrEnum):
    """A field of the New Entry form: ``<Data Group>.<Data Attribute>``."""

    ENTRY_NUMBER = "Entry.number"
    ENTRY_STATUS = "Entry.status"
    DEVICE_TYPE = "Device_Type.name"
    MANUFACTURER_IDENTIFIER = "Device_Model.manufacturer_identifier"
    MODEL_IDENTIFIER = "Device_Model.model_identifier"
    HARDWARE_VERSION = "Device_Model.hardware_version.version"
    HARDWARE_REVISION = "Device_Model.hardware_version.revision"
    FIRMWARE_VERSION = "Device_Model.firmware_version"
    SMETS_VERSION = "SMETS/CHTS Version.Version_number"
    GBCS_VERSION = "GBCS Version.version_number"
    CPA_NUMBER = "CPA_Certificate.identification_number"
    SECURITY_CHARACTERISTICS = "CPA_Certificate.security_characteristics_version"
    CPA_DATE = "CPA_Certificate.expiry_date"
    DLMS_NUMBER = "DLMS_Certificate.identification_number"
    DLMS_VERSION = "DLMS_Certificate.DLMS_version"
    ZSE_NUMBER = "ZSE_Certificate.identification_number"
    ZSE_VERSION = "ZSE_Certificate.ZSE_version"
    IMAGE_CREATOR = "Manufacturer_Image.creator"
    IMAGE_HASH = "Manufacturer_Image.hash"
    IMAGE_DESCRIPTOR = "Manufacturer_Image.descriptor"
    CONTACT_NAME = "Contact-CPA.Contact.contact name"
    CONTACT_TELEPHONE = "Contact-CPA.Contact.contact telephone"
    CONTACT_EMAIL = "Contact-CPA.Contact.contact email"
    FIR_COMPANY_NAME = "Manufacturer Contact FIR.Company Name"
    FIR_HOUSE_NUMBER = "Manufacturer Contact FIR.House Number"
    FIR_STREET = "Manufacturer Contact FIR.Street"
    FIR_CITY = "Manufacturer Contact FIR.City"
    FIR_POST_CODE = "Manufacturer Contact FIR.Post Code"
    FIR_COUNTRY = "Manufacturer Contact FIR.Country"
    FIR_TELEPHONE_NUMBER = "Manufacturer Contact FIR.Telephone Number"
    FIR_WEBSITE = "Manufacturer Contact FIR.Website"
    FIR_EMAIL_ADDRESS = "Manufacturer Contact FIR.Email Address"
    RELEASE_NOTES = "FIR Release Notes.Description"


DEVICE_MODEL = (
    FormField.MANUFACTURER_IDENTIFIER,
    FormField.MODEL_IDENTIFIER,
    FormField.HARDWARE_VERSION,
    FormField.HARDWARE_REVISION,
    FormField.FIRMWARE_VERSION,
)
"""The five fields of a Device Model, in the form's order (guidance, appendix A 2.7)."""


MODEL_AND_HARDWARE = "Device_Model.model_identifier_concatenated_with_hardware_version"
"""A column of the DCC's copy of the list; no form has it."""


class Label(StrEnum):
    """A label of an assurance certificate, in its standard wording."""

    CERTIFICATION_NUMBER = "Certification ID Number"
    CERTIFICATE_NUMBER = "Certificate Identification Number"
    TYPE_OF_DEVICE = "Type of Device"
    DEVICE_TYPE = "Device Type"
    MANUFACTURER = "Manufacturer"
    MODEL_IDENTIFICATION = "Model Identification"
    MODEL_IDENTIFIER = "Model Identifier"
    MODEL = "Model"
    TYPE = "Type"
    HARDWARE_VERSION = "Hardware Version"
    FIRMWARE_VERSION = "Firmware Version"
    LOGICAL_DEVICE_NAME = "Management Logical Device Name"
    SECURITY_CHARACTERISTICS = "Security Characteristics"
    CTT_VERSION = "CTT Version"
    SPECIFICATION_VERSION = "Specification Version"
    CERTIFICATION_DATE = "Certification Date"
    ISSUE_DATE = "Issue Date"
    DATE_OF_ISSUE = "Date of Issue"
    EXPIRY_DATE = "Expiry Date"
    RENEWAL_DATE = "Renewal Date"


LABELS: Mapping[str, frozenset[Label]] = {
    "zigbee_certificate": frozenset(
        {
            Label.TYPE_OF_DEVICE,
            Label.MANUFACTURER,
            Label.MODEL_IDENTIFICATION,
            Label.HARDWARE_VERSION,
            Label.FIRMWARE_VERSION,
            Label.SPECIFICATION_VERSION,
            Label.CERTIFICATION_DATE,
            Label.EXPIRY_DATE,
            Label.CERTIFICATION_NUMBER,
        }
    ),
    "cpa_certificate": frozenset(
        {
            Label.CERTIFICATE_NUMBER,
            Label.DEVICE_TYPE,
            Label.MANUFACTURER,
            Label.MODEL,
            Label.HARDWARE_VERSION,
            Label.FIRMWARE_VERSION,
            Label.SECURITY_CHARACTERISTICS,
            Label.ISSUE_DATE,
            Label.EXPIRY_DATE,
            Label.RENEWAL_DATE,
        }
    ),
    "dlms_certificate": frozenset(
        {
            Label.CERTIFICATE_NUMBER,
            Label.DEVICE_TYPE,
            Label.MANUFACTURER,
            Label.TYPE,
            Label.MODEL_IDENTIFIER,
            Label.HARDWARE_VERSION,
            Label.FIRMWARE_VERSION,
            Label.LOGICAL_DEVICE_NAME,
            Label.CTT_VERSION,
            Label.DATE_OF_ISSUE,
            Label.EXPIRY_DATE,
        }
    ),
}
"""By `rules.facts.DocumentKind`: what its reader gives; held to it where the readers' tables are made."""

NUMBER_FIELDS: Mapping[str, FormField] = {
    "zigbee_certificate": FormField.ZSE_NUMBER,
    "cpa_certificate": FormField.CPA_NUMBER,
    "dlms_certificate": FormField.DLMS_NUMBER,
}
"""By `rules.facts.DocumentKind`: the field of the form that names a certificate of the kind."""

NUMBER_LABELS: Mapping[str, Label] = {
    "zigbee_certificate": Label.CERTIFICATION_NUMBER,
    "cpa_certificate": Label.CERTIFICATE_NUMBER,
    "dlms_certificate": Label.CERTIFICATE_NUMBER,
}
"""By `rules.facts.DocumentKind`: the label of the certificate's own number."""
