"""Single faults of the cells and rows themselves: what a workbook keeps, hides, doubles and lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from hashlib import sha256
from xml.sax.saxutils import escape

from corpus.labelled.books import (
    add_row,
    changed,
    delete_row,
    double_row,
    hide_row,
    hide_values,
    keep_result,
    merge,
    row_of,
    sheet_hidden,
)
from corpus.labelled.case import Case
from corpus.labelled.faultless import CPA_VERSION, CREATOR, DESCRIPTOR, FORM, HASH, Device, every_device, faultless
from corpus.labelled.faults_text import misshapen
from corpus.labelled.fields import octets_of, too_long
from corpus.labelled.spread import over_rows, smets1, thinned

from intake.demo import products
from intake.demo.form_rows import Line
from intake.demo.forms import SHEET_NAME, CellValue, Formula
from rules.finding import Outcome

PERSON = Outcome.NEEDS_A_PERSON
_KEPT: tuple[tuple[str, CellValue], ...] = (
    ("a whole number", 2),
    ("a broken number", 1.5),
    ("a day", date(2029, 8, 30)),
    ("a day and a time", datetime(2029, 8, 30, 9, 30)),  # noqa: DTZ001  # as a workbook keeps it
    ("a time", time(10, 2)),
    ("yes or no", True),
    ("a formula", Formula("=A1")),
    ("an error", Formula("#N/A")),
)
_IMAGE = sha256(b"an image of the corpus").digest().hex(":").upper()
_CERTAIN_IN_2017 = 8
"""Rows that the guidance of 2017 shows."""


def faults_of_cells(edition: str) -> Iterator[Case]:
    """Every single fault of cells and rows."""
    yield from over_rows(edition, _not_text, _rows)
    yield from thinned(edition, _extra(edition))
    yield from thinned(edition, _images(edition))
    yield from thinned(edition, _whole_sheets(edition))
    for device in every_device(edition):
        yield from _allocated(device)


def _not_text(device: Device, line: Line) -> Iterator[Case]:
    """Anything but text in a cell, and a formula that last gave the right text; a whole number may show every digit."""
    for done, value in _KEPT:
        unharmed = done == "a whole number" and octets_of(line) and "telephone" not in line.attribute.casefold()
        expected = PERSON if unharmed else Outcome.RETURN
        yield device.wrong(line.field, done, {line.field: value}, expected=expected)
    row = row_of(device.edition, line.field)
    form = changed(device.form(), keep_result(row, "A1", escape(device.values[line.field])))
    yield _case(device, line.field, "a formula that gave the right text", form, Outcome.RETURN)


def _rows(device: Device, line: Line) -> Iterator[Case]:
    """A row that is hidden, stands twice or is gone, and a cell that is merged."""
    row = row_of(device.edition, line.field)
    form = device.form()
    yield _case(device, line.field, "row hidden", changed(form, hide_row(row)), PERSON)
    yield _case(device, line.field, "cell merged", changed(form, merge(row)), PERSON)
    yield _case(device, line.field, "row doubled", changed(form, double_row(row)), Outcome.RETURN)
    known = [one.field for one in device.lines][:_CERTAIN_IN_2017]
    if device.edition != "2017-12" or line.field in known:
        yield _case(device, line.field, "row missing", changed(form, delete_row(row)), Outcome.RETURN)


def _case(device: Device, place: str, done: str, form: bytes, expected: Outcome) -> Case:
    files = {FORM: form, **device.certificates()}
    return Case(device.edition, device.device_type, device.on, done, files, expected, place)


def _extra(edition: str) -> Iterator[Case]:
    """Cells filled in that the device must leave empty."""
    full = faultless(edition, products.SINGLE).values
    forbidden = ("Contact-CPA", "Manufacturer Contact FIR", "FIR Release Notes", "CPA_Certificate")
    for device_type in (products.HUB, products.HCALCS, products.PPMID):
        device = faultless(edition, device_type)
        for line in device.lines:
            if line.group in forbidden and line.field not in device.values and line.field in full:
                yield device.wrong(line.field, "filled in though not for this device", {line.field: full[line.field]})
    for device in smets1(edition):
        for line in device.lines:
            assurance = line.group.endswith("_Certificate") or line.group == "Contact-CPA"
            if assurance and line.field in full:
                yield device.wrong(line.field, "filled in for a SMETS1 device", {line.field: full[line.field]})
    for device_type in sorted(products.CPA_TYPES):
        device = faultless(edition, device_type)
        yield device.wrong(CPA_VERSION, "not relevant for a device with a certificate", {CPA_VERSION: "Not Relevant"})
    display = faultless(edition, products.PPMID)
    yield display.wrong(CPA_VERSION, "a version without a certificate", {CPA_VERSION: full[CPA_VERSION]})


def _images(edition: str) -> Iterator[Case]:
    """Hash, creator, descriptor and signature."""
    good = f"A0:{_IMAGE[3:]}"
    for device_type in (products.GAS, products.SINGLE, products.HUB, products.PPMID):
        device = faultless(edition, device_type)
        told = {CREATOR: "Ashdown Metering Limited", HASH: good, DESCRIPTOR: "Complete image; Dual Band"}
        yield device.wrong("Manufacturer_Image", "a hash without a signature", told)
        yield device.wrong(CREATOR, "a hash without its creator", {**told, CREATOR: ""}, signed=True)
        yield device.wrong(HASH, "a creator without a hash", {**told, HASH: ""}, signed=True)
    device = faultless(edition, products.POLYPHASE)
    for done, text in misshapen(good):
        yield device.wrong(HASH, done, {**told, HASH: text}, signed=True)
    for done, value in _KEPT:
        yield device.wrong(HASH, done, {**told, HASH: value}, signed=True)
    for line in device.lines:
        if line.field in {CREATOR, DESCRIPTOR} and octets_of(line):
            for done, text in too_long(line):
                yield device.wrong(line.field, done, {**told, line.field: text}, signed=True)
            yield device.wrong(line.field, "a whole number", {**told, line.field: 7}, expected=PERSON, signed=True)


def _allocated(device: Device) -> Iterator[Case]:
    """SECAS's own cells filled in."""
    yield device.wrong("Entry.number", "a number taken", {"Entry.number": "000733"})
    yield device.wrong("Entry.status", "a status taken", {"Entry.status": "Current"})


def _whole_sheets(edition: str) -> Iterator[Case]:
    """What is wrong with the sheet or the form as a whole."""
    for device_type in (products.HUB, products.PPMID, products.TWIN):
        device = faultless(edition, device_type)
        form = device.form()
        more = changed(form, add_row("Device_Model", "battery_life", "10"))
        yield _case(device, "Device_Model.battery_life", "a row that no edition has", more, PERSON)
        yield _case(device, "Device_Type.name", "the values' column hidden", changed(form, hide_values), PERSON)
        hidden = sheet_hidden(device.form(whole_workbook=True))
        yield _case(device, SHEET_NAME, "the form's sheet hidden", hidden, PERSON)
        second = {"Second": faultless(edition, device_type, serial=2).values}
        yield _case(device, "Second", "a second form filled in", device.form(further_forms=second), PERSON)
