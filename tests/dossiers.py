"""Builds dossiers for tests: a valid submission of every device type, to be spoilt one fact at a time.

Everything in them is invented: makers, numbers and addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from rules import examine as examination
from rules.catalogue import all_rules
from rules.examine import examine
from rules.facts import (
    NEW_ENTRY_ABSENT,
    AssuranceCertificate,
    CellKind,
    Document,
    DocumentKind,
    Dossier,
    FormRow,
    NewEntry,
    ReadBy,
    Stated,
    Where,
)
from rules.fields import FormField
from rules.finding import EntryReport, Ruling
from rules.message_facts import MessageFacts
from rules.rulebook import current
from rules.signature_facts import SignatureFacts

JUDGED_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WORKBOOK = "form.xlsx"
SHEET = "CPL - New Entry"

HUB = "Communications Hub"
GAS = "Gas Smart Meter"
SWITCH = "HAN Connected Auxiliary Load Control Switch"
POLYPHASE = "Polyphase Electricity Metering Equipment"
DISPLAY = "Pre-Payment Interface Device"
SINGLE = "Single Element Electricity Metering Equipment"
TWIN = "Twin Element Electricity Metering Equipment"
DEVICE_TYPES = (HUB, GAS, SWITCH, POLYPHASE, DISPLAY, SINGLE, TWIN)
SMETS1_TYPES = (HUB, GAS, DISPLAY, SINGLE, TWIN)
ELECTRICITY = (POLYPHASE, SINGLE, TWIN)

NUMBER = "Entry.number"
STATUS = "Entry.status"
TYPE = "Device_Type.name"
MANUFACTURER = "Device_Model.manufacturer_identifier"
MODEL = "Device_Model.model_identifier"
VERSION = "Device_Model.hardware_version.version"
REVISION = "Device_Model.hardware_version.revision"
FIRMWARE = "Device_Model.firmware_version"
SMETS = "SMETS/CHTS Version.Version_number"
GBCS = "GBCS Version.version_number"
CPA_ID = "CPA_Certificate.identification_number"
CPA_VERSION = "CPA_Certificate.security_characteristics_version"
CPA_DATE = "CPA_Certificate.expiry_date"
DLMS_ID = "DLMS_Certificate.identification_number"
DLMS_VERSION = "DLMS_Certificate.DLMS_version"
ZSE_ID = "ZSE_Certificate.identification_number"
ZSE_VERSION = "ZSE_Certificate.ZSE_version"
CREATOR = "Manufacturer_Image.creator"
HASH = "Manufacturer_Image.hash"
DESCRIPTOR = "Manufacturer_Image.descriptor"
CONTACT_NAME = "Contact-CPA.Contact.contact name"
CONTACT_TELEPHONE = "Contact-CPA.Contact.contact telephone"
CONTACT_EMAIL = "Contact-CPA.Contact.contact email"
COMPANY = "Manufacturer Contact FIR.Company Name"
POST_CODE = "Manufacturer Contact FIR.Post Code"
FIR_EMAIL = "Manufacturer Contact FIR.Email Address"
RELEASE = "FIR Release Notes.Description"

A_HASH = sha256(b"an image of tests").digest().hex(":").upper()
PLACEHOLDER = "This value is allocated by SECAS"

_GROUPS = {
    "Entry": ("number", "status"),
    "Device_Type": ("name",),
    "Device_Model": (
        "manufacturer_identifier",
        "model_identifier",
        "hardware_version.version",
        "hardware_version.revision",
        "firmware_version",
    ),
    "SMETS/CHTS Version": ("Version_number",),
    "GBCS Version": ("version_number",),
    "CPA_Certificate": ("identification_number", "security_characteristics_version", "expiry_date"),
    "DLMS_Certificate": ("identification_number", "DLMS_version"),
    "ZSE_Certificate": ("identification_number", "ZSE_version"),
    "Manufacturer_Image": ("creator", "hash", "descriptor"),
    "Contact-CPA": ("Contact.contact name", "Contact.contact telephone", "Contact.contact email"),
    "Manufacturer Contact FIR": (
        "Company Name",
        "House Number",
        "Street",
        "City",
        "Post Code",
        "Country",
        "Telephone Number",
        "Website",
        "Email Address",
    ),
    "FIR Release Notes": ("Description",),
}
LABELS = tuple((group, attribute) for group, attributes in _GROUPS.items() for attribute in attributes)
FIELDS = tuple(f"{group}.{attribute}" for group, attribute in LABELS)
LABELS_2017 = LABELS[:8]
"""What the guidance of 2017 shows for certain."""

_SPECIFICATIONS = {
    HUB: ("CHTS V1.5", "GBCS Version 4.1"),
    GAS: ("SMETS V4.3", "GBCS Version 4.1"),
    DISPLAY: ("SMETS V4.4", "GBCS Version 4.1"),
}
_OF_CPA = {
    CPA_ID: "[E] NCSC-1433053936-9001",
    CPA_VERSION: "Security Characteristics version 1.3",
    CPA_DATE: "30/08/2028",
    CONTACT_NAME: "Ada Byron",
    CONTACT_TELEPHONE: "020 7946 0000",
    CONTACT_EMAIL: "meters@example.test",
}
_OF_DLMS = {DLMS_ID: "2721", DLMS_VERSION: "CTT 4.2"}
_OF_ZSE = {ZSE_ID: "ZIG23001ZSE13200-24", ZSE_VERSION: "ZigBee Smart Energy Standard 1.4"}
_OF_FIR = {
    COMPANY: "Example Meters Ltd",
    "Manufacturer Contact FIR.House Number": "1",
    "Manufacturer Contact FIR.Street": "High Street",
    "Manufacturer Contact FIR.City": "Exampleton",
    POST_CODE: "EX1 2MP",
    "Manufacturer Contact FIR.Country": "United Kingdom",
    "Manufacturer Contact FIR.Telephone Number": "020 7946 0001",
    "Manufacturer Contact FIR.Website": "https://example.test/releases",
    FIR_EMAIL: "firmware@example.test",
    RELEASE: "First release.",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell that holds anything but text."""

    kind: CellKind
    value: str
    number_format: str = "General"
    cached: str | None = None


