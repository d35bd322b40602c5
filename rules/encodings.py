"""Every value that a version in plain words may stand for, and the coding by which it does.

A certificate may say ``12.3 (Stack 1.2.3.4)`` where the form says ``12:03:12:34``.
Nothing says which coding a manufacturer used, so a text has a set of candidates, each under one coding throughout:
a value whose parts follow different codings is no candidate.

Two kinds of choice make a text ambiguous: the coding of its numbers (``12`` is 0C or 12), and, where it does not fill
every octet, the end at which it stands. `settled` says when a text still gives one value for certain:

- all codings agree (``1.2.5.6``), or one alone fits. So with row 1 of the guidance's table 2.9: a stack of four digits
  has room in two octets only digit by digit, which fixes the coding of the whole as BCD;
- a stack of two numbers is hexadecimal coding (row 2; a BCD stack is printed digit by digit, as in row 1), if
  application and stack both tell the codings apart, so that each bears witness for the other. ``12.3`` alone has no
  such witness, and neither has ``12.3 (Stack 1.2)``;
- numbers that are hexadecimal already, and fewer than the octets, stand in the last ones (row 4).

A text settles one value at most, so that no two forms can both pass on the strength of one certificate.
Row 3 of the table (``14.7`` as 0D:07) does not compute and has no place here; see `ANOMALY`.
Clause: guidance appendix A 2.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_OCTET = 255
_PAIR = 2
_FIRMWARE = 4
"""Octets of a firmware version, the last two of which are the stack's where one is named."""


class Numbers(StrEnum):
    """How each number becomes octets."""

    DECIMAL = "each decimal number written as one hexadecimal byte"
    DIGITS = "each number's decimal digits kept (BCD)"
    EITHER = "each number written as one byte, which is the same in hexadecimal and BCD coding"
    LITERAL = "each number taken as hexadecimal already"
    WIDE = "each decimal number written in hexadecimal over as many bytes as it has pairs of digits"


class Place(StrEnum):
    """Where the octets stand."""

    FILLED = "filling every byte"
    LEFT = "left aligned"
    RIGHT = "right aligned"


class StackPlace(StrEnum):
    """Where the stack's version stands, if the certificate names one."""

    NONE = ""
    NUMBERS = "the stack in the last two bytes"
    DIGITS = "the stack digit by digit in the last two bytes"


@dataclass(frozen=True, slots=True)
class Coding:
    """One way of writing a version in octets."""

    numbers: Numbers
    place: Place
    stack: StackPlace = StackPlace.NONE
    words_left_out: bool = False

    def __str__(self) -> str:
        """Say it in plain English."""
        words = "text left out" if self.words_left_out else ""
        return ", ".join(part for part in (self.numbers, self.place, self.stack, words) if part)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a text may stand for."""

    value: str
    """Pairs of hexadecimal digits joined by colons, as on the form."""
    coding: Coding

    def __str__(self) -> str:
        """The value and its coding."""
        return f"{self.value} ({self.coding})"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A mapping that the guidance prints although no coding gives it."""

    version: tuple[str, ...]
    value: str


ANOMALY = Anomaly(("14", "7"), "0D:07:00:00")
"""Row 3 of table 2.9: 14 is 0E, or 14 in BCD, and never 0D. A person decides; no coding is stretched for it."""


@dataclass(frozen=True, slots=True)
class _Version:
    """What a text says, in numbers."""

    application: tuple[str, ...]
    stack: tuple[str, ...] = ()
    words: bool = False

    @property
    def numbers(self) -> tuple[str, ...]:
        return (*self.application, *self.stack)


def candidates(text: str, octets: int) -> tuple[Candidate, ...]:
    """Give every value of so many octets that the text may stand for.

    Args:
        text: as a certificate prints it.
        octets: of the form's field: 2 or 4.

    Returns:
        Each value once, with the first coding that gives it; empty where no version can be derived from the text.
    """
    if spelt := code(text, octets):
        return spelt
    version = _version(text)
    return _once(_coded(version, octets)) if version is not None else ()


def settled(text: str, octets: int) -> Candidate | None:
    """Give the only value that the text can mean; None where a person must choose."""
    candidates_found = candidates(text, octets)
    if len(candidates_found) <= 1:
        return next(iter(candidates_found), None)
    first, second = candidates_found[0], candidates_found[1]
    if first.coding.numbers is Numbers.LITERAL:
        return _last(text, candidates_found)
    apart = first.value[:5] != second.value[:5] and first.value[6:] != second.value[6:]
    both_full = first.coding.place is second.coding.place is Place.FILLED
    return first if apart and both_full and first.coding.stack is StackPlace.NUMBERS else None


