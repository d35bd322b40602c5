"""How the numbers of assurance certificates are spelt, and what the spellings of one number share.

The list spells one CPA certificate several ways (``1433053936-1497``, ``NCSC-1433053936-1497``), word processors put
other dashes in a hyphen's place, and forms write the list's prefix ``[E] `` or ``[R] `` before it. Whether two numbers
are the same certificate's is the work of `rules.alignment._identity`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PREFIX = re.compile(r"\[[ER]\]\s*", re.IGNORECASE)
_SCHEME = re.compile(r"(NCSC|CPA|ESME|GSME|SMCH)(?=[0-9])")
MERE_SCHEMES = frozenset({"", "NCSC", "CPA"})
"""They name who certifies, not what."""
_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212]")
"""Dashes that on paper nobody can tell from a hyphen."""


def prefix_of(number: str) -> str:
    """Give the prefix before a CPA certificate's number: ``[E]``, ``[R]`` or nothing."""
    match = _PREFIX.match(number)
    return match[0].strip().upper() if match else ""


def without_prefix(number: str) -> str:
    """Give a CPA certificate's number without the prefix before it."""
    return _PREFIX.sub("", number, count=1) if _PREFIX.match(number) else number


def alphanumeric(number: str) -> str:
    """Give the letters and digits alone, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def hyphened(number: str) -> str:
    """Give the number in capitals without blanks, every dash a hyphen."""
    return re.sub(r"\s", "", _DASHES.sub("-", number)).upper()


def scheme_and_rest(number: str) -> tuple[str, str]:
    """Split a CPA certificate's number: the scheme or device named before its digits, or nothing; and all the rest."""
    plain = alphanumeric(without_prefix(number))
    match = _SCHEME.match(plain)
    return (match[1], plain[match.end() :]) if match else ("", plain)


@lru_cache(maxsize=256)
def spelling_free(number: str) -> str:
    """Give a certificate's number of any kind with nothing left in which spellings of one number differ."""
    return scheme_and_rest(number)[1]


def one_certificate(number: str) -> str:
    """Give what the list's spellings of one CPA certificate's number share; the kind of device it names stays told."""
    scheme, rest = scheme_and_rest(number)
    return rest if scheme in MERE_SCHEMES else f"{scheme} {rest}"


def foreign(number: str) -> bool:
    """Tell whether it holds a letter or digit that only looks like one of ours, and would be lost unseen."""
    return not _DASHES.sub("-", number).isascii()
