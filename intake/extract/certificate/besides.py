"""Finds what a certificate prints besides its labels and values that only a person can place.

A revision table says that the firmware is another one by now, an annex lists further versions, a line stands in a
writing that is not read here. None of it is a value under a label, and any of it may change what the values mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rules.facts import Stated
from rules.fields import Label

_PAIR = "[0-9A-F]{2}"
_FIRMWARE = re.compile(rf"(?<![0-9A-Z:])(?:{_PAIR}:){{3}}{_PAIR}(?![0-9A-Z]|:[0-9A-F])", re.IGNORECASE)
_UNREAD = re.compile(r"[\u0370-\u10ff\u1200-\u1dbf\u1f00-\u1fff\ufb1d-\ufdff\ufe70-\ufefc]{4,}")
"""Words of Greek, Cyrillic and other letters whose languages are not looked through."""
_MOST = 4
_VERSION = "It prints the firmware version {printed} besides; please say what that is."
_WRITING = "It has words in a writing that is not read here ('{printed}'); please say what they mean."


def besides(
    pages: Sequence[str], lines: Iterable[str], values_by_label: Mapping[str, Sequence[Stated]]
) -> Iterator[str]:
    """Ask about further firmware versions in hexadecimal, and about words that cannot be read.

    Args:
        pages: each page's text.
        lines: the pieces of it that can be seen.
        values_by_label: the different values that were read under each label.
    """
    stated = [value.value.upper() for values in values_by_label.values() for value in values]
    if values_by_label.get(Label.FIRMWARE_VERSION):
        printed = (match[0].upper() for text in lines for match in _FIRMWARE.finditer(text))
        others = [version for version in dict.fromkeys(printed) if not any(version in value for value in stated)]
        if others:
            yield _VERSION.format(printed=", ".join(others[:_MOST]))
    for text in pages:
        unread = None if text.isascii() else _UNREAD.search(text)
        if unread is not None:
            yield _WRITING.format(printed=unread[0])
            return
