"""Finds what a spreadsheet has made of a value that was something else, and that no list is published with."""

from __future__ import annotations

import re

from rules.fields import FormField

_ERROR = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|UNKNOWN|CONNECT|BUSY|#+)[!?#]*")
"""What a cell shows whose formula failed (ECMA-376 part 1, 18.18.11), or that is too narrow."""
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
"""A number too long for a spreadsheet, as a hash of digits is without its colons."""
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")


def spoilt(field: str, text: str) -> str:
    """Say what is wrong with a value, as a sentence goes on; empty where nothing is known to be.

    Args:
        field: the column's name.
        text: as the file has it.
    """
    plain = text.strip()
    if _ERROR.fullmatch(plain):
        return "which is what a spreadsheet shows in the place of a value"
    if _ROUNDED.fullmatch(plain):
        return "which a spreadsheet has rounded"
    if field == FormField.CPA_DATE and _SHORT_YEAR.fullmatch(plain):
        return "whose year has two digits"
    return ""
