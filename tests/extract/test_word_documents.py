"""What a Word document and a text file are taken for, and which of their words are looked through."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from extract import books

from intake.extract import unreadable as says
from intake.extract.document import read_document
from intake.extract.mail.carried import LONGEST_TEXT
from intake.extract.text.plain import MAX_CHARACTERS, text_of_file
from intake.extract.text.word import text_of_word
from intake.extract.unreadable import WORD_BROKEN, UnreadableError
from rules.facts import DocumentKind, ReadBy

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TYPES = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STRANGER = "The goods were packed by hand and are to be delivered to the warehouse at the dock in the morning."
RELEASE = "Release notes"


def word(*paragraphs: str, space: str = WORD, more: Mapping[str, bytes] | None = None) -> bytes:
    body = "".join(f"<w:p><w:r>{paragraph}</w:r></w:p>" for paragraph in paragraphs)
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return books.container({"[Content_Types].xml": TYPES, "word/document.xml": document.encode(), **(more or {})})


def text(words: str) -> str:
    return f"<w:t>{words}</w:t>"


RAISED = '<w:vertAlign w:val="superscript"/>'
PICTURE = {"word/media/image1.png": b"x"}
OTHER, NOTE = DocumentKind.OTHER, DocumentKind.RELEASE_NOTE
PAPERS: dict[str, tuple[bytes, DocumentKind, str | None, str | None, bool]] = {
    "a stranger's": (word(text(STRANGER)), OTHER, STRANGER, None, False),
    "a stranger's with a picture": (word(text(STRANGER), more=PICTURE), OTHER, None, None, False),
    "a stranger's with a file": (word(text(STRANGER), more={"word/embeddings/a.bin": b""}), OTHER, None, None, False),
    "a stranger's with other parts": (
        word(text(STRANGER), more={"word/styles.xml": b""}),
        OTHER,
        STRANGER,
        None,
        False,
    ),
    "one of a scheme": (word(text(f"{STRANGER} ZigBee")), OTHER, None, None, False),
    "a release note": (word(text(RELEASE), text(STRANGER)), NOTE, None, None, True),
    "evidence": (word(text("No relevant changes were made.")), DocumentKind.EVIDENCE, None, None, True),
    "a certificate": (word(text("ZigBee certificate")), OTHER, None, says.CERTIFICATE_WORD, False),
    "a letter of a certificate": (
        word(text("Dear all,"), text("the ZigBee certificate follows.")),
        DocumentKind.EVIDENCE,
        None,
        None,
        True,
    ),
}


@pytest.mark.parametrize("case", PAPERS)
def test_a_word_document_is_what_its_text_says(case: str) -> None:
    content, kind, words, trouble, evidence = PAPERS[case]
    document = read_document("paper.docx", content).document
    assert (document.kind, document.media, document.read_by) == (kind, "docx", ReadBy.TEXT)
    assert (document.words, document.trouble) == (words, trouble)
    assert (document.evidence is not None) is evidence


@pytest.mark.parametrize(
    ("content", "kind", "words", "evidence"),
    [
        (b"plain words", OTHER, "plain words", False),
        (b"x" * LONGEST_TEXT, OTHER, "x" * LONGEST_TEXT, False),
        (b"x" * (LONGEST_TEXT + 1), OTHER, None, False),
        (b"Release notes", NOTE, None, True),
    ],
)
def test_a_text_file_s_words_are_looked_through_where_it_is_nothing_else(
    content: bytes, kind: DocumentKind, words: str | None, evidence: bool
) -> None:
    document = read_document("a.txt", content).document
    assert (document.kind, document.words, document.trouble) == (kind, words, None)
    assert (document.evidence is not None) is evidence


@pytest.mark.parametrize("space", [WORD, STRICT])
def test_a_word_document_s_text_is_its_runs_a_line_a_paragraph(space: str) -> None:
    content = word(
        text("a") + "<w:tab/>" + text("b"), "<w:other>x</w:other>", text("c") + "<w:br/>" + text("d"), space=space
    )
    assert text_of_word(content) == "a\tb\n\nc\nd\n"


def marked(mark: str, words: str = "x") -> str:
    return f"<w:rPr>{mark}</w:rPr>{text(words)}"


def around(name: str, inner: str) -> str:
    return f"</w:r><w:{name}>{inner}</w:{name}><w:r>"


def row(properties: str, cell: str = "") -> str:
    paragraph = f"<w:p><w:r>{text('x')}</w:r></w:p>"
    cells = f"<w:tc><w:tcPr>{cell}</w:tcPr>{paragraph}</w:tc>"
    return around("tbl", f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")


BOX = f"<w:txbxContent><w:p><w:r>{text('box')}</w:r></w:p></w:txbxContent>"
COMPATIBLE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SHOWN = {
    "a hyphen that does not part": (text("10") + "<w:noBreakHyphen/>" + text("20"), "10-20"),
    "a hyphen that is not seen": (text("10") + "<w:softHyphen/>" + text("20"), "1020"),
    "a sign of a font": (text("10") + '<w:sym w:font="Wingdings" w:char="F0FC"/>' + text("20"), "10\ufffd20"),
    "an old line's end": (text("10") + "<w:cr/>" + text("20"), "10\n20"),
    "an aligned tab": (text("10") + "<w:ptab/>" + text("20"), "10\t20"),
    "inserted": (around("ins", f"<w:r>{text('x')}</w:r>"), "x"),
    "deleted": (around("del", f"<w:r><w:delText>x</w:delText>{text('x')}</w:r>"), ""),
    "moved away": (around("moveFrom", f"<w:r>{text('x')}</w:r>"), ""),
    "moved here": (around("moveTo", f"<w:r>{text('x')}</w:r>"), "x"),
    "hidden": (marked("<w:vanish/>"), ""),
    "not hidden": (marked('<w:vanish w:val="0"/>'), "x"),
    "hidden, said so": (marked('<w:vanish w:val="true"/>'), ""),
    "struck through": (marked("<w:strike/>"), ""),
    "struck twice": (marked("<w:dstrike/>"), ""),
    "not struck": (marked('<w:strike w:val="false"/>'), "x"),
    "bold": (marked("<w:b/>"), "x"),
    "the mark of a footnote": (
        f"{text('0002000')}</w:r><w:r><w:rPr>{RAISED}</w:rPr>{text('1')}</w:r><w:r>{text('A')}",
        "0002000 1A",
    ),
    "an ordinal": (f"{text('1')}</w:r><w:r><w:rPr>{RAISED}</w:rPr>{text('st')}</w:r><w:r>{text('/2')}", "1st/2"),
    "a hidden one and the next": (marked("<w:vanish/>") + f"</w:r><w:r>{text('y')}", "y"),
    "a row": (row(""), "x\n"),
    "a deleted row": (row("<w:del/>"), ""),
    "an inserted row": (row("<w:ins/>"), "x\n"),
    "a deleted cell": (row("", "<w:cellDel/>"), ""),
    "a paragraph whose end is deleted": (f"</w:r><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r>{text('x')}", "x"),
    "a box, for old programs once more": (
        (
            f"{text('a')}<mc:AlternateContent {COMPATIBLE}><mc:Choice>{BOX}</mc:Choice>"
            f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
        ),
        "a\nbox\n",
    ),
    "a box that is hidden": (marked("<w:vanish/>", "") + BOX, ""),
}


@pytest.mark.parametrize("case", SHOWN)
@pytest.mark.parametrize("space", [WORD, STRICT])
def test_a_word_document_says_what_is_seen_on_paper(case: str, space: str) -> None:
    paragraph, seen = SHOWN[case]
    assert text_of_word(word(paragraph, text("end"), space=space)) == f"{seen}\nend\n"


def part(name: str, words: str) -> bytes:
    return f'<w:{name} xmlns:w="{WORD}"><w:p><w:r>{text(words)}</w:r></w:p></w:{name}>'.encode()


def test_page_headers_notes_and_footers_are_read_around_the_text() -> None:
    more = {
        "word/footer1.xml": part("ftr", "footer"),
        "word/footnotes.xml": part("footnotes", "not for variant B"),
        "word/header2.xml": part("hdr", "second"),
        "word/header1.xml": part("hdr", "Release notes"),
        "word/comments.xml": part("comments", "aside"),
        "other/header1.xml": part("hdr", "elsewhere"),
    }
    content = word(text(STRANGER), more=more)
    assert text_of_word(content) == f"Release notes\nsecond\n{STRANGER}\nfooter\nnot for variant B\n"
    assert read_document("paper.docx", content).document.kind is NOTE


def test_a_damaged_page_header_is_a_damaged_document() -> None:
    with pytest.raises(UnreadableError, match=WORD_BROKEN):
        text_of_word(word(text("x"), more={"word/header1.xml": b"<w:hdr"}))


def test_no_more_of_a_word_document_is_read_than_is_kept() -> None:
    assert len(text_of_word(word(text("x" * (MAX_CHARACTERS + 9))))) == MAX_CHARACTERS
    assert text_of_word(word(text("x" * (MAX_CHARACTERS - 1)), text("y"))) == "x" * (MAX_CHARACTERS - 1) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        b"no container",
        books.container({"word/other.xml": b""}),
        books.container({"word/document.xml": b"<w:document"}),
        books.container({"word/document.xml": b"<!DOCTYPE x><x/>"}),
    ],
)
def test_a_word_document_without_a_text_is_damaged(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=WORD_BROKEN):
        text_of_word(content)


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"f\xc3\xbcr", "f\u00fcr"),
        (b"\xef\xbb\xbff\xc3\xbcr", "f\u00fcr"),
        (b"\xff\xfef\0\xfc\0", "f\u00fc"),
        (b"\xfe\xff\0f\0\xfc", "f\u00fc"),
        (b"f\xfcr \x80", "f\u00fcr \u20ac"),
        (b"f\xfc\x81", "f\u00fc\ufffd"),
        (b"\xff\xfef\0\xfc", "f\ufffd"),
        (b"\xef\xbb\xbf\xfc", "\ufffd"),
        (b"x" * (MAX_CHARACTERS + 1), "x" * MAX_CHARACTERS),
        (b"x" * (4 * MAX_CHARACTERS - 1) + b"\xc3\xbc", "x" * MAX_CHARACTERS),
        (b"", ""),
    ],
)
def test_a_text_file_is_decoded_by_its_mark_or_else_by_what_it_holds(content: bytes, read: str) -> None:
    assert text_of_file(content) == read
