"""Takes a label's own wording out of a line that says it in two languages: `Hersteller / Manufacturer`."""

from __future__ import annotations

import re

from intake.extract.certificate.kinds.table import LabelTable, key, squeeze
from intake.extract.certificate.kinds.tongues import says, shows_a_language, words_of
from rules.fields import Label

_PARTING = re.compile(r"\s*[/|()\[\]]\s*|\s+[-\u2013\u2014\u00b7\u2022]\s+")
_SIGNS = frozenset("/|()[]-\u2013\u2014\u00b7\u2022")
"""Of which every parting has one."""
_FOOTNOTE = re.compile(r"[0-9]{1,2}")
_LONGEST = 160


def own_wording(text: str, table: LabelTable) -> str:
    """Give a label's wording without what says it again or marks a footnote; the text itself where nothing does.

    Args:
        text: one line or several that were joined.
        table: the labels of the kind of certificate.
    """
    if len(text) > _LONGEST or _SIGNS.isdisjoint(text) or not _PARTING.search(text):
        return text
    parts = [part for part in _PARTING.split(text.strip(" :")) if part and not _FOOTNOTE.fullmatch(part)]
    for part in parts:
        name = table.squeezed.get(squeeze(key(part)))
        if name is not None and all(other is part or says_again(other, name, table) for other in parts):
            return part
    return text


def says_again(text: str, name: Label, table: LabelTable) -> bool:
    """Tell whether a text is the label once more, in another language or in a word that two languages share."""
    words = words_of(text)
    return table.squeezed.get(squeeze(key(text))) is name or (says(words, name) and shows_a_language(words, name))
