"""What the judging of the whole corpus comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.labelled.judge import Judged

from rules.finding import Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """The corpus, judged."""

    judged: Sequence[Judged]

    @property
    def valid(self) -> list[Judged]:
        """Cases without a fault."""
        return [judged for judged in self.judged if judged.expected is Outcome.READY]

    @property
    def faulty(self) -> list[Judged]:
        """Cases with one."""
        return [judged for judged in self.judged if judged.expected is not Outcome.READY]

    @property
    def false_accepts(self) -> list[Judged]:
        """Faulty ones that came out ready."""
        return [judged for judged in self.faulty if judged.outcome is Outcome.READY]

    @property
    def false_returns(self) -> list[Judged]:
        """Valid ones that came out anything but ready."""
        return [judged for judged in self.valid if judged.outcome is not Outcome.READY]

    @property
    def otherwise(self) -> list[Judged]:
        """Faulty ones that were noticed, but sent to a person instead of returned, or the other way round."""
        return [judged for judged in self.faulty if judged.outcome not in {judged.expected, Outcome.READY}]

    @property
    def unnamed(self) -> list[Judged]:
        """Faulty ones of which no complaint names the place of the fault."""
        return [judged for judged in self.faulty if not judged.names_it]

    @property
    def mistakes(self) -> list[Judged]:
        """Everything that is not as its label says."""
        return [*self.false_accepts, *self.false_returns, *self.otherwise, *self.unnamed]

    def lines(self) -> Iterator[str]:
        """The figures, for people."""
        named = 100 * (1 - len(self.unnamed) / max(1, len(self.faulty)))
        yield f"valid: {len(self.valid)}, false returns: {len(self.false_returns)}"
        yield f"faulty: {len(self.faulty)}, false accepts: {len(self.false_accepts)}"
        yield f"faulty with another outcome than their label's: {len(self.otherwise)}"
        yield f"faulty place named: {named:.2f} %"
