"""Certificates as other people's programs set them: ruled, wrapped, in columns, landscape, turned, as forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

Facts = Mapping[str, str]

_STYLES = getSampleStyleSheet()
_GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def _cell(text: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(text, _STYLES[style])


def _document(*flowables: object, pagesize: tuple[float, float] = A4) -> bytes:
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=pagesize, invariant=1).build(list(flowables))
    return out.getvalue()


def _canvas(draw: Callable[[Canvas], None], pagesize: tuple[float, float] = A4) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=pagesize, invariant=1)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def ruled(title: str, facts: Facts) -> bytes:
    """A grid with wrapped labels and values in narrow columns."""
    rows = [[_cell(f"<b>{label}</b>"), _cell(value)] for label, value in facts.items()]
    return _document(_cell(title, "Title"), Table(rows, colWidths=(90, 130), style=_GRID))


def middled(title: str, facts: Facts) -> bytes:
    """A grid whose labels stand at half the height of wrapped values."""
    rows = [[_cell(f"<b>{label}</b>"), _cell(value)] for label, value in facts.items()]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return _document(_cell(title, "Title"), Table(rows, colWidths=(190, 120), style=style))


def two_pairs(title: str, facts: Facts, *, more: str = "The manufacturer must tell of every change.") -> bytes:
    """Two labels and two values a row, wrapped, and prose on a second page."""
    items = [(_cell(f"<b>{label}</b>"), _cell(value)) for label, value in facts.items()]
    rows = [[*items[i], *(items[i + 1] if i + 1 < len(items) else ("", ""))] for i in range(0, len(items), 2)]
    table = Table(rows, colWidths=(85, 130, 85, 130), style=_GRID)
    return _document(_cell(title, "Title"), Spacer(1, 12), table, PageBreak(), _cell(more))


def table(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A grid as given, heads in its first row."""
    cells = [[_cell(text) for text in row] for row in rows]
    return _document(_cell(title, "Title"), Table(cells, style=_GRID))


def one_row(title: str, facts: Facts) -> bytes:
    """A landscape table of one row, its labels as heads; cells stand at the foot of it, as spreadsheets set them."""
    rows = [[_cell(f"<b>{label}</b>") for label in facts], [_cell(value) for value in facts.values()]]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
    wide = Table(rows, colWidths=[990 / len(facts)] * len(facts), style=style)
    return _document(_cell(title, "Title"), wide, pagesize=landscape(A3))


def remarked(title: str, facts: Facts) -> bytes:
    """A table whose third column holds remarks: here and there one, and where more is to be read."""
    rows = [[_cell(f"<b>{head}</b>") for head in ("Item", "Value", "Remarks")]]
    for number, (label, value) in enumerate(facts.items()):
        remark = ("as declared", "", f"see clause {number}.2")[number % 3]
        rows.append([_cell(f"<b>{label}</b>"), _cell(value), _cell(remark)])
    return _document(_cell(title, "Title"), Table(rows, colWidths=(190, 130, 130), style=_GRID))


def joined(*documents: bytes) -> bytes:
    """All the documents' pages in one file."""
    whole = pdfium.PdfDocument.new()
    for content in documents:
        part = pdfium.PdfDocument(content)
        whole.import_pages(part)
        part.close()
    out = BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue()


def stacked(title: str, facts: Facts) -> bytes:
    """One column: each label above its value."""
    parts: list[object] = [_cell(title, "Title")]
    for label, value in facts.items():
        parts += [_cell(f"<b>{label}</b>"), _cell(value), Spacer(1, 10)]
    return _document(*parts)


def lines(title: str, facts: Facts) -> bytes:
    """Plain lines of `Label: value`."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 18)
        canvas.drawString(72, 760, title)
        canvas.setFont("Courier", 10)
        for number, (label, value) in enumerate(facts.items()):
            canvas.drawString(72, 700 - 16 * number, f"{label}: {value}")

    return _canvas(draw)


def sheet(parts: Sequence[tuple[str, Facts]]) -> bytes:
    """One page with several titles, each above its labels and values."""
    return _canvas(lambda canvas: _sheet(canvas, parts))


def sheets(parts: Sequence[tuple[str, Facts]]) -> bytes:
    """The same, a page each."""

    def draw(canvas: Canvas) -> None:
        for part in parts:
            _sheet(canvas, [part])
            canvas.showPage()

    return _canvas(draw)


def _sheet(canvas: Canvas, parts: Sequence[tuple[str, Facts]]) -> None:
    y = 780
    for title, facts in parts:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, y, title)
        canvas.setFont("Helvetica", 10)
        for label, value in facts.items():
            y -= 18
            canvas.drawString(72, y - 20, label)
            canvas.drawString(320, y - 20, value)
        y -= 60


def beside(title: str, facts: Facts, more: Facts) -> bytes:
    """One page with a second column of texts behind some of the values."""

    def draw(canvas: Canvas) -> None:
        _sheet(canvas, [(title, facts)])
        for number, label in enumerate(facts):
            canvas.drawString(460, 742 - 18 * number, more.get(label, ""))

    return _canvas(draw)


def wrapped_label(
    title: str, facts: Facts, label: str, words: str, *, above: bool, beside: int, own: str = ""
) -> bytes:
    """One page that prints more words close above or below a label, its value so many points below the upper line.

    The whole row is set apart from the others; the words may have a value of their own.
    """

    def draw(canvas: Canvas) -> None:
        _sheet(canvas, [(title, {name: value for name, value in facts.items() if name != label})])
        lines = (words, label) if above else (label, words)
        canvas.drawString(72, 500, lines[0])
        canvas.drawString(72, 488, lines[1])
        canvas.drawString(320, 500 - beside if above else 500 + beside, facts[label])
        canvas.drawString(330, 500 if above else 488, own)

    return _canvas(draw)


def typeset(title: str, facts: Facts) -> bytes:
    """Plain columns in a font that has letters drawn as one, which are used, and soft hyphens in long words."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def set_in(text: str) -> str:
        return text.replace("Identific", "Identi\u00adfic").replace("fi", "\ufb01")

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate([(title, ""), *facts.items()]):
            for at, text in zip((72, 320), line, strict=True):
                canvas.setFont("Vera", 10)
                canvas.drawString(at, 760 - 22 * number, set_in(text))

    return _canvas(draw)


