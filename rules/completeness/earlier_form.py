"""An earlier form is told from the one that takes its place.

What: where a mail brings a form of its own and attaches an earlier mail with a form of the same device, the earlier one
is named and not judged. Where the two differ in their firmware version, a person is asked whether both are meant.
Why: who answers a return sends the corrected form and attaches the mail that it answers; what was wrong in the old
form is known, and must not return the new one.
Good: the corrected form in the mail itself.
Bad: nothing, where the old form is of the same Device Model; a form of another firmware in an attached mail.
What to do: nothing; or say whether the form in the attached mail is to be judged too, and send it as an attachment of
its own if so.
Clause: guidance section 3, steps 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.earlier import replaces, same_model
from rules.facts import Dossier, Where
from rules.fields import FormField
from rules.finding import Finding
from rules.rule import Rule

_BOTH = "Tell us whether that form is to be judged too; if so, send it as an attachment of its own."


def check(dossier: Dossier) -> Iterator[Finding]:
    """Name each earlier form that this one takes the place of."""
    messages = [document.name for document in dossier.documents if document.media == "message"]
    for other in dossier.earlier:
        if not replaces(dossier.new_entry, other, messages):
            continue
        alike = same_model(dossier.new_entry, other)
        firmware = other.row(FormField.FIRMWARE_VERSION)
        message = (
            f"{other.document} lies in an attached message and is an earlier form of this device; it is not judged."
        )
        if not alike and firmware is not None:
            message = f"{message} Its firmware version is '{firmware.value.strip()}', which is another one."
        yield Finding(
            message=message,
            where=firmware.where if firmware is not None else Where(other.document or ""),
            remedy="" if alike else _BOTH,
            unknown=not alike,
        )


RULE = Rule(
    id="completeness.earlier_form",
    title="An earlier form is told from the one that takes its place",
    citation="Guidance 3, steps 4 and 5",
    check=check,
    applies=lambda dossier: bool(dossier.earlier),
)
