"""The form is an edition that this program knows, and the one of the day.

What: the edition is recognised by the set of its row labels, not by its date or its place in the workbook.
A row that the edition does not have is asked about, and so is an edition that has been replaced.
Why: rows come and go; a form of an edition nobody here knows must be judged by a person.
Good: the New Entry tab of the latest workbook, as issued.
Bad: a table of one's own with other labels; a form of 2017; the form with a row added.
What to do: download the latest workbook from the SEC website, complete its 'CPL - New Entry' tab and send that.
Clause: guidance section 3, steps 1 to 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.days import day_of, in_form
from rules.facts import Dossier, Where
from rules.finding import Finding
from rules.form import profile_of
from rules.profile import Profile
from rules.rule import Rule
from rules.text import shown


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about an unknown edition, a replaced one, and rows that it does not have."""
    profile = profile_of(dossier)
    if profile is None:
        message = "The rows of this form are not those of any edition of the New Entry form known here."
        yield Finding(message=message, where=_place(dossier), expected="the latest New Entry form", unknown=True)
        return
    yield from _replaced(profile, dossier)
    for row in dossier.new_entry.rows:
        if profile.field(row.field) is None:
            message = f"{row.field} is not a row of the edition {profile.edition} of the form."
            yield Finding(message=message, field=row.field, where=row.where, said=shown(row.value))


def _replaced(profile: Profile, dossier: Dossier) -> Iterator[Finding]:
    if profile.replaced_on is not None and day_of(dossier) >= profile.replaced_on:
        message = f"This form's edition, {profile.edition}, was replaced on {in_form(profile.replaced_on)}."
        yield Finding(message=message, where=_place(dossier), said=profile.edition, expected="the latest edition")


def _place(dossier: Dossier) -> Where | None:
    entry = dossier.new_entry
    return Where(entry.document, sheet=entry.sheet) if entry.document is not None else None


RULE = Rule(
    id="format.form_edition",
    title="The form is a known and current edition",
    citation="Guidance 3, steps 1 to 4",
    check=check,
)
