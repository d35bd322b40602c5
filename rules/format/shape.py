"""Hexadecimal cells have the form's exact shape.

What: of the Device_Model fields, manufacturer_identifier and model_identifier are two pairs, the two hardware_version
cells one pair and firmware_version four pairs, and the image hash is 32 pairs, of the characters 0 to 9 and A to F,
joined by colons. Upper case only: the DCC's loader refuses lower case.
Why: the DCC turns these cells into the numbers that devices report; a wrong shape stops the whole upload.
Good: `10:6C`, `0A`, `12:03:12:34`.
Bad: `106C`, `0x10:0x6C`, `12.3`, `10:6c`, or a Cyrillic letter that looks like a Latin C.
What to do: write the value in the format shown. A suggestion is what was probably meant: check it before using it.
Clause: New Entry form, column 'Format'; guidance appendix A 2.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule
from rules.shapes import SHAPES, Pairs
from rules.text import invisible, naming


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every hexadecimal cell of another shape."""
    for cell in texts(dossier):
        shape = SHAPES.get(cell.field.shape or "")
        if not isinstance(shape, Pairs) or shape.fits(cell.text):
            continue
        yield cell.fault(_complaint(cell.text), expected=shape.expected, suggestion=shape.meant(cell.text))


def _complaint(text: str) -> str:
    reasons = [reason for reason in (_strange(text), _marked(text), _small(text)) if reason]
    return f"is not in the format that the form requires{': ' if reasons else ''}{'; '.join(reasons)}."


def _strange(text: str) -> str:
    """Say which characters are not what they seem, or not to be seen."""
    unseen = [naming(fromkey) for fromkey in dict.fromkeys(text) if invisible(fromkey)]
    alike = [naming(fromkey) for fromkey in dict.fromkeys(text) if not fromkey.isascii() and not invisible(fromkey)]
    told = []
    if unseen:
        told.append(f"it holds a character that cannot be seen ({', '.join(unseen)})")
    if alike:
        told.append(f"it holds a character that only looks like one of 0 to 9 or A to F ({', '.join(alike)})")
    return "; ".join(told)


def _marked(text: str) -> str:
    return "it has the mark 0x of another way to write hexadecimal" if re.search(r"0x|\\x", text, re.IGNORECASE) else ""


def _small(text: str) -> str:
    return "it has lower-case letters" if re.search(r"[a-f]", text) else ""


RULE = Rule(
    id="format.shape",
    title="Hexadecimal values have the form's format",
    citation="New Entry form, column 'Format'; guidance appendix A 2.7",
    check=check,
    applies=recognised,
)
