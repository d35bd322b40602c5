"""What else was sent is named.

What: papers that name none of the three schemes and no certificate, attached messages whose files were taken, and
pictures too small for a page are named. They decide nothing; what they say against the form is asked about by
completeness.mail_says.
Why: manufacturers send what they have, such as a Wi-Fi certificate or a logo; a person need not look at it, but whoever
decides should know that it is there.
Good: the form and its certificates alone.
Bad: nothing; a further paper is no fault.
What to do: nothing needs to be done.
Clause: guidance section 3, step 5: the form goes with any required assurance certificates.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.completeness._aside import set_aside
from rules.facts import Dossier, Where
from rules.finding import Finding
from rules.rule import Rule

_WHAT = {
    "message": "{} is an attached message; its own text was read, and its files stand beside it.",
    "text": "{} is a text file; its words were read.",
    "image": "{} is a picture too small for a page of print, such as a logo.",
}
_PAPER = "{} names none of the three schemes and no certificate of theirs, and is not needed."


def check(dossier: Dossier) -> Iterator[Finding]:
    """Name each document that needs nobody's look."""
    for document in set_aside(dossier):
        yield Finding(
            message=_WHAT.get(document.media, _PAPER).format(document.name),
            where=Where(document.name),
        )


RULE = Rule(
    id="completeness.further_papers",
    title="What else was sent is named",
    citation="Guidance 3, step 5",
    check=check,
    needs_form=False,
)
