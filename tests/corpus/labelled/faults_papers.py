"""Single faults of the documents: certificates that are missing, unreadable, or say something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from corpus.labelled.case import Case, spoilt
from corpus.labelled.faultless import (
    CPA_DATE,
    CPA_FILE,
    CPA_ID,
    CPA_VERSION,
    DLMS_FILE,
    DLMS_ID,
    DLMS_VERSION,
    FIRMWARE,
    FORM,
    GBCS,
    HW_REVISION,
    HW_VERSION,
    LATEST,
    MANUFACTURER,
    MODEL,
    TODAY,
    TYPE,
    ZIGBEE_FILE,
    ZSE_ID,
    Device,
    drawn,
    every_device,
    faultless,
)
from corpus.labelled.spread import thinned
from corpus.labelled.valid_forms import lifetime
from corpus.labelled.valid_papers import stating, two_entries
from extract.papers import locked, picture, scan

from intake.demo import products
from intake.demo.certificates import release_note
from intake.demo.form_rows import DEVICE_TYPES
from intake.demo.forms import SHEET_NAME
from rules.finding import Outcome

PERSON, RETURN = Outcome.NEEDS_A_PERSON, Outcome.RETURN
_GROUPS = {ZIGBEE_FILE: "ZSE_Certificate", CPA_FILE: "CPA_Certificate", DLMS_FILE: "DLMS_Certificate"}
_OTHER_TYPE = {name: DEVICE_TYPES[(at + 1) % len(DEVICE_TYPES)] for at, name in enumerate(DEVICE_TYPES)}

_STATES_ANOTHER: tuple[tuple[str, str, str, str, Outcome], ...] = (
    (ZIGBEE_FILE, "Manufacturer", "1A:5E", MANUFACTURER, RETURN),
    (ZIGBEE_FILE, "Model Identification", "40:99", MODEL, RETURN),
    (ZIGBEE_FILE, "Hardware Version", "03_0A", HW_VERSION, RETURN),
    (ZIGBEE_FILE, "Hardware Version", "02_0B", HW_REVISION, RETURN),
    (ZIGBEE_FILE, "Firmware Version", "01:02:05:99", FIRMWARE, RETURN),
    (ZIGBEE_FILE, "Certification ID Number", "ZIG22999ZSE99999-24", ZSE_ID, RETURN),
    (CPA_FILE, "Certificate Identification Number", "NCSC-1433053936-9999", CPA_ID, RETURN),
    (CPA_FILE, "Certificate Identification Number", "ESME68753061", CPA_ID, RETURN),
    (CPA_FILE, "Expiry Date", "29/08/2031", CPA_DATE, RETURN),
    (CPA_FILE, "Security Characteristics", "1.1", CPA_VERSION, PERSON),
    (CPA_FILE, "Model", "40:99", MODEL, PERSON),
    (CPA_FILE, "Hardware Version", "03_0A", HW_VERSION, PERSON),
    (CPA_FILE, "Hardware Version", "02_0B", HW_REVISION, PERSON),
    (CPA_FILE, "Firmware Version", "01:02:05:99", FIRMWARE, PERSON),
    (CPA_FILE, "Manufacturer", "1A:5E", MANUFACTURER, PERSON),
    (DLMS_FILE, "Certificate Identification Number", "1675", DLMS_ID, RETURN),
    (DLMS_FILE, "CTT Version", "CTT 9.9", DLMS_VERSION, RETURN),
    (DLMS_FILE, "Firmware Version", "01:02:05:99", FIRMWARE, PERSON),
    (DLMS_FILE, "Type", "E470 01:02:05:99", FIRMWARE, PERSON),
    (DLMS_FILE, "Model Identifier", "40:99", MODEL, PERSON),
    (DLMS_FILE, "Hardware Version", "03_0A", HW_VERSION, PERSON),
    (DLMS_FILE, "Hardware Version", "02_0B", HW_REVISION, PERSON),
    (DLMS_FILE, "Manufacturer", "1A:5E", MANUFACTURER, PERSON),
    (ZIGBEE_FILE, "Certification Date", "21/11/2026", "ZSE_Certificate", PERSON),
    (CPA_FILE, "Issue Date", "21/11/2026", "CPA_Certificate", PERSON),
)
_COMPARED = {
    ZIGBEE_FILE: {
        "Type of Device": TYPE,
        "Manufacturer": MANUFACTURER,
        "Model Identification": MODEL,
        "Hardware Version": HW_VERSION,
        "Firmware Version": FIRMWARE,
        "Certification ID Number": ZSE_ID,
    },
    CPA_FILE: {
        "Certificate Identification Number": CPA_ID,
        "Expiry Date": CPA_DATE,
        "Security Characteristics": CPA_VERSION,
        "Device Type": TYPE,
    },
    DLMS_FILE: {"Certificate Identification Number": DLMS_ID, "CTT Version": DLMS_VERSION},
}
_UNREADABLE: Mapping[str, bytes] = {
    "a scanned page": scan(),
    "a picture of a page": picture(),
    "behind a password": locked(),
    "no PDF file at all": b"\x00\x01\x02\x03" * 64,
    "an archive": b"PK\x05\x06" + b"\x00" * 18,
}


def faults_of_papers(edition: str) -> Iterator[Case]:
    """Every single fault of the documents."""
    for device in every_device(edition):
        yield from _absent(device)
        yield from thinned(edition, _another(device))
        yield from thinned(edition, _label_left_out(device))
        yield from thinned(edition, _unreadable(device))
        yield from _of_another_device(device)
        if edition == LATEST and device.device_type in products.CPA_TYPES:
            yield from _kind_of_date(device)
    yield from thinned(edition, _whole(edition))
    if edition == "2017-12":
        yield _long_replaced(faultless(edition, products.PPMID))


def _absent(device: Device) -> Iterator[Case]:
    """A certificate that was not sent."""
    for file in device.papers:
        files = {name: content for name, content in device.case("").files.items() if name != file}
        yield spoilt(device.case("", files), RETURN, _GROUPS[file], f"without the {file}")


def _another(device: Device) -> Iterator[Case]:
    """A certificate that states another value under one label."""
    for file, label, value, place, expected in _STATES_ANOTHER:
        if file in device.papers:
            done = f"{file} states {value} as {label}"
            yield spoilt(device.case("", stating(device, file, {label: value})), expected, place, done)
    other = _OTHER_TYPE[device.device_type]
    for file, label, expected in ((ZIGBEE_FILE, "Type of Device", RETURN), (CPA_FILE, "Device Type", PERSON),
                                  (DLMS_FILE, "Device Type", PERSON)):  # fmt: skip
        if file in device.papers:
            yield spoilt(
                device.case("", stating(device, file, {label: other})), expected, TYPE, f"{file} for a {other}"
            )


def _label_left_out(device: Device) -> Iterator[Case]:
    """A certificate one of whose labels cannot be found."""
    for file, labels in _COMPARED.items():
        for label, place in labels.items() if file in device.papers else ():
            done = f"{file} does not show {label}"
            yield spoilt(device.case("", stating(device, file, {label: None})), PERSON, place, done)


def _unreadable(device: Device) -> Iterator[Case]:
    """A certificate that cannot be read."""
    good = device.case("").files
    for file in device.papers:
        broken = {**_UNREADABLE, "cut in half": good[file][: len(good[file]) // 2]}
        for done, content in broken.items():
            yield spoilt(device.case("", {**good, file: content}), PERSON, file, f"{file}: {done}")
        yield spoilt(device.case("", {**good, file: b""}), RETURN, file, f"{file}: empty")


def _of_another_device(device: Device) -> Iterator[Case]:
    """The certificate of the maker's next device, and one used again with evidence."""
    other = replace(faultless(device.edition, device.device_type, serial=2))
    places = {ZIGBEE_FILE: ZSE_ID, CPA_FILE: CPA_ID, DLMS_FILE: DLMS_ID}
    for file, facts in other.papers.items():
        files = {**device.case("").files, file: drawn(file, tuple(facts.items()))}
        yield spoilt(device.case("", files), RETURN, places[file], f"the {file} of another device")
    note = release_note("AML-E5", "1.2.5", ["The ZigBee module and its certificate stay as they are."])
    files = {**stating(device, ZIGBEE_FILE, {"Firmware Version": "01:02:04:00"}), "Release notes.pdf": note}
    yield spoilt(device.case("", files), PERSON, FIRMWARE, "the ZigBee certificate used again, with release notes")


