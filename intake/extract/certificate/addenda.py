"""Reads what an addendum in a certificate's own file states of the device besides.

Schemes add a firmware version to a certificate by a page behind it: `Added firmware version: 01:02:05:01`. What stands
on the certificate's first page is then one value of several, and only a person can tell which of them counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rules.facts import Stated, Where
from rules.fields import Label

_HEADING = re.compile(
    r"^\W*(?:addend(?:um|a)|amendments?|supplements?|extensions?|corrigend(?:um|a)|change notice|assurance maintenance"
    r"|nachtrag|ergänzung|avenant|additif|adendum|addendo)\b(?! \w+ (?:may|shall|must|will)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_VALUE = r"(?P<value>[0-9A-F]*[0-9][0-9A-F]*(?:[._:][0-9A-F]+)+)(?![0-9A-Z]|[._:][0-9A-Z])"
_LABELS: tuple[tuple[tuple[Label, ...], re.Pattern[str]], ...] = tuple(
    (labels, re.compile(rf"\b(?:{words})\b[^\n.;]{{0,40}}?(?<![0-9A-Z._:-]){_VALUE}", re.IGNORECASE))
    for labels, words in (
        ((Label.FIRMWARE_VERSION,), "firmware|software|fw|sw"),
        ((Label.HARDWARE_VERSION,), "hardware|hw"),
        ((Label.MODEL_IDENTIFICATION, Label.MODEL_IDENTIFIER, Label.MODEL), "models?"),
    )
)


def with_addenda(
    values_by_label: Mapping[str, list[Stated]], name: str, pages: Sequence[str]
) -> Mapping[str, list[Stated]]:
    """Add the values of an addendum to those of the labels that they belong to.

    Args:
        values_by_label: the different values read under each label.
        name: the document's, for the places.
        pages: each page's text.
    """
    added = list(_added(pages))
    values = dict(values_by_label)
    for labels, pattern in _LABELS:
        label = next((label for label in labels if values.get(label)), None)
        if label is None:
            continue
        more = {match["value"]: page for page, text in added for match in pattern.finditer(text)}
        stated_first = [stated.value for stated in values[label]]
        values[label] = [
            *values[label],
            *(
                Stated(value, Where(name, page=page))
                for value, page in more.items()
                if not any(value in first for first in stated_first)
            ),
        ]
    return values


def _added(pages: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The text from an addendum's heading on, page by page."""
    begun = False
    for number, text in enumerate(pages, 1):
        heading = None if begun else _HEADING.search(text)
        if begun or heading is not None:
            yield number, text[heading.start() if heading else 0 :]
            begun = True
