"""Tells the mark of a footnote from the value or label that it stands behind.

A raised small `1` behind `1.2.5` is no digit of the firmware version. What the footnote says may change what the value
means, so a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from intake.extract.certificate.geometry import SMALL
from intake.extract.certificate.pairing import Pair
from intake.extract.page.runs import Run

_MARK = re.compile(
    r"[(\[]?[0-9a-zA-Z]{1,2}[)\]]?|[*\u2020\u2021\u00a7\u00b6#]{1,3}|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2}"
)
_SIGN = r"[*\u2020\u2021\u00b6\u00a7\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}"
_AT_END = re.compile(rf"(?<=\S)\s?(?P<mark>{_SIGN}|[(\[][0-9]{{1,2}}[)\]])\s*:?$")
_LONGEST = 4
"""Characters of a mark."""
_NOTE = "'{label}' bears the mark of a footnote ('{mark}'); please say what that note says of it."
_BEHIND = 0.4
_OVER = 0.15
"""Heights by which it may stand apart from the other, or over its edge."""


def without_marks(runs: Sequence[Run]) -> tuple[list[Run], Mapping[int, str]]:
    """Take raised marks out of the pieces of text.

    Returns:
        The pieces that are none, and the mark by the `id` of the piece that it stands behind.
    """
    marks: dict[int, str] = {}
    kept: list[Run] = []
    for run in runs:
        host = _host(run, runs) if len(run.text) <= _LONGEST and _MARK.fullmatch(run.text) else None
        if host is None:
            kept.append(run)
        else:
            marks[id(host)] = marks.get(id(host), "") + run.text
    return kept, marks


def _host(mark: Run, runs: Sequence[Run]) -> Run | None:
    """The piece of text that the mark is raised behind."""
    return next((run for run in runs if run is not mark and run.page == mark.page and _is_behind(mark, run)), None)


def _is_behind(mark: Run, run: Run) -> bool:
    gap = mark.box[0] - run.box[2]
    middle = (mark.box[1] + mark.box[3]) / 2 - (run.box[1] + run.box[3]) / 2
    close = -_OVER * run.height < gap < _BEHIND * run.height
    return close and mark.height < SMALL * run.height and 0 < middle < run.height


def footnotes(pairs: Iterable[Pair], marks: Mapping[int, str], text: str) -> Iterator[str]:
    """Ask about each mark behind a value, and behind a label where it says what follows.

    Args:
        pairs: labels with the values that were read.
        marks: of `without_marks`.
        text: of the whole document, in which a footnote begins with its mark.
    """
    for pairing in pairs:
        last = pairing.inline if pairing.inline is not None else pairing.lines[-1].text
        mark = _mark_at_end(last) or next(filter(None, (marks.get(id(line)) for line in pairing.lines)), None)
        head = pairing.label.runs[0].text if pairing.inline is None else ""
        above = _mark_at_end(head) or next(filter(None, (marks.get(id(run)) for run in pairing.label.runs)), None)
        if mark is None and above is not None and _begins_a_line(above, text):
            mark = above
        if mark is not None:
            yield _NOTE.format(label=pairing.label.name, mark=mark)


def _mark_at_end(text: str) -> str | None:
    if text[-1:].isascii() and text[-1:].isalnum():  # as most end, and no mark does
        return None
    match = _AT_END.search(text)
    return match["mark"] if match is not None else None


def _begins_a_line(mark: str, text: str) -> bool:
    return re.search(rf"^\s*[(\[]?{re.escape(mark.strip('()[]'))}(?![\w:./-])", text, re.MULTILINE) is not None
