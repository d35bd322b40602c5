"""Looks along the row that a piece of text stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.extract.page.runs import Run, shared_height

_ROW = 0.5
"""Of the height of two pieces of text, which they share in one row."""


def in_row(run: Run, runs: Sequence[Run]) -> Iterator[Run]:
    """Give what else is printed in a piece of text's row."""
    return (
        other
        for other in runs
        if other is not run and other.page == run.page and shared_height(other.box, run.box) > _ROW
    )


def value_of(run: Run, runs: Sequence[Run]) -> str:
    """Give the nearest text on the right of the first piece of a row; nothing for others, which may head columns."""
    row = list(in_row(run, runs))
    if any(other.box[0] < run.box[0] for other in row):
        return ""
    return min(row, key=lambda other: other.box[0]).text if row else ""
