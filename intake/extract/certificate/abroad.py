"""Words of other languages by which a paper calls itself a draft or a specimen, or says that it counts no more.

What a language says of a withdrawal counts wherever it stands, unless as a condition; a draft's word only where it
stands by itself. The commonest languages of test houses have theirs in `takenback` and `statuslines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.extract.certificate.abroadwords import ALONE, ENDED
from intake.extract.page.spaced import closed

_NUMBERED = r"(?:v(?:ersion|ersie|erze)?\.? ?[\d.]+|nr\.? ?\d+|[\d./-]+)"
"""Behind such a word: its version, number or day."""
_STATUS = (
    r"(?:(?:status|statut|statuss|staatus|estado|estat|stato|stav|stan|stanje|tila|olek|būsena|állapot|stare|durum"
    r"|remarks?|notes?|poznámka|bemerkung|uwaga|pastaba) ?: ?)?"
)
"""Before such a word: what it answers."""
_FOR = (
    r"(?:til|till|voor|för|para|pentru|için|ar gyfer|do|na|za|durch|par|por|da|dal|dalla|door|av|af|przez)"
    r" [\w'\u2019.-]+(?: [\w'\u2019.-]+){0,2}[\W_]*"
)
"""Behind such a word: what the draft is for, or what has come in the paper's place."""
_ALONE = re.compile(
    rf"[\W_]*{_STATUS}(?P<said>{'|'.join(map(re.escape, sorted(ALONE, key=len, reverse=True)))})"
    rf"(?:[\W_]+{_NUMBERED})?[\W_]*(?:{_FOR})?",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"(?<!\w)(?P<said>{'|'.join(map(re.escape, ENDED))})\w*", re.IGNORECASE)
_WELSH = re.compile(r"\btynnwyd\b.*\byn ôl\b", re.IGNORECASE)
"""`Tynnwyd y dystysgrif hon yn ôl`: its subject stands within the verb."""
_IF = re.compile(
    r"\b(?:os|oni bai|gall|gellir|heb|als|indien|kan|zonder|niet|kui|võib|var|jei|gali|ef|má|pokud|může|jeśli"
    r"|če|lahko|ako|može|neu|nếu|если|может|могут|не|якщо|може|εάν|μπορεί|ако)\b",
    re.IGNORECASE,
)
"""Makes such a word conditional, or denies it."""


def said_abroad(text: str) -> Iterator[str]:
    """Find what a page's text says of its paper in these words, as printed.

    Args:
        text: of one page.
    """
    for line in map(closed, text.splitlines()):
        alone = _ALONE.fullmatch(line)
        if alone is not None:
            yield alone["said"]
        ended = _ENDED.search(line) or _WELSH.search(line)
        if ended is not None and not _IF.search(line):
            yield ended[0]
