"""What a submission claims beside its values: by a certificate's other lines, a hash, the list it is held against.

Each kind of fault is built for every device that can have it, and beside it what looks alike and is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from corpus.labelled.case import Case, spoilt
from corpus.labelled.faultless import (
    CPA_DATE,
    CPA_FILE,
    CPA_VERSION,
    CREATOR,
    DESCRIPTOR,
    DLMS_ID,
    FIRMWARE,
    FORM,
    GBCS,
    HASH,
    LATEST,
    MANUFACTURER,
    SMETS,
    TYPE,
    ZIGBEE_FILE,
    ZSE_ID,
    ZSE_VERSION,
    Device,
    every_device,
)
from corpus.labelled.spread import thinned
from corpus.labelled.valid_papers import stating

from intake.demo import products
from rules.days import form_date, in_form, years_after
from rules.facts import RegisterEntry
from rules.finding import Outcome
from rules.published import COLUMNS, PUBLISHED

PERSON = Outcome.NEEDS_A_PERSON
_IMAGE = sha256(b"an image of the corpus").digest()
_NO_IMAGE = {
    "noughts alone": bytes(32),
    "one pair again and again": b"\xab" * 32,
    "a pattern of four pairs": bytes.fromhex("DEADBEEF" * 8),
    "a counting sequence": bytes(range(32)),
    "the hash of an empty file": sha256(b"").digest(),
    "the hash of the placeholder": sha256(b"This value is allocated by SECAS").digest(),
    "the hash of a try": sha256(b"test").digest(),
}
_OTHERS_SUBJECT = {
    products.HUB: "CPA SC Gas Smart Metering Equipment, version {}",
    products.GAS: "ESME Security Characteristics {}",
    products.HCALCS: "GSME {}",
    products.POLYPHASE: "Communications Hub {}",
    products.SINGLE: "HCALCS {}",
    products.TWIN: "Gas Smart Metering Equipment {}",
}
_OWN_SUBJECT = {
    products.HUB: "Communications Hub {}",
    products.GAS: "Gas Smart Metering Equipment (GSME) {}",
    products.HCALCS: "HAN Connected Auxiliary Load Control Switches {}",
    products.POLYPHASE: "ESME {}",
    products.SINGLE: "Electricity Smart Metering Equipment {}",
    products.TWIN: "CPA SC ESME version {}",
}
_YOUNGER = {
    SMETS: ("SMETS V5.2", "SMETS V6.0"),
    GBCS: ("GBCS Version 4.2", "GBCS Version 4.4"),
    ZSE_VERSION: ("ZigBee Smart Energy Standard 1.4a", "ZigBee Smart Energy Standard 1.5"),
    CPA_VERSION: ("Security Characteristics version 1.4",),
}


def faults_of_claims(edition: str) -> Iterator[Case]:
    """Every fault of these kinds; each is for a person."""
    yield from thinned(edition, _faults(edition))


def _faults(edition: str) -> Iterator[Case]:
    for device in every_device(edition):
        yield from _another_standard(device)
        yield from _another_subject(device)
        yield from _longer_term(device)
        yield from _no_image(device)
        yield from _anothers(device)
        yield from _younger(device)
        yield from _small_harm(device)


def valid_claims(edition: str) -> Iterator[Case]:
    """What looks like one of these faults and is none."""
    yield from thinned(edition, _right(edition))


def _right(edition: str) -> Iterator[Case]:
    for device in every_device(edition):
        for stated in (device.values[ZSE_VERSION], device.values[ZSE_VERSION].rpartition(" ")[2]):
            yield device.case(
                f"certificate states {stated}", stating(device, ZIGBEE_FILE, {"Specification Version": stated})
            )
        if CPA_FILE in device.papers:
            stated = _OWN_SUBJECT[device.device_type].format(device.values[CPA_VERSION].rpartition(" ")[2])
            yield device.case(
                f"issued against {stated}", stating(device, CPA_FILE, {"Security Characteristics": stated})
            )
        own = _line(device, "000123", {FIRMWARE: "0A:0B:0C:0D", HASH: ""})
        yield replace(device.case("the ZigBee certificate is the maker's own by the list"), register=(own,))
        yield from _hash_update(device)


def _another_standard(device: Device) -> Iterator[Case]:
    for stated in ("1.1b", "ZigBee Smart Energy Standard 1.3", "Smart Energy Profile 1.0"):
        files = stating(device, ZIGBEE_FILE, {"Specification Version": stated})
        yield spoilt(device.case("", files), PERSON, ZSE_VERSION, f"certified against {stated}")


def _another_subject(device: Device) -> Iterator[Case]:
    if CPA_FILE not in device.papers:
        return
    version = device.values[CPA_VERSION].rpartition(" ")[2]
    for words in {_OTHERS_SUBJECT[device.device_type], _OTHERS_SUBJECT[device.device_type].upper()}:
        stated = words.replace("{}", version)
        files = stating(device, CPA_FILE, {"Security Characteristics": stated})
        yield spoilt(device.case("", files), PERSON, TYPE, f"issued against {stated}")


def _longer_term(device: Device) -> Iterator[Case]:
    expires = form_date(device.values.get(CPA_DATE, ""))
    if expires is None:
        return
    for years in (7, 10):
        files = stating(device, CPA_FILE, {"Issue Date": in_form(years_after(expires, -years))})
        yield spoilt(device.case("", files), PERSON, CPA_DATE, f"a certificate for {years} years")


def _no_image(device: Device) -> Iterator[Case]:
    for done, octets in _NO_IMAGE.items():
        yield device.wrong(HASH, done, _with_image(octets), expected=PERSON, signed=True)


def _with_image(octets: bytes) -> dict[str, str]:
    image = octets.hex(":").upper()
    return {CREATOR: "Ashdown Metering Limited", HASH: image, DESCRIPTOR: "Complete image; Dual Band"}


def _anothers(device: Device) -> Iterator[Case]:
    """A hash or a ZigBee number that the list has for another maker."""
    listed = _line(device, "000123", {FIRMWARE: "0A:0B:0C:0D", MANUFACTURER: "10:63"} | _with_image(_IMAGE))
    image = device.wrong(HASH, "another maker's by the list", _with_image(_IMAGE), expected=PERSON, signed=True)
    yield replace(image, register=(listed,))
    number = spoilt(device.case(""), PERSON, ZSE_ID, "another maker's by the list")
    yield replace(number, register=(listed,))


def _younger(device: Device) -> Iterator[Case]:
    for name, values in _YOUNGER.items():
        if name in device.values and device.values[name] != "Not Relevant":
            hub = name == SMETS and device.device_type == products.HUB
            for text in ("CHTS V1.6", "CHTS V2.0") if hub else values:
                yield device.saying({name: text}).wrong(name, f"younger than the lists: {text}", {}, expected=PERSON)


def _small_harm(device: Device) -> Iterator[Case]:
    """What is not as it should be, and lost nothing."""
    standard = device.values[ZSE_VERSION].replace("ZigBee", "Zigbee")
    yield device.wrong(ZSE_VERSION, "spelt as the list spells it", {ZSE_VERSION: standard}, expected=PERSON)
    yield device.wrong(FIRMWARE, "a blank behind it", {FIRMWARE: f"{device.values[FIRMWARE]} "}, expected=PERSON)
    if DLMS_ID in device.values:
        number = int(device.values[DLMS_ID])
        yield device.wrong(DLMS_ID, "kept as a number", {DLMS_ID: number}, expected=PERSON)


def _hash_update(device: Device) -> Iterator[Case]:
    """The hash for an entry, whose certificates are not sent again."""
    if device.edition != LATEST:
        return
    line = _line(device, "000123", {})
    update = device.case("a hash for its entry, alone", {FORM: device.form(_with_image(_IMAGE))}, signed=True)
    yield replace(update, kind="update", register=(line,))


def _line(device: Device, number: str, changes: dict[str, str]) -> RegisterEntry:
    """The line of the list that publishes the device, but for the changes."""
    values = {**device.values, **changes}
    of_form = {name: name for name in PUBLISHED[2:]} | {column: name for name, column in COLUMNS.items()}
    return RegisterEntry(number, "Current", {column: values.get(name, "") for column, name in of_form.items()})
