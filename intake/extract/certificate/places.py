"""Where a label's value may stand, and what stands there that is none: remarks, columns of something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from intake.extract.certificate.blocks import Block
from intake.extract.certificate.geometry import COLUMN, EDGE, ROW
from intake.extract.certificate.kinds.table import key
from intake.extract.certificate.labels import Label
from intake.extract.page.runs import aligned, shared_height

_REMARKS = re.compile(
    r"(?:remarks?|notes?|comments?|results?|verdicts?|bemerkung(?:en)?|anmerkung(?:en)?|remarques?|observaci(?:ones|ón)"
    r"|osservazioni|opmerkingen|uwagi)\b.{0,20}",
    re.IGNORECASE,
)
"""How a column is headed in which nobody states a value, though what is remarked may be one."""
_APART = re.compile(
    r"(?:clauses?|sections?|pages?|ref(?:erence)?s?|sources?|checked|verified|date (?:checked|verified)|formats?"
    r"|units?)"
    r"\b.{0,20}",
    re.IGNORECASE,
)
"""How one is headed that holds things of another kind."""
_POINTS = re.compile(
    r"(?:(?:see|cf\.?) )?(?:clause|section|page|annex|note|table) ?[0-9A-Z]+(?:\.[0-9]+)*\.?", re.IGNORECASE
)
"""A remark that only says where more is to be read."""
_HEXADECIMAL = re.compile(r"\b[0-9A-F]{2}(?:[:_.][0-9A-F]{2})+\b", re.IGNORECASE)


class Way(Enum):
    """The side of its label on which a value stands."""

    RIGHT = "right"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Places:
    """Candidate values beside a label and below it."""

    right: Block | None
    below: Block | None
    several_beside: bool
    """It is the first of several values there, as in a table with a column for each variant of a device."""
    label_right: bool
    label_below: bool
    column: Block | None
    """The first of several values below it."""

    @property
    def sure(self) -> Way | None:
        """Give the layout that this label proves: values beside or below; None where it proves none."""
        if self.right is not None and self.label_below:
            return Way.RIGHT
        if self.below is not None and self.label_right:
            return Way.BELOW
        return None


def is_remark(block: Block, value: Block, blocks: Sequence[Block]) -> bool:
    """Tell whether a piece of text behind a value stands in a column of remarks, and is nothing like the value.

    Args:
        block: the piece behind it.
        value: what stands beside the label first.
        blocks: all pieces of text.
    """
    text = _text(block)
    if _HEXADECIMAL.search(text):
        return False
    heads = [
        key(_text(head))
        for head in blocks
        if head.page == block.page and head.box[1] > block.box[3] and abs(head.box[0] - block.box[0]) <= EDGE
    ]
    if any(_APART.fullmatch(head) for head in heads):
        return True
    like_it = _shapes(text) & _shapes(_text(value)) and not _POINTS.fullmatch(text)
    return not like_it and any(_REMARKS.fullmatch(head) for head in heads)


def is_column(block: Block, blocks: Sequence[Block]) -> bool:
    """Tell whether further pieces of text on other rows begin at the same left edge."""
    same = [
        other
        for other in blocks
        if other is not block
        and other.page == block.page
        and abs(other.box[0] - block.box[0]) <= EDGE / 2
        and shared_height(other.box, block.box) < ROW
    ]
    return len(same) >= COLUMN


def _text(block: Block) -> str:
    return " ".join(line.text for line in block.lines)


def _shapes(text: str) -> set[str]:
    """Each word's shape, whatever its digits and letters are: `9.9` for `12.3`."""
    return {
        re.sub(r"[0-9]+", "9", re.sub(r"[^\W\d]+", "a", word)) for word in text.split() if re.search(r"[0-9]", word)
    }


def with_low_values(labels: Sequence[Label], places: Sequence[Places], blocks: Sequence[Block]) -> list[Places]:
    """Find values that stand low in the row of a table whose heads are labels, as beside a wrapped one.

    Where a head's own value reaches down, that of another head may begin as low; it is the only text in its column.

    Args:
        labels: those without a value of their own line.
        places: where each one's value may be, in the same order.
        blocks: all pieces of text that are no labels.
    """
    return [_low(label, place, labels, places, blocks) for label, place in zip(labels, places, strict=True)]


def _low(
    label: Label, place: Places, labels: Sequence[Label], places: Sequence[Places], blocks: Sequence[Block]
) -> Places:
    if place.right is not None or place.below is not None or place.column is not None or place.label_below:
        return place
    tall = [
        other.below
        for head, other in zip(labels, places, strict=True)
        if head is not label and head.page == label.page and shared_height(head.box, label.box) > ROW and other.below
    ]
    in_column = [
        block
        for block in blocks
        if block.page == label.page and block.box[3] < label.box[1] and aligned(block.box, label.box, EDGE)
    ]
    in_row = [block for block in in_column if any(shared_height(block.box, value.box) > ROW for value in tall)]
    if len(in_row) != 1 or in_row[0] is not max(in_column, key=lambda block: block.box[3]):
        return place
    return replace(place, below=in_row[0])
