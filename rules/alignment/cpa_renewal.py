"""A lifetime CPA certificate's renewal date has passed, for the record.

What: where the form's number has the prefix `[R]` and the certificate states a renewal date, the rule notes one that
is before the day of the check. Any renewal date is allowed, and the note decides nothing.
Why: past that date a review of the certificate may be due, or a newer certificate may be there.
Good: a renewal date to come.
Bad: nothing as such; a renewal date that has passed is noted.
What to do: nothing for this submission; see whether the certificate has been renewed.
Clause: MP209, in force since 1 August 2022; New Entry form, CPA_Certificate.expiry_date.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import printed
from rules.alignment._cpa import CPA, expected_label
from rules.days import day_of, in_form, stated_date
from rules.facts import Dossier, Stated
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where it is a lifetime certificate and states when it is renewed."""
    return CPA.applies(dossier) and expected_label(dossier) == Label.RENEWAL_DATE and bool(_stated(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note a day that has passed."""
    today = day_of(dossier)
    for stated in _stated(dossier):
        day = stated_date(stated.value)
        if day is not None and day < today:
            yield Finding(
                message=f"The '{Label.RENEWAL_DATE}' of {stated.where.document}, {in_form(day)}, has passed.",
                field=FormField.CPA_DATE,
                where=stated.where,
                said=stated.value,
            )


def _stated(dossier: Dossier) -> tuple[Stated, ...]:
    return tuple(
        stated
        for certificate in CPA.referenced_certificates(dossier)
        if (stated := certificate.stated(Label.RENEWAL_DATE)) is not None and printed(dossier, certificate, stated)
    )


RULE = Rule(
    id="alignment.cpa_renewal",
    title="Renewal dates of lifetime certificates that have passed",
    citation="MP209; New Entry form, CPA_Certificate.expiry_date",
    check=check,
    applies=applies,
)
