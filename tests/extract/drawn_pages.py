"""Pages drawn with letters, for readers of text in its places, without a PDF.

One character is 5 points wide, one line 12 points high with 10 points of print, and two spaces or more part two pieces
of text.
"""

from __future__ import annotations

import re

from intake.extract.page.runs import Run

_WIDTH, _LINE, _PRINT, _TOP = 5.0, 12.0, 10.0, 800.0


def page(drawing: str) -> list[Run]:
    """The pieces of text of a page drawn with letters, in the order of reading."""
    runs: list[Run] = []
    for row, line in enumerate(drawing.splitlines()):
        for piece in re.finditer(r"\S+(?: \S+)*", line):
            bottom = _TOP - row * _LINE
            box = (piece.start() * _WIDTH, bottom, piece.end() * _WIDTH, bottom + _PRINT)
            runs.append(Run(piece[0], 1, box, box))
    return runs
