"""What a mail says of its form in other words than the form's: versions in decimal, days in words, how many forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rules.days import stated_date
from rules.patterns import Spelt

_DOTTED = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
_IN_DECIMAL = Spelt(rf"\bfirmware\b[^,;]{{0,20}}?(?<![0-9A-Z.:])({_DOTTED})(?![0-9A-Z]|\.[0-9])", "firmware")
_OCTET = 255
_END_IN_WORDS = Spelt(
    r"\b(?:expir|renewal|valid until|valid to)[^,;]{0,30}?(?<![0-9])"
    r"([0-9]{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? [0-9]{4})\b",
    "expir",
    "renewal",
    "valid",
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FORMS = Spelt(
    rf"\b(?P<number>{'|'.join(_NUMBERS)}|[2-9]|[1-9][0-9])(?: x| \u00d7)? "
    r"(?:(?:completed|signed|separate|new|cpl|entry) )*(?:forms|workbooks|spreadsheets|submissions|new entries)\b",
    "forms",
    "workbooks",
    "spreadsheets",
    "submissions",
    "entries",
)
_SENT = re.compile(
    r"\b(?:attach|enclos|find|herewith|hereby|submit|below|this (?:e-?mail|mail|message)|(?:t?here) are)\w*",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of what came with it, and of no earlier mail."""


def versions_in_decimal(text: str) -> Iterator[str]:
    """Give each firmware version that is written as four numbers: ``1.2.5.12``."""
    yield from (match[1] for match in _IN_DECIMAL.in_(text))


def decimal_in(version: str, on_forms: str) -> bool:
    """Tell whether a form holds four such numbers, each in hexadecimal or its digits as they are.

    Args:
        version: as the mail writes it; anything else than four numbers is held by none.
        on_forms: all the forms' values in capitals, without marks.
    """
    if re.fullmatch(_DOTTED, version) is None:
        return False
    numbers = [int(number) for number in version.split(".")]
    in_hexadecimal = "".join(f"{number:02X}" for number in numbers) if max(numbers) <= _OCTET else None
    as_it_is = "".join(f"{number:02}" for number in numbers)
    return as_it_is in on_forms or (in_hexadecimal is not None and in_hexadecimal in on_forms)


def ends_in_words(text: str) -> Iterator[tuple[str, date]]:
    """Give each day of an end whose month is a word, as it is written and as it is meant."""
    for match in _END_IN_WORDS.in_(text):
        day = stated_date(match[1])
        if day is not None:
            yield match[1], day


def forms_announced(sentences: Sequence[str], sent: int) -> Iterator[tuple[str, int]]:
    """Give each sentence that says that more forms came with it than did, and how many it says.

    Args:
        sentences: of a mail.
        sent: how many forms came.
    """
    for sentence in sentences:
        forms = list(_FORMS.in_(sentence))
        for match in forms if forms and _SENT.search(sentence) else ():
            word = match["number"].casefold()
            number = int(word) if word.isdigit() else _NUMBERS.index(word) + 2
            if number > sent:
                yield sentence, number
