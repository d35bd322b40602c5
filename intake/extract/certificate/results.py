"""Finds a result that is none of those after which a certificate is issued.

What a test or a decision came to stands behind a label of its own, and has few words where it is good; whatever other
word stands there, a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.extract.certificate.rows import value_of
from intake.extract.certificate.unusual import unusual_words
from intake.extract.page.runs import Run

_LABEL = re.compile(
    r"(?:the )?(?:(?:overall|final|tests?|testing|conformance|compliance|conformity|certification|assessment|evaluation"
    r"|audit|examination|review|board|panel|committee)(?:'s)? )*(?:results?|verdict|outcome|conclusion|decision)"
    r"(?: of (?:the |this )?(?:tests?|testing|assessment|evaluation|audit|examination|review|certification|board"
    r"|panel))?",
    re.IGNORECASE,
)
_TERM = re.compile(r"(?:certificate |period of |term of |duration of )?validity(?: period| term)?", re.IGNORECASE)
_GOOD = re.compile(
    r"\W*(?:(?:was|were|is|are|has|have|been|fully|all|both|the|tests?|cases?|requirements?|criteria|clearly"
    r"|without) )*"
    r"(?:pass\w*|complian\w*|compl(?:y|ies|ied|ete)\w*|conform\w*|positiv\w*|success\w*|satisf\w*|met|fulfil\w*"
    r"|grant\w*|approv\w*|certif\w*|accept\w*|award\w*|issue\w*|favou?rable|compatible|interoperable|meets?|valid\w*"
    r"|good|ok(?:ay)?|true|yes|no (?:deviations?|findings?|faults?|errors?|failures?)|none|n/?a\b|not applicable"
    r"|confirm\w*|verif\w*|clear\w*|final|maintain\w*|renew\w*|effective|released|registered|listed|published|new\b"
    r"|initial|signed|bestanden|erfüllt|konform\w*|réussi\w*|superad\w*|superat\w*|geslaagd|godkänt?|godkendt"
    r"|hyväksytty|zaliczon\w*|unlimited|perpetual|permanent|indefinite\w*|lifetime|unbefristet|illimit\w*)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\W*(?:(?:in|on|at) (?:\w+ ){0,2}(?:report|file|annex|table|page|appendix|summary|register|site)|see|refer|as"
    r"|annex|appendix|attached|enclosed|overleaf|below|above|available|report|table|page|summary|files?|documented|recorded"
    r"|stated|voir|siehe)\b",
    re.IGNORECASE,
)
"""The result stands in another place."""
_FAILURES = re.compile(r"\b[1-9]\d* (?:\w+ ){0,2}fail|\bfail\w*\W+[1-9]", re.IGNORECASE)
_MOST = 5
"""Words; what is longer is told in sentences."""


def poor_result(runs: Sequence[Run], read: Iterable[Run]) -> str | None:
    """Find a result behind its label that is none of the good ones, as printed; None where there is none.

    Args:
        runs: a certificate's text in pieces with their places.
        read: those of them that were read as labels and values.
    """
    used = set(map(id, read))
    for run in runs:
        label, colon, inline = run.text.partition(":")
        is_result, is_term = (pattern.fullmatch(label.strip()) for pattern in (_LABEL, _TERM))
        if id(run) in used or not (is_result or is_term):
            continue
        result = inline.strip() if colon and inline.strip() else value_of(run, runs)
        if not _is_good(result) and (is_result or unusual_words(result)):
            return f"{label.strip()}: {result}"
    return None


def _is_good(result: str) -> bool:
    if _FAILURES.search(result):
        return False
    few = len(result.split()) <= _MOST and not any(map(str.isdigit, result))
    return not few or bool(_GOOD.match(result) or _ELSEWHERE.match(result)) or not any(map(str.isalpha, result))
