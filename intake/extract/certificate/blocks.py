"""Joins the lines of a value that wraps inside its table cell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from intake.extract.certificate.geometry import EDGE, LINE_GAP, LINE_OVERLAP, ROW, SAME_SIZE
from intake.extract.certificate.labels import Label
from intake.extract.page.runs import Box, Run, shared_height, union

_Owner = Label | Run
"""What a line of a value stands beside: a label, or words in the labels' place that are none."""

_AS_FAR = 0.95
"""Of the least distance between two rows: what is closer to a label is no row of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text that form one value."""

    lines: tuple[Run, ...]
    box: Box
    doubtful: bool = False
    """It is set so close to another value that nobody can tell to which of the two a line belongs."""
    page: int = field(init=False, compare=False, repr=False)
    has_digit: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Take from its lines what it is asked for again and again."""
        object.__setattr__(self, "page", self.lines[0].page)
        object.__setattr__(self, "has_digit", any(any(map(str.isdigit, line.text)) for line in self.lines))


def blocks_of(runs: Sequence[Run], labels: Sequence[Label]) -> list[Block]:
    """Join lines with one left edge, closely spaced, unless each is beside a label of its own.

    Args:
        runs: the pieces of text that are no labels.
        labels: the labels, by which rows are told apart.
    """
    heads = _heads(runs, labels)
    ordered = sorted(runs, key=lambda run: (run.page, round(run.box[0] / EDGE), -run.box[3]))
    blocks: list[Block] = []
    for stack in _stacks(ordered):
        owners = [_beside(run, labels) or _beside(run, heads) for run in stack] if len(stack) > 1 else [None]
        parts = _by_label(stack, owners)
        doubtful = len(parts) > 1 and not _each_beside_its_own(owners)
        blocks.extend(_block(lines, doubtful=doubtful) for lines in parts)
    return blocks


def _heads(runs: Sequence[Run], labels: Sequence[Label]) -> list[Run]:
    """List words that begin a row of a table as its labels do, such as `Test house` or the head `Item` above them."""
    rows = [label for label in labels if label.inline is None]
    columns = ((a, b) for a, b in combinations(rows, 2) if a.page == b.page and _in_line(a, b))
    pitch = min((abs(a.box[3] - b.box[3]) for a, b in columns), default=math.inf)
    return [run for run in runs if run.text[:1].isupper() and _is_a_row(run, rows, _AS_FAR * pitch)]


def _is_a_row(run: Run, rows: Sequence[Label], pitch: float) -> bool:
    """Tell whether words stand as far from the labels of their column as these from each other.

    What is closer goes on with the label above, or begins the one below.
    """
    column = [label for label in rows if label.page == run.page and _in_line(run, label)]
    return min((abs(run.box[3] - label.box[3]) for label in column), default=0.0) >= pitch


def _in_line(first: _Owner, second: _Owner) -> bool:
    """Whether both begin or end at one edge, as the labels of a table do."""
    return abs(first.box[0] - second.box[0]) <= EDGE or abs(first.box[2] - second.box[2]) <= EDGE


def _each_beside_its_own(owners: Sequence[_Owner | None]) -> bool:
    """Whether every line of a stack has a label at its left, and all these labels stand in one column."""
    heads = [label for label in owners if label is not None]
    nearest = max((label.box[0] for label in heads), default=0.0)
    return len(heads) == len(owners) and all(label.box[2] > nearest for label in heads)


def _stacks(ordered: Sequence[Run]) -> list[list[Run]]:
    """Group lines with the same left edge, each close below the one before."""
    stacks: list[list[Run]] = []
    for run in ordered:
        if stacks and _close(stacks[-1][-1], run):
            stacks[-1].append(run)
        else:
            stacks.append([run])
    return stacks


def _close(upper: Run, lower: Run) -> bool:
    gap = upper.box[1] - lower.box[3]
    near = -LINE_OVERLAP * upper.height < gap < LINE_GAP * upper.height
    alike = abs(upper.height - lower.height) < SAME_SIZE * upper.height
    return upper.page == lower.page and near and alike and abs(upper.box[0] - lower.box[0]) <= EDGE


def _by_label(stack: Sequence[Run], owners: Sequence[_Owner | None]) -> list[list[Run]]:
    """Split a stack of lines wherever a line is beside another label than the lines above it."""
    parts: list[list[Run]] = []
    above: list[_Owner | None] = []
    for run, own in zip(stack, owners, strict=True):
        if not parts or any(_rivals(own, other) for other in above):
            parts.append([])
            above = []
        parts[-1].append(run)
        above.append(own)
    return parts


def _block(lines: Sequence[Run], *, doubtful: bool) -> Block:
    box = lines[0].box
    for line in lines[1:]:
        box = union(box, line.box)
    return Block(tuple(lines), box, doubtful)


def _beside(run: Run, owners: Sequence[_Owner]) -> _Owner | None:
    """Find the nearest label, or words in the labels' place, at the left on the same row."""
    rows = [
        owner
        for owner in owners
        if owner.page == run.page and owner.box[2] <= run.box[0] + 1 and shared_height(owner.box, run.box) > ROW
    ]
    return max(rows, key=lambda owner: owner.box[2], default=None)


def _rivals(label: _Owner | None, other: _Owner | None) -> bool:
    """Whether two lines beside these labels are two values; a label further left belongs to another column."""
    if label is None or other is None or label is other:
        return False
    return not (label.box[2] <= other.box[0] or other.box[2] <= label.box[0])
