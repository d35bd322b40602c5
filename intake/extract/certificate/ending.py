"""Tells the day until which a certificate says of itself that it is valid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from intake.extract.page.runs import Run
from intake.extract.text.parted import parted, small
from rules.facts import Stated

_STEMS = re.compile(
    parted(
        r"valid|expir|\bexp\b|\bterm\b|period|cease|utgång|\bend(?:s|ing)?\b|until|till|thr(?:ough|u)\b|up to|after"
        r"|terminat|sunset|laps|renew|re-?cert|re-?assess|before|gültig|ablauf|läuft|verfällt|erlischt|befrist|valable|chéance|válid|vence|vencim|caduc|vigen"
        r"|scad|geldig|verval|verloopt|einddatum|ważn|wygasa|giltig|gyldig|løpsdato|løbsdato|platn|voimassa"
        r"|[有到截失유만]"
    )
)
"""A piece of text without any of these in its small letters speaks of no end."""


def endings(name: str, runs: Sequence[Run], *, apart_from: AbstractSet[int]) -> tuple[Stated, ...]:
    """Give each day, or term, at whose end the certificate says it ends.

    Args:
        name: the document's, for the places.
        runs: its text in pieces.
        apart_from: the `id` of pieces that are labels of something else, or whose value is read.
    """
    asked = [run for run in runs if id(run) not in apart_from]
    if not _STEMS.search(small("\n".join(run.text for run in asked))):
        return ()
    speaking = [run for run in asked if _STEMS.search(small(run.text))]
    if not speaking:
        return ()
    # Imported when needed: its patterns take longer to build than most certificates to read.
    from intake.extract.certificate.endwords import stated_ends  # noqa: PLC0415  # its patterns take long to compile

    return tuple(stated_ends(name, speaking, runs))
