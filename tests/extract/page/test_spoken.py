"""A value that is read as something else than is drawn, or has another one printed over it, is not read."""

from __future__ import annotations

import pytest
from extract import handmade
from extract.facts_on_paper import ZIGBEE
from extract.handmade import LEFT, shown, width

from intake.extract.document import read_document
from rules.facts import Document

TITLE = "ZigBee Certificate of Compliance"
LABEL = "Firmware Version"
VALUE = ZIGBEE[LABEL]
OTHER = VALUE[:-1] + "7"
Y = handmade.row_of(ZIGBEE, LABEL)
LAST = LEFT + width(VALUE[:-1])


def read(value: str, *, properties: str = "", over: str = "") -> Document:
    """The certificate with these operators for its value, and others in an object of a page of its own."""
    page = handmade.certificate(TITLE, ZIGBEE, value=lambda label, *_: value if label == LABEL else None)
    drawn = handmade.stream(
        over.encode(), "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
    )
    content = handmade.document(
        f"{page}\n/X Do" if over else page,
        resources=f"/XObject<</X 6 0 R>>/Properties<<{properties}>>",
        objects=(drawn,),
    )
    return read_document("p.pdf", content).document


def spoken(text: str, drawn: str, x: float = LEFT) -> str:
    return f"/Span<</ActualText {text}>>BDC {shown(drawn, x, Y)} EMC"


@pytest.mark.parametrize(
    ("value", "properties"),
    [
        (spoken(f"({VALUE})", OTHER), ""),
        (spoken(f"<FEFF{VALUE.encode('utf-16-be').hex()}>", OTHER), ""),
        (f"{shown(VALUE[:-1], LEFT, Y)} {spoken(f'({VALUE[-1]})', '7', LAST)}", ""),
        (f"/Span /P BDC {shown(OTHER, LEFT, Y)} EMC", f"/P<</ActualText({VALUE})>>"),
        (f"/Span<</ActualText({VALUE})>>BDC /P<</MCID 0>>BDC {shown(OTHER, LEFT, Y)} EMC EMC", ""),
        (f"BT /F 11 Tf {LEFT} {Y} Td [({VALUE}) {width(VALUE) / 11 * 1000:.0f} ({OTHER})] TJ ET", ""),
    ],
)
def test_what_is_drawn_otherwise_than_it_is_read_counts_as_unseen(value: str, properties: str) -> None:
    document = read(value, properties=properties)
    assert document.certificate is not None
    assert LABEL not in document.certificate.facts


@pytest.mark.parametrize("over", [shown(OTHER, LEFT + 1, Y), shown("7", LAST, Y)])
def test_a_value_with_text_of_an_object_of_its_own_upon_it_is_not_read(over: str) -> None:
    document = read(shown(VALUE, LEFT, Y), over=over)
    assert document.certificate is not None
    assert LABEL not in document.certificate.facts


@pytest.mark.parametrize(
    ("value", "over"),
    [
        (f"/P<</MCID 0>>BDC {shown(VALUE, LEFT, Y)} EMC", ""),
        (f"/Span<</Alt(a version)>>BDC {shown(VALUE, LEFT, Y)} EMC", ""),
        (f"{shown(VALUE, LEFT, Y)} {spoken('(fi)', 'fi', 500)}", ""),
        (shown(VALUE, LEFT, Y), shown("Page 1 of 1", 60, 40)),
    ],
)
def test_tags_ligatures_and_text_elsewhere_do_no_harm(value: str, over: str) -> None:
    document = read(value, over=over)
    assert document.certificate is not None
    assert document.certificate.facts[LABEL].value == VALUE
