"""Copies of the New Entry form that are no workbook: none of them passes unseen."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from extract import books
from openpyxl import load_workbook

from intake.demo.forms import new_entry_form
from intake.demo.products import GAS, SINGLE, certificates, faultless_form
from intake.extract import unreadable as says
from intake.extract.document import read_document
from intake.extract.text.formcopies import holds_the_form
from rules.facts import DocumentKind

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ROWS = [
    ["" if cell is None else str(cell) for cell in row]
    for row in load_workbook(io.BytesIO(new_entry_form(faultless_form(GAS, on=date(2026, 11, 20))))).active.iter_rows(
        values_only=True
    )
]


def separated() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(ROWS)
    return out.getvalue().encode()


def web_page() -> bytes:
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS).encode()


def rich_text() -> bytes:
    return ("{\\rtf1 " + "\\par ".join("\\cell ".join(row) for row in ROWS) + "}").encode()


def word() -> bytes:
    text = "".join(f"<w:p><w:r><w:t>{' '.join(row)}</w:t></w:r></w:p>" for row in ROWS)
    return books.container(
        {
            "[Content_Types].xml": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'.encode(),
        }
    )


@pytest.mark.parametrize("copy", [separated, web_page, rich_text, word])
def test_a_copy_is_left_to_a_person(copy: object) -> None:
    assert callable(copy)
    document = read_document("Gas form.dat", copy()).document
    assert (document.kind, document.trouble) == (DocumentKind.UNREADABLE, says.FORM_COPY)


@pytest.mark.parametrize("content", certificates(faultless_form(SINGLE, on=date(2026, 11, 20))).values())
def test_a_certificate_is_no_copy(content: bytes) -> None:
    assert read_document("certificate.pdf", content).document.trouble is None


@pytest.mark.parametrize(
    "text",
    [
        "New Entry: Device_Model.firmware_version and Device_Type.name are as on the certificate.",
        "Device_Type.name,Device_Model.model_identifier,CPA_Certificate.identification_number,ZSE_Certificate.ZSE_version",
        "",
    ],
)
def test_a_text_that_names_some_fields_or_the_list_is_none(text: str) -> None:
    assert not holds_the_form(text)
