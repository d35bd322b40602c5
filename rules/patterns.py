"""Many turns of phrase in one pattern, compiled when first looked for: most checks by hand bring no mail to read.

Python's engine tries one alternative after the other at each place of a text, and where case is ignored it looks at no
first letter before. So the text is put into small letters, and only where a word begins is anything tried.
"""

from __future__ import annotations

import re
from functools import cached_property


class Phrases:
    """Turns of phrase, each of which begins a word or the text."""

    def __init__(self, *patterns: str) -> None:
        """Name them, in small letters; nothing is compiled yet."""
        self._patterns = patterns

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(self._patterns)})")

    def in_(self, text: str) -> bool:
        """Whether a text has one of them, in any case of letters."""
        return self._any.search(text.lower()) is not None

    def taken_from(self, text: str) -> str:
        """Give the text in small letters, with a blank in the place of each."""
        return self._any.sub(" ", text.lower())
