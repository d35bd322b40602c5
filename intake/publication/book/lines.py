"""Writes rows of text cells, so that nothing in them is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.register.cells import column_letters

_ODD = re.compile("[&<>\0-\x08\x0b\x0c\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_KEPT = 20_000
"""Texts that are remembered as they are written; the same few hundred fill a list of thousands of lines."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a row and its cells are shown."""

    row: str = ""
    """The row's attributes, each after a blank."""
    cells: tuple[tuple[int, str], ...] = ()
    """The cell formats, by column."""


def written(text: str) -> str:
    """Write a text as XML; what XML does not keep, and what looks as if it stood for that, is escaped (ST_Xstring)."""
    return _ODD.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _NAMED.get(character) or f"_x{ord(character):04X}_"


def inline(text: str, prefix: str = "") -> str:
    """Give what a cell of this text has behind its place and format; its blanks are kept."""
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
    return (
        f' t="inlineStr"><{prefix}is><{prefix}t{kept}>{written(text)}</{prefix}t></{prefix}is></{prefix}c>'
        if text
        else "/>"
    )


class _Inline(dict[str, str]):
    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = prefix

    def __missing__(self, text: str) -> str:
        made = inline(text, self.prefix)
        if len(self) < _KEPT:
            self[text] = made
        return made


class Lines:
    """Writes the rows of one tab."""

    def __init__(self, columns: Sequence[int], prefix: str = "") -> None:
        """Nothing is written yet.

        Args:
            columns: where the values of a row go, rising, from one.
            prefix: of the tab's elements.
        """
        self._columns, self._prefix = tuple(columns), prefix
        self._inline = _Inline(prefix)
        self._openings = lru_cache(maxsize=1024)(self._opened)

    def row(self, number: int, look: Look, texts: Sequence[str]) -> str:
        """Write a row: a text a column; an empty one is an empty cell, or none where it has no format."""
        at, inlined = str(number), self._inline
        opening, cells, rest = self._openings(look)
        out = [opening, at, '"', look.row, ">"]
        for (place, style), text in zip(cells, texts, strict=True):
            if text or style != '"':
                out += (place, at, style, inlined[text])
        for place, style in rest:
            out += (place, at, style, "/>")
        out.append(f"</{self._prefix}row>")
        return "".join(out)

    def _opened(self, look: Look) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
        styles: Mapping[int, str] = dict(look.cells)
        last = self._columns[-1] if self._columns else 0
        cells = [self._cell(column, styles) for column in self._columns]
        rest = [self._cell(column, styles) for column in sorted(styles) if column > last and styles[column]]
        return f'<{self._prefix}row r="', cells, rest

    def _cell(self, column: int, styles: Mapping[int, str]) -> tuple[str, str]:
        style = styles.get(column, "")
        return f'<{self._prefix}c r="{column_letters(column)}', f'" s="{style}"' if style else '"'
