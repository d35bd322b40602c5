from __future__ import annotations

import pytest
from extract import books

from intake.extract.document import read_document
from intake.extract.media import media_of
from intake.extract.opcparts import kind_of_package, main_part
from rules.fields import FormField

BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BOOK, BIN = ("xl/workbook.xml",), ("xl/workbook.bin",)


def types(*children: str) -> bytes:
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{"".join(children)}</Types>'.encode()


def default(ending: str, kind: str) -> str:
    return f'<Default Extension="{ending}" ContentType="{kind}"/>'


def override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{kind}"/>'


@pytest.mark.parametrize(
    ("declared", "names", "kind"),
    [
        (types(default("bin", BINARY), override("/xl/workbook.xml", PLAIN)), BOOK, "xlsx"),
        (types(override("/xl/embeddings/book.xlsb", BINARY), override("/xl/workbook.xml", PLAIN)), BOOK, "xlsx"),
        (types(override("/xl/embeddings/letter.docx", WORD), override("/xl/workbook.xml", PLAIN)), BOOK, "xlsx"),
        (types(override("/XL/Workbook.XML", PLAIN)), BOOK, "xlsx"),
        (types(override("/xl/workbook.xml", MACRO)), BOOK, "xlsm"),
        (types(override("/xl/workbook.xml", PLAIN)), (*BOOK, "xl/vbaProject.bin"), "xlsm"),
        (types(default("xml", PLAIN)), BOOK, "xlsx"),
        (types(default("bin", BINARY)), BIN, "xlsb"),
        (types(override("/xl/workbook.bin", BINARY)), BIN, "xlsb"),
        (
            types(override("/word/document.xml", WORD), override("/word/embeddings/b.xlsx", PLAIN)),
            ("word/document.xml",),
            "docx",
        ),
        (types(), ("readme.txt",), "zip"),
        (b"spreadsheetml", BOOK, "xlsx"),
        (BINARY.encode(), (), "xlsb"),
    ],
)
def test_a_package_is_what_its_main_part_is_declared_to_be(declared: bytes, names: tuple[str, ...], kind: str) -> None:
    assert kind_of_package(declared, b"", names) == kind


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("xl/workbook.xml", "xl/workbook.xml"),
        ("/XL/workbook.xml", "xl/workbook.xml"),
        ("./xl/workbook.xml", "xl/workbook.xml"),
        ("xl/none.xml", None),
    ],
)
def test_the_relationship_names_the_main_part(target: str, part: str | None) -> None:
    relations = f'<r><Relationship Type="http://x/officeDocument" Target="{target}"/></r>'.encode()
    assert main_part(relations, BOOK) == part


def test_a_form_whose_parts_are_spelt_in_another_case_is_read() -> None:
    parts = books.parts_of(books.form())
    spelt = {
        "xl/workbook.xml": "XL/Workbook.xml",
        books.SHEET: "xl/Worksheets/Sheet1.XML",
        "[Content_Types].xml": "[content_types].xml",
    }
    content = books.container({spelt.get(name, name): part for name, part in parts.items()})
    assert media_of(content).kind == "xlsx"
    entry = read_document("form.xlsx", content).entry
    assert entry is not None
    assert entry.value(FormField.DEVICE_TYPE) == "Gas Smart Meter"


def test_a_package_that_leads_office_to_another_workbook_is_doubtful() -> None:
    parts = books.parts_of(books.form())
    relations = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/other.xml")
    assert relations != parts["_rels/.rels"]
    content = books.container({**parts, "_rels/.rels": relations, "xl/other.xml": parts["xl/workbook.xml"]})
    entry = read_document("form.xlsx", content).entry
    assert entry is not None
    assert entry.trouble is not None
