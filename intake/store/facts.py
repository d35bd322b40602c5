"""What searches find submissions by: kept beside the messages, derived from them, never evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, delete, insert, select

from intake.domain.search_facts import Fact, FactKind
from intake.store import many
from intake.store.engine import Transaction
from intake.store.schema import fact

_RECORD = insert(fact)
_FORGET = delete(fact).where(fact.c.message == bindparam("number"), fact.c.kind.in_(bindparam("kinds", expanding=True)))


def record(tx: Transaction, facts: Iterable[tuple[int, Fact]]) -> None:
    """Write facts of messages that have none of these kinds yet."""
    rows = [(number, told.value, told.kind.value) for number, told in facts]
    many.execute(tx, _RECORD, ("message", "value", "kind"), rows)


def replace(tx: Transaction, number: int, kinds: Collection[FactKind], facts: Iterable[Fact]) -> None:
    """Write a message's facts of some kinds in the place of those that it had."""
    tx.execute(_FORGET, {"number": number, "kinds": [kind.value for kind in kinds]})
    record(tx, ((number, told) for told in facts))


def messages_with(tx: Transaction, kind: FactKind, value: str) -> tuple[int, ...]:
    """List the messages that have this fact, in order."""
    query = select(fact.c.message).where(fact.c.kind == kind.value, fact.c.value == value).order_by(fact.c.message)
    return tuple(tx.scalars(query))


def add(tx: Transaction, number: int, facts: Collection[Fact]) -> None:
    """Write those facts of a message that it does not have."""
    kinds = {told.kind.value for told in facts}
    rows = tx.execute(select(fact.c.kind, fact.c.value).where(fact.c.message == number, fact.c.kind.in_(kinds)))
    recorded = {Fact(FactKind(row.kind), row.value) for row in rows}
    record(tx, ((number, told) for told in facts if told not in recorded))


def values_of(tx: Transaction, numbers: Collection[int], kinds: Collection[FactKind]) -> dict[FactKind, set[str]]:
    """Gather the facts of these kinds of some messages."""
    gathered: dict[FactKind, set[str]] = {kind: set() for kind in kinds}
    of_these = fact.c.message.in_(numbers) & fact.c.kind.in_([kind.value for kind in kinds])
    for row in tx.execute(select(fact.c.kind, fact.c.value).where(of_these)):
        gathered[FactKind(row.kind)].add(row.value)
    return gathered


def values_of_each(
    tx: Transaction, numbers: Collection[int], kinds: Collection[FactKind]
) -> dict[int, dict[FactKind, set[str]]]:
    """Gather the facts of these kinds of each of some messages."""
    gathered: dict[int, dict[FactKind, set[str]]] = {number: {kind: set() for kind in kinds} for number in numbers}
    of_these = fact.c.message.in_(numbers) & fact.c.kind.in_([kind.value for kind in kinds])
    for row in tx.execute(select(fact.c.message, fact.c.kind, fact.c.value).where(of_these)):
        gathered[row.message][FactKind(row.kind)].add(row.value)
    return gathered
