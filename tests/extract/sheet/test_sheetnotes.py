"""What a worksheet's relationships lead to: comments, text boxes, and what lies over cells."""

from __future__ import annotations

import pytest

from intake.extract.sheet.parts import HeldParts
from intake.extract.sheet.sheetnotes import MAX_NOTES, Cover, Notes, SheetNote, cell_of, notes_of
from rules.facts import RemarkKind

SHEET, RELATIONS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
EVERYWHERE = 16_384


def relations(*targets: tuple[str, str]) -> bytes:
    items = "".join(f'<Relationship Type="http://x/{kind}" Target="{target}"/>' for kind, target in targets)
    return f"<Relationships>{items}</Relationships>".encode()


def notes(kind: str, part: str) -> Notes:
    return notes_of(HeldParts({RELATIONS: relations((kind, "../part.xml")), "xl/part.xml": part.encode()}), SHEET)


def comment(text: str, ref: str = "B2", more: str = "") -> str:
    return f'<comment ref="{ref}" {more}><text><r><t>{text}</t></r></text></comment>'


def comments(*items: str, authors: str = "") -> str:
    return f"<comments><authors>{authors}</authors><commentList>{''.join(items)}</commentList></comments>"


def told(text: str, cell: tuple[int, int] | None = (2, 2)) -> SheetNote:
    return SheetNote(RemarkKind.COMMENT, text, cell)


STUB = "<author>Robin</author><author>tc={123}</author>"
COMMENTS: dict[str, tuple[str, tuple[SheetNote, ...]]] = {
    "one": (comments(comment("hold it")), (told("hold it"),)),
    "two": (comments(comment("one"), comment("two", "AB10")), (told("one"), told("two", (10, 28)))),
    "in runs": (
        comments('<comment ref="B2"><text><r><t>hold</t></r><r><t> it\nnow </t></r></text></comment>'),
        (told("hold it now"),),
    ),
    "without words": (comments(comment(" ")), ()),
    "without a place": (comments("<comment><text><t>x</t></text></comment>"), (told("x", None),)),
    "at no cell": (comments(comment("x", "nowhere")), (told("x", None),)),
    "of an author": (comments(comment("x", more='authorId="0"'), authors=STUB), (told("x"),)),
    "for a thread": (comments(comment("x", more='authorId="1"'), authors=STUB), ()),
    "of an author that is not there": (comments(comment("x", more='authorId="2"'), authors=STUB), (told("x"),)),
    "of an author of no number": (comments(comment("x", more='authorId="-1"'), authors=STUB), (told("x"),)),
}


@pytest.mark.parametrize("case", COMMENTS)
def test_comments_are_told_in_their_own_words(case: str) -> None:
    part, texts = COMMENTS[case]
    assert notes("comments", part) == Notes(texts, ())


def test_threads_of_comments_are_told_by_each_of_their_texts() -> None:
    thread = (
        '<ThreadedComments><threadedComment ref="C3"><text>one</text></threadedComment>'
        '<threadedComment ref="C3"><text>two</text></threadedComment></ThreadedComments>'
    )
    assert notes("threadedComment", thread).texts == (told("one", (3, 3)), told("two", (3, 3)))
    assert notes("comments", comments(comment("x"))) == notes("threadedComment", comments(comment("x")))
    assert notes("person", comments(comment("x"))) == Notes()


def corner(name: str, row: object, column: object) -> str:
    return f"<{name}><col>{column}</col><colOff>9</colOff><row>{row}</row><rowOff>9</rowOff></{name}>"


BOX = "<sp><txBody><p><r><t>Hold</t></r><r><t>this</t></r></p></txBody></sp>"
ANCHORS: dict[str, tuple[str, Cover, str]] = {
    "of two corners": (corner("from", 1, 2) + corner("to", 3, 4), Cover(2, 3, 4, 5), ""),
    "with words": (corner("from", 1, 2) + corner("to", 3, 4) + BOX, Cover(2, 3, 4, 5), "Hold this"),
    "with a name of its own": (corner("from", 0, 0) + corner("to", 0, 0) + "<pic>x</pic>", Cover(1, 1, 1, 1), ""),
    "without an end": (corner("from", 1, 2), Cover(2, 3, EVERYWHERE, EVERYWHERE), ""),
    "without a beginning": (corner("to", 3, 4), Cover(1, 1, 4, 5), ""),
    "without a place": (BOX, Cover(1, 1, EVERYWHERE, EVERYWHERE), "Hold this"),
    "of no numbers": (corner("from", "x", "") + corner("to", " 3 ", -1), Cover(1, 1, 4, 1), ""),
    "of empty corners": ("<from/><to/>", Cover(1, 1, 1, 1), ""),
}


@pytest.mark.parametrize("case", ANCHORS)
def test_a_drawing_lies_over_the_cells_under_its_anchor(case: str) -> None:
    anchor, cover, words = ANCHORS[case]
    read = notes("drawing", f"<wsDr><twoCellAnchor>{anchor}</twoCellAnchor></wsDr>")
    assert read.covers == (cover,)
    assert read.texts == ((SheetNote(RemarkKind.SHAPE, words, (cover.top, cover.left)),) if words else ())


@pytest.mark.parametrize(
    ("row", "column", "covered"),
    [(2, 3, True), (4, 5, True), (3, 4, True), (1, 3, False), (5, 3, False), (2, 2, False), (2, 6, False)],
)
def test_a_cover_reaches_from_its_first_cell_to_its_last(row: int, column: int, covered: bool) -> None:
    assert Cover(2, 3, 4, 5).covers(row, column) is covered


def test_no_more_than_some_notes_and_covers_are_kept() -> None:
    many = MAX_NOTES + 9
    assert len(notes("comments", comments(*[comment("x")] * many)).texts) == MAX_NOTES
    read = notes("drawing", f"<wsDr>{f'<a>{BOX}</a>' * many}</wsDr>")
    assert (len(read.texts), len(read.covers)) == (MAX_NOTES, MAX_NOTES)


@pytest.mark.parametrize(
    ("reference", "cell"),
    [("G14", (14, 7)), ("g14", (14, 7)), ("AB1", (1, 28)), ("XFD1048576", (1_048_576, 16_384)), ("", None),
     ("14G", None), ("G", None), ("14", None), ("ABCD1", None), ("A12345678", None), ("A1:B2", None)],
)  # fmt: skip
def test_a_reference_names_a_cell(reference: str, cell: tuple[int, int] | None) -> None:
    assert cell_of(reference) == cell
