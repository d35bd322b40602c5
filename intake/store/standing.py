"""How many rows of a table stand in each state: counted in blocks, of which only those are counted anew that changed.

Counting a million takes the time of several pages; what has happened since the last count lies in a few blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Table, bindparam, func, select

from intake.store.engine import Transaction

_BLOCK = 4_000
"""Numbers of a block."""


class Standing:
    """The rows of one table by state; they are numbered, and never deleted."""

    def __init__(self, table: Table, states: type[StrEnum]) -> None:
        """Begin with nothing counted."""
        number, state = table.c.id, table.c.state
        self._greatest = select(func.max(number))
        here = (number >= bindparam("first"), number < bindparam("end"))
        self._of_block = select(state, func.count()).where(state.in_(sorted(states)), *here).group_by(state)
        self._blocks: dict[int, dict[str, int]] = {}

    def count(self, tx: Transaction) -> None:
        """Count all of them."""
        self._blocks = {}
        self.count_again(tx, range(0, (tx.scalar(self._greatest) or 0) + 1, _BLOCK))

    def count_again(self, tx: Transaction, numbers: Iterable[int]) -> None:
        """Count those blocks again in which these rows lie."""
        for block in sorted({number // _BLOCK for number in numbers}):
            here = {"first": block * _BLOCK, "end": (block + 1) * _BLOCK}
            self._blocks[block] = {row[0]: row[1] for row in tx.execute(self._of_block, here)}

    @property
    def by_state(self) -> dict[str, int]:
        """The number in each state that any of them is in."""
        total = Counter[str]()
        for counts in self._blocks.values():
            total.update(counts)
        return dict(total)
