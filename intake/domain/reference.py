"""The reference a submission is known by, in letters and on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHAPE = re.compile(r"CPL-([0-9]{6,12})")
_WITHIN = re.compile(r"(?<![\w-])CPL-([0-9]{6,12})(?![\w-])", re.IGNORECASE | re.ASCII)
MOST_QUOTED = 10

_DASH = "[-\u2010-\u2015\u2212_]"
_WORD = r"(?:ref(?:erence|\.)?|case|no\.?|nr\.?|number|ticket)"
_BETWEEN = rf"\s?{_DASH}\s?|\s*#\s*|\s+{_WORD}[\s:#]*|\s*:?\s*(?=[0-9]{{6}})"
_TYPED = re.compile(
    rf"(?<![\w.:/@-])CPL(?P<sure>{_BETWEEN})?\s*(?P<digits>[0-9]{{1,12}})(?![\w%]|[.:,/][0-9A-Z]|{_DASH}\w)",
    re.IGNORECASE | re.ASCII,
)
"""Neither a version, nor a time, nor the beginning of another name."""
_OTHER_THING = re.compile(
    r"\b(?:models?|meters?|devices?|firmware|fw|hardware|hw|versions?|types?|products?|variants?|builds?|images?"
    r"|releases?|revisions?|rev|files?|parts?|filters?|lists?|annex|section|clause|v)\b\W{0,3}(?:\w+\W{1,2})?\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?:of|to|x|mm|page|(?!is\b|was\b|has\b|this\b|does\b)[a-z]+s)\b", re.IGNORECASE)
_BEFORE = 40
"""Characters in which that is looked for."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FULL = 6


@dataclass(frozen=True, slots=True)
class Typed:
    """A reference as somebody wrote it who did not copy it."""

    number: int
    sure: bool
    """It is written as a reference, and not as two words that stand side by side."""


def reference(number: int) -> str:
    """Format a message's number as a reference, such as ``CPL-000042``."""
    return f"CPL-{number:06d}"


def number_of(text: str) -> int | None:
    """Parse a reference, however it was typed, into its number; None where it is not one."""
    match = _SHAPE.fullmatch(text.strip().upper())
    return int(match.group(1)) if match else None


def references_in(text: str) -> tuple[int, ...]:
    """List the numbers of the references quoted in a text, in order, without duplicates, at most `MOST_QUOTED`."""
    numbers = dict.fromkeys(int(match.group(1)) for match in _WITHIN.finditer(text))
    return tuple(numbers)[:MOST_QUOTED]


def typed_in(text: str) -> Typed | None:
    """Give the one reference that a text names without its zeros or its dash: ``CPL-42``, ``CPL 42``, ``CPL000042``.

    None where it names several, for nobody could tell which is meant, or none. The number of a model, a version or a
    year is none.
    """
    typed = {named.number: named for named in sorted(_typed(text), key=lambda named: named.sure)}
    return next(iter(typed.values())) if len({*typed, *references_in(text)}) == 1 and typed else None


def names_a_reference(text: str) -> bool:
    """Tell whether a text names what is written as a reference of ours, whether there is such a one or not."""
    return bool(references_in(text)) or any(typed.sure for typed in _typed(text))


def _typed(text: str) -> Iterator[Typed]:
    for match in _TYPED.finditer(text):
        digits = match["digits"]
        other = _OTHER_THING.search(text[max(0, match.start() - _BEFORE) : match.start()])
        counted = len(digits) < _FULL and _COUNTED.match(text, match.end())
        if int(digits) and not other and not counted and not _YEAR.fullmatch(digits):
            yield Typed(int(digits), sure=match["sure"] is not None)
