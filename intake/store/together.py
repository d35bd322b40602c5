"""Several questions put to the database at once: one statement, one way there and back, each by an index of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CompoundSelect, Select, cast, literal_column, null, select, union_all

from intake.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class Together:
    """Selects by name, whose rows come in one answer."""

    parts: Mapping[str, Select[Any]]
    _names: Mapping[str, tuple[str, ...]] = field(init=False)
    _statement: CompoundSelect[Any] = field(init=False)

    def __post_init__(self) -> None:
        """Build the statement, once: each part has its columns, and nothing in those of the others."""
        tables = {name: part.subquery(name) for name, part in self.parts.items()}
        object.__setattr__(self, "_names", {name: tuple(table.c.keys()) for name, table in tables.items()})
        object.__setattr__(self, "_statement", union_all(*(_alone(name, tables) for name in tables)))

    def read(self, tx: Transaction, values: Mapping[str, object]) -> dict[str, list[dict[str, Any]]]:
        """Read every part's rows, in no order, each as its columns by name."""
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self.parts}
        starts, at = {}, 1
        for name, columns in self._names.items():
            starts[name], at = at, at + len(columns)
        for row in tx.execute(self._statement, dict(values)):
            name, start = row[0], starts[row[0]]
            rows[name].append(dict(zip(self._names[name], row[start:], strict=False)))
        return rows


def _alone(name: str, tables: Mapping[str, Any]) -> Select[Any]:
    columns = [
        (column if other == name else cast(null(), column.type)).label(f"{other}_{column.name}")
        for other, table in tables.items()
        for column in table.c
    ]
    return select(literal_column(f"'{name}'").label("part"), *columns).select_from(tables[name])
