"""Valid submissions whose forms differ in every way that the form allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from corpus.labelled.case import Case
from corpus.labelled.faultless import (
    CPA_DATE,
    CPA_FILE,
    CPA_ID,
    CPA_VERSION,
    CREATOR,
    DESCRIPTOR,
    DLMS_ID,
    DLMS_VERSION,
    FIRMWARE,
    FORM,
    HASH,
    HW_REVISION,
    HW_VERSION,
    LATEST,
    MANUFACTURER,
    MODEL,
    TODAY,
    ZSE_VERSION,
    Device,
    every_device,
    faultless,
    pairs_of,
)
from corpus.labelled.fields import FREE, PADDED, UPGRADE_PATH, full, octets_of
from corpus.labelled.spread import thinned

from intake.demo import products
from intake.demo.form_rows import DEVICE_TYPES
from rules.days import in_form, years_after
from rules.reference import reference

_HASH = products.with_image({})[HASH]
_SHEETS = (
    "CPL - New Entry",
    "CPL \N{EN DASH} New Entry",
    "cpl - new entry",
    "CPL-New Entry",
    "Sheet1",
    "Entry for SECAS",
)
_BOUNDS = {
    MANUFACTURER: ("00:00", "FF:FE"),
    MODEL: ("00:00", "FF:BF"),
    HW_VERSION: ("00", "FF"),
    HW_REVISION: ("00", "FF"),
    FIRMWARE: ("00:00:00:00", "FF:FF:FF:FF", "12:34:56:78"),
}


def valid_forms(edition: str) -> Iterator[Case]:
    """Every legal variation of the form."""
    for device in every_device(edition):
        yield from _versions(device)
        yield from _sheets(device)
        yield from _upgrade_paths(device)
        yield from thinned(edition, _bounds(device))
        yield from thinned(edition, _images(device))
        yield from thinned(edition, _not_needed(device))
    yield from thinned(edition, _texts(faultless(edition, products.SINGLE)))
    yield from _dates(edition)
    yield from _choices(faultless(edition, products.POLYPHASE))
    if edition == LATEST:
        yield from _lifetimes()


def _versions(device: Device) -> Iterator[Case]:
    """Every pair of versions that the day allows; SMETS1 is one of the pairs."""
    for number, pair in enumerate(pairs_of(device.device_type, device.on), 1):
        yield faultless(device.edition, device.device_type, serial=number, pair=pair).case(" with ".join(pair))


def _sheets(device: Device) -> Iterator[Case]:
    """Other sheet names, a macro workbook, the whole workbook, and what stands in SECAS's cells."""
    number = DEVICE_TYPES.index(device.device_type)
    papers = device.certificates()
    name = _SHEETS[number % len(_SHEETS)]
    yield device.case(f"sheet named '{name}'", {FORM: device.form(sheet_name=name), **papers})
    options: list[tuple[str, str, dict[str, Any]]] = [
        ("a macro workbook", "form.xlsm", {"macro": True}),
        ("the whole workbook", "CPL v2.xlsx", {"whole_workbook": True}),
        ("the whole macro workbook", "CPL v2.xlsm", {"whole_workbook": True, "macro": True}),
        ("SECAS's cells empty", FORM, {"placeholder": None}),
        ("SECAS's cells in capitals", FORM, {"placeholder": "THIS VALUE IS ALLOCATED BY SECAS"}),
    ]
    done, file, chosen = options[number % len(options)]
    yield device.case(done, {file: device.form(**chosen), **papers})


def _bounds(device: Device) -> Iterator[Case]:
    """Values at the ends of their ranges, the certificates saying the same; one field a device."""
    fields = sorted(_BOUNDS)
    name = fields[DEVICE_TYPES.index(device.device_type) % len(fields)]
    for value in _BOUNDS[name]:
        yield device.saying({name: value}).case(f"{name} is {value}")


