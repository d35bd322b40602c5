"""A manufacturer's code and name that the list does not know together are noted.

What: the list has the manufacturer_identifier, and where an image is stated, has it with this creator.
Why: a new code or a new spelling may be right; more often one digit or one letter is wrong.
Good: `10:63` with the creator `Landis+Gyr`, as the list has it.
Noted: `10:36`, which no entry has; a creator whom the list has under another code only.
Bad: nothing; this rule only takes note.
What to do: check the code and the name; nothing else needs to be done.
Clause: guidance appendix A 2.7; New Entry form, Manufacturer_Image.creator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import text_named
from rules.published import published, same, same_form
from rules.register._entry import lines, list_given
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form states the manufacturer's code."""
    return list_given(dossier) and text_named(dossier, FormField.MANUFACTURER_IDENTIFIER) is not None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note a code that the list does not have, and a creator whom it does not have with the code."""
    code, creator = text_named(dossier, FormField.MANUFACTURER_IDENTIFIER), text_named(dossier, FormField.IMAGE_CREATOR)
    stated = code.text if code is not None else ""
    of_code = [line for line in lines(dossier) if same(FormField.MANUFACTURER_IDENTIFIER, stated, line)]
    if code is not None and not of_code:
        yield code.fault("is in no entry of the list yet.")
    makers = {same_form(FormField.IMAGE_CREATOR, published(line, FormField.IMAGE_CREATOR)) for line in of_code}
    if creator is not None and same_form(FormField.IMAGE_CREATOR, creator.text) not in makers:
        yield creator.fault(_unknown(dossier, stated, creator.text))


def _unknown(dossier: Dossier, code: str, creator: str) -> str:
    names = _listed(
        published(line, FormField.IMAGE_CREATOR)
        for line in lines(dossier)
        if same(FormField.MANUFACTURER_IDENTIFIER, code, line)
    )
    codes = _listed(
        published(line, FormField.MANUFACTURER_IDENTIFIER)
        for line in lines(dossier)
        if same(FormField.IMAGE_CREATOR, creator, line)
    )
    with_code = f"the list has that code with {names}" if names else "the list has that code with no creator"
    elsewhere = f", and this creator with {codes}" if codes else ""
    return f"is not on the list together with {code}: {with_code}{elsewhere}."


def _listed(values: Iterable[str]) -> str:
    return "; ".join(sorted({value for value in values if value}))


RULE = Rule(
    id="register.manufacturer",
    title="The manufacturer's code and name as the list has them",
    citation="Guidance appendix A 2.7; New Entry form, Manufacturer_Image.creator",
    check=check,
    applies=applies,
)
