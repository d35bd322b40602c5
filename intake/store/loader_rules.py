"""Rules of the pre-flight in the store: what people made of the DCC's rejections, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, update

from intake.store.engine import Transaction
from intake.store.schema import loader_rule


class LoaderRuleState(StrEnum):
    """Where a rule stands."""

    PROPOSED = "proposed"
    """One person asks for it; another has to agree."""
    AGREED = "agreed"
    """The pre-flight goes by it, on its days."""
    REFUSED = "refused"
    REPLACED = "replaced"
    """Another was agreed on in its place, such as one that ends."""


@dataclass(frozen=True, slots=True)
class NewLoaderRule:
    """A rule before it is recorded; its columns are those of a `LoaderRule`."""

    field: str
    """By the form's name."""
    kind: str
    value: str
    since: date
    until: date | None
    reason: str
    publication: int
    entry: str
    person: str
    """Who asks for it."""
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class LoaderRule:
    """A rule as the store knows it."""

    id: int
    state: LoaderRuleState
    field: str
    kind: str
    value: str
    since: date
    until: date | None
    """Its last day; None for no end."""
    reason: str
    """What the loader said."""
    publication: int
    """The number of the publication that it refused."""
    entry: str
    """At which it stopped."""
    replaces: int | None
    """The rule whose place it takes."""
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None


def add(tx: Transaction, new: NewLoaderRule, at: datetime) -> int:
    """Record a rule that is asked for; give its number."""
    names = ("field", "kind", "value", "reason", "publication", "entry", "replaces")
    values = {
        **{name: getattr(new, name) for name in names},
        "state": LoaderRuleState.PROPOSED,
        "since": new.since.isoformat(),
        "until": new.until.isoformat() if new.until else None,
        "proposed_by": new.person,
        "proposed_at": at,
    }
    number: int = tx.execute(insert(loader_rule).values(**values).returning(loader_rule.c.id)).scalar_one()
    return number


def get(tx: Transaction, number: int, *, to_change: bool = False) -> LoaderRule | None:
    """Find a rule by its number; locked until commit where it is to change."""
    query = select(loader_rule).where(loader_rule.c.id == number)
    row = tx.execute(query.with_for_update() if to_change else query).one_or_none()
    return None if row is None else _from_row(row)


def in_state(tx: Transaction, *states: LoaderRuleState) -> tuple[LoaderRule, ...]:
    """List the rules in these states, oldest first."""
    rows = tx.execute(select(loader_rule).where(loader_rule.c.state.in_(states)).order_by(loader_rule.c.id))
    return tuple(map(_from_row, rows))


def every(tx: Transaction) -> tuple[LoaderRule, ...]:
    """List every rule, oldest first."""
    return tuple(map(_from_row, tx.execute(select(loader_rule).order_by(loader_rule.c.id))))


def newest_agreement(tx: Transaction) -> datetime | None:
    """Tell when a rule was last agreed on; None where none ever was."""
    agreed = loader_rule.c.state.in_((LoaderRuleState.AGREED, LoaderRuleState.REPLACED))
    moment: datetime | None = tx.scalar(select(func.max(loader_rule.c.decided_at)).where(agreed))
    return moment


def move(tx: Transaction, rule: LoaderRule, to: LoaderRuleState, *, person: str, at: datetime) -> bool:
    """Bring a rule to another state; False where somebody else already has. Who agreed to one replaced stays."""
    still = (loader_rule.c.id == rule.id) & (loader_rule.c.state == rule.state)
    values = {} if to is LoaderRuleState.REPLACED else {"decided_by": person, "decided_at": at}
    return tx.execute(update(loader_rule).where(still).values(state=to, **values)).rowcount == 1


def _from_row(row: Any) -> LoaderRule:  # noqa: ANN401  # a row of `loader_rule`
    values = dict(row._mapping)  # noqa: SLF001  # the documented way to read a row by name
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("since", "until")}
    return LoaderRule(**{**values, **days, "state": LoaderRuleState(values["state"])})
