"""The CPA certificate's own dates fit each other and the day of the check.

What: the issue date is not after the day of the check, and not after the date of expiry or renewal. Where the issue
date is not stated or cannot be read, there is nothing to compare; the form's date has rules of its own. No clause
demands an issue date, so a person decides.
Why: a certificate from the future, or one that expired before it was issued, is a slip of the pen or worse.
Good: issued on `30/08/2022`, expires on `30/08/2028`.
Bad: issued on `30/08/2028`, expires on `30/08/2022`.
What to do: check the dates with the body that issued the certificate.
Clause: New Entry form, CPA_Certificate.expiry_date; guidance appendix A 2.2 and 2.14.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.alignment._compare import printed
from rules.alignment._cpa import CPA, date_label
from rules.days import day_of, in_form, stated_date
from rules.facts import AssuranceCertificate, Dossier
from rules.fields import FormGroup, Label
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where the issue date can be read."""
    return CPA.applies(dossier) and any(
        _day(dossier, certificate, Label.ISSUE_DATE) for certificate in CPA.referenced_certificates(dossier)
    )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about an issue date in the future or after the certificate's end."""
    today = day_of(dossier)
    for certificate in CPA.referenced_certificates(dossier):
        label = date_label(dossier, certificate)
        issued, end = _day(dossier, certificate, Label.ISSUE_DATE), _day(dossier, certificate, label)
        if issued is not None and issued > today:
            yield _finding(certificate, f"is after {in_form(today)}, the day of the check")
        if issued is not None and end is not None and issued > end:
            yield _finding(certificate, f"is after its '{label}', {in_form(end)}")


def _day(dossier: Dossier, certificate: AssuranceCertificate, label: Label) -> date | None:
    stated = certificate.stated(label)
    return stated_date(stated.value) if stated is not None and printed(dossier, certificate, stated) else None


def _finding(certificate: AssuranceCertificate, what: str) -> Finding:
    stated = certificate.facts[Label.ISSUE_DATE]
    return Finding(
        message=f"'{Label.ISSUE_DATE}' of {certificate.document} {what}.",
        field=FormGroup.CPA_CERTIFICATE,
        where=stated.where,
        said=stated.value,
    )


RULE = Rule(
    id="alignment.cpa_dates",
    title="The CPA certificate's dates fit each other",
    citation="New Entry form, CPA_Certificate.expiry_date; guidance appendix A 2.2 and 2.14",
    check=check,
    applies=applies,
)
