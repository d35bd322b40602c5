"""A ZigBee or DLMS certificate states no day of its own end that has passed.

What: where such a certificate says until when it is valid, or for how long from its issue, that day has not passed on
the day of the check. Neither scheme gives its certificates an end, so nothing demands one; where none is stated there
is nothing to compare. A day that can be read in two ways counts as doubtful where one of them has passed.
Why: a certificate that calls itself ended is no proof of anything, however its scheme's certificates usually are.
Good: no such day; `valid until 14/03/2031`.
Bad: `valid until 14/03/2025`, judged on 20/11/2026.
What to do: send the certificate that took its place, or have the body that issued it confirm that it still counts.
Clause: guidance appendix A 2.8 and 2.12; SEC F2.1 and F2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.alignment._compare import printed
from rules.alignment._device_model import ZIGBEE
from rules.alignment._dlms import DLMS
from rules.alignment._identity import Scheme
from rules.days import day_of, days_after, in_either_order, in_form, last_day, months_after, stated_date
from rules.facts import AssuranceCertificate, Dossier, Stated
from rules.fields import FormGroup, Label
from rules.finding import Finding
from rules.rule import Rule
from rules.text import shown

_SCHEMES: tuple[tuple[Scheme, FormGroup, Label], ...] = (
    (ZIGBEE, FormGroup.ZSE_CERTIFICATE, Label.CERTIFICATION_DATE),
    (DLMS, FormGroup.DLMS_CERTIFICATE, Label.DATE_OF_ISSUE),
)
"""With the group of the form's fields, and the label of the day of issue."""
_TERM = re.compile(
    r"(?P<number>[0-9]+|[a-z]+)(?: ?\([0-9]+\))?[ -](?:calendar )?(?P<unit>year|month|week|day)", re.IGNORECASE
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12,
}  # fmt: skip
_MONTHS = {"year": 12, "month": 1}
_DAYS = {"week": 7, "day": 1}


@dataclass(frozen=True, slots=True)
class _End:
    """What a certificate says of its end."""

    group: FormGroup
    certificate: AssuranceCertificate
    stated: Stated
    days: tuple[date, ...]
    """Every day that may be meant; none where the words cannot be read as one."""


def applies(dossier: Dossier) -> bool:
    """Apply where the certificate that the form means states an end."""
    return any(True for _ in _ends(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about an end that has passed, or that cannot be read."""
    today = day_of(dossier)
    for end in _ends(dossier):
        name, days = end.certificate.document, sorted(end.days)
        if not days:
            told = f"{name} says until when it is valid, and we cannot read '{shown(end.stated.value)}' as a day."
            yield _finding(end, told, remedy="Tell us which day it is, and whether the certificate is still valid.")
        elif days[-1] < today:
            told = f"{name} says that it is valid until {in_form(days[-1])}; your submission is dated {in_form(today)}."
            yield _finding(end, told, fails=True)
        elif days[0] < today:
            either = " or ".join(map(in_form, days))
            told = f"{name} says that it is valid until {either}; your submission is dated {in_form(today)}."
            yield _finding(end, told, remedy="Tell us which of the two days it is.")


def _ends(dossier: Dossier) -> Iterator[_End]:
    for scheme, group, issue in _SCHEMES:
        for certificate in scheme.referenced_certificates(dossier) if scheme.applies(dossier) else ():
            stated = certificate.stated(Label.EXPIRY_DATE)
            if stated is None or not printed(dossier, certificate, stated) or not _speaks_of_a_day(stated.value):
                continue
            yield _End(group, certificate, stated, tuple(_days(stated.value, certificate.stated(issue))))


def _speaks_of_a_day(text: str) -> bool:
    """Whether it may be a day or a term; `unlimited` or `n/a` is none."""
    return any(map(str.isdigit, text)) or _TERM.search(text) is not None


def _days(text: str, issued: Stated | None) -> Iterator[date]:
    text = text.strip(" .,;")
    term = _TERM.search(text)
    if term is None:
        yield from in_either_order(text) or filter(None, [last_day(text)])
        return
    first = stated_date(issued.value) if issued is not None else None
    word = term["number"].casefold()
    number = int(word) if word.isdigit() else _NUMBERS.get(word)
    if first is None or number is None:
        return
    unit = term["unit"].casefold()
    yield months_after(first, number * _MONTHS[unit]) if unit in _MONTHS else days_after(first, number * _DAYS[unit])


def _finding(end: _End, message: str, *, fails: bool = False, remedy: str = "") -> Finding:
    return Finding(
        message=message,
        field=end.group,
        where=end.stated.where,
        said=shown(end.stated.value),
        unknown=not fails,
        remedy=remedy,
    )


RULE = Rule(
    id="alignment.certificate_end",
    title="No ZigBee or DLMS certificate states an end that has passed",
    citation="Guidance appendix A 2.8 and 2.12; SEC F2.1 and F2.5",
    check=check,
    applies=applies,
)
