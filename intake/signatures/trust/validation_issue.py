"""Issues that keep a signature from passing, with their ETSI indications (EN 319 102-1, 5.1.3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValidationIssue:
    """One issue of a signature's validation."""

    sub_indication: str
    reason: str
    """A sentence behind its code: ``TRY_LATER: …``."""
    trusted: bool | None = True
    """What it makes of the signer: False not to be trusted, None unknown, True a matter of something else."""
    fails: bool = False
    """Whether it is certain that nothing later will mend it: TOTAL-FAILED."""


def validation_issue(
    sub_indication: str, sentence: str, *, trusted: bool | None = True, code: str = ""
) -> ValidationIssue:
    """Build an issue from its sub-indication and a sentence; `code` overrides the printed code."""
    return ValidationIssue(sub_indication, f"{code or sub_indication}: {sentence}", trusted)
