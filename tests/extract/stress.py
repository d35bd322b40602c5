"""Certificates set in many ways, each made from a seed: the layout, wordings, fonts, order and values vary together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

import pypdfium2 as pdfium
from extract.facts_on_paper import PAPERS
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from intake.extract.certificate.certificates import KINDS
from intake.extract.certificate.kinds.table import LabelTable
from rules.facts import DocumentKind
from rules.fields import Label

FONTS = ("Helvetica", "Times-Roman", "Courier")
TYPES = (
    "Single Element Electricity Metering Equipment",
    "HAN Connected Auxiliary Load Control Switch",
    "Gas Smart Meter",
    "Communications Hub",
)
TABLES = {table.kind: table for table in KINDS}


@dataclass(frozen=True)
class Style:
    """How one paper is printed."""

    chance: random.Random
    font: str
    size: float
    page: tuple[float, float]

    def cell(self, text: str, *, bold: bool = False, grow: float = 0) -> Paragraph:
        size = self.size + grow
        name = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}[self.font]
        style = ParagraphStyle("cell", fontName=name if bold else self.font, fontSize=size, leading=size * 1.2)
        return Paragraph(text, style)


@dataclass(frozen=True)
class Paper:
    """One certificate and what it states."""

    name: str
    layout: str
    kind: DocumentKind
    facts: Mapping[str, str]
    content: bytes


def _grid(style: Style) -> list[tuple[object, ...]]:
    align = style.chance.choice(["TOP", "MIDDLE"])
    ruled = style.chance.random() < 0.7
    grid: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), align)]
    return [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), *grid] if ruled else grid


def _built(style: Style, *parts: object) -> bytes:
    def margins(canvas: Canvas, _document: object) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(40, style.page[1] - 24, "Ashdown Test House - document version 3.1")
        canvas.drawString(40, 18, f"Page {canvas.getPageNumber()}   Template issue 4   Version 2")

    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=style.page, invariant=1, leftMargin=50, rightMargin=50)
    document.build(list(parts), onFirstPage=margins, onLaterPages=margins)
    return out.getvalue()


Facts = Mapping[str, str]


def _title(style: Style, title: str) -> list[object]:
    return [style.cell(title, bold=True, grow=8), Spacer(1, 20)]


def one_pair(style: Style, title: str, facts: Facts) -> bytes:
    rows = [[style.cell(label, bold=True), style.cell(value)] for label, value in facts.items()]
    widths = style.chance.choice([(80, 120), (100, 300), (220, 140), (150, 90), (60, 80)])
    return _built(style, *_title(style, title), Table(rows, colWidths=widths, style=_grid(style)))


def two_pairs(style: Style, title: str, facts: Facts) -> bytes:
    items = [(style.cell(label, bold=True), style.cell(value)) for label, value in facts.items()]
    rows = [[*items[i], *(items[i + 1] if i + 1 < len(items) else ("", ""))] for i in range(0, len(items), 2)]
    widths = style.chance.choice([(85, 130, 85, 130), (120, 110, 120, 110), (60, 180, 60, 180)])
    return _built(style, *_title(style, title), Table(rows, colWidths=widths, style=_grid(style)))


def boxes(style: Style, title: str, facts: Facts) -> bytes:
    """Each label above its value, in boxes, some to a row."""
    across = style.chance.choice([1, 2, 3])
    items = list(facts.items())
    rows = []
    for start in range(0, len(items), across):
        some = items[start : start + across]
        blank = [""] * (across - len(some))
        rows.append([*(style.cell(label, bold=True) for label, _ in some), *blank])
        rows.append([*(style.cell(value) for _, value in some), *blank])
    return _built(style, *_title(style, title), Table(rows, colWidths=[480 / across] * across, style=_grid(style)))


def both_in_a_box(style: Style, title: str, facts: Facts) -> bytes:
    """A small label and under it the value, within one box."""
    items = [[style.cell(label, grow=-2), style.cell(value)] for label, value in facts.items()]
    rows = [[items[i], items[i + 1] if i + 1 < len(items) else ""] for i in range(0, len(items), 2)]
    return _built(style, *_title(style, title), Table(rows, colWidths=(240, 240), style=_grid(style)))


def headed(style: Style, title: str, facts: Facts) -> bytes:
    """One row of heads and one row of values."""
    count = len(facts)
    rows = [[style.cell(label, bold=True) for label in facts], [style.cell(value) for value in facts.values()]]
    width = (style.page[0] - 100) / count
    return _built(style, *_title(style, title), Table(rows, colWidths=[width] * count, style=_grid(style)))


def with_remarks(style: Style, title: str, facts: Facts) -> bytes:
    """A third column that speaks of other things."""
    remarks = ["as stated by the applicant", "", "see annex A, version 2.0", "n/a", "checked"]
    rows = [
        [style.cell(label, bold=True), style.cell(value), style.cell(style.chance.choice(remarks))]
        for label, value in facts.items()
    ]
    return _built(style, *_title(style, title), Table(rows, colWidths=(150, 190, 140), style=_grid(style)))


def lines(style: Style, title: str, facts: Facts) -> bytes:
    mark = style.chance.choice([": ", " : ", ":  "])
    parts = [style.cell(f"{label}{mark}{value}") for label, value in facts.items()]
    return _built(style, *_title(style, title), *(part for p in parts for part in (p, Spacer(1, 4))))


def stacked(style: Style, title: str, facts: Facts) -> bytes:
    gap = style.chance.choice([6, 10, 16])
    parts = [(style.cell(label, bold=True), style.cell(value), Spacer(1, gap)) for label, value in facts.items()]
    return _built(style, *_title(style, title), *(part for three in parts for part in three))


def two_pages(style: Style, title: str, facts: Facts) -> bytes:
    """The second half of the table on a second page."""
    rows = [[style.cell(label, bold=True), style.cell(value)] for label, value in facts.items()]
    half = len(rows) // 2
    first, second = (Table(part, colWidths=(170, 260), style=_grid(style)) for part in (rows[:half], rows[half:]))
    return _built(style, *_title(style, title), first, PageBreak(), second)


def sections(style: Style, title: str, facts: Facts) -> bytes:
    """Headings between the rows."""
    parts: list[object] = _title(style, title)
    items = list(facts.items())
    for number, start in enumerate(range(0, len(items), 3), 1):
        rows = [[style.cell(label), style.cell(value)] for label, value in items[start : start + 3]]
        parts += [style.cell(f"{number}. Particulars", bold=True, grow=2)]
        parts += [Table(rows, colWidths=(170, 260), style=_grid(style)), Spacer(1, 12)]
    return _built(style, *parts)


def placed(style: Style, title: str, facts: Facts) -> bytes:
    """Drawn freely in two columns, the values with or without a colon before them."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=style.page, invariant=1)
    canvas.setFont(style.font, style.size + 8)
    canvas.drawString(50, style.page[1] - 80, title)
    canvas.setFont(style.font, style.size)
    step = style.size * style.chance.choice([1.3, 1.6, 2.2])
    mark = style.chance.choice(["", ":", " :"])
    for number, (label, value) in enumerate(facts.items()):
        y = style.page[1] - 130 - step * number
        canvas.drawString(50, y, label + mark)
        canvas.drawString(300, y, value)
    canvas.save()
    return out.getvalue()


