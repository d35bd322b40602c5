"""A person's own views of the queue: a list's query under a name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, literal, select, union_all, update

from intake.store.engine import Transaction
from intake.store.schema import person, saved_view

MOST = 20
"""Views that one person keeps."""
MOST_PEOPLE = 200
"""People that a list offers to filter by."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list that a person has saved."""

    name: str
    query: str
    """As it stands in an address."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list offers a person beside the views that everybody has."""

    people: tuple[str, ...]
    """By whom a submission may have been claimed."""
    saved: tuple[SavedView, ...]
    """The person's own."""


_PEOPLE = select(literal("person").label("kind"), person.c.name, literal("").label("query")).limit(MOST_PEOPLE)
_CHOICES = union_all(
    select(_PEOPLE.subquery()),
    select(literal("saved"), saved_view.c.name, saved_view.c.query).where(saved_view.c.person == bindparam("owner")),
)


class TooManyViewsError(Exception):
    """A person keeps as many views as may be."""


def choices(tx: Transaction, name: str) -> Choices:
    """Read who there is, and this person's saved views, in one statement."""
    rows = list(tx.execute(_CHOICES, {"owner": name}))
    return Choices(
        people=tuple(sorted(row.name for row in rows if row.kind == "person")),
        saved=tuple(sorted((SavedView(row.name, row.query) for row in rows if row.kind == "saved"), key=_by_name)),
    )


def _by_name(view: SavedView) -> tuple[str, str]:
    return view.name.casefold(), view.name


def save(tx: Transaction, owner: str, view: SavedView) -> None:
    """Keep a person's view, in the place of what the person has under this name.

    Raises:
        TooManyViewsError: the person keeps `MOST` already.
    """
    own = saved_view.c.person == owner
    change = update(saved_view).where(own, saved_view.c.name == view.name).values(query=view.query)
    if tx.execute(change).rowcount:
        return
    if len(list(tx.scalars(select(saved_view.c.name).where(own)))) >= MOST:
        raise TooManyViewsError
    tx.execute(insert(saved_view).values(person=owner, name=view.name, query=view.query))


def remove(tx: Transaction, owner: str, name: str) -> bool:
    """Forget a person's view; False where the person has none of this name."""
    change = delete(saved_view).where(saved_view.c.person == owner, saved_view.c.name == name)
    return tx.execute(change).rowcount == 1
