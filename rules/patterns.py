"""Many turns of phrase, compiled when first looked for: most checks by hand bring no mail to read.

Python's engine tries one alternative after the other at each place of a text, and where case is ignored it looks at no
first letter before. So the text is put into small letters, and at each of its words only the phrases are tried that may
begin as that word does; `rules.beginnings` reads from the patterns which those are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

from rules.beginnings import LETTERS, beginnings_of

_WORDS = re.compile(r"\w+")
_BEGUN = re.compile(rf"(\w{{1,{LETTERS}}})\w*")
_BETWEEN_WORDS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_ALSO_ASCII = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"))
"""Letters that an expression that ignores case takes for ASCII ones, and that `str.lower` leaves apart from them."""
Match = Callable[[str, int], re.Match[str] | None]


@lru_cache(maxsize=64)
def _begun(small: str) -> Sequence[tuple[str, int]]:
    """How each word of a text begins, and where; several phrases are compared with the same text in turn."""
    return tuple((word[1], word.start()) for word in _BEGUN.finditer(small))


class _Phrase:
    """One pattern, compiled when a word is met that it may begin with."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def match(self) -> Match:
        return re.compile(self._pattern).match


class Phrases:
    """Turns of phrase, each of which begins a word."""

    def __init__(self, *patterns: str) -> None:
        """Name their patterns, in small letters; nothing is compiled yet."""
        self.patterns = patterns

    @cached_property
    def _by_beginning(self) -> dict[str | None, tuple[_Phrase, ...]]:
        """The phrases that a word may begin, by how it begins; by None, those that any word may."""
        phrases = [(_Phrase(pattern), beginnings_of(pattern)) for pattern in self.patterns]
        listed: set[str | None] = {None}
        listed = listed.union(*(words or () for _, words in phrases))
        return {word: tuple(phrase for phrase, words in phrases if words is None or word in words) for word in listed}

    def in_(self, text: str) -> bool:
        """Tell whether a text has one of them, in any case of letters."""
        return next(self._found(text.lower()), None) is not None

    def taken_from(self, text: str) -> str:
        """Give the text in small letters, with a blank in the place of each."""
        small = text.lower()
        kept, end = [], 0
        for match in self._found(small):
            kept.append(small[end : match.start()])
            end = match.end()
        return " ".join([*kept, small[end:]])

    def _found(self, small: str) -> Iterator[re.Match[str]]:
        """Each match in a text in small letters, none within another."""
        phrases, end = self._by_beginning, 0
        anywhere = phrases[None]
        for word, start in _begun(small):
            for phrase in phrases.get(word, anywhere) if start >= end else ():
                match = phrase.match(small, start)
                if match is not None:
                    end = match.end()
                    yield match
                    break


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
