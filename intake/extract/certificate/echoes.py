"""Finds what says a label once more in another language, so that it is not taken for the label's value.

It stands in the label's own line behind a stroke or in brackets, or in a piece of text of its own beside, below or
above it. It belongs to the label, whose value is whatever else stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake.extract.certificate.geometry import EDGE, LABEL_EDGE, LABEL_LINE_GAP, LINE_OVERLAP, ROW
from intake.extract.certificate.kinds.table import LabelTable, key, squeeze
from intake.extract.certificate.kinds.tongues import may_be_bilingual, says, shows_a_language, words_of
from intake.extract.certificate.labels import Label, with_rows
from intake.extract.page.runs import Box, Run, aligned, shared_height, union
from rules import fields

_LONGEST = 80
"""Characters of a label's wording in another language."""
_MOST_LINES = 4


def with_echoes(labels: Sequence[Label], runs: Sequence[Run], table: LabelTable) -> list[Label]:
    """Add to each label the pieces of text that say it again.

    Args:
        labels: as found on the pages.
        runs: all pieces of text.
        table: the labels of the kind of certificate.
    """
    used = {id(run) for label in labels for run in label.runs}
    rest = [run for run in runs if id(run) not in used and len(run.text) <= _LONGEST]
    if not may_be_bilingual("\n".join(run.text for run in rest)):
        return list(labels)
    echoes = [[run for echo in _echoes(label, rest) for run in echo] for label in labels]
    others = [run for echo in echoes for run in echo]
    twins = [list(_twins(label, rest, others, table)) for label in labels]
    return with_rows([_joined(label, echo + twin) for label, echo, twin in zip(labels, echoes, twins, strict=True)])


def _echoes(label: Label, rest: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """Each piece of text around the label that says it again, by its lines."""
    name = fields.Label(label.name)
    for run in rest:
        if not _is_near(label, run):
            continue
        lines: tuple[Run, ...] = ()
        below: Run | None = run
        while below is not None and len(lines) < _MOST_LINES and says(words_of(below.text), name):
            lines = (*lines, below)
            below = next((other for other in rest if other.page == run.page and _is_below(lines[-1].box, other)), None)
        if lines and shows_a_language([word for line in lines for word in words_of(line.text)], name):
            yield lines


def _twins(label: Label, rest: Sequence[Run], echoes: Sequence[Run], table: LabelTable) -> Iterator[Run]:
    """Words that two languages share, as `Firmware-Version` is, in line with other labels that are said again."""
    for run in rest:
        if table.squeezed.get(squeeze(key(run.text))) is not label.name or not _is_near(label, run):
            continue
        if any(_in_line(echo, piece) for echo in echoes for piece in (run, *label.runs)):
            yield run


def _in_line(echo: Run, piece: Run) -> bool:
    beside = abs(echo.box[0] - piece.box[0]) <= EDGE or shared_height(echo.box, piece.box) > ROW
    return echo.page == piece.page and beside


def _is_near(label: Label, run: Run) -> bool:
    if run.page != label.page:
        return False
    return shared_height(label.box, run.box) > ROW or _is_below(label.box, run) or _is_below(run.box, label)


def _is_below(upper: Box, lower: Run | Label) -> bool:
    gap = upper[1] - lower.box[3]
    near = -LINE_OVERLAP * lower.height < gap < LABEL_LINE_GAP * lower.height
    return near and aligned(upper, lower.box, LABEL_EDGE)


def _joined(label: Label, echoes: Sequence[Run]) -> Label:
    """The label with its echoes; its box goes down as far as those below it, for its value may stand beside these."""
    box = label.box
    for run in echoes:
        if _is_below(box, run):
            box = union(box, run.box)
    return replace(label, runs=(*label.runs, *echoes), box=box) if echoes else label
