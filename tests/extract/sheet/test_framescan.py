"""What in a workbook's frame two readers could read differently."""

from __future__ import annotations

import pytest

from intake.extract.sheet.framescan import frame_doubt, other_main
from intake.extract.unreadable import BOOK_BROKEN, BOOK_HOSTILE, BOOK_MAIN, UnreadableError

DEPENDS = ", so what it says depends on the reader; please save the workbook again in Excel."
ALTERNATIVE = '<m:AlternateContent xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006"/>'
TWICE = "The workbook's list of sheets stands twice, or where it does not belong"
FRAMES: dict[str, tuple[str, str | None]] = {
    "one list": ('<sheets><sheet name="a"/><sheet name="b"/></sheets>', None),
    "no list": ("<workbookPr/>", None),
    "alternatives elsewhere": (f'{ALTERNATIVE}<sheets><sheet name="a"/></sheets>{ALTERNATIVE}', None),
    "names elsewhere": (
        '<sheets><sheet name="a"/></sheets><definedNames><sheet name="a"/></definedNames>',
        None,
    ),
    "two lists": ('<sheets><sheet name="a"/></sheets><sheets/>', TWICE),
    "a list elsewhere": ("<other><sheets/></other>", TWICE),
    "alternative lists": (f"<sheets>{ALTERNATIVE}</sheets>", "The workbook holds alternative lists of its sheets"),
    "one name twice": (
        '<sheets><sheet name="Form"/><sheet name="x"/><sheet name="FORM"/></sheets>',
        "The workbook holds two sheets of one name",
    ),
    "no name twice": ("<sheets><sheet/><sheet/></sheets>", "The workbook holds two sheets of one name"),
    "a name twice further in": (
        '<sheets><extLst><sheet name="a"/></extLst><sheet name="a"/></sheets>',
        "The workbook holds two sheets of one name",
    ),
}


def book(inside: str) -> bytes:
    return f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inside}</workbook>'.encode()


@pytest.mark.parametrize("case", FRAMES)
def test_a_frame_that_can_be_read_in_two_ways_is_doubted(case: str) -> None:
    inside, doubt = FRAMES[case]
    assert frame_doubt(book(inside), b"") == (doubt and doubt + DEPENDS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_alternative_texts_are_doubted_in_any_encoding(encoding: str) -> None:
    doubt = frame_doubt(book(""), f"<sst>{ALTERNATIVE}</sst>".encode(encoding))
    assert doubt == f"The workbook holds alternative contents for its texts{DEPENDS}"
    assert frame_doubt(book(""), "<sst><si><t>x</t></si></sst>".encode(encoding)) is None


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (b"", BOOK_BROKEN),
        (b"<workbook>", BOOK_BROKEN),
        (b"<!DOCTYPE workbook><workbook/>", BOOK_HOSTILE),
    ],
)
def test_a_frame_that_is_no_plain_xml_is_refused(part: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        frame_doubt(part, b"")


def relations(target: str) -> bytes:
    return (
        f'<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="{target}"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    ("declared", "leads_to", "doubt"),
    [
        ("xl/workbook.xml", relations("xl/workbook.xml"), None),
        ("XL/Workbook.xml", relations("/xl/workbook.xml"), None),
        ("xl/workbook.xml", relations("xl/other.xml"), BOOK_MAIN),
        ("xl/other.xml", relations("xl/workbook.xml"), BOOK_MAIN),
        ("xl/workbook.xml", relations("xl/absent.xml"), None),
        ("xl/workbook.xml", None, None),
        ("xl/other.xml", None, BOOK_MAIN),
        ("xl/other.xml", b"no xml", BOOK_MAIN),
    ],
)
def test_office_must_open_the_part_that_is_read(declared: str, leads_to: bytes | None, doubt: str | None) -> None:
    assert other_main(declared, leads_to, ["xl/workbook.xml", "xl/other.xml"]) == doubt
