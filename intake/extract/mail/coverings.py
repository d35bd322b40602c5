"""Which parts of a mail lie inside which of its signatures, noted while the mail is taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intake.signatures.verified import Verified
from rules.signature_facts import Coverage

Homes = tuple[int, ...]
"""The attached messages and wrapped files that something lies in, by the numbers of their parts; outermost first."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    name: str
    inside: frozenset[int]
    homes: Homes


@dataclass(slots=True)
class Coverings:
    """Signatures and the parts that are read."""

    _signatures: list[tuple[tuple[Verified, ...], Homes]] = field(default_factory=list)
    _leaves: list[_Leaf] = field(default_factory=list)

    def add_signature(self, verified: tuple[Verified, ...], homes: Homes) -> int:
        """Record a signature; give its number."""
        self._signatures.append((verified, homes))
        return len(self._signatures) - 1

    def add_part(self, name: str, inside: Sequence[int], homes: Homes) -> None:
        """Record a part and the numbers of the signatures around it."""
        self._leaves.append(_Leaf(name, frozenset(inside), homes))

    def of(self, number: int) -> tuple[Verified, ...]:
        """Give the signers of a signature, each with what it covers of its message or file."""
        verified, homes = self._signatures[number]
        own = [leaf for leaf in self._leaves if leaf.homes[: len(homes)] == homes]
        covered = tuple(leaf.name for leaf in own if number in leaf.inside)
        uncovered = tuple(leaf.name for leaf in own if number not in leaf.inside)
        return tuple(covering(signature, covered, uncovered) for signature in verified)

    def at(self, homes: Homes) -> tuple[Verified, ...]:
        """List all signatures of one message or file itself."""
        numbers = [number for number, (_, own) in enumerate(self._signatures) if own == homes]
        return tuple(verified for number in numbers for verified in self.of(number))


def covering(verified: Verified, covered: tuple[str, ...], uncovered: tuple[str, ...] = ()) -> Verified:
    """Add what a signature covers and leaves out; one that fails covers nothing."""
    if not verified.intact or verified.failure is not None:
        return verified
    if not uncovered:
        return replace(verified, coverage=Coverage.ENTIRE, covered=covered)
    reason = f"COVERAGE_PARTIAL: the signature does not cover {', '.join(uncovered)}."
    reasons = (*verified.reasons, reason)
    return replace(verified, coverage=Coverage.PARTIAL, covered=covered, uncovered=uncovered, reasons=reasons)
