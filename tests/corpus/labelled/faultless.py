"""Faultless submissions of every edition of the form and every device type, to be varied and to be spoilt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as a_field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from corpus.labelled.case import Case, Later

from intake.demo import products
from intake.demo.certificates import cpa_certificate, dlms_certificate, zigbee_certificate
from intake.demo.form_rows import DEVICE_TYPES, EDITIONS, Line
from intake.demo.forms import CellValue, new_entry_form
from rules.days import in_form
from rules.finding import Outcome
from rules.profile import Field, Presence, profiles
from rules.reference import reference

TODAY = date(2026, 11, 20)
LATEST = "2022-09"
"""The edition that is met in every way; the others have most of its rows and are met in some."""
FORM = "CPL New Entry.xlsx"
ZIGBEE_FILE, CPA_FILE, DLMS_FILE = "ZigBee certificate.pdf", "CPA certificate.pdf", "DLMS certificate.pdf"

TYPE = "Device_Type.name"
SMETS, GBCS = "SMETS/CHTS Version.Version_number", "GBCS Version.version_number"
CPA_ID, CPA_DATE = "CPA_Certificate.identification_number", "CPA_Certificate.expiry_date"
CPA_VERSION = "CPA_Certificate.security_characteristics_version"
DLMS_ID, DLMS_VERSION = "DLMS_Certificate.identification_number", "DLMS_Certificate.DLMS_version"
ZSE_ID, ZSE_VERSION = "ZSE_Certificate.identification_number", "ZSE_Certificate.ZSE_version"
MANUFACTURER, MODEL = "Device_Model.manufacturer_identifier", "Device_Model.model_identifier"
HW_VERSION, HW_REVISION = "Device_Model.hardware_version.version", "Device_Model.hardware_version.revision"
FIRMWARE = "Device_Model.firmware_version"
CREATOR, HASH, DESCRIPTOR = "Manufacturer_Image.creator", "Manufacturer_Image.hash", "Manufacturer_Image.descriptor"

_PREFIXES_SINCE = date(2022, 8, 1)
_TABLES = {CPA_VERSION: "security_characteristics", DLMS_VERSION: "dlms", ZSE_VERSION: "zse"}
_ONE_CONTACT = "Robin Hale; 01632 960 111; assurance@ashdown.example"

Files = dict[str, bytes]


def day_of(edition: str) -> date:
    """A day on which the edition was the one to use: a month before it was replaced, or today."""
    replaced_on = next(profile.replaced_on for profile in profiles() if profile.edition == edition)
    return replaced_on - timedelta(days=30) if replaced_on else TODAY


def pairs_of(device_type: str, day: date) -> list[tuple[str, str]]:
    """The SMETS or CHTS versions and GBCS versions that go together on the day, SMETS1 among them."""
    known = reference()
    return [
        (combination.version, combination.gbcs)
        for combination in known.combinations
        if combination.device_type == device_type
        and combination.span.covers(day)
        and combination.version in known.offered("smets_chts", day)
        and combination.gbcs in known.offered("gbcs", day)
    ]


@dataclass(frozen=True, slots=True)
class Device:
    """What a faultless form says of one device, with the certificates that agree with it."""

    edition: str
    device_type: str
    values: Mapping[str, str]
    on: date
    serial: int = 1
    papers: Mapping[str, Mapping[str, str]] = a_field(default_factory=dict)
    """What each certificate states, by its file's name."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows of its form."""
        return EDITIONS[self.edition]

    @property
    def smets1(self) -> bool:
        """Whether it is a SMETS1 device."""
        return self.values[SMETS] == reference().smets1

    def saying(self, changes: Mapping[str, str]) -> Device:
        """The same device, where form and certificates both say something else."""
        return _with_papers(replace(self, values={**self.values, **changes}))

    def form(self, changes: Mapping[str, CellValue] | None = None, **options: Any) -> bytes:  # noqa: ANN401  # new_entry_form's
        """Its form, saying what the certificates do not where there are changes."""
        if not changes and not options:
            return _plain_form(self.edition, tuple(self.values.items()))
        values = {**self.values, **(changes or {})}
        return new_entry_form(values, edition=self.edition, **options)

    def certificates(self) -> Files:
        """Its certificates."""
        return {name: drawn(name, tuple(facts.items())) for name, facts in self.papers.items()}

    def case(
        self, done: str, files: Mapping[str, bytes] | None = None, *, signed: bool = False, kind: str | None = None
    ) -> Case:
        """A valid submission of it: the form and its certificates unless other files are given."""
        sent = files if files is not None else Later(lambda: {FORM: self.form(), **self.certificates()})
        return Case(self.edition, self.device_type, self.on, done, sent, signed=signed, kind=kind)

    def wrong(
        self,
        place: str,
        done: str,
        changes: Mapping[str, CellValue],
        *,
        expected: Outcome = Outcome.RETURN,
        signed: bool = False,
    ) -> Case:
        """A submission of it whose form alone has the changes."""
        files = Later(lambda: {FORM: self.form(changes), **self.certificates()})
        return Case(self.edition, self.device_type, self.on, done, files, expected, place, signed=signed)


