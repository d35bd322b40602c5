"""Writes a version's CSV files: the list to the letter, and what people open in a spreadsheet guarded against it.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula (OWASP, CSV injection). In files
that people read, such a text gets an apostrophe before it. The list's own values are never touched: there the
pre-flight refuses such a value before it is published (`intake.publication.preflight`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from intake.publication.dcc import LINE_ENDS

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  # their wide twins, too
_MERE_NUMBER = re.compile(r"[+-][0-9][0-9 ()]*")
"""Such as a telephone number: nothing in it can be evaluated."""


def starts_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take the text for a formula."""
    return text.startswith(FORMULA_STARTS) and not _MERE_NUMBER.fullmatch(text)


def guarded(text: str) -> str:
    """Give the text with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if starts_formula(text) else text


def for_people(header: Sequence[str], rows: Iterable[Iterable[str]], line_end: str) -> bytes:
    """Write a table that people open in a spreadsheet, in UTF-8; its cells are guarded.

    Args:
        header: the columns' names.
        rows: the cells.
        line_end: ``crlf`` or ``lf``.
    """
    return to_the_letter(header, ([guarded(text) for text in row] for row in rows), line_end)


def to_the_letter(header: Sequence[str], rows: Iterable[Iterable[str]], line_end: str) -> bytes:
    """Write a table for programs (RFC 4180), in UTF-8; every cell is what it was."""
    text = StringIO(newline="")
    table = csv.writer(text, lineterminator=LINE_ENDS[line_end])
    table.writerow(header)
    table.writerows(rows)
    return text.getvalue().encode("utf-8")
