"""Letters as they are drafted for faulty submissions of many kinds.

``python -m drafts`` in the folder of the tests writes ``render/letters/*.txt`` anew; the difference is for a person to
read, as the submitter would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from intake.demo import products
from intake.demo.certificates import cpa_certificate, dlms_certificate, release_note, zigbee_certificate
from intake.demo.forms import new_entry_form
from intake.demo.paper import Paper
from intake.extract.document import read_document
from intake.render.templates import letter
from rules.examine import examine
from rules.facts import Dossier
from rules.finding import Outcome
from rules.message_facts import MessageFacts

FOLDER = Path(__file__).parent / "render" / "letters"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FORM, ZIGBEE, CPA, DLMS = "CPL New Entry.xlsx", "ZigBee certificate.pdf", "CPA certificate.pdf", "DLMS certificate.pdf"
TYPE, SMETS, GBCS = "Device_Type.name", "SMETS/CHTS Version.Version_number", "GBCS Version.version_number"
MAKER, MODEL, FIRMWARE = (
    "Device_Model.manufacturer_identifier",
    "Device_Model.model_identifier",
    "Device_Model.firmware_version",
)
VERSION, REVISION = "Device_Model.hardware_version.version", "Device_Model.hardware_version.revision"
CPA_ID, CPA_DATE, CPA_SC = (
    f"CPA_Certificate.{name}" for name in ("identification_number", "expiry_date", "security_characteristics_version")
)
ZIGBEE_ID, DLMS_ID = "ZSE_Certificate.identification_number", "DLMS_Certificate.identification_number"
Values = dict[str, str]
Files = dict[str, bytes]


@dataclass(frozen=True)
class Product:
    """A faultless submission, from which faulty ones are made."""

    values: Values
    files: Files

    @classmethod
    def of(cls, device_type: str, serial: int = 1) -> Product:
        """One of this device type."""
        values = products.faultless_form(device_type, on=NOW.date(), serial=serial)
        return cls(values, {FORM: new_entry_form(values), **products.certificates(values)})

    def saying(self, changes: Mapping[str, str]) -> Files:
        """The files with a form that says something else."""
        return {**self.files, FORM: new_entry_form({**self.values, **changes})}

    def zigbee(self, **changes: str | None) -> bytes:
        """Its ZigBee certificate with other facts; None leaves a label out."""
        return zigbee_certificate(_changed(products.zigbee_facts(self.values), changes))

    def cpa(self, **changes: str | None) -> bytes:
        """Its CPA certificate, likewise."""
        return cpa_certificate(_changed(products.cpa_facts(self.values), changes))

    def dlms(self, **changes: str | None) -> bytes:
        """Its DLMS certificate, likewise."""
        return dlms_certificate(_changed(products.dlms_facts(self.values), changes))


def _changed(facts: Mapping[str, str], changes: Mapping[str, str | None]) -> Values:
    named = {label.replace("_", " "): value for label, value in changes.items()}
    return {label: value for label, value in {**facts, **named}.items() if value is not None}


def scan() -> bytes:
    """A page with a drawing and no text."""
    paper = Paper()
    paper.rule((60, 60), (300, 300))
    return paper.finish()


def submissions() -> Iterator[tuple[str, Files]]:
    """Each kind of faulty submission under its name."""
    gas, single, hub = (Product.of(kind) for kind in (products.GAS, products.SINGLE, products.HUB))
    yield from _forms(gas, single, hub)
    yield from _papers(gas, single)
    yield from _several(gas, single)


def _forms(gas: Product, single: Product, hub: Product) -> Iterator[tuple[str, Files]]:
    yield "versions that do not go together", gas.saying({SMETS: "SMETS V4.2", GBCS: "GBCS Version 1.1"})
    yield "a SMETS version for a hub", hub.saying({SMETS: "SMETS V4.3"})
    yield "a gas meter entered as single element", gas.saying({TYPE: products.SINGLE})
    yield "a single element meter entered as gas", single.saying({TYPE: products.GAS})
    yield "an unknown device type", gas.saying({TYPE: "PPMID"})
    yield "an empty form", {**gas.files, FORM: new_entry_form({})}
    yield "an empty form alone", {FORM: new_entry_form({})}
    yield "lower case", gas.saying({MAKER: gas.values[MAKER].lower()})
    yield "lower case and another value", gas.saying({FIRMWARE: "0a:02:05:0a"})
    yield "a model without a colon", gas.saying({MODEL: gas.values[MODEL].replace(":", "")})
    yield "firmware left empty", gas.saying({FIRMWARE: ""})
    yield "cells of another device", gas.saying({DLMS_ID: "2721"})
    yield "a date to be confirmed", hub.saying({CPA_DATE: "TBC"})
    yield "a form out of date", gas.saying({CPA_DATE: "30/08/2020"})
    yield "an image without a signature", single.saying(products.with_image(single.values))
    many = {MODEL: "FF:C4", CPA_DATE: "2029-08-30", GBCS: "GBCS Version 1.1", CPA_ID: "SMCH58603416"}
    yield "many faults at once", gas.saying(many)


def _papers(gas: Product, single: Product) -> Iterator[tuple[str, Files]]:
    other = gas.zigbee(Firmware_Version="01:02:06:08")
    yield "another firmware on the ZigBee certificate", {**gas.files, ZIGBEE: other}
    both = {ZIGBEE: gas.zigbee(Firmware_Version="01:02:06:08"), CPA: gas.cpa(Firmware_Version="01:02:06:08")}
    yield "another firmware on both certificates", {**gas.files, **both}
    numbered = Product.of(products.GAS, serial=2)
    yield "another product's ZigBee certificate", {**gas.files, ZIGBEE: numbered.files[ZIGBEE]}
    yield "another product's certificates", {**numbered.files, FORM: gas.files[FORM]}
    annex = dict.fromkeys(("Model_Identification", "Hardware_Version", "Firmware_Version"), "see Annex A")
    yield "a certificate with an annex", {**gas.files, ZIGBEE: gas.zigbee(**annex)}
    yield "a certificate with names", {**gas.files, ZIGBEE: gas.zigbee(Manufacturer="Example Meters Ltd")}
    yield "words for a version", {**gas.files, ZIGBEE: gas.zigbee(Firmware_Version="12.3")}
    row3 = {FIRMWARE: "0D:07:00:00"}
    papers = {ZIGBEE: gas.zigbee(Firmware_Version="14.7"), CPA: gas.cpa(Firmware_Version="0D:07:00:00")}
    yield "row three of the table", {**gas.saying(row3), **papers}
    unread = dict.fromkeys(("Model_Identification", "Hardware_Version", "Firmware_Version"))
    yield "labels that are not there", {**gas.files, ZIGBEE: gas.zigbee(**unread)}
    yield "a short year", {**gas.files, CPA: gas.cpa(Expiry_Date="30/08/29")}
    yield "another expiry date", {**gas.files, CPA: gas.cpa(Expiry_Date="30/08/2027")}
    yield "another hardware under CPA", {**gas.files, CPA: gas.cpa(Hardware_Version="0B_AD")}
    yield "another tool", {**single.files, DLMS: single.dlms(CTT_Version="CTT 3.1")}
    yield "a scan", {**gas.files, ZIGBEE: scan()}
    yield "one certificate missing", {name: content for name, content in single.files.items() if name != DLMS}
    yield "all certificates missing", {FORM: single.files[FORM]}
    note = release_note("AML-G1", gas.values[FIRMWARE], ["This release changes the display."])
    yield "release notes that say little", {**gas.files, ZIGBEE: other, "Release notes.pdf": note}
    yield "a superseded certificate", {**gas.files, CPA: _stamped("SUPERSEDED", gas)}
    yield "an inactive certificate", {**gas.files, CPA: _stamped("Status: inactive", gas)}
    facts = {**products.zigbee_facts(gas.values), "Valid until": "14 March 2025"}
    yield (
        "a ZigBee certificate that has ended",
        {**gas.files, ZIGBEE: _in_lines("ZigBee Certificate of Compliance", facts)},
    )
    yield "a broken PDF", {**gas.files, CPA: gas.files[CPA][:900]}
    yield "a broken workbook", {**gas.files, FORM: gas.files[FORM][:4000]}
    yield "no form at all", {name: content for name, content in gas.files.items() if name != FORM}


def _stamped(word: str, product: Product) -> bytes:
    """A CPA certificate in plain lines, with a word across its head."""
    return _in_lines("NCSC Commercial Product Assurance certificate", products.cpa_facts(product.values), word)


def _in_lines(title: str, facts: Mapping[str, str], word: str = "") -> bytes:
    paper = Paper()
    paper.text(60, 780, title, size=14)
    if word:
        paper.text(400, 740, word, size=20)
    for number, (label, value) in enumerate(facts.items()):
        paper.text(60, 700 - 24 * number, f"{label}: {value}")
    return paper.finish()


def _several(gas: Product, single: Product) -> Iterator[tuple[str, Files]]:
    forms = {f"Form {n}.xlsx": new_entry_form({**gas.values, FIRMWARE: f"01:02:05:0{n}"}) for n in (1, 2, 3)}
    papers = {f"ZigBee {n}.pdf": gas.zigbee(Firmware_Version=f"01:02:05:0{n}") for n in (1, 2, 3)}
    cpas = {CPA: gas.files[CPA]}
    yield "one number on three certificates", {**forms, **papers, **cpas}
    yield "two forms with one scan", {**gas.files, "Form 2.xlsx": single.saying({FIRMWARE: ""})[FORM], ZIGBEE: scan()}


def drafts() -> Iterator[tuple[str, str]]:
    """Each letter under the name of its submission: a return where the checks say so, else a question."""
    for name, files in submissions():
        read = [read_document(document, content) for document, content in files.items()]
        dossier = Dossier(
            judged_at=NOW,
            message=MessageFacts("submission", "CPL submission", "Robin <robin@example.test>", automatic=False),
            documents=tuple(reading.document for reading in read),
            entries=tuple(reading.entry for reading in read if reading.entry is not None),
        )
        report = examine(dossier)
        kind = "return" if report.outcome is Outcome.RETURN else "ask"
        submission = SimpleNamespace(reference="CPL-000042", received_at=NOW)
        yield name, letter(f"{kind}.txt", submission=submission, dossier=dossier, report=report)


def main(say: Callable[[str], object] = print) -> None:
    """Write every letter into its file, and take away those of submissions that are no more."""
    FOLDER.mkdir(exist_ok=True)
    written = {f"{name.replace(' ', '-')}.txt": text for name, text in drafts()}
    for file in FOLDER.glob("*.txt"):
        if file.name not in written:
            file.unlink()
    for file_name, text in written.items():
        FOLDER.joinpath(file_name).write_text(text, "utf-8")
    say(f"{len(written)} letters in {FOLDER}")


if __name__ == "__main__":
    main()
