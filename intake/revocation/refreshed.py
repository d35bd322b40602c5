"""The result of a refresh round."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Refreshed:
    """One round."""

    fetched: list[str] = field(default_factory=list)
    """Addresses whose word was verified and stored."""
    failed: list[str] = field(default_factory=list)
    """Sentences."""
    fresh: int = 0
    """Words that were young enough."""
