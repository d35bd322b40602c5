"""Finds a kind's labels among the pieces of text on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from intake.extract.certificate.bilingual import own_wording
from intake.extract.certificate.geometry import LABEL_EDGE, LABEL_LINE_GAP, LINE_OVERLAP, MORE_GAP, NEARBY, ROW
from intake.extract.certificate.kinds.table import LabelTable, key, squeeze
from intake.extract.page.runs import Box, Run, aligned, shared_height, union

_MAX_LINES = 6
_COLON = re.compile(r"\s*(?:[:\uff1a]\s*)?(?:(?:[.\u2026\u00b7_\u2013\u2014-] ?){4,}|\u2026+)\s*:?\s*|\s*[:\uff1a]\s*")
"""What parts a label from a value printed in one go: a colon, or leaders."""
_SIGNS = frozenset(":\uff1a.\u2026\u00b7_\u2013\u2014-")
"""Of which either has one."""
_STRONG = frozenset({"manufacturer"})
_ENDS = frozenset({"version"})
"""Labels that also end longer wordings and values: `Security Characteristics version 1.3`."""
_CODE_WORDS = 3
_MAX_WORDING = 60


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed."""

    name: str
    """Its standard wording."""
    runs: tuple[Run, ...]
    box: Box
    inline: str | None = None
    """The value, where label and value were printed in one go."""
    loose: bool = False
    """Nothing but a space stands between the two, so this may itself be the value of another label."""
    row_bottom: float | None = None
    """How far down the labels of its row reach, of which another may have more lines."""
    page: int = field(init=False, compare=False, repr=False)
    height: float = field(init=False, compare=False, repr=False)
    """Of its first line, in points."""

    def __post_init__(self) -> None:
        """Take from its first line what every other piece of text is compared with."""
        object.__setattr__(self, "page", self.runs[0].page)
        object.__setattr__(self, "height", self.runs[0].height)

    @property
    def foot(self) -> Box:
        """Give the label's box, extended down to the lowest label of its row."""
        left, bottom, right, top = self.box
        return left, bottom if self.row_bottom is None else self.row_bottom, right, top

    @property
    def weak(self) -> bool:
        """Tell whether the label is a single word, such as `Version`, which a margin may print as well."""
        words = self.runs[0].text if self.inline is None else self.runs[0].text.removesuffix(self.inline)
        return len(self.runs) == 1 and len(words.split()) == 1 and key(words) not in _STRONG


def find_labels(runs: Sequence[Run], table: LabelTable) -> list[Label]:
    """Find every label of the table, a wrapped one by its lines together.

    The longest wording wins: `Security Characteristics` above `Version` is one label.
    """
    labels: list[Label] = []
    used: set[int] = set()
    for run in runs:
        if id(run) in used or len(run.text) > 4 * _MAX_WORDING + _MAX_WORDING:
            continue
        label = _whole(run, runs, table) or _with_value(run, table)
        if label is not None:
            labels.append(label)
            used.update(map(id, label.runs))
    rows = with_rows(labels)
    likely = [label for label in rows if not _is_a_value(label, rows, runs)]
    sure = [label for label in likely if not _is_a_value(label, likely, runs)]
    return [label for label in sure if not label.weak or _in_line(label, sure)]


def with_rows(labels: Sequence[Label]) -> list[Label]:
    """Tell each label how far down the labels of its row reach."""
    return [_with_row(label, labels) for label in labels]


def _with_row(label: Label, labels: Sequence[Label]) -> Label:
    beside = [
        other.box[1]
        for other in labels
        if other.page == label.page and other.inline is None and shared_height(other.box, label.box) > ROW
    ]
    bottom = min(beside, default=label.box[1])
    return label if bottom == label.foot[1] else replace(label, row_bottom=bottom)


