"""A standard CPA certificate runs for no more than six years from its issue.

What: where the certificate states both the day of its issue and an expiry date, and the form does not call it a
lifetime certificate (`[R]`), the second is less than seven years after the first: terms are counted in whole years,
as a certificate may be issued some months before its term begins.
Why: a longer term is a misprint in one of the two days, or a lifetime certificate under the wrong prefix.
Good: issued on `30/08/2022`, expires on `30/08/2028`.
Bad: issued on `30/08/2022`, expires on `30/08/2029`.
What to do: check both days with the body that issued the certificate; a lifetime certificate's number has `[R] ` before
it.
Clause: New Entry form, CPA_Certificate.expiry_date, column 'Valid values'; MP209.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.alignment._compare import printed
from rules.alignment._cpa import CPA, expected_label
from rules.days import in_form, stated_date, years_after
from rules.facts import AssuranceCertificate, Dossier
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.rule import Rule
from rules.text import shown

_YEARS = 6


def applies(dossier: Dossier) -> bool:
    """Apply where it may be a standard certificate and both days can be read."""
    return (
        CPA.applies(dossier)
        and expected_label(dossier) is not Label.RENEWAL_DATE
        and any(_term(dossier, certificate) for certificate in CPA.referenced_certificates(dossier))
    )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about a longer term."""
    for certificate in CPA.referenced_certificates(dossier):
        stated, term = certificate.stated(Label.EXPIRY_DATE), _term(dossier, certificate)
        if stated is not None and term is not None and term[1] >= years_after(term[0], _YEARS + 1):
            issued, expires = term
            last = years_after(issued, _YEARS)
            yield Finding(
                message=f"{certificate.document} runs for more than {_YEARS} years: it was issued on "
                f"{in_form(issued)} and expires on {in_form(expires)}.",
                field=FormField.CPA_DATE,
                where=stated.where,
                said=shown(stated.value),
                expected=f"{in_form(last)} or earlier, unless it is a lifetime certificate ([R])",
            )


def _term(dossier: Dossier, certificate: AssuranceCertificate) -> tuple[date, date] | None:
    issued, expires = certificate.stated(Label.ISSUE_DATE), certificate.stated(Label.EXPIRY_DATE)
    if issued is None or expires is None:
        return None
    if not all(printed(dossier, certificate, stated) for stated in (issued, expires)):
        return None
    days = stated_date(issued.value), stated_date(expires.value)
    return (days[0], days[1]) if days[0] is not None and days[1] is not None else None


RULE = Rule(
    id="alignment.cpa_term",
    title="A standard CPA certificate runs for six years at most",
    citation="New Entry form, CPA_Certificate.expiry_date, column 'Valid values'; MP209",
    check=check,
    applies=applies,
)
