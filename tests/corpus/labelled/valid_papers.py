"""Valid submissions whose certificates differ in wording and layout, and messages that carry more than one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

from corpus.labelled.case import Case
from corpus.labelled.faultless import (
    CPA_DATE,
    CPA_FILE,
    DLMS_FILE,
    FORM,
    HW_REVISION,
    HW_VERSION,
    LATEST,
    TYPE,
    ZIGBEE_FILE,
    Device,
    Files,
    drawn,
    every_device,
    faultless,
)
from corpus.labelled.spread import thinned
from extract.papers import LAYOUTS

from intake.demo import products
from intake.demo.certificates import release_note
from intake.demo.form_rows import DEVICE_TYPES
from intake.extract.certificate.kinds.cpa import CPA
from intake.extract.certificate.kinds.dlms import DLMS
from intake.extract.certificate.kinds.table import LabelTable
from intake.extract.certificate.kinds.zigbee import ZIGBEE
from rules.days import form_date
from rules.reference import reference

TABLES: Mapping[str, LabelTable] = {ZIGBEE_FILE: ZIGBEE, CPA_FILE: CPA, DLMS_FILE: DLMS}
TITLES = {
    ZIGBEE_FILE: "ZigBee Certificate of Compliance",
    CPA_FILE: "Commercial Product Assurance certificate",
    DLMS_FILE: "DLMS/COSEM Certificate of Conformance",
}
_ROOM = 26
"""Characters of a label that our own certificates have room for; a longer one would run into its value."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def valid_papers(edition: str) -> Iterator[Case]:
    """Every legal variation of the documents."""
    for device in every_device(edition):
        yield from thinned(edition, _spellings(device))
        yield from thinned(edition, _beside(device))
        yield device.case("two entries in one message", two_entries(edition, device.device_type))
    if edition == LATEST:
        yield from _wordings(faultless(edition, products.SINGLE))
        yield from _layouts(faultless(edition, products.TWIN))
        yield from _orders(faultless(edition, products.POLYPHASE))


def worded(device: Device, file: str, printed: Mapping[str, str]) -> Files:
    """The device's files with other words for labels on one certificate."""
    facts = device.papers[file]
    if max(map(len, printed.values())) > _ROOM:
        paper = LAYOUTS["columns"](TITLES[file], {printed.get(label, label): value for label, value in facts.items()})
    else:
        paper = drawn(file, tuple(facts.items()), tuple(printed.items()))
    return {FORM: device.form(), **device.certificates(), file: paper}


def stating(device: Device, file: str, changes: Mapping[str, str | None]) -> Files:
    """The device's files with one certificate that states something else; None leaves a label out."""
    facts = {**device.papers[file], **changes}
    paper = drawn(file, tuple((label, value) for label, value in facts.items() if value is not None))
    return {FORM: device.form(), **device.certificates(), file: paper}


def _wordings(device: Device) -> Iterator[Case]:
    """Every other wording of every label that is known, and all labels in capitals and in small letters."""
    for file, table in TABLES.items():
        for label, others in table.labels.items():
            for other in others:
                if label in device.papers[file]:
                    cased = worded(device, file, {label: other.capitalize()})
                    yield device.case(f"{file} prints '{other}' for '{label}'", cased)
        for case, spell in (("capitals", str.upper), ("small letters", str.lower)):
            printed = {label: spell(label) for label in device.papers[file]}
            yield device.case(f"{file} prints its labels in {case}", worded(device, file, printed))


def _spellings(device: Device) -> Iterator[Case]:
    """The same values as certificates may spell them."""
    version, revision = device.values[HW_VERSION], device.values[HW_REVISION]
    at = DEVICE_TYPES.index(device.device_type)
    mark = ("_", ":", "_", ":")[at % 4]
    hardware = {"Hardware Version": f"{version}{mark}{revision}"}
    yield device.case(f"hardware version with '{mark}'", stating(device, ZIGBEE_FILE, hardware))
    alias = next((alias for alias, name in reference().aliases.items() if name == device.values[TYPE]), None)
    if alias:
        yield device.case(f"ZigBee type '{alias}'", stating(device, ZIGBEE_FILE, {"Type of Device": alias}))
    if CPA_FILE not in device.papers:
        return
    number = device.papers[CPA_FILE]["Certificate Identification Number"]
    numbers = (number.removeprefix("NCSC-"), number.replace("NCSC-", "NCSC"), f"CPA-{number.removeprefix('NCSC-')}")
    spelt = {"Certificate Identification Number": numbers[at % 3]}
    yield device.case(f"CPA number '{numbers[at % 3]}'", stating(device, CPA_FILE, spelt))
    day = form_date(device.values[CPA_DATE])
    assert day is not None
    month = _MONTHS[day.month - 1]
    dates = (f"{day.day} {month} {day.year}", day.isoformat(), f"{day.day}.{day.month}.{day.year}",
             f"{day.day} {month[:3]} {day.year}")  # fmt: skip
    yield device.case(f"expiry '{dates[at % 4]}'", stating(device, CPA_FILE, {"Expiry Date": dates[at % 4]}))


def _layouts(device: Device) -> Iterator[Case]:
    """Certificates as other people's programs set them."""
    short = {"Certificate Identification Number": "1433053936-4001"}  # no layout cuts it in two
    for file, stated in device.papers.items():
        facts = {**stated, **(short if file == CPA_FILE else {})}
        for layout, draw in LAYOUTS.items():
            files = {FORM: device.form(), **device.certificates(), file: draw(TITLES[file], facts)}
            yield device.case(f"{file} set as {layout}", files)


def _beside(device: Device) -> Iterator[Case]:
    """Release notes beside certificates that need none."""
    note = release_note("AML-E5", "1.2.5", ["This release corrects the display of the meter's balance."])
    yield device.case("release notes beside", {**device.case("").files, "Release notes.pdf": note})


def _orders(device: Device) -> Iterator[Case]:
    """Every order of four documents."""
    files = device.case("").files
    for names in permutations(files):
        order = ", ".join(name.split()[0] for name in names)
        yield device.case(f"in the order {order}", {name: files[name] for name in names})


def two_entries(edition: str, device_type: str) -> Files:
    """Two devices with two sets of certificates."""
    files: Files = {}
    for serial in (1, 2):
        device = faultless(edition, device_type, serial=serial)
        for name, content in device.case("").files.items():
            files[f"{serial} {name}"] = content
    return files
