"""A standard CPA certificate has not expired and does not run for more than six years.

What: for a number with the prefix `[E] `, the expiry date is the day of the check or later, and at most six years
ahead. A lifetime certificate (`[R] `) may state any day as its renewal date. Before 1 August 2022, and in the
editions without prefixes, there were standard certificates only. An update of an entry must state what the list has, so
of a day that has passed there a person decides.
Why: an entry is Current only while its CPA certificate is; six years is the longest that a standard one runs.
Good: on 21/09/2022, every day from 21/09/2022 to 21/09/2028.
Bad: on 21/09/2022, `20/09/2022` and `22/09/2028`.
What to do: check the date on the certificate; where it has passed, send the certificate that took its place.
Clause: New Entry form, CPA_Certificate.expiry_date, column 'Valid values'; guidance section 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.days import day_of, form_date, in_form, years_after
from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import recognised, text_named
from rules.register._entry import as_listed
from rules.rule import Rule
from rules.text import as_printed

_YEARS = 6
EXPIRES = "[E] "
RENEWS = "[R] "


def applies(dossier: Dossier) -> bool:
    """Apply where a date is stated, unless it is the renewal date of a lifetime certificate."""
    number = text_named(dossier, FormField.CPA_NUMBER)
    stated = recognised(dossier) and text_named(dossier, FormField.CPA_DATE) is not None
    return stated and not (number is not None and number.field.prefixes and as_printed(number.text).startswith(RENEWS))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of a day before the day of the check or more than six years after it."""
    cell = text_named(dossier, FormField.CPA_DATE)
    day = form_date(cell.text) if cell is not None else None
    first = day_of(dossier)
    last = years_after(first, _YEARS)
    if cell is None or day is None or first <= day <= last:
        return
    number = text_named(dossier, FormField.CPA_NUMBER)
    prefixes = number.field.prefixes_on(first) if number is not None else ()
    certain = number is not None and (not prefixes or as_printed(number.text).startswith(EXPIRES))
    fault = cell.fault(
        "has passed." if day < first else f"is more than {_YEARS} years ahead.",
        expected=f"a day from {in_form(first)} to {in_form(last)}, unless the certificate is a lifetime one ([R])",
        unknown=not certain or as_listed(dossier, cell),
    )
    yield replace(fault, rests_on=(cell.field.name,))  # where the certificate has another date, that comes first


RULE = Rule(
    id="format.expiry_window",
    title="The CPA certificate is in date",
    citation="New Entry form, CPA_Certificate.expiry_date, column 'Valid values'; guidance 8",
    check=check,
    applies=applies,
)
