"""What a rule is: an identity, a citation and a pure check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rules.facts import Dossier
from rules.finding import Finding

Check = Callable[[Dossier], Iterator[Finding]]


def always(_: Dossier) -> bool:
    """Apply to every dossier."""
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked.

    Severity, dates in force and the remedy stand in ``rulebook.toml``; the manual page is the module's docstring.
    """

    id: str
    """``<folder>.<file>``; never reused."""
    title: str
    citation: str
    check: Check
    """Yields a finding a fault and nothing where all is well; never raises, never says pass."""
    applies: Callable[[Dossier], bool] = always
    needs_form: bool = True
    """Undetermined where the form could not be read."""
