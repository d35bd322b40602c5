"""What becomes of a signed container when every digest has been compared; the same for Office and OpenDocument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.signatures.canonical import Element
from intake.signatures.refused import HASH_FAILURE, SIGNED_DATA_NOT_FOUND
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage

_MAX_LISTED = 10


def undermined(found: Verified, changed: Sequence[str], missing: Sequence[str]) -> Verified | None:
    """The signature where it fails, by its digests or before; None where it holds.

    Args:
        found: what is known of its value.
        changed: names of what has another digest than it states.
        missing: names of what it covers and is not there.
    """
    if changed:
        reason = f"Changed since it was signed: {listed(changed)}."
        return replace(found, intact=False, failure=HASH_FAILURE, reasons=(reason, *found.reasons))
    if missing:
        reason = f"Signed, but not there: {listed(missing)}."
        failure = found.failure or SIGNED_DATA_NOT_FOUND
        return replace(found, intact=False, failure=failure, reasons=(*found.reasons, reason))
    return replace(found, intact=True) if found.failure else None


def holding(found: Verified, uncovered: Iterable[str], notes: Iterable[str] = ()) -> Verified:
    """The signature that holds, with what it leaves out."""
    left = tuple(uncovered)
    return replace(
        found,
        intact=True,
        coverage=Coverage.PARTIAL if left else Coverage.ENTIRE,
        uncovered=left,
        reasons=(f"COVERAGE_PARTIAL: The signature leaves out {listed(left)}.",) if left else (),
        notes=tuple(notes),
    )


def is_within(element: Element, covered: Sequence[Element]) -> bool:
    """Whether an element is one of these, or lies in one."""
    return any(each in covered for each in (element, *element.iterancestors()))


def listed(names: Sequence[str]) -> str:
    """Some names for a sentence; a long list is cut."""
    more = len(names) - _MAX_LISTED
    return ", ".join(names[:_MAX_LISTED]) + (f" and {more} more" if more > 0 else "")
