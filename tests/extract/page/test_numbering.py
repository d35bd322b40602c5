"""How many pages a paper says that it has."""

from __future__ import annotations

import pytest
from extract import papers

from intake.extract import unreadable as says
from intake.extract.document import read_document
from intake.extract.page.numbering import stated_pages


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Page 1 of 2", 2),
        ("page 2/3", 3),
        ("PAGE: 1 OF 12", 12),
        ("ZIG22101ZSE13181-24 | Page 1 of 2", 2),
        ("Page 1 of 2 - continued overleaf", 2),
        ("Certificate of Compliance    Page No. 1 of 4", 4),
        ("Sheet 1 of 2", 2),
        ("Seite 1 von 2", 2),
        ("Seite 1/2", 2),
        ("Page 1 sur 3", 3),
        ("Página 1 de 2", 2),
        ("Pág. 1 de 2", 2),
        ("see page 3 of 9 of the test report", 0),
        ("Test report 4711, page 3 of 9", 0),
        ("The values on page 1 of 2 are those of the device.", 0),
        ("Page 3 of 2", 0),
        ("Page 1", 0),
        ("1 of 2", 0),
        ("Fragment 1 of 2", 0),
        ("Homepage 1 of 2", 0),
        ("Page 1 of 2022", 0),
        ("01/02/2022", 0),
    ],
)
def test_what_a_line_says_of_the_number_of_pages(line: str, stated: int) -> None:
    assert stated_pages(["Certificate", f"Manufacturer 1A:5D\n{line}\n"]) == stated


def test_the_most_counts() -> None:
    assert stated_pages(["Page 1 of 1", "Page 1 of 3", ""]) == 3
    assert stated_pages([]) == 0


TITLE, FACTS = "ZigBee Certificate of Compliance", {"Manufacturer": "1A:5D", "Model Identification": "40:01"}
FACTS |= {"Certification ID Number": "ZIG22101ZSE13181-24"}


def test_a_certificate_whose_further_pages_were_not_sent_is_for_a_person() -> None:
    first = papers.lines(f"{TITLE}, page 1 of 2", FACTS)
    notes = read_document("paper.pdf", first).document.notes
    assert notes == (says.PDF_INCOMPLETE.format(stated=2, pages=1),)
    assert read_document("paper.pdf", papers.joined(first, papers.blank())).document.notes == ()
