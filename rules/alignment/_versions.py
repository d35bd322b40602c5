"""Comparing codes and versions: in hexadecimal to the letter, in plain words by what they may stand for."""

from __future__ import annotations

import re

from rules.alignment._compare import Agreement, Answer, Compare, Doubt, same_if
from rules.encodings import ANOMALY, Candidate, candidates, code, is_anomaly, settled
from rules.shapes import SHAPES

_HARDWARE = re.compile(r"([0-9A-F]{2}) ?[_:] ?([0-9A-F]{2})")
_BEFORE = re.compile(r"(?:version|ver|v)\b[.:]?\s*(?=[0-9A-F])|v(?=[0-9A-F])", re.IGNORECASE)
"""What people put before a version."""
_MARKS = re.compile(r"[:._ -]|0x|h$", re.IGNORECASE)
_OCTETS = {"hex2": 2, "hex4": 4}
_PAIR = SHAPES["hex1"]

NOT_DERIVED = Answer(Agreement.UNCLEAR, doubt=Doubt.NO_VALUE)
_WHICH = "Tell us which of the two is right, and correct the other."
_NO_SHAPE = Answer(Agreement.UNCLEAR, doubt=Doubt.NO_TEXT)


def version(shape_name: str) -> Compare:
    """Compare a firmware version, which a certificate may state in hexadecimal or in plain words."""
    shape, octets = SHAPES[shape_name], _OCTETS[shape_name]

    def compare(form_value: str, stated: str) -> Agreement | Answer:
        form_value, stated = form_value.upper(), _bare(stated)
        if not shape.fits(form_value):
            return _NO_SHAPE
        if shape.fits(stated.upper()):
            return same_if(form_value == stated.upper())
        if is_anomaly(stated, form_value):
            return _anomalous(form_value, stated, candidates(stated, octets))
        return _among(form_value, candidates(stated, octets), settled(stated, octets))

    return compare


def _anomalous(form_value: str, stated: str, readings: tuple[Candidate, ...]) -> Answer:
    """The pair that the guidance prints though it does not compute: say why, and ask."""
    number, octet = ANOMALY.version[0], form_value.partition(":")[0]
    remark = (
        f"The certificate says '{stated}' and the form {form_value}: {number} is {int(number):02X} in hexadecimal, "
        f"and {octet} is {int(octet, 16)}. (The guidance's own example has this slip: table 2.9, row 3.)"
    )
    return Answer(Agreement.UNCLEAR, readings, remark=remark, remedy=_WHICH)


def _bare(stated: str) -> str:
    """The version without `v` or `Version` before it."""
    match = _BEFORE.match(stated)
    return stated[match.end() :] if match is not None else stated


def identifier(form_value: str, stated: str) -> Agreement | Answer:
    """Compare a manufacturer or model identifier, in whose place a certificate may have a name.

    Digits without any mark may be part of a name, so that a difference from them is unclear.
    """
    shape, form_value = SHAPES["hex2"], form_value.upper()
    if not shape.fits(form_value):
        return _NO_SHAPE
    if shape.fits(stated.upper()):
        return same_if(form_value == stated.upper())
    candidate_values = code(stated, 2)
    answer = _among(form_value, candidate_values, next(iter(candidate_values)) if len(candidate_values) == 1 else None)
    bare = _MARKS.search(stated) is None
    return NOT_DERIVED if answer.agreement is Agreement.DIFFERENT and bare else answer


def _among(form_value: str, candidate_values: tuple[Candidate, ...], certain: Candidate | None) -> Answer:
    """Compare a value with the certain value or its candidates; unclear where there are none."""
    if not candidate_values:
        return NOT_DERIVED
    own = next((candidate for candidate in candidate_values if candidate.value == form_value), None)
    if own is None:
        return Answer(Agreement.DIFFERENT, candidate_values)
    if own == certain:
        return Answer(Agreement.SAME, coding=own)
    return Answer(Agreement.POSSIBLE, candidate_values, own)


def hardware(part: int, other: str) -> Compare:
    """Compare one part of a hardware version written ``VV_RR`` or in plain words.

    Args:
        part: 0 for the version, 1 for the revision.
        other: the form's text of the other part, for both must follow one coding.
    """

    def compare(form_value: str, stated: str) -> Agreement | Answer:
        pair = (form_value.upper(), other.upper()) if part == 0 else (other.upper(), form_value.upper())
        if not _PAIR.fits(pair[part]):
            return _NO_SHAPE
        stated = _bare(stated)
        if match := _HARDWARE.fullmatch(stated.upper()):
            return same_if(match[part + 1] == pair[part])
        return _part(part, pair, stated)

    return compare


def _is_one_part(candidate_values: tuple[Candidate, ...]) -> bool:
    """Tell whether the words hold one number alone, of which nobody can say which part of the version it is."""
    values = {candidate.value for candidate in candidate_values}
    return any(":".join(reversed(value.split(":"))) in values for value in values if len(set(value.split(":"))) > 1)


def _part(part: int, pair: tuple[str, str], stated: str) -> Answer:
    """Compare one byte of a value in plain words, by itself and by the coding it would need."""
    candidate_values = candidates(stated, 2)
    octets = tuple({candidate.value.split(":")[at] for candidate in candidate_values} for at in (0, 1))
    if not candidate_values:
        return NOT_DERIVED
    if pair[part] not in octets[part]:
        either = _is_one_part(candidate_values) and not octets[0].isdisjoint(pair)
        return NOT_DERIVED if either else Answer(Agreement.DIFFERENT, candidate_values)
    whole = _among(":".join(pair), candidate_values, settled(stated, 2))
    if whole.agreement is Agreement.DIFFERENT and pair[1 - part] in octets[1 - part]:
        return whole
    if whole.agreement is Agreement.SAME:
        return whole
    if len(octets[part]) == 1:
        return Answer(Agreement.SAME, coding=whole.coding)
    return Answer(Agreement.POSSIBLE, candidate_values, whole.coding)
