"""Tells certificates that came as text files: as a web page, in rich text, as lines of labels and values.

Nobody issues one so, and its labels have no places; that it may be the certificate which the form names must be seen.
"""

from __future__ import annotations

import re

from intake.extract.certificate.certificates import KINDS, speaks_as_certificate
from intake.extract.certificate.kinds.table import LabelTable, key

_PARTS = re.compile(r"<[^<>]*>|\\[a-z]+-?\d* ?|[{}]|[\n\r\t|;]+|,|:\s| {3,}")
"""What parts labels from values: tags, commands of rich text, lines, tabs, what tables are drawn with."""
_FEWEST = 3


def reads_as_certificate(text: str) -> bool:
    """Tell whether a text file calls itself a certificate and has the labels of one."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if not speaks_as_certificate(["\n".join(parts)]):
        return False
    wordings = {key(part) for part in parts}
    return any(_has_labels(table, wordings) for table in KINDS)


def _has_labels(table: LabelTable, wordings: set[str]) -> bool:
    labels = {table.by_wording[wording] for wording in wordings if wording in table.by_wording}
    return len(labels) >= _FEWEST and bool(labels & table.own)
