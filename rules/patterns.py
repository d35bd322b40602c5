"""Many turns of phrase in one pattern, compiled when first looked for: most checks by hand bring no mail to read.

Python's engine tries one alternative after the other at each place of a text, and where case is ignored it looks at no
first letter before. So the text is put into small letters, only where a word begins is anything tried, and nothing is
where no word of the text begins as one of the phrases does. How they begin is said beside them; that none is left out,
tests/rules/test_patterns.py reads from the patterns themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

BEGINNING = 3
"""Letters of a word's beginning; a shorter word is its own."""
_WORDS = re.compile(r"\w+")
_BETWEEN_WORDS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_ALSO_ASCII = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"))
"""Letters that an expression that ignores case takes for ASCII ones, and that `str.lower` leaves apart from them."""


@lru_cache(maxsize=64)
def _beginnings(small: str) -> frozenset[str]:
    """How the words of a text begin, which several phrases are compared with in turn."""
    return frozenset(word[:BEGINNING] for word in words_of(small))


class Phrases:
    """Turns of phrase, each of which begins a word or the text."""

    def __init__(self, *patterns: str, begin: str) -> None:
        """Name them, in small letters; nothing is compiled yet.

        Args:
            patterns: of the phrases.
            begin: the first `BEGINNING` letters of every word that one of them may begin with, blanks between.
        """
        self.patterns = patterns
        self.begin = frozenset(begin.split())

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(self.patterns)})")

    def may_be_in(self, small: str) -> bool:
        """Tell whether a word of a text in small letters begins as one of them does; where none does, none is in it."""
        return not self.begin.isdisjoint(_beginnings(small))

    def in_(self, text: str) -> bool:
        """Tell whether a text has one of them, in any case of letters."""
        small = text.lower()
        return self.may_be_in(small) and self._any.search(small) is not None

    def taken_from(self, text: str) -> str:
        """Give the text in small letters, with a blank in the place of each."""
        small = text.lower()
        return self._any.sub(" ", small) if self.may_be_in(small) else small


class Spelt:
    """An expression that ignores case, and pieces in small letters of which whatever it matches holds one."""

    def __init__(self, pattern: str, *pieces: str) -> None:
        """Name them; nothing is compiled yet, and the pieces are of ASCII."""
        self._spelt = pattern
        self._pieces = pieces

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._spelt, re.IGNORECASE)

    def in_(self, text: str, small: str | None = None) -> Iterator[re.Match[str]]:
        """Give each match in a text, of which `small` is what `in_small_letters` gives."""
        return self._pattern.finditer(text) if self._may_be_in(text, small) else iter(())

    def taken_from(self, text: str) -> str:
        """Give the text with a blank in the place of each match."""
        return self._pattern.sub(" ", text) if self._may_be_in(text) else text

    def _may_be_in(self, text: str, small: str | None = None) -> bool:
        small = in_small_letters(text) if small is None else small
        return any(piece in small for piece in self._pieces)


def words_of(text: str) -> list[str]:
    """Split a text into its runs of letters, digits and low lines; where it is ASCII, without looking at each alone."""
    return text.translate(_BETWEEN_WORDS).split() if text.isascii() else _WORDS.findall(text)


def in_small_letters(text: str) -> str:
    """Give a text in the small letters that an expression that ignores case sees in it, as far as they are of ASCII."""
    if not text.isascii():
        for letter, plain in _ALSO_ASCII:
            text = text.replace(letter, plain)
    return text.lower()