def faultless(edition: str, device_type: str, *, serial: int = 1, pair: tuple[str, str] | None = None) -> Device:
    """A faultless device of an edition, of the newest versions of its day unless a pair is given."""
    on = day_of(edition)
    newest = [one for one in pairs_of(device_type, on) if one != products.SMETS1][-1]
    smets, gbcs = pair or newest
    smets1 = (smets, gbcs) == products.SMETS1
    values = products.faultless_form(device_type, on=on, serial=serial, smets1=smets1)
    values |= {SMETS: smets, GBCS: gbcs}
    for name, table in _TABLES.items():
        if name in values and values[name] != "Not Relevant":
            values[name] = reference().offered(table, on)[-1]
    if on < _PREFIXES_SINCE and CPA_ID in values:
        values[CPA_ID] = values[CPA_ID].removeprefix("[E] ")
    names = {line.field for line in EDITIONS[edition]}
    for name in names - set(values):
        if name.startswith("Contact-CPA.") and device_type in products.CPA_TYPES and not smets1:
            values[name] = _ONE_CONTACT
    values |= _invented(edition, device_type, values, smets1=smets1, on=on)
    return _with_papers(Device(edition, device_type, {k: v for k, v in values.items() if k in names}, on, serial))


def _invented(edition: str, device_type: str, known: Mapping[str, str], *, smets1: bool, on: date) -> dict[str, str]:
    """What fields that no sample product has yet could say, of those that the edition asks of the device."""
    profile = next(profile for profile in profiles() if profile.edition == edition)
    groups = reference().groups
    invented = {}
    for field in profile.fields:
        cases = ("smets1",) * smets1 + tuple(name for name in field.presence if device_type in groups.get(name, ()))
        presence = next((field.presence[case] for case in (*cases, "otherwise") if case in field.presence), None)
        if presence is Presence.REQUIRED and field.name not in known:
            invented[field.name] = _a_value(field, on)
    return invented


def _a_value(field: Field, on: date) -> str:
    """A value of the field's shape."""
    if field.choices is not None:
        return reference().offered(field.choices, on)[-1]
    pairs = re.fullmatch("hex([0-9]+)", field.shape or "")
    if pairs:
        return ":".join(["0A"] * int(pairs[1]))
    if field.shape is not None:
        return {"date": in_form(on), "entry_ids": "000001"}[field.shape]
    return "assurance@ashdown.example" if field.emails else "Ashdown"[: field.octets]


def every_device(edition: str) -> Iterator[Device]:
    """One device of every type."""
    return (faultless(edition, device_type) for device_type in DEVICE_TYPES)


def _with_papers(device: Device) -> Device:
    values = dict(device.values)
    issued = in_form(date(device.on.year - 2, 9, 1))
    papers: dict[str, Mapping[str, str]] = {}
    if values.get(ZSE_ID):
        papers[ZIGBEE_FILE] = {**products.zigbee_facts(values), "Certification Date": issued}
    if values.get(CPA_ID):
        bare = values[CPA_ID].removeprefix("[E] ").removeprefix("[R] ")
        papers[CPA_FILE] = {**products.cpa_facts({**values, CPA_ID: f"[E] {bare}"}), "Issue Date": issued}
    if values.get(DLMS_ID):
        papers[DLMS_FILE] = {**products.dlms_facts(values), "Date of Issue": issued}
    return replace(device, papers=papers)


@lru_cache(maxsize=256)
def _plain_form(edition: str, values: tuple[tuple[str, str], ...]) -> bytes:
    return new_entry_form(dict(values), edition=edition)


@lru_cache(maxsize=4096)
def drawn(name: str, facts: tuple[tuple[str, str], ...], printed: tuple[tuple[str, str], ...] = ()) -> bytes:
    """The certificate of this file name with these facts, its labels worded otherwise where `printed` says so."""
    draw = {ZIGBEE_FILE: zigbee_certificate, CPA_FILE: cpa_certificate, DLMS_FILE: dlms_certificate}[name]
    return draw(dict(facts), printed=dict(printed))
