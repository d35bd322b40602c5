"""What a submission's text says of its submitter's own check, beside what was found here: it proves nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.render import words
from rules.finding import Report

_BREAK = re.compile(r"[\s>]+")
"""White space, and the marks of a quotation, as a mail program breaks a line of it."""
_STAMP = re.compile(
    r"checked with rulebook ([\w.-]{1,32}) \(([0-9a-f]{12})\) on (\d{4}-\d{2}-\d{2}): "
    f"({'|'.join(map(re.escape, words.OUTCOMES.values()))})",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class QuotedCheck:
    """The line that `render.terminal.stamp` makes, as a mail quotes it, held against our own report."""

    edition: str
    digest: str
    """Twelve digits of the rulebook's."""
    day: str
    outcome: str
    same_rules: bool
    """It was checked with the very rules by which it was judged here."""
    same_outcome: bool

    @property
    def compared(self) -> str:
        """What comes of the comparison, in a sentence."""
        if self.same_rules and self.same_outcome:
            return "The same rules came to the same here."
        if self.same_rules:
            return "The same rules came to something else here: the files, or the day, must be others."
        return (
            f"Other rules judged it here, and {'came to the same' if self.same_outcome else 'came to something else'}."
        )


def quoted_check(text: str, report: Report | None) -> QuotedCheck | None:
    """Find the line in a mail's text, the last of several; None where there is none, or no report to compare with."""
    if report is None:
        return None
    lines = list(_STAMP.finditer(_BREAK.sub(" ", text)))
    if not lines:
        return None
    edition, digest, day, outcome = lines[-1].groups()
    return QuotedCheck(
        edition=edition,
        digest=digest.lower(),
        day=day,
        outcome=outcome.lower(),
        same_rules=report.rulebook_digest.startswith(digest.lower()),
        same_outcome=words.OUTCOMES[report.outcome] == outcome.lower(),
    )
