"""PDFs written operator by operator, for what no library draws: fonts that lie, marks upon letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportlab.pdfbase import pdfmetrics

Facts = Mapping[str, str]
HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
LEFT = 260
"""Points from the left at which values begin."""
TOP = 700
"""Points from below of the first row; the next is `PITCH` lower."""
PITCH = 24
SIZE = 11


def stream(content: bytes, head: str = "") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), head.encode(), content)


def document(
    content: str,
    *,
    fonts: str = "",
    resources: str = "",
    page: str = "",
    objects: Sequence[bytes] = (),
    root: str = "",
) -> bytes:
    """One A4 page.

    Args:
        content: the page's operators; `/F` is Helvetica.
        fonts: more fonts, as entries of the page's font resources.
        resources: more resources.
        page: more entries of the page.
        objects: more objects, numbered from 6.
        root: more entries of the catalogue.
    """
    parts = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            f"/Resources<</Font<</F 5 0 R{fonts}>>{resources}>>{page}>>"
        ).encode(),
        stream(content.encode("latin-1")),
        HELVETICA.encode(),
        *objects,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


def shown(text: str, x: float, y: float, *, font: str = "F", size: float = SIZE) -> str:
    """The operators that print a text."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET"


def certificate(
    title: str,
    facts: Facts,
    *,
    value: Callable[[str, str, int], str | None] = lambda *_: None,
    font: str = "F",
    under: str = "",
    over: str = "",
) -> str:
    """The operators of a page with labels and values in two columns.

    Args:
        title: in large letters above.
        facts: values by label.
        value: gives the operators that show a value, by label, value and height; None for plain ones.
        font: of everything.
        under: operators before all others.
        over: operators behind all others.
    """
    rows = [under, shown(title, 60, 770, font=font, size=18)]
    for number, (label, text) in enumerate(facts.items()):
        y = TOP - PITCH * number
        rows.append(shown(label, 60, y, font=font))
        rows.append(value(label, text, y) or shown(text, LEFT, y, font=font))
    return "\n".join([*rows, over])


def width(text: str, size: float = SIZE) -> float:
    """How many points a text of Helvetica takes."""
    return float(pdfmetrics.stringWidth(text, "Helvetica", size))


def row_of(facts: Facts, label: str) -> int:
    """The height at which a label's row stands."""
    return TOP - PITCH * list(facts).index(label)


def to_unicode(codes: Mapping[int, str]) -> bytes:
    """A stream that says what a simple font's codes mean; printable ASCII means itself where nothing else is said."""
    pairs = {code: chr(code) for code in range(32, 127)} | dict(codes)
    lines = [f"<{code:02X}> <{text.encode('utf-16-be').hex()}>" for code, text in pairs.items()]
    chunks = [lines[start : start + 90] for start in range(0, len(lines), 90)]
    body = "\n".join(f"{len(chunk)} beginbfchar\n{chr(10).join(chunk)}\nendbfchar" for chunk in chunks)
    return stream(
        f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end".encode()
    )
