"""Finds what somebody printed or wrote close to a value, which may put another one in its place.

A small `7F` above the last octet, a caret below it, `corr.` at the end of its line: none of it is read as the value,
and none of it may go unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from intake.extract.certificate.geometry import NEIGHBOUR, ROW, SMALL
from intake.extract.certificate.pairing import Pair
from intake.extract.page.runs import Run, shared_height

_LONGEST = 40
"""Characters of what is called a correction of a value."""
_SMALL_ONE = re.compile(
    r"[^\w]*(?:(?:corr|rev|new|now|old|was|read|sic|not|is|to|by|see|ed)\W+)?"
    r"(?:[^\W\d_]{0,3}[0-9][^\s]*|[0-9A-F]{1,4}|[^\w\s])(?:[\W_]+(?:[0-9A-F]{1,12}))*[\W_]*",
    re.IGNORECASE,
)
"""What may be a value or a mark of insertion: no words."""
_CALLED_ONE = re.compile(
    r"\W*(?:(?:as|was|now|is|hand|manually|since|value) )*(?:corr(?:\.|\b(?!\w)|ect(?:ed|ion)\b)|amend(?:ed|ment)?\b"
    r"|recte\b|rectified\b|sic\b|altered\b|changed\b|revised\b|updated\b|overwritten\b|should (?:be|read)\b|read[:s]?\s"
    r"|instead\b|wrong\b|incorrect\b|error\b|misprint|typo\b|err(?:\.|atum)|not\s(?=\S*[0-9])|korr(?:\.|igiert)"
    r"|corrig[ée]|corregido|corretto|handwritten\b)",
    re.IGNORECASE,
)
_OVER = 0.5
"""Heights of the value by which it may stand apart above it or below it, or before it."""
_NOTE = "Close to {label} stands '{text}', which may correct it; please say what is right."


def corrections(pairs: Iterable[Pair], runs: Sequence[Run]) -> Iterator[str]:
    """Ask about each piece of text that may correct a value.

    Args:
        pairs: labels with the values that were read.
        runs: all text in pieces, raised marks of footnotes left out.
    """
    pairs = list(pairs)
    taken = {id(run) for pairing in pairs for run in (*pairing.label.runs, *pairing.lines)}
    others = [run for run in runs if id(run) not in taken and len(run.text) <= _LONGEST]
    small = [run for run in others if _SMALL_ONE.fullmatch(run.text)]
    called = [run for run in others if _CALLED_ONE.match(run.text)]
    for pairing in pairs:
        for line in pairing.lines:
            for run in small:
                if _is_small_at(run, line):
                    yield _NOTE.format(label=pairing.label.name, text=run.text)
            for run in called:
                if _is_beside(run, line) or (run.height < SMALL * line.height and _is_close(run, line)):
                    yield _NOTE.format(label=pairing.label.name, text=run.text)


def _is_small_at(run: Run, line: Run) -> bool:
    return run.height < SMALL * line.height and _is_close(run, line)


def _is_close(run: Run, line: Run) -> bool:
    """Whether it touches the space around the value in which only the value's own text would stand."""
    if run.page != line.page:
        return False
    apart = max(run.box[1] - line.box[3], line.box[1] - run.box[3])
    reach = line.box[0] - _OVER * line.height, line.box[2] + NEIGHBOUR * line.height
    return apart < _OVER * line.height and run.box[0] < reach[1] and reach[0] < run.box[2]


def _is_beside(run: Run, line: Run) -> bool:
    return run.page == line.page and run.box[0] >= line.box[2] - 1 and shared_height(run.box, line.box) > ROW
