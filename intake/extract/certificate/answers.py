"""Finds rows of a certificate that answer in a word whether it counts: `Compliant  No`, `Revoked: yes`, `Stage: draft`.

Test houses ask such questions each in words of their own. What is asked says which answer is the bad one: `no` to
whether it is valid, `yes` to whether it was withdrawn, and a word of refusal to what was decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.extract.page.spaced import closed

_OF = r"(?:is |are |was |has been |the |this |certificates? |certification |product |device |document |still )*"
_SET_APART = r"(?:\s*[?:=|]+\s*|\s+)"
_GOOD = (
    r"valid|in force|active|live|current|certified|listed|compliant|conform(?:ant|s)|effective|maintained|up to date"
    r"|in good standing|usable|accepted|granted"
)
_BAD = (
    r"revoked|withdrawn|suspended|cancell?ed|terminated|expired|lapsed|superseded|annulled|void|invalid|obsolete"
    r"|discontinued|on hold|provisional|conditional|draft|specimen|retired|archived|refused|rejected"
)
_REFUSED = (
    r"refused|denied|declined|rejected|disapproved|removed|de-?listed|withdrawn|suspended|revoked|cancell?ed|expired"
    r"|lapsed|overdue|fail(?:ed|ure)?|pending|outstanding|awaited|deferred|postponed|adjourned|draft|provisional"
    r"|preliminary|interim|temporary|conditional|pilot|trial|pre-?release|beta|wip|in progress|specimen|sample"
    r"|negative|inconclusive|incomplete"
    r"|non-?(?:conform\w*|complian\w*|compliance)|tb[acd]|to be (?:issued|confirmed|decided|granted|completed)"
    r"|not (?:yet )?(?:established|granted|issued|approved|given|met|passed|demonstrated|confirmed|certified|completed?"
    r"|made|listed|compliant|conformant|reached|verified)"
)
_DECIDED = (
    r"(?:(?:certification|conformity|compliance|approval|assessment|committee|board|final|review|audit) )?"
    r"(?:decision|outcome|verdict|conclusion)|stage|phase|grant|standing|maturity|conformity|conformance|compliance"
    r"|approval|authori[sz]ation|surveillance|listing|listed|certification|re-?certification|assurance maintenance"
    r"|(?:certificate|certification|approval|document) (?:type|kind|class|level|state|stage|version|issue|phase)"
    r"|(?:type|kind|class|version|state|stage|issue) of (?:this |the )?(?:certificate|certification|approval|document)"
)
_NO_TO_GOOD = re.compile(
    rf"\W*{_OF}(?:{_GOOD})(?: (?:product|device|certificate))?"
    rf"(?P<said>{_SET_APART}(?:no|n|false|nein|non|never|{_REFUSED}))\W*",
    re.IGNORECASE,
)
_YES_TO_BAD = re.compile(
    rf"\W*{_OF}(?:{_BAD})(?P<said>{_SET_APART}(?:yes|y|true|ja|oui|s[ií])(?:\W.*)?)\W*", re.IGNORECASE
)
_REFUSAL = re.compile(rf"\W*{_OF}(?:{_DECIDED})(?P<said>{_SET_APART}(?:{_REFUSED})(?: v?[\d.]+)?)\W*", re.IGNORECASE)
_WORDS = 10
"""Of a line that is a row and no running text."""


def answered(text: str) -> Iterator[str]:
    """Find the rows of a page's text whose answer is the bad one, as printed.

    Args:
        text: of one page.
    """
    for line in map(closed, text.splitlines()):
        if len(line.split()) <= _WORDS and any(row.fullmatch(line) for row in (_NO_TO_GOOD, _YES_TO_BAD, _REFUSAL)):
            yield line.strip()
