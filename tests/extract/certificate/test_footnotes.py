"""The mark of a footnote behind a value is no part of the value, and what the footnote says is for a person."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from corpus.labelled.case import Case
from corpus.labelled.faultless import TODAY, ZIGBEE_FILE, faultless
from corpus.labelled.judge import dossier_of
from extract.facts_on_paper import CPA, ZIGBEE
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from intake.demo import products
from intake.extract.document import read_document
from rules.examine import examine
from rules.finding import Outcome, Report

Facts = Mapping[str, str]

DEVICE = faultless("2022-09", products.SINGLE)
FACTS: Facts = DEVICE.papers[ZIGBEE_FILE]
PLAIN: Facts = {**FACTS, "Firmware Version": "1.2.5.1"}
RAISED = {"as Word raises it": (6.5, 3.3), "a little": (7, 2.4), "high": (6, 4.5)}
"""Size and height above the line, in points."""


def paper(
    facts: Facts,
    behind_values: Facts,
    *,
    behind_labels: Facts | None = None,
    raised: tuple[float, float] | None = None,
    note: str = "1 As it was tested.",
    title: str = "ZigBee Certificate of Compliance",
) -> bytes:
    """The facts in two columns, with marks behind some of them."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont("Vera", 10)
    canvas.drawString(60, 800, title)
    for number, (label, value) in enumerate(facts.items()):
        for left, text, marks in ((60, label, behind_labels or {}), (300, value, behind_values)):
            mark, top = marks.get(label, ""), 760 - 24 * number
            canvas.setFont("Vera", 10)
            canvas.drawString(left, top, text)
            size, up = raised or (10, 0)
            canvas.setFont("Vera", size)
            canvas.drawString(left + pdfmetrics.stringWidth(text, "Vera", 10), top + up, mark)
    canvas.drawString(60, 300, note)
    canvas.save()
    return out.getvalue()


def report_on(content: bytes) -> Report:
    files = {**DEVICE.case("").files, ZIGBEE_FILE: content}
    return examine(dossier_of(Case("2022-09", products.SINGLE, TODAY, "", files)))


def notes_on(content: bytes) -> tuple[str, ...]:
    return read_document("paper.pdf", content).document.notes


def values(content: bytes) -> dict[str, str]:
    certificate = read_document("paper.pdf", content).document.certificate
    assert certificate is not None
    return {label: stated.value for label, stated in certificate.facts.items()}


@pytest.mark.parametrize("height", RAISED)
@pytest.mark.parametrize("mark", ["1", "2", "12", "(1)", "*", "a"])
def test_a_raised_mark_is_no_part_of_the_value(mark: str, height: str) -> None:
    for label in ZIGBEE:
        content = paper(ZIGBEE, {label: mark}, raised=RAISED[height])
        assert values(content) == ZIGBEE
        assert len(notes_on(content)) == 1
        assert f"'{label}' bears the mark of a footnote ('{mark}')" in notes_on(content)[0]


@pytest.mark.parametrize(
    "mark", ["\u00b9", "*", "**", "\u2020", "\u2021", "\u00a7", " *", "(1)", "[1]", " (2)", "\u00b9\u00b2"]
)
def test_a_mark_in_the_line_is_told(mark: str) -> None:
    for label in ("Type of Device", "Model Identification", "Firmware Version", "Certification ID Number"):
        assert f"('{mark.strip()}')" in " ".join(notes_on(paper(ZIGBEE, {label: mark})))


@pytest.mark.parametrize("height", RAISED)
def test_a_raised_digit_is_not_decoded(height: str) -> None:
    """`1.2.5.1` with a raised 1 is neither 1.2.5.11 nor a reason to return 01:02:05:01."""
    content = paper(PLAIN, {"Firmware Version": "1"}, raised=RAISED[height])
    assert report_on(content).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("mark", ["*", "\u2020", "\u00b9", "(1)"])
def test_a_mark_behind_a_value_that_agrees_needs_a_person(mark: str) -> None:
    for label in FACTS:
        assert report_on(paper(FACTS, {label: mark})).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("mark", ["*", "\u2020", "\u00b9", "(1)", "[2]"])
def test_a_mark_behind_a_label_leaves_it_a_label(mark: str) -> None:
    content = paper(FACTS, {}, behind_labels=dict.fromkeys(FACTS, mark), note="")
    assert values(content) == FACTS
    assert report_on(content).outcome is Outcome.READY


@pytest.mark.parametrize("mark", ["*", "\u2020", "\u00b9", "(1)", "[2]"])
def test_a_mark_behind_a_label_is_told_where_a_note_begins_with_it(mark: str) -> None:
    content = paper(FACTS, {}, behind_labels={"Firmware Version": mark}, note=f"{mark} Certified for the radio only.")
    assert report_on(content).outcome is Outcome.NEEDS_A_PERSON
    assert "'Firmware Version' bears the mark" in notes_on(content)[0]


def test_raised_letters_of_a_day_stay_in_it() -> None:
    facts = {**CPA, "Issue Date": "30"}
    content = paper(facts, {"Issue Date": "th"}, raised=(6.5, 3.3), title="Commercial Product Assurance certificate")
    assert values(content)["Issue Date"] == "30th"
    assert notes_on(content) == ()


def test_small_capitals_on_the_line_are_no_mark() -> None:
    content = paper({**ZIGBEE, "Firmware Version": "01:02:05:0"}, {"Firmware Version": "6"}, raised=(8, 0))
    assert values(content) == ZIGBEE
    assert notes_on(content) == ()
