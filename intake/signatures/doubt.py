"""Why a signature does not pass, in the standard's words (ETSI EN 319 102-1, 5.1.3) and in ours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that stands in the way."""

    sub_indication: str
    reason: str
    """A sentence behind its code: ``TRY_LATER: …``."""
    trusted: bool | None = True
    """What it makes of the signer: False not to be trusted, None unknown, True a matter of something else."""
    fails: bool = False
    """Whether it is certain that nothing later will mend it: TOTAL-FAILED."""


def doubt(sub_indication: str, sentence: str, *, trusted: bool | None = True, code: str = "") -> Doubt:
    """One whose sentence is put behind the code; the sub-indication where there is none of our own."""
    return Doubt(sub_indication, f"{code or sub_indication}: {sentence}", trusted)
