"""Executes one statement for many rows, its text compiled once.

SQLAlchemy builds the parameters of every row anew, which takes several times as long as the database takes for the row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Insert, Update

from intake.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class _Compiled:
    text: str
    names: tuple[str, ...]
    """Of a row's values, those that the statement itself brings last."""
    constants: tuple[object, ...]
    in_order: Callable[[Sequence[object]], tuple[object, ...]] | None
    """Puts a row's values where the text wants them; None where it has them by name."""
    converters: tuple[tuple[int, Callable[[Any], object]], ...]
    """By its place in a row, what converts a value that the database would not take as it is."""


def execute(tx: Transaction, statement: Insert | Update, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Execute a statement for each of the rows; nothing where there are none.

    Args:
        tx: the caller's transaction.
        statement: without values of its own, or with parameters of these names; made once, as it is remembered.
        names: of columns to insert, or of the parameters.
        rows: as many values each, in this order.
    """
    if not rows:
        return
    compiled = _compiled(tx.dialect, statement, names)
    if compiled.converters or compiled.constants:
        rows = [_converted(row, compiled) for row in rows]
    if compiled.in_order is None:
        tx.exec_driver_sql(compiled.text, [dict(zip(compiled.names, row, strict=True)) for row in rows])
    else:
        tx.exec_driver_sql(compiled.text, list(map(compiled.in_order, rows)))


def _converted(row: Sequence[Any], compiled: _Compiled) -> list[object]:
    values = [*row, *compiled.constants]
    for place, convert in compiled.converters:
        values[place] = convert(values[place])
    return values


@lru_cache
def _compiled(dialect: Dialect, statement: Insert | Update, names: tuple[str, ...]) -> _Compiled:
    columns = list(names) if isinstance(statement, Insert) else None
    compiled = statement.inline().compile(dialect=dialect, column_keys=columns)
    constants = {name: value for name, value in compiled.params.items() if name not in names}
    every, order = (*names, *constants), compiled.positiontup
    types = [compiled.binds[name].type.dialect_impl(dialect) for name in every]
    converters = ((place, bound.bind_processor(dialect)) for place, bound in enumerate(types))
    return _Compiled(
        str(compiled),
        every,
        tuple(constants.values()),
        itemgetter(*map(every.index, order)) if order else None,
        tuple((place, convert) for place, convert in converters if convert is not None),
    )
