"""Pairs labels with values by where they stand: beside each other, or one below the other.

It never guesses: where both places hold text and the document does not show which way it is set,
where a value may go on in another cell, or where one label has several values below it, the label stays without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from intake.extract.labels import Label
from intake.extract.runs import Box, Run, aligned, shared_height, union

_EDGE = 2.0
_LINE_GAP = 0.5
_BELOW_GAP = 1.8
_MORE_GAP = 2.6
_ROW = 0.45
_NEIGHBOUR = 2.0
_BROKEN_CODE = re.compile(r"[-:_/.]$")


class _Way(Enum):
    RIGHT = "right"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Block:
    """A value's lines as they stand together."""

    lines: tuple[Run, ...]
    box: Box

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.lines[0].page


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the value that stands with it."""

    label: Label
    lines: tuple[Run, ...]
    inline: str | None = None


@dataclass(frozen=True, slots=True)
class _Places:
    """What stands beside a label and below it."""

    right: Block | None
    below: Block | None
    label_right: bool
    label_below: bool

    @property
    def sure(self) -> _Way | None:
        """The way this document is set, as far as this one label shows it."""
        if self.right is not None and self.label_below:
            return _Way.RIGHT
        if self.below is not None and self.label_right:
            return _Way.BELOW
        return None


def pair(labels: Sequence[Label], runs: Sequence[Run]) -> Iterator[Pair]:
    """Pair each label with its value; labels without a certain value are left out."""
    taken = {id(run) for label in labels for run in label.runs}
    blocks = list(_blocks([run for run in runs if id(run) not in taken], labels))
    places = [_places(label, labels, blocks) for label in labels if label.inline is None]
    bare = [label for label in labels if label.inline is None]
    for label in labels:
        if label.inline is not None and not _goes_on(label, blocks):
            yield Pair(label, label.runs, label.inline)
    for label, place in zip(bare, places, strict=True):
        block = _choose(label, place, bare, places)
        if block is not None:
            yield Pair(label, block.lines)


def joined(lines: Sequence[str], *, prose: bool) -> str | None:
    """The lines of a wrapped value as one text; None where a code was cut and nobody can say how.

    Args:
        lines: as printed, at least one.
        prose: the value is words, which wrap at spaces.
    """
    text = lines[0]
    for line in lines[1:]:
        if _BROKEN_CODE.search(text) and not text.endswith((" -", " /")):
            text += line
        elif prose or " " in text:
            text += " " + line
        else:
            return None
    return text.removeprefix(":").strip() or None


def _blocks(runs: Sequence[Run], labels: Sequence[Label]) -> Iterator[Block]:
    """Join lines of one cell: same left edge, closely spaced, and not each beside a label of its own."""
    ordered = sorted(runs, key=lambda run: (run.page, round(run.box[0] / _EDGE), -run.box[3]))
    lines: list[Run] = []
    for run in ordered:
        if lines and not _same_cell(lines, run, labels):
            yield _block(lines)
            lines = []
        lines.append(run)
    if lines:
        yield _block(lines)


def _block(lines: Sequence[Run]) -> Block:
    box = lines[0].box
    for line in lines[1:]:
        box = union(box, line.box)
    return Block(tuple(lines), box)


def _same_cell(lines: Sequence[Run], run: Run, labels: Sequence[Label]) -> bool:
    last = lines[-1]
    gap = last.box[1] - run.box[3]
    close = -0.3 * last.height < gap < _LINE_GAP * last.height
    if last.page != run.page or not close or abs(last.box[0] - run.box[0]) > _EDGE:
        return False
    own = _beside(run, labels)
    return not any(_rivals(own, _beside(line, labels)) for line in lines)


def _beside(run: Run, labels: Sequence[Label]) -> Label | None:
    """The nearest label at the left on the same row."""
    rows = [
        label
        for label in labels
        if label.page == run.page and label.box[2] <= run.box[0] + 1 and shared_height(label.box, run.box) > _ROW
    ]
    return max(rows, key=lambda label: label.box[2], default=None)


def _rivals(one: Label | None, other: Label | None) -> bool:
    """Whether two lines beside these labels are two values; a label further left belongs to another column."""
    if one is None or other is None or one is other:
        return False
    return not (one.box[2] <= other.box[0] or other.box[2] <= one.box[0])


def _places(label: Label, labels: Sequence[Label], blocks: Sequence[Block]) -> _Places:
    right = _nearest_right(label, [block for block in blocks if block.page == label.page])
    next_label = min(
        (
            other.box[0]
            for other in labels
            if other is not label
            and other.page == label.page
            and other.box[0] >= label.box[2] - 1
            and shared_height(other.box, label.box) > _ROW
        ),
        default=None,
    )
    if right is not None and next_label is not None and next_label < right.box[0]:
        right = None
    below, label_below = _nearest_below(label, labels, blocks)
    return _Places(right, below, label_right=next_label is not None and right is None, label_below=label_below)


def _nearest_right(label: Label, blocks: Sequence[Block]) -> Block | None:
    beside = [
        block for block in blocks if block.box[0] >= label.box[2] - 1 and shared_height(block.box, label.box) > _ROW
    ]
    if not beside:
        return None
    nearest = min(beside, key=lambda block: block.box[0])
    neighbours = [
        block for block in beside if block is not nearest and block.box[0] - nearest.box[2] < _NEIGHBOUR * label.height
    ]
    # Another piece close behind may belong to the value or not, and half a value is a wrong one.
    return None if neighbours else nearest


def _nearest_below(label: Label, labels: Sequence[Label], blocks: Sequence[Block]) -> tuple[Block | None, bool]:
    below = [b for b in blocks if b.page == label.page and _is_below(label.box, b.box, label.height, _BELOW_GAP)]
    top = max(below, key=lambda block: block.box[3], default=None)
    next_label = max(
        (o.box[3] for o in labels if o.page == label.page and _is_below(label.box, o.box, label.height, _MORE_GAP)),
        default=None,
    )
    if next_label is not None and (top is None or next_label > top.box[3]):
        return None, True
    if top is None:
        return None, False
    more = (b for b in blocks if b is not top and b.page == top.page)
    several = any(_is_below(top.box, block.box, label.height, _MORE_GAP) for block in more)
    return (None if several else top), False


def _is_below(upper: Box, lower: Box, height: float, most: float) -> bool:
    gap = upper[1] - lower[3]
    return -0.3 * height < gap < most * height and lower[1] < upper[1] and aligned(upper, lower, _EDGE)


def _choose(label: Label, place: _Places, labels: Sequence[Label], places: Sequence[_Places]) -> Block | None:
    if place.sure is not None:
        return place.right if place.sure is _Way.RIGHT else place.below
    column = [p.sure for o, p in zip(labels, places, strict=True) if abs(o.box[0] - label.box[0]) <= _EDGE]
    for votes in ([vote for vote in column if vote], [p.sure for p in places if p.sure]):
        if votes:
            unanimous = votes[0] if len(set(votes)) == 1 else None
            if unanimous is None:
                return None
            return place.right if unanimous is _Way.RIGHT else place.below
    if place.right is not None and place.below is not None:
        return None
    return place.right or place.below


def _goes_on(label: Label, blocks: Sequence[Block]) -> bool:
    """Whether the line below may be the rest of a value that began beside its label."""
    return any(
        block.page == label.page and _is_below(label.box, block.box, label.height, _LINE_GAP) for block in blocks
    )
