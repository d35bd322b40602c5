"""A ZigBee certificate in plain words settles the value on the form.

What: words on the certificate may stand for several values, as nothing says which coding was meant: `12.3` is
`0C:03:00:00` or `12:03:00:00`, and may stand in the last two bytes as well. Where the form's value is one of them and
the words do not settle which, all are shown with their codings, and a person decides.
The words settle the value where all codings give it, where only one coding fits, and where the guidance's own table
shows how it is read: `12.3 (Stack 1.2.3.4)` is `12:03:12:34`, as a stack of four digits fits in BCD only;
`12.3 (Stack 12.34)` is `0C:03:0C:22`, as application and stack bear each other out; `7.8D` is `00:00:07:8D`.
Why: the same words must not let two different firmware versions onto the list.
Good: `1.2.5.6` on the certificate and `01:02:05:06` on the form.
Bad: `12.3` on the certificate, whatever the form says.
What to do: have the certificate state the value in hexadecimal, or show by release notes how the two belong together.
Clause: guidance appendix A 2.8 and 2.9; SECAS news of 16 April 2019 on the quality of the list's data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.alignment._device_model import ZIGBEE, possible, reused
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where it is clear which certificate is meant and it is not used again for another model."""
    return ZIGBEE.applies(dossier) and bool(ZIGBEE.referenced_certificates(dossier)) and not reused(dossier)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Show every reading of every field whose value the words do not settle."""
    return (replace(result.finding(), unknown=False) for result in possible(dossier))


RULE = Rule(
    id="alignment.zigbee_mapping",
    title="The ZigBee certificate's words settle the value",
    citation="Guidance appendix A 2.8 and 2.9",
    check=check,
    applies=applies,
)