def _kind_of_date(device: Device) -> Iterator[Case]:
    """A prefix that speaks of the other kind of date."""
    renewal = lifetime(device, "30/08/2029")
    files = {**renewal.files, FORM: device.saying({CPA_DATE: "30/08/2029"}).form()}
    yield spoilt(device.case("", files), PERSON, CPA_ID, "[E] and a certificate with a renewal date")
    number = device.values[CPA_ID].replace("[E]", "[R]")
    files = {**device.certificates(), FORM: device.form({CPA_ID: number})}
    yield spoilt(device.case("", files), PERSON, CPA_ID, "[R] and a certificate with an expiry date")


def _whole(edition: str) -> Iterator[Case]:
    """The form unreadable, replaced, or one of two at fault."""
    for device_type in DEVICE_TYPES:
        device = faultless(edition, device_type)
        good = device.case("").files
        for done, content in (("cut in half", good[FORM][: len(good[FORM]) // 2]), ("empty", b""), ("a PDF", scan())):
            yield spoilt(device.case("", {**good, FORM: content}), PERSON, FORM, f"the form is {done}")
        two = two_entries(edition, device_type)
        two[f"2 {FORM}"] = faultless(edition, device_type, serial=2).form({FIRMWARE: "1.2.5.2"})
        yield spoilt(device.case("", two), RETURN, FIRMWARE, "the second of two entries misspelt")


def _long_replaced(old: Device) -> Case:
    late = replace(old, on=TODAY).saying({GBCS: "GBCS Version 1.1"})
    return spoilt(late.case(""), PERSON, SHEET_NAME, "a form of an edition long replaced")
