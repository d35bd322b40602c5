"""A CPA certificate's number begins with `[E] ` or `[R] `.

What: `[E] ` marks a standard certificate, which expires; `[R] ` a lifetime certificate, which is renewed.
Capitals, brackets and the one space behind them count, and a number of at least three characters follows.
Forbidden characters within are left to format.characters.
Why: without the prefix the date on the form can be read two ways.
Good: `[E] SMCH58603416`; `[R] NCSC-1433053936-3917`.
Bad: `SMCH58603416`; `[e] SMCH58603416`; `[E]SMCH58603416`; `[R] `.
What to do: write the prefix that fits the certificate before its number.
Clause: New Entry form of September 2022, CPA_Certificate.identification_number; MP209, in force since 1 August 2022.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.days import day_of
from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule
from rules.text import as_printed, plain

_SHORTEST = 3
"""Characters of a number behind its prefix."""
_CARELESS = re.compile(r"[\[({]?\s*([ER])\s*[\])}]\s*[:-]?\s*(\S.*)", re.IGNORECASE)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every number without one of its edition's prefixes, or with nothing behind it."""
    day = day_of(dossier)
    for cell in texts(dossier):
        prefixes = cell.field.prefixes_on(day)
        text = as_printed(cell.text)
        if not prefixes or any(_follows(text, prefix) for prefix in prefixes):
            continue
        wanted = " or ".join(f"'{prefix}'" for prefix in prefixes)
        yield cell.fault(
            f"is not {wanted} followed by the certificate's number.",
            expected=f"{wanted} and the certificate's number",
            suggestion=_meant(cell.text),
        )


def _follows(text: str, prefix: str) -> bool:
    number = text.removeprefix(prefix)
    return text.startswith(prefix) and len(number) >= _SHORTEST and not number[0].isspace()


def _meant(text: str) -> str | None:
    """The careful spelling of a careless prefix; a missing one is not guessed."""
    match = _CARELESS.fullmatch(plain(text))
    return f"[{match[1].upper()}] {match[2]}" if match and len(match[2]) >= _SHORTEST else None


RULE = Rule(
    id="format.certificate_prefix",
    title="CPA certificate numbers begin with [E] or [R]",
    citation="New Entry form 2022-09, CPA_Certificate.identification_number; MP209",
    check=check,
    applies=recognised,
)