def _in_line(label: Label, labels: Sequence[Label]) -> bool:
    """Whether another label stands on the same row, or near above or below in line: at the left, right or centred."""
    for other in labels:
        if other is label or other.page != label.page or other.loose or label.loose:
            continue
        apart = max(other.box[1] - label.box[3], label.box[1] - other.box[3])
        close = aligned(other.box, label.box, LABEL_EDGE) and apart < NEARBY * label.height
        if close or shared_height(other.box, label.box) > ROW:
            return True
    return False


def _is_a_value(label: Label, labels: Sequence[Label], runs: Sequence[Run]) -> bool:
    """Tell whether label-like text is in a value's position.

    `Security Characteristics version 1.3`, wrapped beside the label `Security Characteristics`, reads like that
    label once more and like `Version 1.3`.
    """
    if label.inline is not None and not label.loose:
        return False
    for other in labels:
        if other is label or other.loose or other.page != label.page or not (label.loose or other.name == label.name):
            continue
        beside = other.box[2] <= label.box[0] + 1 and shared_height(other.box, label.box) > ROW
        gap = other.foot[1] - label.box[3]
        if beside or (aligned(other.box, label.box, LABEL_EDGE) and -other.height < gap < MORE_GAP * other.height):
            return True
    may_go_on = label.loose or (label.weak and key(label.runs[0].text) in _ENDS)
    return may_go_on and any(_goes_before(run, label, labels) for run in runs)


def _goes_before(run: Run, label: Label, labels: Sequence[Label]) -> bool:
    """Whether the label may be the next line of this run; a label above it in its own column ends before it."""
    gap = run.box[1] - label.box[3]
    near = -LINE_OVERLAP * run.height < gap < LABEL_LINE_GAP * run.height and run.box[3] > label.box[3]
    if run.page != label.page or not near or run.box[0] >= label.box[2] or run.box[2] <= label.box[0]:
        return False
    in_column = abs(run.box[0] - label.box[0]) <= LABEL_EDGE
    return not (in_column and any(run in other.runs for other in labels))


def _whole(run: Run, runs: Sequence[Run], table: LabelTable) -> Label | None:
    label = None
    lines: tuple[Run, ...] = (run,)
    for _ in range(_MAX_LINES):
        wording = squeeze(key(own_wording(" ".join(line.text for line in lines), table)))
        if wording not in table.beginnings:
            break
        name = table.squeezed.get(wording)
        if name is not None:
            box = lines[0].box
            for line in lines[1:]:
                box = union(box, line.box)
            label = Label(name, lines, box)
        below = next(_lines_below(lines[-1], runs), None)
        if below is None or lines[-1].text.endswith(":"):
            break
        lines = (*lines, below)
    return label


def _lines_below(run: Run, runs: Sequence[Run]) -> Iterator[Run]:
    bottom, page = run.box[1], run.page
    nearest, furthest = -LINE_OVERLAP * run.height, LABEL_LINE_GAP * run.height
    for other in runs:
        box = other.box
        near = nearest < bottom - box[3] < furthest and box[1] < bottom
        if near and other.page == page and aligned(run.box, box, LABEL_EDGE):
            yield other


def _with_value(run: Run, table: LabelTable) -> Label | None:
    """Split a run that holds label and value: `Label: value`, or a code directly behind the label."""
    parts = _COLON.split(run.text, maxsplit=1) if not _SIGNS.isdisjoint(run.text) else ()
    if len(parts) > 1 and parts[1]:
        name = table.by_wording.get(key(own_wording(parts[0], table)))
        if name is not None:
            return Label(name, (run,), run.box, inline=parts[1])
    words = run.text.split()
    if not words or squeeze(key(words[0])) not in table.beginnings:
        return None
    for count in range(len(words) - 1, 0, -1):
        name = table.by_wording.get(key(" ".join(words[:count])))
        if name is not None:
            code = words[count:]
            plain = name not in table.prose and len(code) <= _CODE_WORDS and any(map(str.isdigit, code[0]))
            return Label(name, (run,), run.box, inline=" ".join(code), loose=True) if plain else None
    return None
