"""The form names the CPA certificate that was sent, and its date.

What: CPA_Certificate.identification_number is the number of a CPA certificate sent. The prefix `[E] ` or `[R] `,
marks, and a leading NCSC, GSME and the like do not count, as the list spells one number in several ways.
CPA_Certificate.expiry_date is the certificate's expiry date, or its renewal date where it is a lifetime certificate.
Why: the certificate's date decides when notices go out and how long an entry stays.
Good: `[R] NCSC-1433053936-3917` and `1433053936-3917`; `30/08/2028` and `30 August 2028`.
Bad: `[E] SMCH58603416` and `SMCH58603461`; `30/08/2028` and `30/08/2027`.
What to do: send the certificate that the form names, or correct the number or the date on the form.
Clause: guidance appendix A 2.2 and 2.14; MP209 for lifetime certificates; SEC F2.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._cpa import CPA, date
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule

_DATE = "Correct the date on the form, or send the certificate that has this date."


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of another number or date, and ask where either cannot be compared."""
    return CPA.identity_and(dossier, date, _DATE)


RULE = Rule(
    id="alignment.cpa_certificate",
    title="The form names the CPA certificate that was sent, and its date",
    citation="Guidance appendix A 2.2 and 2.14; MP209; SEC F2.5",
    check=check,
    applies=CPA.applies,
)
