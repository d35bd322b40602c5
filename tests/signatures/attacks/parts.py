"""Small changes to a package, from which attacks are made."""

from __future__ import annotations

from collections.abc import Callable

from signatures.signer import ROOT, SIG, TYPES

Parts = dict[str, bytes]
Change = Callable[[Parts], None]
PARTIAL = "COVERAGE_PARTIAL"
FORMAT = "FORMAT_FAILURE"
HASH = "HASH_FAILURE"
CRYPTO = "SIG_CRYPTO_FAILURE"
MISSING = "SIGNED_DATA_NOT_FOUND"
NOBODY = "NO_SIGNING_CERTIFICATE_FOUND"
Case = tuple[str, Change]
"""What is to be said of the attack, and the change that is the attack."""
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def swap(parts: Parts, name: str, old: str, new: str, count: int = 1) -> None:
    """Replace a text of a part; it must be there."""
    assert old.encode() in parts[name], f"{old} is not in {name}"
    parts[name] = parts[name].replace(old.encode(), new.encode(), count)


def swapped(name: str, old: str, new: str, count: int = 1) -> Change:
    return lambda parts: swap(parts, name, old, new, count)


def in_signature(old: str, new: str, count: int = 1) -> Change:
    return swapped(SIG, old, new, count)


def in_types(old: str, new: str) -> Change:
    return swapped(TYPES, old, new)


def in_root(old: str, new: str) -> Change:
    return swapped(ROOT, old, new)


def moved(old: str, new: str) -> Change:
    """Rename a part, and nothing that names it."""

    def change(parts: Parts) -> None:
        parts[new] = parts.pop(old)

    return change


def added(name: str, content: bytes) -> Change:
    def change(parts: Parts) -> None:
        parts[name] = content

    return change


def gone(name: str) -> Change:
    def change(parts: Parts) -> None:
        del parts[name]

    return change


def all_of(*changes: Change) -> Change:
    def change(parts: Parts) -> None:
        for change in changes:
            change(parts)

    return change
