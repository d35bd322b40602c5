"""What the form says of its rows, read from the form's own column 'Format'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.demo.form_rows import EDITIONS, Line

UPGRADE_PATH = "upgrade path"
_OCTETS = re.compile(r"Up to ([0-9]+) octets")
_PAIRS = re.compile(r"XX(:XX)*")
_ADDRESS = re.compile("email", re.IGNORECASE)


def octets_of(line: Line) -> int | None:
    """The greatest length of a free text or a number; None for hexadecimal, dates, choices and SECAS's own."""
    match = _OCTETS.match(line.form)
    return int(match[1]) if match and not line.choices and UPGRADE_PATH not in line.field.casefold() else None


def pairs_of_digits(line: Line) -> int:
    """How many pairs of hexadecimal digits the cell holds; 0 for others."""
    if line.form.startswith("32 hex pairs"):
        return 32
    match = _PAIRS.match(line.form)
    return len(match[0].split(":")) if match else 0


def is_number_of_certificate(line: Line) -> bool:
    """Whether only printable ASCII may stand in it, with nothing around."""
    return line.attribute == "identification_number"


def is_address(line: Line) -> bool:
    """Whether it holds e-mail addresses."""
    return _ADDRESS.search(line.attribute) is not None and octets_of(line) is not None


FREE = frozenset(
    line.field
    for lines in EDITIONS.values()
    for line in lines
    if octets_of(line) and not is_number_of_certificate(line)
)
"""Texts that people read and no machine."""


PADDED = {"2017-12": frozenset({"SMETS/CHTS Version.Version_number", "GBCS Version.version_number"})}
"""Cells whose list had blanks behind its values, so that blanks are nobody's fault."""


def full(line: Line) -> Iterator[tuple[str, str]]:
    """Texts of exactly the greatest length that a form may state without its certificate changing."""
    most = octets_of(line) or 0
    if is_number_of_certificate(line):
        return
    if is_address(line):
        yield f"{most} octets", "a" * (most - 13) + "@ashdown.test"
        return
    yield f"{most} octets", "n" * most
    yield f"{most} octets in longer characters", "\N{LATIN SMALL LETTER E WITH ACUTE}" * (most // 2) + "n" * (most % 2)


def too_long(line: Line) -> Iterator[tuple[str, str]]:
    """Texts of one octet more."""
    most = octets_of(line) or 0
    if is_address(line):
        yield "one octet too long", "a" * (most - 12) + "@ashdown.test"
        return
    yield "one octet too long", "n" * (most + 1)
    if not is_number_of_certificate(line):
        yield "one octet too long by its last character", "n" * (most - 1) + "\N{LATIN SMALL LETTER E WITH ACUTE}"
