"""What PDFium gives for a ligature whose meaning was written with swapped octets, as Ghostscript 10.0 writes it."""

from __future__ import annotations

import pytest
from extract.handmade import document, shown, to_unicode

from intake.extract.page.pdf import Pdf

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>"


@pytest.mark.parametrize(
    ("meaning", "read"),
    [
        ("\u6600\u6900", "Certification Date"),
        ("\ufb01", "Certification Date"),
        ("\u6600", "Certi\u6600cation Date"),
        ("\u6600\u6900\u660e", "Certi\u6600\u6900\u660ecation Date"),
    ],
)
def test_a_ligature_reads_as_its_letters(meaning: str, read: str) -> None:
    content = shown("Certi\xa7cation Date", 60, 700, font="G")
    with Pdf(document(content, fonts="/G 6 0 R", objects=(FONT, to_unicode({0xA7: meaning})))) as pdf:
        assert (pdf.texts()[0].strip(), [run.text for run in pdf.runs(1)]) == (read, [read])
