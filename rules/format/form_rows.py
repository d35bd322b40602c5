"""Every row of the form is there, once.

What: no row of the form's edition is missing, and none stands twice.
Why: of a row that stands twice nobody can say which value is meant, and what is missing cannot be judged.
Good: the form as issued: one row for each Data Group and Data Attribute.
Bad: a form without the row Device_Model.firmware_version, or with two of them.
What to do: download the form again and copy the values into it; its rows are locked and must stay as they are.
Clause: guidance section 3, step 3: the tab is locked but for the cells to be completed.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, FormRow, Where, folded
from rules.finding import Finding
from rules.form import profile_of, recognised
from rules.profile import Field, Profile
from rules.rule import Rule
from rules.text import shown


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every row that is missing or stands more than once."""
    profile = profile_of(dossier)
    for field in profile.fields if profile else ():
        rows = field.rows_in(dossier.new_entry)
        if not rows and field.certain:
            yield _missing(field, profile, dossier)
        yield from _doubles(field, rows)


def _missing(field: Field, profile: Profile | None, dossier: Dossier) -> Finding:
    edition = profile.edition if profile else ""
    document = dossier.new_entry.document
    return Finding(
        message=f"The row {field.name} of the edition {edition} of the form is missing.",
        field=field.name,
        where=Where(document, sheet=dossier.new_entry.sheet) if document is not None else None,
        expected="the row, as in the form that SECAS issues",
    )


def _doubles(field: Field, rows: tuple[FormRow, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for row in rows:
        label = folded(row.field)
        if label in seen:
            yield _double(row.field if field.also else field.name, row)
        seen.add(label)


def _double(name: str, again: FormRow) -> Finding:
    return Finding(
        message=f"The row {name} stands more than once.",
        field=name,
        where=again.where,
        said=shown(again.value),
        expected="the row once",
    )


RULE = Rule(
    id="format.form_rows",
    title="Every row of the form is there, once",
    citation="Guidance 3, step 3",
    check=check,
    applies=recognised,
)
