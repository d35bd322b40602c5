"""Knows the New Entry form where it comes as anything but a workbook: printed, as a web page, as plain text.

What such a copy says is not read: a second device on it must not pass unseen, and a form that came as a copy alone is
no release note.
"""

from __future__ import annotations

import re

from intake.extract.unreadable import FORM_COPY, UnreadableError

_GROUPS = re.compile(
    r"\b(?:Device_Type|Device_Model|CPA_Certificate|DLMS_Certificate|ZSE_Certificate|Manufacturer_Image)\b"
)
"""Data Groups that are written so nowhere but on the form and the list."""
_FEWEST = 4
_FORM = re.compile(r"\bnew\s+entry\b", re.IGNORECASE)
"""What the form calls itself, its sheet and its column of values; the list's own columns do not."""


def holds_the_form(text: str) -> bool:
    """Tell whether a text is a copy of the New Entry form, with its names of groups and its own."""
    return len({*_GROUPS.findall(text)}) >= _FEWEST and _FORM.search(text) is not None


def refuse_copies(text: str) -> None:
    """Leave a form that is no workbook to a person.

    Raises:
        UnreadableError: the text is one.
    """
    if holds_the_form(text):
        raise UnreadableError(FORM_COPY)