Content = str | Kept


def valid_values(device_type: str, *, smets1: bool = False) -> dict[str, Content]:
    """What a valid form of 2022-09 states, by field."""
    values: dict[str, Content] = dict.fromkeys(FIELDS, "")
    values |= {NUMBER: PLACEHOLDER, STATUS: PLACEHOLDER, TYPE: device_type}
    values |= {MANUFACTURER: "10:6C", MODEL: "43:31", VERSION: "0A", REVISION: "AC", FIRMWARE: "12:03:12:34"}
    specifications = _SPECIFICATIONS.get(device_type, ("SMETS V5.1", "GBCS Version 4.1"))
    values[SMETS], values[GBCS] = ("SMETS V1.2", "GBCS Version 0.0") if smets1 else specifications
    if not smets1:
        values |= _OF_ZSE
        values |= _OF_CPA if device_type != DISPLAY else {CPA_VERSION: "Not Relevant"}
        values |= _OF_DLMS if device_type in ELECTRICITY else {}
    if device_type in {GAS, *ELECTRICITY}:
        values |= _OF_FIR
    return values


def a_row(group: str, attribute: str, content: Content, at: int, *, document: str = WORKBOOK) -> FormRow:
    """One row; the cell stands in column G."""
    where = Where(document, sheet=SHEET, cell=f"G{at}")
    if isinstance(content, Kept):
        return FormRow(
            group, attribute, content.value, content.kind, where, content.number_format, cached=content.cached
        )
    kind = CellKind.TEXT if content else CellKind.EMPTY
    return FormRow(group, attribute, content, kind, where, number_format="@")


def a_form(
    device_type: str = GAS,
    changes: Mapping[str, Content] | None = None,
    *,
    smets1: bool = False,
    labels: Iterable[tuple[str, str]] = LABELS,
    document: str = WORKBOOK,
) -> NewEntry:
    """A valid form, but for the changes."""
    values = valid_values(device_type, smets1=smets1) | dict(changes or {})
    rows = tuple(
        a_row(group, attribute, values.get(f"{group}.{attribute}", ""), at, document=document)
        for at, (group, attribute) in enumerate(labels, 7)
    )
    return NewEntry(document=document, sheet=SHEET, rows=rows)


def without(form: NewEntry, name: str) -> NewEntry:
    """The form without a row."""
    return replace(form, rows=tuple(row for row in form.rows if row.field != name))


def a_document(name: str, kind: DocumentKind, **known: object) -> Document:
    """A document that was read as text."""
    document = Document(name=name, sha256="0" * 64, size=1, kind=kind, read_by=ReadBy.TEXT, media="pdf")
    return replace(document, **known)  # type: ignore[arg-type]  # the fields of Document, checked by replace itself


def a_certificate(name: str, kind: DocumentKind, facts: Mapping[str, str | None], **known: object) -> Document:
    """A certificate that states these facts; None is a label that could not be read."""
    stated = {label: Stated(value, Where(name, page=1)) for label, value in facts.items() if value is not None}
    return a_document(name, kind, certificate=AssuranceCertificate(name, kind, stated), **known)


def _plain(form: NewEntry, name: str) -> str:
    return form.value(FormField(name))


def a_zigbee_certificate(
    form: NewEntry, changes: Mapping[str, str | None] | None = None, name: str = "zigbee.pdf", **known: object
) -> Document:
    """The ZigBee certificate that belongs to the form, but for the changes."""
    facts: dict[str, str | None] = {
        "Type of Device": _plain(form, TYPE),
        "Manufacturer": _plain(form, MANUFACTURER),
        "Model Identification": _plain(form, MODEL),
        "Hardware Version": f"{_plain(form, VERSION)}_{_plain(form, REVISION)}",
        "Firmware Version": _plain(form, FIRMWARE),
        "Certification Date": "1 March 2023",
        "Certification ID Number": _plain(form, ZSE_ID),
    }
    return a_certificate(name, DocumentKind.ZIGBEE_CERTIFICATE, facts | dict(changes or {}), **known)


