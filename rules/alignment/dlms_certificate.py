"""The form names the DLMS certificate that was sent, and its version of the test tool.

What: DLMS_Certificate.identification_number is the number of a DLMS certificate sent, and DLMS_Certificate.DLMS_version
the version of the conformance test tool (CTT) that it states.
Why: the list names the certificate on which an entry rests and the version of the tests that it stands for.
Good: `2721` on both; `CTT 3.1` and `3.1`.
Bad: `2721` on the form and `2712` on the certificate; `CTT 3.1` and `CTT 3.0`.
What to do: send the certificate that the form names, or correct the number or the version on the form.
Clause: New Entry form, DLMS_Certificate; guidance appendix A 2.12 and 2.13; SEC F2.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._dlms import DLMS, test_tool
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule

_VERSION = "Correct the version on the form, or send the certificate that has this version."


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of another number or version, and ask where either cannot be compared."""
    return DLMS.identity_and(dossier, test_tool, _VERSION)


RULE = Rule(
    id="alignment.dlms_certificate",
    title="The form names the DLMS certificate that was sent",
    citation="New Entry form, DLMS_Certificate; guidance appendix A 2.12 and 2.13; SEC F2.5",
    check=check,
    applies=DLMS.applies,
)
