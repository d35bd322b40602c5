"""What tests of publishing share: a small list, changes that two people agreed on, and a version that is out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.review.test_decide import decision

from intake.domain.review import Action
from intake.pipeline.case.case import case
from intake.pipeline.list.change import agree, propose
from intake.pipeline.list.listing import import_list
from intake.pipeline.list.publish import prepare, release
from intake.pipeline.review.decide import decide, draft
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind, ListChange
from intake.register.published import ListFile
from intake.store.publications import Publication
from rules.facts import RegisterEntry
from rules.published import PUBLISHED

DESCRIPTOR = "Manufacturer_Image.descriptor"
LINE = {
    "Device_Type.name": "Pre-Payment Interface Device",
    "Device_Model.manufacturer_identifier": "10:31",
    "Device_Model.model_identifier": "C6:A1",
    "Device_Model.hardware_version.version": "01",
    "Device_Model.hardware_version.revision": "01",
    "SMETS_CHTS Version.Version_number_and_effective_date": "SMETS V2.0 ",
    "GBCS Version.version_number": "GBCS Version 1.1",
}


def a_line(number: int, **fields: str) -> RegisterEntry:
    firmware = {"Device_Model.firmware_version": f"00:00:00:{number:02X}"}
    own = [name for name in PUBLISHED if not name.startswith("Entry.")]
    return RegisterEntry(f"{number:06}", "Current", dict.fromkeys(own, "") | LINE | firmware | fields)


def listed(services: Services, *numbers: int) -> None:
    file = ListFile(tuple(a_line(number) for number in numbers), PUBLISHED, "2.051", "21-09-2022")
    assert import_list(services, b"entries, not a workbook", file)[1]


def approve(services: Services) -> None:
    for person in ("Ada", "Ben"):
        decide(services, 1, decision(services, Action.APPROVE, person, letter=draft(case(services, 1), Action.APPROVE)))


def change(services: Services, *entries: str, **values: str) -> None:
    """A correction that two people agreed on."""
    asked = ListChange(ChangeKind.CORRECT, today(services), entries, values, reason="It never was so.")
    number = propose(services, asked, "Ada")
    assert number is not None
    agree(services, number, "Ben")


def today(services: Services) -> date:
    return services.clock.now().date()


def folder(services: Services) -> Path:
    return services.config.path(services.config.publish.folder)


def published(services: Services) -> Publication:
    return release(services, prepare(services, "Ada").id, "Ben")
