"""Whether a PDF's pages show their text and nothing else of weight."""

from __future__ import annotations

import pytest
from extract.handmade import document, shown

from intake.extract.page.pdf import Pdf

WORDS = shown("plain words", 60, 700)
PICTURE = "q {} 0 0 {} 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
"""A picture so many points wide and high; a page has 595 by 842, of which fifteen hundredths are 75,148."""


def shapes(number: int) -> str:
    return "\n".join("10 10 m 20 20 l S" for _ in range(number))


PAGES: dict[str, tuple[str, bool, bool]] = {
    "words": (WORDS, True, False),
    "words and a rule": (f"{WORDS}\n{shapes(1)}", True, False),
    "words and a drawing": (f"{WORDS}\n{shapes(299)}", True, False),
    "words and a large drawing": (f"{WORDS}\n{shapes(300)}", False, False),
    "words and a logo": (f"{WORDS}\n{PICTURE.format(270, 270)}", True, False),
    "words and a picture": (f"{WORDS}\n{PICTURE.format(276, 276)}", False, False),
    "words and two logos": (f"{WORDS}\n{PICTURE.format(200, 200)}\n{PICTURE.format(200, 200)}", False, False),
    "a few shapes alone": (shapes(39), False, False),
    "letters as shapes": (shapes(40), False, True),
    "a picture alone": (PICTURE.format(9, 9), False, True),
    "nothing": ("", False, False),
}


@pytest.mark.parametrize("case", PAGES)
def test_a_page_is_its_text_where_it_shows_nothing_else_of_weight(case: str) -> None:
    content, plain, unread = PAGES[case]
    with Pdf(document(content)) as pdf:
        assert (pdf.plain(), pdf.unread_pages()) == (plain, unread)
        assert pdf.pages == 1
        assert not pdf.annotated_pages()
        assert not pdf.holds_files()
