"""Judged submissions for the tests of reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from intake.demo import products
from intake.demo.forms import new_entry_form
from intake.extract.document import read_document
from rules.examine import examine
from rules.facts import Dossier
from rules.finding import Report
from rules.message_facts import MessageFacts

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(1)">\u202egnp.exe\u2066 <U+202E> &amp; {{ 7*7 }}'
"""Within what a cell can hold; escape characters and NUL come in by names and subjects."""

FAULTS: Mapping[str, dict[str, str]] = {
    "none": {},
    "one": {"GBCS Version.version_number": "GBCS Version 9.9"},
    "three": {
        "GBCS Version.version_number": "GBCS Version 9.9",
        "Device_Model.firmware_version": "01:02:05:0a",
        "DLMS_Certificate.DLMS_version": "CTT " + "x" * 3_000,
    },
    "all": dict.fromkeys(products.faultless_form(products.SINGLE, on=NOW.date()), HOSTILE),
}


@cache
def judged(*faults: str, sender: str = "") -> tuple[Dossier, Report]:
    """A message with an entry for each name in `FAULTS`, and the certificates of all."""
    documents: dict[str, bytes] = {}
    for serial, fault in enumerate(faults, start=1):
        values = products.faultless_form(products.SINGLE, on=NOW.date(), serial=serial)
        kept = {"Device_Type.name": values["Device_Type.name"]} if fault == "all" else {}
        documents[f"entry {serial}.xlsx"] = new_entry_form({**values, **FAULTS[fault], **kept})
        documents |= {f"{serial} {name}": content for name, content in products.certificates(values).items()}
    read = [read_document(name, content) for name, content in documents.items()]
    message = MessageFacts("submission", "CPL submission", sender, automatic=False) if sender else None
    dossier = Dossier(
        judged_at=NOW,
        message=message,
        documents=tuple(reading.document for reading in read),
        entries=tuple(reading.entry for reading in read if reading.entry is not None),
    )
    return dossier, examine(dossier)
