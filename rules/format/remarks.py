"""Nothing on the form's sheet speaks against its values.

What: no comment, text box or remark stands on the sheet beside the form, no value is struck through or cannot be read,
and nothing lies over a value.
Why: what a person approves must be what a person can see. A note such as 'not final' is meant for whoever reads the
form, and a program that reads the values alone would pass it over.
Good: the form as SECAS issues it, filled in.
Bad: a comment 'wait for release 9' on the firmware version; a version struck through; white text; a text box with
'draft' in it; 'see e-mail' beside a value.
What to do: say in your e-mail what the remark means, or send the form without it.
Clause: guidance section 3, step 3: the form is completed in the cells that it shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, Remark, RemarkKind
from rules.finding import Finding
from rules.rule import Rule
from rules.text import shown

_MESSAGES = {
    RemarkKind.COMMENT: "A comment on {on} says {words}.",
    RemarkKind.SHAPE: "A text box on the form's sheet says {words}.",
    RemarkKind.APPEARANCE: "{field} is {appearance}: {words}.",
    RemarkKind.COVER: "A picture or a shape lies over {field}.",
    RemarkKind.OUTSIDE: "Beside the form stands {words}.",
}


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every remark in its own words."""
    for remark in dossier.new_entry.remarks:
        yield Finding(
            message=_message(remark),
            field=remark.field,
            where=remark.where,
            said=shown(remark.text) or None,
            expected="the form's own cells, plainly written, and nothing beside them",
        )


def _message(remark: Remark) -> str:
    return _MESSAGES[remark.kind].format(
        words=f"'{shown(remark.text)}'",
        on=remark.field or "the form's sheet",
        field=remark.field,
        appearance=remark.appearance,
    )


RULE = Rule(
    id="format.remarks",
    title="Nothing beside the form speaks against it",
    citation="Guidance 3, step 3",
    check=check,
)
