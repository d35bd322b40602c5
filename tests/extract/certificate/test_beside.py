"""What is printed or written close to a value and may put another one in its place."""

from __future__ import annotations

import pytest
from extract import handmade
from extract.facts_on_paper import ZIGBEE
from extract.handmade import LEFT, shown

from intake.extract import unreadable as says
from intake.extract.document import read_document

TITLE = "ZigBee Certificate of Compliance"
LABEL = "Firmware Version"
Y = handmade.row_of(ZIGBEE, LABEL)
END = LEFT + handmade.width(ZIGBEE[LABEL])
CORRECTIONS = {
    "a small octet above": shown("7F", END - 12, Y + 9, size=6),
    "a small digit above, in red": "1 0 0 rg " + shown("7", END - 6, Y + 9, size=6),
    "a whole value above": shown("01:02:04:00", LEFT, Y + 10, size=6),
    "a whole value below": shown("01:02:04:00", LEFT, Y - 9, size=6),
    "small above, and called so": shown("corr. 7F", END - 20, Y + 9, size=6),
    "a mark of insertion": shown("^", END - 8, Y - 6, size=8),
    "a mark of doubt": shown("?", END - 8, Y + 9, size=7),
    "called so at the end of the line": shown("corr.", END + 60, Y),
    "amended, in a margin": shown("amended", END + 100, Y),
    "sic": shown("[sic]", END + 30, Y),
}
VALUES_BESIDE = {
    "what it should be": shown("should read 7F", END + 40, Y),
    "the right one in words": shown("recte 01:02:04:00", END + 30, Y),
    "another one at the end of the line": shown("korr. 7F", END + 60, Y),
}
HARMLESS = {
    "the next line in small print": shown("as declared by the maker", LEFT, Y - 9, size=6),
    "a caption above": shown("(in hexadecimal)", LEFT, Y + 11, size=6),
    "a small number elsewhere": shown("7F", 480, Y + 9, size=6),
    "a remark in a margin": shown("as declared", END + 60, Y),
    "a page number": shown("1/2", 500, 40, size=6),
}
PEN = {
    "a ring": f"1 w {LEFT - 6} {Y + 4} m {LEFT} {Y + 20} {END} {Y + 20} {END + 6} {Y + 4} c "
    f"{END} {Y - 12} {LEFT} {Y - 12} {LEFT - 6} {Y + 4} c S",
    "an arrow to the margin": f"0.8 w {END + 2} {Y + 4} m {END + 60} {Y + 30} l S",
    "a steep stroke": f"0.8 w {END} {Y + 5} m {END + 10} {Y + 60} l S",
    "a scrawl above": f"0.8 w {LEFT} {Y + 9} m {LEFT + 5} {Y + 14} {LEFT + 9} {Y + 8} {LEFT + 12} {Y + 13} c S",
    "a wave below": f"0.8 w {LEFT} {Y - 1} m {LEFT + 10} {Y - 4} {LEFT + 20} {Y + 2} {LEFT + 30} {Y - 1} c S",
}
DESIGN = {
    "a rounded frame": f"0.5 w {LEFT} {Y - 6} m {LEFT + 170} {Y - 6} l {LEFT + 175} {Y - 6} {LEFT + 175} {Y} "
    f"{LEFT + 175} {Y} c {LEFT + 175} {Y + 16} l {LEFT - 5} {Y + 16} l {LEFT - 5} {Y - 6} l S",
    "a dotted rule": f"[1 2] 0 d 0.5 w 55 {Y - 8} m 540 {Y - 8} l S",
    "a seal elsewhere": "1 w 400 200 m 400 260 500 260 500 200 c 500 140 400 140 400 200 c S",
}


def notes(over: str) -> tuple[str, ...]:
    document = read_document("p.pdf", handmade.document(handmade.certificate(TITLE, ZIGBEE, over=over))).document
    assert document.certificate is not None, document
    return document.notes


@pytest.mark.parametrize("over", CORRECTIONS.values(), ids=list(CORRECTIONS))
def test_what_may_correct_a_value_is_asked_about(over: str) -> None:
    assert any(f"Close to {LABEL} stands" in note for note in notes(over)), notes(over)


@pytest.mark.parametrize("over", VALUES_BESIDE.values(), ids=list(VALUES_BESIDE))
def test_a_second_value_on_the_line_leaves_none(over: str) -> None:
    assert any("has several beside it" in note for note in notes(over)), notes(over)


@pytest.mark.parametrize("over", [*HARMLESS.values(), *DESIGN.values()], ids=[*HARMLESS, *DESIGN])
def test_captions_remarks_and_frames_are_none(over: str) -> None:
    assert notes(over) == ()


@pytest.mark.parametrize("over", PEN.values(), ids=list(PEN))
def test_a_value_that_a_pen_marked_is_for_a_person(over: str) -> None:
    assert says.PDF_UNSEEN in notes(over)
