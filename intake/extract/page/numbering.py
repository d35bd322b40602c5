"""Finds how many pages a paper says of itself that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from intake.extract.page.spaced import closed_text
from intake.extract.text.parted import small

_PAGE = r"(?:page|sheet|seite|blatt|p[áa]gina|p[áa]g|side|sida|strona|strana|folio)"
_OF = r"(?:of|von|sur|de|di|van|av|af|z|ze|/)"
_NUMBERED = re.compile(
    rf"(?<!\w){_PAGE}\.?\s?:?\s?(?:no\.?\s?|nr\.?\s?)?(?P<page>[0-9]{{1,2}})\s?{_OF}\s?(?P<pages>[0-9]{{1,2}})(?!\w)",
    re.IGNORECASE,
)
"""`Page 1 of 2`, `Seite 1/2`."""
_WORDS = ("page", "sheet", "seite", "blatt", "pag", "p\u00e1g", "side", "sida", "strona", "strana", "folio")
"""How those for a page begin, in small letters; a text without any numbers none."""
_OF_ANOTHER = re.compile(
    r"\b(?:see|report|annex|appendix|schedule|refer\w*|according|listed|standard|specification|in|on|from|to|siehe|voir)\b",
    re.IGNORECASE,
)
"""Before a number: it is another paper's, as in `see page 3 of 9 of the report`."""


def stated_pages(pages: Sequence[str]) -> int:
    """Give the most pages that a paper's own page numbers speak of; 0 where they speak of none.

    Args:
        pages: each page's text.
    """
    texts = [
        text
        for text in map(closed_text, pages)
        if any(word in in_small for in_small in (small(text),) for word in _WORDS)
    ]
    return max((number for text in texts for line in text.splitlines() for number in _stated(line.strip())), default=0)


def _stated(line: str) -> Iterator[int]:
    """The numbers of pages in a line that begins or ends with a page's number."""
    for match in _NUMBERED.finditer(line):
        before, behind = line[: match.start()], line[match.end() :]
        at_an_edge = not (before.strip(" |-\u2013") and behind.strip(" |-\u2013."))
        if at_an_edge and 0 < int(match["page"]) <= int(match["pages"]) and not _OF_ANOTHER.search(before):
            yield int(match["pages"])
