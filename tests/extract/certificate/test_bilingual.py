"""Certificates that say each label in two languages: the second is no value, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

import pytest
from corpus.labelled.case import Case
from corpus.labelled.faultless import TODAY, ZIGBEE_FILE, faultless
from corpus.labelled.judge import dossier_of
from extract import papers
from extract.facts_on_paper import CPA, DLMS, ZIGBEE
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from intake.demo import products
from intake.extract.document import read_document
from rules.alignment._compare import Agreement
from rules.alignment._identity import zigbee_number
from rules.examine import examine
from rules.finding import Outcome

Facts = Mapping[str, str]
Words = Mapping[str, str]

LANGUAGES: Mapping[str, Words] = {
    "French": {
        "Type of Device": "Type d'appareil",
        "Manufacturer": "Fabricant",
        "Model Identification": "Identification du mod\u00e8le",
        "Hardware Version": "Version du mat\u00e9riel",
        "Firmware Version": "Version du micrologiciel",
        "Certification Date": "Date de certification",
        "Certification ID Number": "N\u00b0 de certification",
    },
    "German": {
        "Type of Device": "Ger\u00e4tetyp",
        "Manufacturer": "Hersteller",
        "Model Identification": "Modellbezeichnung",
        "Hardware Version": "Hardwareversion",
        "Firmware Version": "Firmware-Version",
        "Certification Date": "Zertifizierungsdatum",
        "Certification ID Number": "Zertifizierungsnummer",
    },
    "Spanish": {
        "Type of Device": "Tipo de dispositivo",
        "Manufacturer": "Fabricante",
        "Model Identification": "Identificaci\u00f3n del modelo",
        "Hardware Version": "Versi\u00f3n de hardware",
        "Firmware Version": "Versi\u00f3n de firmware",
        "Certification Date": "Fecha de certificaci\u00f3n",
        "Certification ID Number": "N\u00famero de certificaci\u00f3n",
    },
    "Italian": {
        "Type of Device": "Tipo di dispositivo",
        "Manufacturer": "Produttore",
        "Model Identification": "Identificativo del modello",
        "Hardware Version": "Versione hardware",
        "Firmware Version": "Versione firmware",
        "Certification Date": "Data di certificazione",
        "Certification ID Number": "Numero di certificazione",
    },
}
CPA_IN_FRENCH = {
    "Certificate Identification Number": "Num\u00e9ro du certificat",
    "Device Type": "Type de produit",
    "Manufacturer": "Fabricant",
    "Model": "Mod\u00e8le",
    "Hardware Version": "Version mat\u00e9rielle",
    "Firmware Version": "Version logicielle",
    "Security Characteristics": "Caract\u00e9ristiques de s\u00e9curit\u00e9",
    "Issue Date": "Date de d\u00e9livrance",
    "Expiry Date": "Date d'expiration",
}
DLMS_IN_GERMAN = {
    "Certificate Identification Number": "Zertifikatsnummer",
    "Device Type": "Ger\u00e4teart",
    "Manufacturer": "Hersteller",
    "Type": "Typbezeichnung",
    "Model Identifier": "Modellkennung",
    "Hardware Version": "Hardwarestand",
    "Firmware Version": "Firmwarestand",
    "Management Logical Device Name": "Logischer Name",
    "CTT Version": "Version des Pr\u00fcfwerkzeugs",
    "Date of Issue": "Ausstellungsdatum",
}
PLACES: Mapping[str, tuple[int, tuple[int, int], tuple[int, int], tuple[int, int], float]] = {
    "beside": (26, (60, 0), (230, 0), (390, 0), 10),
    "before": (26, (230, 0), (60, 0), (390, 0), 10),
    "behind the value": (26, (60, 0), (460, 0), (220, 0), 7),
    "below": (34, (60, 0), (60, -12), (280, 0), 10),
    "below in small print": (30, (60, 0), (60, -10), (280, 0), 7),
    "below, the value half way": (34, (60, 0), (60, -12), (280, -6), 10),
    "below, the value at its side": (34, (60, 0), (60, -12), (280, -12), 10),
    "above": (34, (60, -12), (60, 0), (280, -12), 10),
    "between label and value": (60, (60, 0), (60, -12), (60, -28), 10),
}
"""Points from row to row; where label, its other language and value stand in a row; size of the other language."""


def paper(place: str, words: Words, facts: Facts, title: str) -> bytes:
    """The facts with each label said twice, at such a place."""
    pitch, label_at, words_at, value_at, size = PLACES[place]
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawString(60, 800, title)
    for number, (label, value) in enumerate(facts.items()):
        top = 760 - pitch * number
        for (left, down), text, points in (
            (label_at, label, 10),
            (words_at, words[label], size),
            (value_at, value, 10),
        ):
            canvas.setFont("Helvetica", points)
            canvas.drawString(left, top + down, text)
    canvas.save()
    return out.getvalue()


def in_one_line(pattern: str, words: Words, facts: Facts, title: str) -> bytes:
    return papers.columns(title, {pattern.format(label, words[label]): value for label, value in facts.items()})


LAYOUTS: dict[str, Callable[[Words, Facts, str], bytes]] = {
    **{place: partial(paper, place) for place in PLACES},
    "behind a stroke": partial(in_one_line, "{0} / {1}"),
    "before a stroke": partial(in_one_line, "{1}/{0}"),
    "in brackets": partial(in_one_line, "{0} ({1})"),
    "behind a bar": partial(in_one_line, "{0} | {1}:"),
}


def values(content: bytes) -> dict[str, str]:
    document = read_document("paper.pdf", content).document
    assert document.certificate is not None, document.trouble
    assert document.notes == ()
    return {label: stated.value for label, stated in document.certificate.facts.items()}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_in_a_second_language_is_no_value(language: str, layout: str) -> None:
    assert values(LAYOUTS[layout](LANGUAGES[language], ZIGBEE, "ZigBee Certificate of Compliance")) == ZIGBEE


@pytest.mark.parametrize("layout", LAYOUTS)
def test_so_it_is_on_cpa_and_dlms_certificates(layout: str) -> None:
    assert values(LAYOUTS[layout](CPA_IN_FRENCH, CPA, "Commercial Product Assurance certificate")) == CPA
    assert values(LAYOUTS[layout](DLMS_IN_GERMAN, DLMS, "DLMS/COSEM Certificate of Conformance")) == DLMS


DEVICE = faultless("2022-09", products.SINGLE)
FACTS: Facts = DEVICE.papers[ZIGBEE_FILE]


def outcome(content: bytes) -> Outcome:
    files = {**DEVICE.case("").files, ZIGBEE_FILE: content}
    return examine(dossier_of(Case("2022-09", products.SINGLE, TODAY, "", files))).outcome


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_bilingual_certificate_is_judged_as_any_other(layout: str) -> None:
    wrong = FACTS["Firmware Version"]
    wrong = f"{wrong[:-1]}{'1' if wrong[-1] != '1' else '2'}"
    title = "ZigBee Certificate of Compliance"
    assert outcome(LAYOUTS[layout](LANGUAGES["French"], FACTS, title)) is Outcome.READY
    assert outcome(LAYOUTS[layout](LANGUAGES["French"], {**FACTS, "Firmware Version": wrong}, title)) is Outcome.RETURN


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "more", ["Version du chargeur d'amor\u00e7age", "Version du micrologiciel radio", "\u56fa\u4ef6"]
)
def test_words_of_another_sense_or_language_are_never_dropped_for_a_wrong_verdict(more: str, layout: str) -> None:
    words = {**LANGUAGES["French"], "Firmware Version": more}
    facts = {**FACTS, "Firmware Version": FACTS["Firmware Version"]}
    assert outcome(LAYOUTS[layout](words, facts, "ZigBee Certificate of Compliance")) is not Outcome.RETURN


def test_what_has_no_digit_is_no_number_that_differs() -> None:
    assert zigbee_number("ZIG22041ZSE13121-24", "Cislo") is Agreement.UNCLEAR
    assert zigbee_number("ZIG22041ZSE13121-24", "ZIG22041ZSE13122-24") is Agreement.DIFFERENT
