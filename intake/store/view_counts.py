"""Counts what the views of the desk show, and what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all

from intake.store.engine import Transaction
from intake.store.lanes import lanes_of
from intake.store.narrowing import Narrowing
from intake.store.schema import message
from intake.store.selection import WAITING, Onlooker, Order, Selection

MOST_COUNTED = 999
"""A view with more says so and no number."""
_OLDEST = select(
    *(
        column
        for lane in lanes_of(replace(WAITING, movable_first=False), Narrowing(), Order.OLDEST)
        for column in (
            select(func.count()).where(lane.where).select_from(message).scalar_subquery(),
            select(func.min(message.c.received_at)).where(lane.where).scalar_subquery(),
        )
    )
)


def counts(tx: Transaction, selections: Sequence[Selection], onlooker: Onlooker) -> list[int]:
    """Count what each selection shows, up to one more than `MOST_COUNTED`, in one statement."""
    return list(tx.execute(_counting(tuple(selections)), onlooker.parameters).one())


@cache
def _counting(selections: tuple[Selection, ...]) -> Any:  # noqa: ANN401  # a select of as many columns
    return select(*(_count(selection) for selection in selections))


def _count(selection: Selection) -> ColumnElement[int]:
    if selection.everything:
        return _number_of(select(message.c.id).where(message.c.id > 0).order_by(message.c.id))
    if selection.few:
        return _number_of(select(message.c.id).where(selection.condition))
    some = [
        select(func.count().label("rows")).select_from(
            select(message.c.id).where(lane.where).limit(MOST_COUNTED + 1).subquery()
        )
        for lane in lanes_of(replace(selection, movable_first=False), Narrowing(), Order.OLDEST)
    ]
    lanes = union_all(*some).subquery()
    return select(func.coalesce(func.sum(lanes.c.rows), 0)).scalar_subquery()


def _number_of(shown: Select[Any]) -> ColumnElement[int]:
    rows = shown.limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(rows).scalar_subquery()


def waiting(tx: Transaction) -> tuple[int, datetime | None]:
    """Count all that waits for a person, and tell when the oldest of it was received; None where nothing waits."""
    row = tx.execute(_OLDEST).one()
    return sum(row[0::2]), min((at for at in row[1::2] if at is not None), default=None)