def columns(title: str, facts: Facts, *, rotate: int = 0) -> bytes:
    """Freely placed columns on a landscape page with upright text along its margin; optionally a turned page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 530, title)
        canvas.setFont("Helvetica", 10)
        for number, (label, value) in enumerate(facts.items()):
            canvas.drawString(60, 480 - 22 * number, label)
            canvas.drawString(320, 480 - 22 * number, value)
        canvas.rotate(90)
        canvas.drawString(60, -30, "Printed along the margin: Manufacturer nobody, Firmware Version none")
        if rotate:
            canvas.setPageRotation(rotate)

    return _canvas(draw, landscape(A4))


def turned(title: str, facts: Facts) -> bytes:
    """Drawn sideways on a portrait page that says it is shown turned by 90 degrees."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 530, title)
        canvas.setFont("Helvetica", 10)
        for number, (label, value) in enumerate(facts.items()):
            canvas.drawString(60, 480 - 22 * number, label)
            canvas.drawString(320, 480 - 22 * number, value)

    return _canvas(draw, landscape(A4))  # reportlab swaps the sides of a turned page


def form_fields(title: str, facts: Facts) -> bytes:
    """Labels as text, values only in the fields of a PDF form."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 760, title)
        canvas.setFont("Helvetica", 10)
        for number, (label, value) in enumerate(facts.items()):
            y = 700 - 30 * number
            canvas.drawString(60, y, label)
            canvas.acroForm.textfield(
                name=f"f{number}", value=value, x=260, y=y - 6, width=280, height=20, fontSize=10, borderWidth=0
            )

    return _canvas(draw)


def scan(text: Sequence[str] = ()) -> bytes:
    """A page that is a picture, with a scanner's invisible text behind it if given."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colors.lightgrey)
        canvas.rect(40, 40, 500, 700, fill=1)
        for number, line in enumerate(text):
            item = canvas.beginText(60, 700 - 16 * number)
            item.setTextRenderMode(3)
            item.textOut(line)
            canvas.drawText(item)

    return _canvas(draw)


def blank() -> bytes:
    """Two pages with nothing on them."""

    def draw(canvas: Canvas) -> None:
        for _ in range(2):
            canvas.showPage()

    return _canvas(draw)


def picture() -> bytes:
    """A page with an image and no text."""
    dots = Image.new("L", (40, 40), 200)
    return _canvas(lambda canvas: canvas.drawInlineImage(dots, 40, 40, 500, 700))


def strewn(title: str, letters: int) -> bytes:
    """A page with single letters all over it."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 800, title)
        canvas.setFont("Helvetica", 2)
        for number in range(letters):
            canvas.drawString(20 + number % 100 * 5.5, 20 + number // 100 * 9, "Model"[number % 5])

    return _canvas(draw)


def locked() -> bytes:
    """A PDF that opens with a password only."""
    out = BytesIO()
    canvas = Canvas(out, encrypt="secret", invariant=1)
    canvas.drawString(60, 700, "Nobody reads this")
    canvas.save()
    return out.getvalue()


def prose(paragraphs: Sequence[str]) -> bytes:
    """Running text."""
    return _document(*(_cell(paragraph) for paragraph in paragraphs))


def tight(title: str, facts: Facts, *, leading: float = 12) -> bytes:
    """Unruled lines without any space between rows, values wrapped after two words."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 780, title)
        canvas.setFont("Helvetica", 10)
        y = 740.0
        for label, value in facts.items():
            words = value.split()
            canvas.drawString(60, y, label)
            for start in range(0, len(words), 2):
                canvas.drawString(280, y, " ".join(words[start : start + 2]))
                y -= leading

    return _canvas(draw)


LAYOUTS: dict[str, Callable[[str, Facts], bytes]] = {
    "ruled": ruled,
    "middled": middled,
    "two pairs a row": two_pairs,
    "stacked": stacked,
    "one row": one_row,
    "remarked": remarked,
    "lines": lines,
    "columns": columns,
    "columns, page turned": lambda title, facts: columns(title, facts, rotate=90),
    "columns, page upside down": lambda title, facts: columns(title, facts, rotate=180),
    "turned": turned,
    "form fields": form_fields,
}
