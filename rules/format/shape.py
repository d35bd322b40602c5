"""Hexadecimal cells have the form's exact shape.

What: manufacturer_identifier and model_identifier are two pairs, the two hardware_version cells one pair,
firmware_version four pairs, and the image hash 32 pairs of the characters 0 to 9 and A to F, joined by colons.
Upper case only: the DCC's loader refuses small letters.
Why: the DCC turns these cells into the numbers that devices report; a wrong shape stops the whole upload.
Good: `10:6C`, `0A`, `12:03:12:34`.
Bad: `106C`, `0x10:0x6C`, `12.3`, `10:6c`, or a Cyrillic letter that looks like a Latin C.
What to do: write the value in the shape shown. A suggestion is what was probably meant: check it before using it.
Clause: New Entry form, column 'Format'; guidance appendix A 2.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule
from rules.shapes import SHAPES


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every hexadecimal cell of another shape."""
    for cell in texts(dossier):
        shape = SHAPES.get(cell.field.shape or "")
        if shape is None or not shape.pairs or shape.fits(cell.text):
            continue
        yield cell.fault(_complaint(cell.text), expected=shape.expected, suggestion=shape.meant(cell.text))


def _complaint(text: str) -> str:
    if text.isascii():
        return "is not in the form's shape."
    return "is not in the form's shape: it holds a character that only looks like one of 0 to 9 or A to F."


RULE = Rule(
    id="format.shape",
    title="Hexadecimal values have the form's shape",
    citation="New Entry form, column 'Format'; guidance appendix A 2.7",
    check=check,
    applies=recognised,
)