def code(text: str, octets: int) -> tuple[Candidate, ...]:
    """Read a text of hexadecimal digits only, in other spellings than the form's.

    ``0x12031234``, ``0C-03-0C-22``, ``0C030C22``; digits alone may be decimal numbers too. Empty for all else.
    """
    plain = " ".join(text.split())
    if match := _MARKED.fullmatch(plain):
        digits = (match[1] or match[2]).upper()
        fits = len(digits) <= _PAIR * octets
        place = Place.FILLED if len(digits) == _PAIR * octets else Place.RIGHT
        value = _pairs(digits.zfill(_PAIR * octets))
        return (Candidate(value, Coding(Numbers.LITERAL, place)),) if fits else ()
    if _GROUPED.fullmatch(plain) is None:
        return ()
    groups = _SEPARATOR.split(plain.upper())
    digits = "".join(groups)
    if len(digits) != _PAIR * octets or any(len(group) % _PAIR for group in groups):
        return ()
    return _spelt(groups, colons=":" in plain)


def speaks_of_others(text: str) -> bool:
    """Tell whether words in the text make its version another one than it names, or several: `1.2.5.6 and later`."""
    return any(word.strip(".-").casefold() in _OF_OTHERS for word in _BETWEEN.split(text))


def is_anomaly(text: str, value: str) -> bool:
    """Tell whether this is the mapping of the guidance that does not compute."""
    version = _version(text)
    return value == ANOMALY.value and version is not None and version.numbers == ANOMALY.version


_MARKED = re.compile(r"0[xX]([0-9A-Fa-f]+)|([0-9][0-9A-Fa-f]*)[hH]")
_SEPARATOR = re.compile(r"[:._ -]")
_GROUPED = re.compile(r"(?=.*[0-9])[0-9A-Fa-f]+([:._ -][0-9A-Fa-f]+)*")
_STACK = re.compile(
    r"[(\[]?\b(?i:stack\b(?: (?:version|release|ver|v)\b\.?)?) ?[:=]? ?[vV]?"
    r"([0-9][0-9A-F]*(?:\.[0-9A-F]+)*)(?=[\s)\],;]|$) ?[)\]]?"
)
_BETWEEN = re.compile(r"[\s()\[\],;:=]+")
_NUMBERS = re.compile(r"([A-Za-z]*)\.?([0-9][0-9A-F]*(?:\.[0-9A-F]+)*|[0-9]+_[0-9]+)\.?")
_HEXADECIMAL = frozenset("ABCDEF")
_OF_VERSIONS = frozenset(
    ["version", "ver", "v", "release", "rel", "revision", "rev", "r", "firmware", "fw", "hardware", "hw", "application"]
)
"""Words beside which a single number is a version."""
_OF_OTHERS = frozenset((
    "and", "or", "above", "below", "before", "after", "from", "since", "until", "till", "to", "up", "upto", "than",
    "through", "onward", "onwards", "later", "earlier", "newer", "older", "higher", "lower", "greater", "less",
    "least", "most", "min", "max", "minimum", "maximum", "not", "except", "excepting", "excluding", "exclusive",
    "without", "prior", "between", "beyond", "previous", "previously", "former", "formerly", "predecessor",
    "successor", "replaces", "replaced", "replacing", "supersedes", "superseded", "superseding", "withdrawn",
    "revoked", "obsolete", "deprecated", "cancelled", "beta", "alpha", "draft", "preliminary", "provisional",
    "bootloader", "boot",
))  # fmt: skip
"""Words by which a version speaks of other ones, of none, or of another program than the firmware.

The guidance leaves text out that merely stands beside a version; these change what the version says.
"""

_UNFINISHED = frozenset((
    "test", "debug", "prototype", "sample", "trial", "pilot", "engineering", "development", "dev", "internal",
    "candidate", "rc", "snapshot", "unreleased", "pre-release", "prerelease", "experimental", "patch", "patched",
    "hotfix", "interim",
))  # fmt: skip
"""Words beside a version of firmware that is not the one which was released under it."""
_LETTERED = re.compile(r"\b(?:rev|revision|issue|variant|build|edition)\b\.? ?[A-Z]\b", re.IGNORECASE)
"""`rev B` is another one than `rev A`."""


def _spelt(groups: list[str], *, colons: bool) -> tuple[Candidate, ...]:
    """The digits as they stand; where they are all decimal, and no colon says otherwise, also as decimal numbers."""
    digits = "".join(groups)
    decimal = digits.isdecimal()
    kept = Candidate(_pairs(digits), Coding(Numbers.DIGITS if decimal else Numbers.LITERAL, Place.FILLED))
    wide = [f"{int(group):0{len(group)}X}" for group in groups] if decimal and not colons else []
    numbers = Numbers.DECIMAL if all(len(group) == _PAIR for group in groups) else Numbers.WIDE
    as_numbers = [Candidate(_pairs("".join(wide)), Coding(numbers, Place.FILLED))] if wide else []
    return _once(iter([*as_numbers, kept]))