def _images(device: Device) -> Iterator[Case]:
    """A signed form with an image, with and without its descriptor, new and as an update."""
    told = {**device.values, CREATOR: "Ashdown Metering Limited", HASH: _HASH, DESCRIPTOR: "Complete image; Dual Band"}
    files = {FORM: device.form(told), **device.certificates()}
    yield device.case("signed, with an image", files, signed=True)
    if device.edition == LATEST:
        bare = {FORM: device.form({**told, DESCRIPTOR: ""}), **device.certificates()}
        yield device.case("signed, with an image that is not described", bare, signed=True)
        update = {FORM: device.form({**told, "Entry.number": "000123"}), **device.certificates()}
        yield device.case("a signed update that quotes its entry", update, signed=True, kind="update")


def _upgrade_paths(device: Device) -> Iterator[Case]:
    """The row of MP231, where the edition has it."""
    for row in (line.field for line in device.lines if UPGRADE_PATH in line.field.casefold()):
        for path in ("N/A", "000123", "000123, 000124", "000001; 000002; 000003"):
            yield device.case(f"upgrade path {path}", {FORM: device.form({row: path}), **device.certificates()})


def _texts(device: Device) -> Iterator[Case]:
    """Free texts of exactly the greatest length, in ASCII and in longer characters; blanks around them."""
    papers = device.certificates()
    for line in device.lines:
        if line.field not in device.values or not octets_of(line):
            continue
        for kind, text in full(line):
            yield device.case(f"{line.field}: {kind}", {FORM: device.form({line.field: text}), **papers})
    padded = PADDED.get(device.edition, frozenset())
    for name in sorted((FREE | padded) & set(device.values)):
        text = f"{device.values[name]} " if name in padded else f"\N{NO-BREAK SPACE}{device.values[name]} "
        yield device.case(f"{name} with blanks around it", {FORM: device.form({name: text}), **papers})


def _dates(edition: str) -> Iterator[Case]:
    """Expiry today and six years on."""
    for device_type in (products.HUB, products.GAS, products.TWIN):
        device = faultless(edition, device_type)
        for done, day in (("today", device.on), ("six years on", years_after(device.on, 6))):
            changed = device.saying({CPA_DATE: in_form(day)})
            issued = in_form(years_after(day, -6))
            papers = {**changed.papers, CPA_FILE: {**changed.papers[CPA_FILE], "Issue Date": issued}}
            yield replace(changed, papers=papers).case(f"the certificate expires {done}")


def _lifetimes() -> Iterator[Case]:
    """Lifetime certificates whose renewal is long past or far ahead."""
    leap = faultless(LATEST, products.GAS)
    yield leap.saying({CPA_DATE: "29/02/2028"}).case("the certificate expires on 29 February")
    for device_type in sorted(products.CPA_TYPES):
        for renewal in (in_form(date(TODAY.year - 4, 1, 31)), in_form(date(TODAY.year + 9, 12, 31))):
            yield lifetime(faultless(LATEST, device_type), renewal)


def lifetime(device: Device, renewal: str) -> Case:
    """The device with a lifetime CPA certificate."""
    number = device.values[CPA_ID].replace("[E]", "[R]")
    changed = device.saying({CPA_ID: number, CPA_DATE: renewal})
    stated = dict(changed.papers[CPA_FILE])
    stated |= {"Issue Date": "01/09/2018", "Renewal Date": stated.pop("Expiry Date")}
    papers = {**changed.papers, CPA_FILE: stated}
    return replace(changed, papers=papers).case(f"a lifetime certificate, renewal {renewal}")


def _choices(device: Device) -> Iterator[Case]:
    """Every other choice that the day offers, on form and certificate alike."""
    tables = {CPA_VERSION: "security_characteristics", ZSE_VERSION: "zse", DLMS_VERSION: "dlms"}
    for name, table in tables.items():
        for value in reference().offered(table, device.on):
            if value not in {"Not Relevant", device.values[name]}:
                yield device.saying({name: value}).case(f"{name} is {value}")


def _not_needed(device: Device) -> Iterator[Case]:
    """What may be filled in to no purpose, and what may be left out."""
    if device.device_type not in products.DLMS_TYPES:
        files = {FORM: device.form({DLMS_ID: "2701"}), **device.certificates()}
        yield device.case("a DLMS certificate named to no purpose", files)
    if device.device_type == products.PPMID:
        files = {FORM: device.form({CPA_VERSION: ""}), **device.certificates()}
        yield device.case("security characteristics left blank", files)
