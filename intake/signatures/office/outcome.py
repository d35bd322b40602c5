"""Builds the result of a container's signature from its compared digests, for Office and OpenDocument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.signatures.refused import HASH_FAILURE, SIGNED_DATA_NOT_FOUND
from intake.signatures.verified import Verified
from intake.signatures.xml.canonical import Element
from rules.signature_facts import Coverage

_MAX_LISTED = 10


def undermined(verified: Verified, changed: Sequence[str], missing: Sequence[str]) -> Verified | None:
    """Build the failed signature, by its digests or before; None where it holds.

    Args:
        verified: what is known of its value.
        changed: names of what has another digest than it states.
        missing: names of what it covers and is not there.
    """
    if changed:
        reason = f"Changed since it was signed: {listed(changed)}."
        return replace(verified, intact=False, failure=HASH_FAILURE, reasons=(reason, *verified.reasons))
    if missing:
        reason = f"Signed, but not there: {listed(missing)}."
        failure = verified.failure or SIGNED_DATA_NOT_FOUND
        return replace(verified, intact=False, failure=failure, reasons=(*verified.reasons, reason))
    return replace(verified, intact=True) if verified.failure else None


def holding(verified: Verified, uncovered: Iterable[str], notes: Iterable[str] = ()) -> Verified:
    """Build the signature that holds, with what it leaves out."""
    left = tuple(uncovered)
    return replace(
        verified,
        intact=True,
        coverage=Coverage.PARTIAL if left else Coverage.ENTIRE,
        uncovered=left,
        reasons=(f"COVERAGE_PARTIAL: The signature leaves out {listed(left)}.",) if left else (),
        notes=(*verified.notes, *notes),
    )


def is_within(element: Element, covered: Sequence[Element]) -> bool:
    """Tell whether an element is one of these, or lies in one."""
    return any(ancestor in covered for ancestor in (element, *element.iterancestors()))


def listed(names: Sequence[str]) -> str:
    """Format names for a sentence; cut a long list."""
    more = len(names) - _MAX_LISTED
    return ", ".join(names[:_MAX_LISTED]) + (f" and {more} more" if more > 0 else "")
