"""Collects what stands in an OpenDocument sheet beside its cells' values: comments, text boxes, pictures and lines."""

from __future__ import annotations

from collections.abc import Mapping

from intake.extract.sheet.cells import MAX_TEXT
from intake.extract.sheet.odscells import OFFICE, TABLE, TEXT
from intake.extract.sheet.sheetnotes import Cover, SheetNote, cell_of
from rules.facts import RemarkKind

_FARTHEST = 1_048_576


class Aside:
    """One of them while it is read; its words are no part of the cell that it is tied to."""

    def __init__(self) -> None:
        """Wait for the first."""
        self._words: list[str] = []
        self._depth = self._paragraph = 0
        self._kind = RemarkKind.COMMENT
        self._end_cell = ""

    @property
    def open(self) -> bool:
        """Whether the reader is within one."""
        return self._depth > 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Enter one by its outermost element, as `expat` names it."""
        self._depth, self._paragraph, self._words = 1, 0, []
        self._kind = RemarkKind.COMMENT if name == f"{OFFICE}annotation" else RemarkKind.SHAPE
        self._end_cell = attributes.get(f"{TABLE}end-cell-address", "").rpartition(".")[2].replace("$", "")

    def start(self, name: str) -> None:
        """Enter an element within it; the text of a paragraph stands apart from what was before."""
        self._depth += 1
        if name == f"{TEXT}p" and not self._paragraph:
            self._paragraph = self._depth
            self._words.append(" ")

    def add(self, data: str) -> None:
        """Take characters; those outside of paragraphs are a comment's author and time."""
        if self._paragraph:
            self._words.append(data)

    def end(self) -> bool:
        """Leave an element; True where it was the outermost."""
        if self._depth == self._paragraph:
            self._paragraph = 0
        self._depth -= 1
        return self._depth == 0

    def note(self, cell: tuple[int, int] | None) -> SheetNote | None:
        """Give its words; None where it has none."""
        text = " ".join("".join(self._words).split())[:MAX_TEXT]
        return SheetNote(self._kind, text, cell) if text else None

    def cover(self, cell: tuple[int, int] | None) -> Cover | None:
        """Give the cells that it may lie over; None for a comment, which shows beside its cell.

        What is tied to the page and not to a cell may lie anywhere.
        """
        if self._kind is RemarkKind.COMMENT:
            return None
        top, left = cell or (1, 1)
        bottom, right = cell_of(self._end_cell) or cell or (_FARTHEST, _FARTHEST)
        return Cover(top, left, bottom, right)
