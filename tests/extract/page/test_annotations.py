"""Markers and remarks that were put upon a certificate after it was issued."""

from __future__ import annotations

import pytest
from extract import handmade
from extract.facts_on_paper import ZIGBEE
from extract.handmade import LEFT

from intake.extract import unreadable as says
from intake.extract.document import read_document

Y = handmade.row_of(ZIGBEE, "Firmware Version")
VALUE = f"{LEFT - 1} {Y - 3} {LEFT + 70} {Y + 11}"
LABEL = f"58 {Y - 3} 150 {Y + 11}"
ELSEWHERE = "60 100 200 112"
WORDS = "/Contents(should be 7F)"
NOTED = (says.PDF_ANNOTATED.format(pages="1"),)


def notes(kind: str, rect: str, more: str = "", page: str = "") -> tuple[str, ...]:
    annotation = f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[{rect}]/F 4/C[1 1 0]{more}>>]{page}"
    content = handmade.document(handmade.certificate("ZigBee Certificate of Compliance", ZIGBEE), page=annotation)
    return read_document("p.pdf", content).document.notes


@pytest.mark.parametrize("kind", ["Highlight", "Underline"])
@pytest.mark.parametrize("rect", [VALUE, LABEL])
def test_a_marker_over_what_is_read_is_for_a_person(kind: str, rect: str) -> None:
    assert notes(kind, rect) == NOTED


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Popup", "Squiggly", "Caret", "FreeText"])
def test_what_somebody_wrote_to_a_marker_is_for_a_person_wherever_it_is(kind: str) -> None:
    assert notes(kind, ELSEWHERE, WORDS) == NOTED


@pytest.mark.parametrize(
    ("kind", "rect", "more"),
    [
        ("Highlight", ELSEWHERE, ""),
        ("Underline", ELSEWHERE, "/Contents( )"),
        ("Popup", VALUE, ""),
        ("Link", VALUE, "/Contents(Look it up)"),
        ("Widget", ELSEWHERE, ""),
    ],
)
def test_markers_elsewhere_and_links_do_no_harm(kind: str, rect: str, more: str) -> None:
    assert notes(kind, rect, more) == ()


@pytest.mark.parametrize("quarters", [90, 180, 270])
def test_a_marker_is_where_the_turned_page_shows_it(quarters: int) -> None:
    turned = f"/Rotate {quarters}"
    assert notes("Highlight", VALUE, page=turned) == NOTED
    assert notes("Highlight", ELSEWHERE, page=turned) == ()


@pytest.mark.parametrize("kind", ["Link", "PrinterMark", "TrapNet"])
@pytest.mark.parametrize("drawn", ["BT /F 40 Tf 200 220 Td (VOID) Tj ET", f"1 1 1 rg {LEFT} {Y - 2} 80 14 re f"])
def test_what_is_drawn_by_what_should_put_nothing_on_a_page_is_for_a_person(kind: str, drawn: str) -> None:
    form = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
    annotation = f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[0 0 595 842]/F 4/AP<</N 6 0 R>>>>]"
    page = handmade.certificate("ZigBee Certificate of Compliance", ZIGBEE)
    content = handmade.document(page, page=annotation, objects=(handmade.stream(drawn.encode(), form),))
    assert read_document("p.pdf", content).document.notes == NOTED


FIELDS = "/AcroForm<</Fields[6 0 R]/DA(/F 11 Tf 0 g)/DR<</Font<</F 5 0 R>>>>>>"


def field(kept: str, drawn: str, flags: int = 4, kind: str = "Tx") -> tuple[str, ...]:
    """What is told of a certificate with one more field, which holds a text and draws another."""
    place = f"/Rect[{ELSEWHERE}]/F {flags}/AP<</N 7 0 R>>"
    widget = f"<</Type/Annot/Subtype/Widget/FT/{kind}/T(a)/V({kept})/DA(/F 11 Tf 0 g){place}>>"
    look = handmade.stream(
        f"BT /F 9 Tf 2 3 Td ({drawn}) Tj ET".encode(),
        "/Type/XObject/Subtype/Form/BBox[0 0 140 12]/Resources<</Font<</F 5 0 R>>>>",
    )
    page = handmade.certificate("ZigBee Certificate of Compliance", ZIGBEE)
    content = handmade.document(page, page="/Annots[6 0 R]", objects=(widget.encode(), look), root=FIELDS)
    return read_document("p.pdf", content).document.notes


@pytest.mark.parametrize(("kept", "drawn", "flags"), [("Kent", "Essex", 4), ("Kent", "Kent", 4 + 32)])
def test_a_field_that_shows_something_else_than_it_holds_is_for_a_person(kept: str, drawn: str, flags: int) -> None:
    assert field(kept, drawn, flags) == NOTED


@pytest.mark.parametrize("kind", ["Ch/Ff 131072/Opt[(Kent)(Essex)]", "Ch/Opt[(Kent)(Essex)]"])
def test_a_choice_that_shows_something_else_than_was_chosen_is_for_a_person(kind: str) -> None:
    assert field("Kent", "Essex", kind=kind) == NOTED
    assert field("Kent", "Kent", kind=kind) == ()


@pytest.mark.parametrize(("kept", "flags"), [("Kent County", 4), ("", 4 + 32)])
def test_a_field_that_shows_what_it_holds_is_part_of_the_page(kept: str, flags: int) -> None:
    assert field(kept, kept, flags) == ()


def test_a_value_in_a_field_upon_another_value_is_told() -> None:
    root = FIELDS.replace("/DR", "/NeedAppearances true/DR")
    widget = f"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(7F:7F)/DA(/F 11 Tf 0 g)/Rect[{VALUE}]/F 4>>".encode()
    page = handmade.certificate("ZigBee Certificate of Compliance", ZIGBEE)
    content = handmade.document(page, page="/Annots[6 0 R]", objects=(widget,), root=root)
    assert says.PDF_OVERPRINTED in read_document("p.pdf", content).document.notes