def fields(style: Style, title: str, facts: Facts) -> bytes:
    """Values in the fields of a form, beside or below their labels."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=style.page, invariant=1)
    canvas.setFont(style.font, 16)
    canvas.drawString(50, style.page[1] - 60, title)
    canvas.setFont(style.font, style.size)
    below = style.chance.random() < 0.5
    for number, (label, value) in enumerate(facts.items()):
        y = style.page[1] - 100 - 42 * number
        canvas.drawString(50, y, label)
        x, at = (50, y - 24) if below else (260, y - 6)
        canvas.acroForm.textfield(
            name=f"f{number}", value=value, x=x, y=at, width=280, height=20, fontSize=10, borderWidth=0
        )
    canvas.save()
    return out.getvalue()


LAYOUTS: tuple[Callable[[Style, str, Facts], bytes], ...] = (
    one_pair,
    two_pairs,
    boxes,
    both_in_a_box,
    headed,
    with_remarks,
    lines,
    stacked,
    two_pages,
    sections,
    placed,
    fields,
)
TURNED = (0, 0, 0, 90, 180, 270)


def turned(content: bytes, degrees: int) -> bytes:
    """The same pages, shown turned."""
    if degrees == 0:
        return content
    document = pdfium.PdfDocument(content)
    for page in document:
        page.set_rotation(degrees)
        page.close()
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _value(chance: random.Random, label: str, value: str) -> str:
    pair = f"{chance.randrange(256):02X}:{chance.randrange(256):02X}"
    if label in {"Type of Device", "Device Type"}:
        return chance.choice(TYPES)
    if value.count(":") == 3:
        return f"{pair}:{chance.randrange(256):02X}:{chance.randrange(256):02X}"
    if value.count(":") == 1:
        return pair
    return value


def _wordings(table: LabelTable, chance: random.Random, facts: Facts) -> dict[str, str]:
    """Printed label to value: each label in any of its known wordings."""
    printed = {}
    for label, value in facts.items():
        choices = [label, *table.labels[Label(label)]] if chance.random() < 0.5 else [label]
        wording = chance.choice(choices)
        printed[wording if wording == label else wording.capitalize()] = value
    return printed


def paper(seed: int) -> Paper:
    """The paper of this seed."""
    chance = random.Random(seed)
    kind = chance.choice(list(PAPERS))
    title, specimen = PAPERS[kind]
    labels = list(specimen)
    if chance.random() < 0.4:
        chance.shuffle(labels)
    if chance.random() < 0.3:
        labels = labels[: max(4, len(labels) - 2)]
    facts = {label: _value(chance, label, specimen[label]) for label in labels}
    page = landscape(A4) if chance.random() < 0.3 else A4
    style = Style(chance, chance.choice(FONTS), chance.choice([8, 9, 10, 11]), page)
    layout = chance.choice(LAYOUTS)
    degrees = chance.choice(TURNED)
    printed = _wordings(TABLES[kind], chance, facts)
    content = turned(layout(style, title, printed), degrees)
    return Paper(
        f"{seed}: {layout.__name__}, {kind}, turned {degrees}, {style.font}", layout.__name__, kind, facts, content
    )


def every(count: int = 60) -> Iterator[bytes]:
    """The contents of the first papers."""
    return (paper(seed).content for seed in range(count))
