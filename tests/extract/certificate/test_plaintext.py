"""Certificates that came as text files may be the one that the form names; other texts are none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from intake.demo import products
from intake.demo.forms import new_entry_form
from intake.extract import unreadable as says
from intake.extract.document import read_document
from rules.examine import examine
from rules.facts import Dossier
from rules.finding import Outcome

VALUES = products.faultless_form(products.SINGLE, on=date(2026, 11, 20))
CPA, DLMS = products.cpa_facts(VALUES), products.dlms_facts(VALUES)
TITLES = {"CPA": "CPA Foundation Grade Certificate", "DLMS": "DLMS Certificate of Conformance"}
FACTS = {"CPA": CPA, "DLMS": DLMS}
LOOKS = {
    "txt": lambda title, facts: f"{title}\n" + "\n".join(f"{label}: {value}" for label, value in facts.items()),
    "html": lambda title, facts: (
        f"<html><h1>{title}</h1><table>"
        + "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in facts.items())
    ),
    "rtf": lambda title, facts: (
        f"{{\\rtf1 {title}\\par " + "\\par ".join(f"{label}\\tab {value}" for label, value in facts.items()) + "}"
    ),
    "csv": lambda title, facts: f"{title}\n" + "\n".join(f"{label},{value}" for label, value in facts.items()),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", TITLES)
def test_a_certificate_as_text_comes_before_a_person_and_is_not_missing(kind: str, look: str) -> None:
    form = read_document("CPL New Entry.xlsx", new_entry_form(VALUES))
    papers = {name: paper for name, paper in products.certificates(VALUES).items() if not name.startswith(kind)}
    readings = [form, *(read_document(name, paper) for name, paper in papers.items())]
    text = read_document(f"{kind}.{look}", LOOKS[look](TITLES[kind], FACTS[kind]).encode())
    documents = tuple(reading.document for reading in (*readings, text))
    entries = (form.entry,) if form.entry else ()
    report = examine(Dossier(datetime(2026, 11, 20, 12, tzinfo=UTC), None, documents, entries))
    assert text.document.trouble == says.CERTIFICATE_TEXT
    assert report.outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "Dear SECAS,\nplease find the DLMS certificate attached.\nFirmware Version: 01:02:05:01\n",
        "CPA Foundation Grade Certificate\nIt was issued in May.\n",
        "Manufacturer: 1A:5D\nModel: 40:01\nFirmware Version: 01:02:05:01\n",
    ],
)
def test_a_text_about_one_is_none(text: str) -> None:
    assert read_document("note.txt", text.encode()).document.trouble is None