def a_cpa_certificate(
    form: NewEntry, changes: Mapping[str, str | None] | None = None, name: str = "cpa.pdf", **known: object
) -> Document:
    """The CPA certificate that belongs to the form, but for the changes."""
    number, date = _plain(form, CPA_ID), _plain(form, CPA_DATE)
    facts: dict[str, str | None] = {
        "Certificate Identification Number": number.removeprefix("[E] ").removeprefix("[R] "),
        "Device Type": _plain(form, TYPE),
        "Manufacturer": "Example Meters Ltd",
        "Model": _plain(form, MODEL),
        "Hardware Version": f"{_plain(form, VERSION)}_{_plain(form, REVISION)}",
        "Firmware Version": _plain(form, FIRMWARE),
        "Security Characteristics": _plain(form, CPA_VERSION),
        "Issue Date": "30/08/2022",
        "Renewal Date" if number.startswith("[R]") else "Expiry Date": date,
    }
    return a_certificate(name, DocumentKind.CPA_CERTIFICATE, facts | dict(changes or {}), **known)


def a_dlms_certificate(
    form: NewEntry, changes: Mapping[str, str | None] | None = None, name: str = "dlms.pdf", **known: object
) -> Document:
    """The DLMS certificate that belongs to the form, but for the changes."""
    facts: dict[str, str | None] = {
        "Certificate Identification Number": _plain(form, DLMS_ID),
        "Device Type": _plain(form, TYPE),
        "Manufacturer": "Example Meters Ltd",
        "Type": f"EX100 {_plain(form, FIRMWARE)}",
        "Firmware Version": _plain(form, FIRMWARE),
        "CTT Version": _plain(form, DLMS_VERSION),
        "Date of Issue": "1 March 2023",
    }
    return a_certificate(name, DocumentKind.DLMS_CERTIFICATE, facts | dict(changes or {}), **known)


def certificates_for(form: NewEntry) -> tuple[Document, ...]:
    """The certificates that a valid form of this device type and version needs."""
    device_type = form.value(FormField(TYPE))
    if form.value(FormField(SMETS)) == "SMETS V1.2":
        return ()
    needed = [a_zigbee_certificate(form)]
    if device_type != DISPLAY:
        needed.append(a_cpa_certificate(form))
    if device_type in ELECTRICITY:
        needed.append(a_dlms_certificate(form))
    return tuple(needed)


def a_dossier(
    form: NewEntry | None = None,
    documents: Iterable[Document] | None = None,
    *,
    message: MessageFacts | None = None,
    judged_at: datetime = JUDGED_AT,
    signatures: tuple[SignatureFacts, ...] = (),
) -> Dossier:
    """A whole submission: the form's workbook and its documents; the certificates it needs where none are given."""
    form = form or a_form()
    workbook = a_document(form.document or WORKBOOK, DocumentKind.NEW_ENTRY, media="xlsx", signatures=signatures)
    beside = certificates_for(form) if documents is None else tuple(documents)
    return Dossier(judged_at, message, (workbook, *beside), (form,))


def a_message(kind: str = "submission", **known: object) -> MessageFacts:
    """A mail about the list."""
    message = MessageFacts(kind, "CPL submission", "maker@example.test", automatic=False)
    return replace(message, **known)  # type: ignore[arg-type]  # the fields of MessageFacts, checked by replace itself


def judged(dossier: Dossier) -> EntryReport:
    """The report on the dossier's one entry."""
    (entry,) = examine(dossier).entries
    return entry


def ruling(dossier: Dossier, rule: str) -> Ruling:
    """One rule's answer on the dossier's one entry; no other rule is asked, which would be fifty times the work."""
    (entry,) = dossier.entries or (NEW_ENTRY_ABSENT,)
    asked = next(one for one in all_rules() if one.id == rule)
    return examination._rule_on(asked, dossier.judging(entry), current().provisions[rule])  # noqa: SLF001  # a step of it


def verdict(dossier: Dossier, rule: str) -> str:
    """One rule's verdict, as a word."""
    return ruling(dossier, rule).verdict.value


def suggestion(dossier: Dossier, rule: str) -> str | None:
    """What the rule's only finding thinks was meant."""
    (finding,) = ruling(dossier, rule).findings
    return finding.suggestion


def named(dossier: Dossier, rule: str) -> list[str | None]:
    """The fields that the rule's findings name, in their order."""
    return [finding.field for finding in ruling(dossier, rule).findings]


def complaining(dossier: Dossier) -> set[str]:
    """The rules that fail or cannot tell."""
    return {one.rule for one in judged(dossier).rulings if one.verdict.value in {"fail", "undetermined"}}
