"""Pairs labels with values by where they stand: beside each other, or one below the other.

It never guesses: where both places hold text and the document does not show which way it is set,
where a value may go on in another cell, where one label has several values below it, or where two labels would
share one value, the label stays without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from intake.extract.certificate.blocks import Block, blocks_of
from intake.extract.certificate.geometry import (
    BELOW_GAP,
    CLOSER,
    EDGE,
    FEWEST_INDENTED,
    LINE_GAP,
    LINE_OVERLAP,
    MORE_GAP,
    MOST_INDENT,
    NEIGHBOUR,
    ROW,
    SAME_SIZE,
    TIGHT,
)
from intake.extract.certificate.labels import Label
from intake.extract.certificate.places import Places, Way, is_column, is_remark, with_low_values
from intake.extract.page.runs import Box, Run, aligned, shared_height

_Placed = TypeVar("_Placed", Label, Block)
_VALUE_WORDS = 4
"""A code or a date has no more words."""

_LEADERS = re.compile(r"[\s.\u00b7\u2026_]{4,}")
"""What leads the eye from a label to its value."""
_OWN_LABEL = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[ -][(]?[^\W\d_]+[)]?){0,5} ?: \S")
"""A line that says itself what it is about, as `Issued by: XY`, goes on with nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the value that stands with it."""

    label: Label
    lines: tuple[Run, ...]
    inline: str | None = None
    several: bool = False
    """It heads a column or a row of values, of which these lines are the first."""


def pair(labels: Sequence[Label], runs: Sequence[Run]) -> Iterator[Pair]:
    """Pair each label with its value; labels without a certain value are left out."""
    taken = {id(run) for label in labels for run in label.runs}
    others = [run for run in runs if id(run) not in taken and not _LEADERS.fullmatch(run.text)]
    blocks = blocks_of(others, labels)
    for label in labels:
        if label.inline is not None and not _goes_on(label, blocks):
            yield Pair(label, label.runs, label.inline)
    bare = [label for label in labels if label.inline is None]
    indent = _indent(bare, blocks)
    labels_on, blocks_on = _by_page(labels), _by_page(blocks)
    where = [_places(label, labels_on[label.page], blocks_on.get(label.page, []), indent) for label in bare]
    places = with_low_values(bare, where, blocks)
    chosen = [_choose(label, place, bare, places) for label, place in zip(bare, places, strict=True)]
    in_place = Counter(block.box for block in chosen if block is not None)
    for label, block, place in zip(bare, chosen, places, strict=True):
        if (
            block is None
            or block.doubtful
            or (in_place[block.box] > 1 and chosen.count(block) > 1)
            or _goes_on_as(label, block, blocks_on[label.page])
        ):
            continue
        yield Pair(label, block.lines, several=place.several_beside and block is place.right)
    for label, block, place in zip(bare, chosen, places, strict=True):
        if block is None and place.column is not None and place.right is None and _in_head_row(label, labels):
            yield Pair(label, place.column.lines, several=True)


def _indent(labels: Sequence[Label], blocks: Sequence[Block]) -> float:
    """Points by which every value stands further right than the label above it, as in a list of terms; else 0."""
    indents = []
    for label in labels:
        if any(_beside(block, label) for block in blocks):  # a table in two columns
            continue
        below = [
            block.box[0] - label.box[0]
            for block in blocks
            if block.page == label.page
            and -LINE_OVERLAP * label.height < label.box[1] - block.box[3] < LINE_GAP * label.height
            and block.box[1] < label.box[1]
            and EDGE < block.box[0] - label.box[0] < MOST_INDENT
        ]
        if len(below) == 1:
            indents += below
    alike = len(indents) >= FEWEST_INDENTED and max(indents) - min(indents) <= EDGE
    return indents[0] if alike and 2 * len(indents) > len(labels) else 0.0


def _beside(block: Block, label: Label) -> bool:
    right = block.page == label.page and block.box[0] > label.box[0]
    return right and shared_height(block.box, label.box) > ROW


def _by_page(items: Sequence[_Placed]) -> dict[int, list[_Placed]]:
    pages: dict[int, list[_Placed]] = {}
    for item in items:
        pages.setdefault(item.page, []).append(item)
    return pages


def _places(label: Label, labels: Sequence[Label], blocks: Sequence[Block], indent: float) -> Places:
    """Find where its value may stand, among the labels and blocks of its page."""
    right = _nearest_right(label, blocks)
    next_label = min(
        (
            other.box[0]
            for other in labels
            if other is not label and other.box[0] >= label.box[2] - 1 and shared_height(other.box, label.box) > ROW
        ),
        default=None,
    )
    if right is not None and next_label is not None and next_label < right.box[0]:
        right = None
    several_beside = right is not None and _another_beside(label, right, blocks, next_label)
    label_right = next_label is not None and right is None
    below, label_below, several = _nearest_below(label, labels, blocks, indent)
    if several:
        return Places(right, None, several_beside, label_right=label_right, label_below=label_below, column=below)
    return Places(right, below, several_beside, label_right=label_right, label_below=label_below, column=None)


def _nearest_right(label: Label, blocks: Sequence[Block]) -> Block | None:
    beside = [
        block for block in blocks if block.box[0] >= label.box[2] - 1 and shared_height(block.box, label.box) > ROW
    ]
    if not beside:
        return None
    nearest = min(beside, key=lambda block: block.box[0])
    neighbours = [
        block
        for block in beside
        if block is not nearest
        and block.box[0] - nearest.box[2] < NEIGHBOUR * label.height
        and not (is_column(block, blocks) and is_column(nearest, blocks))
    ]
    # Another piece close behind may belong to the value or not, and half a value is a wrong one.
    return None if neighbours else nearest


def _another_beside(label: Label, value: Block, blocks: Sequence[Block], next_label: float | None) -> bool:
    """Tell whether a second value is on the row, as in tables with a column for each device variant.

    Words in a column of their own are a remark; what is short and has a digit is taken for a value.
    """
    return any(
        value.box[2] < block.box[0]
        and (next_label is None or block.box[0] < next_label)
        and shared_height(block.box, label.box) > ROW
        and _like_a_value(block)
        and not is_remark(block, value, blocks)
        for block in blocks
    )


def _like_a_value(block: Block) -> bool:
    return block.has_digit and sum(len(line.text.split()) for line in block.lines) <= _VALUE_WORDS


def _goes_on_as(label: Label, value: Block, blocks: Sequence[Block]) -> bool:
    """Tell whether text close above or below continues the label, which then differs from what it seems.

    `Bootloader` above `Firmware Version`, with the value beside both, is the bootloader's. Words with a value of their
    own beside them are a row of their own.
    """
    if value.box[0] < label.box[2] - 1:  # it stands below its label
        return False
    lines = [line for block in blocks if block is not value for line in block.lines]
    return any(
        _in_one_cell(line, label)
        and not any(
            other.box[0] >= line.box[2] - 1 and shared_height(other.box, line.box) > ROW and other not in value.lines
            for other in lines
        )
        for line in lines
    )


def _in_one_cell(line: Run, label: Label) -> bool:
    """Tell whether the line is placed as a continuation of the label would be."""
    if abs(line.box[0] - label.box[0]) > EDGE:
        return False
    gap = max(line.box[1] - label.box[3], label.box[1] - line.box[3])
    close = -LINE_OVERLAP * label.height < gap < LINE_GAP * label.height
    alike = abs(line.height - label.height) < SAME_SIZE * label.height
    return close and alike and any(map(str.isalpha, line.text))


def _nearest_below(
    label: Label, labels: Sequence[Label], blocks: Sequence[Block], indent: float
) -> tuple[Block | None, bool, bool]:
    """Find the block below, whether a label is there instead, and whether more blocks follow."""
    heads = [other for other in labels if other is not label]
    foot = _moved(label.foot, indent) if indent else label.foot
    below = _below(foot, blocks, label.height, BELOW_GAP)
    top = max(below, key=lambda block: block.box[3], default=None)
    head = _top_below(label.foot, heads, label.height)
    if head is not None and (top is None or head > top.box[3]):
        return None, True, False
    if top is None or _is_closer_above(label, top, blocks):
        return None, False, False
    others = [block for block in blocks if block is not top and not _begins_another(label, top, block)]
    more = _top_below(top.box, others, label.height)
    head = _top_below(_moved(top.box, -indent) if indent else top.box, heads, label.height)
    several = more is not None and (head is None or more > head)
    return top, False, several


def _begins_another(label: Label, value: Block, below: Block) -> bool:
    """Tell whether words below a code are the next label: the code stands far closer to its own."""
    near, far = label.foot[1] - value.box[3], value.box[1] - below.box[3]
    return near < CLOSER * far and value.has_digit and not below.has_digit


def _moved(box: Box, indent: float) -> Box:
    """The place where an indented line below would begin."""
    return box[0] + indent, box[1], box[0] + indent, box[3]


def _is_closer_above(label: Label, below: Block, blocks: Sequence[Block]) -> bool:
    """Tell whether what stands above the label is far closer to it, as where each value has its label below it."""
    gap = label.foot[1] - below.box[3]
    if gap < TIGHT * label.height:  # nothing stands far closer than that
        return False
    above = (
        block.box[1] - label.box[3]
        for block in blocks
        if block.box[3] > label.box[3] and aligned(block.box, label.box, EDGE)
    )
    return any(-LINE_OVERLAP * label.height < other < CLOSER * gap for other in above)


def _top_below(box: Box, others: Sequence[_Placed], height: float) -> float | None:
    """Give the upper edge of the nearest of the others below."""
    return max((other.box[3] for other in _below(box, others, height, MORE_GAP)), default=None)


def _below(upper: Box, others: Sequence[_Placed], height: float, most: float) -> list[_Placed]:
    """List the others that stand below the box, at most so many heights away, with an edge in line."""
    foot, nearest, furthest = upper[1], -LINE_OVERLAP * height, most * height
    return [
        other
        for other in others
        if nearest < foot - other.box[3] < furthest and other.box[1] < foot and aligned(upper, other.box, EDGE)
    ]


def _in_head_row(label: Label, labels: Sequence[Label]) -> bool:
    return any(
        other is not label and other.page == label.page and shared_height(other.box, label.box) > ROW
        for other in labels
    )


def _choose(label: Label, place: Places, labels: Sequence[Label], places: Sequence[Places]) -> Block | None:
    if place.sure is not None:
        return place.right if place.sure is Way.RIGHT else place.below
    sure = [(other, place.sure) for other, place in zip(labels, places, strict=True) if place.sure]
    page = [(other, way) for other, way in sure if other.page == label.page]
    column = [way for other, way in page if abs(other.box[0] - label.box[0]) <= EDGE]
    row = [way for other, way in page if shared_height(other.box, label.box) > ROW]
    for votes in (column, row, [way for _, way in page], [way for _, way in sure]):
        if votes:
            unanimous = votes[0] if len(set(votes)) == 1 else None
            if unanimous is None:
                return None
            return place.right if unanimous is Way.RIGHT else place.below
    if place.right is not None and place.below is not None:
        return None
    return place.right or place.below


def _goes_on(label: Label, blocks: Sequence[Block]) -> bool:
    """Tell whether text closely below may continue a value that began beside its label."""
    left, bottom, right, _ = label.box
    for block in blocks:
        gap = bottom - block.box[3]
        close = -LINE_OVERLAP * label.height < gap < LINE_GAP * label.height and block.box[1] < bottom
        if block.page == label.page and close and block.box[0] < right and block.box[2] > left:
            return _OWN_LABEL.match(block.lines[0].text) is None
    return False
