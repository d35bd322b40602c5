"""What narrows a list: filters that a person sets, and the submissions that a search has found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, and_, bindparam, func, or_, select

from intake.domain.search_facts import FactKind, as_alike, code, folded, telling
from intake.store.among import numbered
from intake.store.engine import Transaction
from intake.store.schema import Instant, fact, message

PERSON = bindparam("person", type_=Text())
NOW = bindparam("now", type_=Instant())

_OVER = message.c.claimed_until.is_not(None) & (message.c.claimed_until <= NOW)
FREE: ColumnElement[bool] = or_(message.c.claimed_by.is_(None), _OVER)
"""Nobody works on it: it was not claimed, or the claim has run out."""
CLAIMED: ColumnElement[bool] = and_(
    message.c.claimed_by.is_not(None), or_(message.c.claimed_until.is_(None), message.c.claimed_until > NOW)
)

NOBODY = "-"
"""In the place of a person: what nobody has claimed."""
FEW = 5_000
"""So many submissions are read and sorted sooner than a list is searched for them."""


@dataclass(frozen=True, slots=True)
class Few:
    """What leads, by an index of its own, to the few submissions that can be on a list."""

    leading: ColumnElement[bool]
    others: tuple[ColumnElement[bool], ...] = ()
    """What further narrows the list."""
    first: int | None = None
    """The submission that comes before all others, if it is among them."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters, empty where they let everything pass, and what a search has found."""

    outcome: str = ""
    kind: str = ""
    claimed_by: str = ""
    """A person, or `NOBODY`."""
    device: str = ""
    """A device type as the form states it, of any entry."""
    manufacturer: str = ""
    """Its code or words of its name, of any entry."""
    numbers: tuple[int, ...] | None = None
    """Of the submissions that a search has found; None where there is no search."""
    first: int | None = None
    """The one whose reference was typed: it comes first, whatever else the search has found."""

    @property
    def by_facts_alone(self) -> bool:
        """Whether all that narrows it is what the forms state."""
        others = self.outcome or self.kind or self.claimed_by or self.numbers is not None
        return bool(self.device or self.manufacturer) and not others

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Build the conditions that all hold."""
        yield from self._filters()
        if self.numbers is not None:
            yield numbered(message.c.id, self.numbers)

    def _filters(self) -> Iterator[ColumnElement[bool]]:
        """Build those of the filters; those by facts come last."""
        if self.outcome:
            yield message.c.outcome == self.outcome
        if self.kind:
            yield message.c.kind == self.kind
        if self.claimed_by:
            yield FREE if self.claimed_by == NOBODY else CLAIMED & (message.c.claimed_by == self.claimed_by)
        for told in self._facts():
            its = select(fact.c.message).where(fact.c.message == message.c.id, told)
            yield its.offset(0).exists()  # PostgreSQL would else join all facts of the kind, which it takes for few

    def few(self, tx: Transaction) -> Few | None:
        """Build what leads to the few submissions that can match.

        None where that may be many, so that a list is sooner read until a page is full.
        """
        others = tuple(self._filters())
        if self.numbers is not None:
            return Few(numbered(message.c.id, self.numbers), others, self.first)
        told = list(self._facts())
        if not told:
            return None
        some = (select(fact.c.message).where(condition).limit(FEW + 1).subquery() for condition in told)
        counts = tx.execute(select(*(select(func.count()).select_from(rows).scalar_subquery() for rows in some))).one()
        rarest = min(range(len(told)), key=counts.__getitem__)
        if counts[rarest] > FEW:
            return None
        itself = len(others) - len(told) + rarest  # facts come last
        leading = message.c.id.in_(select(fact.c.message).where(told[rarest]))
        return Few(leading, others[:itself] + others[itself + 1 :])

    def _facts(self) -> Iterator[ColumnElement[bool]]:
        if self.device:
            yield (fact.c.value == folded(self.device)) & (fact.c.kind == FactKind.DEVICE.value)
        for word in telling(self.manufacturer.split()):
            yield fact.c.value.in_((folded(word), *as_alike(code(word)))) & (fact.c.kind == FactKind.MANUFACTURER.value)
