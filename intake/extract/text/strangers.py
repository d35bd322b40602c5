"""Knows papers that have nothing to do with a submission's schemes: of Wi-Fi, of quality, of radio tests.

Manufacturers send what they have. Such a paper needs nobody's look where all that it says could be read, in a language
whose words against the submission would be known, and it names none of the three schemes and no certificate of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.extract.certificate.certificates import may_be_certificate
from intake.extract.text.evidence import names_certificate
from intake.extract.text.language import FEWEST, small_words
from intake.extract.text.notes import calls_itself_release_note

_LONGEST = 20_000
_READABLE = 0.9
"""Of its characters; a font without a map of its letters gives signs."""
_SCHEME = re.compile(
    r"smart energy|\bzse\b|\bzig|\bcsa\b|foundation grade|assurance|\bsecas\b|\bgbcs\b|\bsmets|\bchts\b"
    r"|central products|certified products list|\bcpl\b|\besme\b|\bgsme\b|\bppmid\b|\bhcalcs\b|security characteristic",
    re.IGNORECASE,
)
"""More words of the schemes and of what a submission is about than certificates are known by."""


def words_of_stranger(pages: Sequence[str]) -> str | None:
    """Give what a paper says that is none of the submission's; None where it may be or nobody can be sure.

    Args:
        pages: the text of every page.
    """
    text = "\n".join(pages).strip()
    plain = sum(character.isascii() for character in text)
    if not text or len(text) > _LONGEST or plain < _READABLE * len(text):
        return None
    if small_words(text) < FEWEST:
        return None
    if may_be_certificate(text) or _SCHEME.search(text) or names_certificate(text) or calls_itself_release_note(text):
        return None
    return text