def _version(text: str) -> _Version | None:
    """Find the one version in the text; None where there is none, several, or anything doubtful about it.

    Digits beside it, letters behind it, and letters before it that may be hexadecimal are doubtful.
    """
    plain = " ".join(text.split())
    if not plain.isascii():
        return None
    stacks = _STACK.findall(plain)
    rest = _STACK.sub(" ", plain)
    if len(stacks) > 1 or "stack" in rest.casefold():
        return None
    words = _BETWEEN.split(rest)
    numeric = [word for word in words if _has_digit(word)]
    match = _NUMBERS.fullmatch(numeric[0]) if len(numeric) == 1 else None
    if match is None or (match[1] and set(match[1].upper()) <= _HEXADECIMAL):
        return None
    application = tuple(re.split(r"[._]", match[2]))
    beside = {word.strip(".-").casefold() for word in words if not _has_digit(word)} - {""}
    others = beside | ({match[1].casefold()} - {""})
    if speaks_of_others(plain) or (len(application) == 1 and not others <= _OF_VERSIONS):
        return None
    if beside & _UNFINISHED or _LETTERED.search(rest):
        return None
    return _Version(application, tuple(stacks[0].split(".")) if stacks else (), words=bool(others))


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _coded(version: _Version, octets: int) -> Iterator[Candidate]:
    """Write the version under each coding, at each end."""
    if version.stack and octets != _FIRMWARE:
        return
    decimal = all(number.isdecimal() for number in version.numbers)
    for numbers in (Numbers.DECIMAL, Numbers.DIGITS) if decimal else (Numbers.LITERAL,):
        yield from _under(numbers, version, octets)


def _under(numbers: Numbers, version: _Version, octets: int) -> Iterator[Candidate]:
    room = octets - _PAIR if version.stack else octets
    application = _octets(version.application, numbers)
    if application is None or len(application) > room:
        return
    if not version.stack:
        for place, value in _aligned(application, room):
            yield Candidate(":".join(value), Coding(numbers, place, words_left_out=version.words))
        return
    where = StackPlace.DIGITS if _digit_by_digit(version.stack, numbers) else StackPlace.NUMBERS
    stack = _packed(version.stack) if where is StackPlace.DIGITS else _octets(version.stack, numbers)
    if stack is None or len(stack) > _PAIR:
        return
    for place, first in _aligned(application, room):
        for other, last in _aligned(stack, _PAIR):
            if Place.FILLED in {place, other} or place is other:
                whole = place if other is Place.FILLED else other
                yield Candidate(":".join((*first, *last)), Coding(numbers, whole, where, version.words))


def _octets(version: tuple[str, ...], numbers: Numbers) -> tuple[str, ...] | None:
    """Code each number as one octet; None where one does not fit."""
    if numbers is Numbers.DECIMAL:
        # the length first: a number of thousands of digits is not worth reading
        fits = all(len(number) <= len(str(_OCTET)) and int(number) <= _OCTET for number in version)
        return tuple(f"{int(number):02X}" for number in version) if fits else None
    return tuple(number.zfill(_PAIR) for number in version) if all(len(part) <= _PAIR for part in version) else None


def _digit_by_digit(stack: tuple[str, ...], numbers: Numbers) -> bool:
    """Four single digits, which two octets can hold in BCD only."""
    return numbers is Numbers.DIGITS and len(stack) == 2 * _PAIR and all(len(number) == 1 for number in stack)


def _packed(digits: tuple[str, ...]) -> tuple[str, ...]:
    return ("".join(digits[:_PAIR]), "".join(digits[_PAIR:]))


def _aligned(written: tuple[str, ...], room: int) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """The octets at either end of their room; the others are zero."""
    empty = ("00",) * (room - len(written))
    if not empty:
        yield Place.FILLED, written
    else:
        yield Place.LEFT, (*written, *empty)
        yield Place.RIGHT, (*empty, *written)


def _once(candidates_found: Iterator[Candidate]) -> tuple[Candidate, ...]:
    """Each value once; one that hexadecimal and BCD coding both give is said to be so."""
    by_value: dict[str, Candidate] = {}
    for candidate in candidates_found:
        earlier = by_value.setdefault(candidate.value, candidate)
        if {earlier.coding.numbers, candidate.coding.numbers} == {Numbers.DECIMAL, Numbers.DIGITS}:
            either = Coding(Numbers.EITHER, earlier.coding.place, earlier.coding.stack, earlier.coding.words_left_out)
            by_value[candidate.value] = Candidate(candidate.value, either)
    return tuple(by_value.values())


def _last(text: str, candidates_found: tuple[Candidate, ...]) -> Candidate | None:
    """The right aligned of two, where the text is a version of several numbers and names no stack."""
    version = _version(text)
    several = version is not None and len(version.application) > 1 and not version.stack
    return (
        next((candidate for candidate in candidates_found if candidate.coding.place is Place.RIGHT), None)
        if several
        else None
    )


def _pairs(digits: str) -> str:
    return ":".join(digits[at : at + _PAIR] for at in range(0, len(digits), _PAIR))
