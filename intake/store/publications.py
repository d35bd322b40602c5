"""Publications of the list in the store: versions that people make, and how far each has come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from intake.store.engine import Transaction
from intake.store.schema import publication


class PublicationState(StrEnum):
    """How far a version has come."""

    PREPARED = "prepared"
    """Its files are archived; another person may release it."""
    WITHDRAWN = "withdrawn"
    """It was given up before it was released; its number is free."""
    PUBLISHED = "published"
    LOADED = "loaded"
    """The DCC has it."""
    REJECTED = "rejected"
    """The DCC's loader refused it; it is published all the same."""


OUT = frozenset({PublicationState.PUBLISHED, PublicationState.LOADED, PublicationState.REJECTED})
"""States of what the list says to everybody."""


@dataclass(frozen=True, slots=True)
class NewPublication:
    """A version as it is prepared; its columns are those of a `Publication`."""

    version: str
    issued: date
    digest: str
    note: str
    files: Mapping[str, str]
    held: Sequence[str]
    up_to: int
    person: str
    """Who prepares it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A version of the list as the store knows it."""

    id: int
    version: str
    issued: date
    state: PublicationState
    digest: str
    """Of its content (`intake.publication.edition.Edition.digest`)."""
    note: str
    files: Mapping[str, str]
    """SHA-256 digests by the files' names."""
    held: tuple[str, ...]
    """Entries that were held back."""
    up_to: int
    """The newest entry version that was there when it was prepared."""
    list_version: int | None
    """The version of the list that it became; None until it is released."""
    prepared_by: str
    prepared_at: datetime
    released_by: str | None
    released_at: datetime | None
    answered_by: str | None
    answered_at: datetime | None
    answer: str | None
    """What the DCC said where it rejected it."""


def add(tx: Transaction, new: NewPublication, at: datetime) -> int:
    """Record a prepared version; give its number among all publications."""
    values = {
        **{name: getattr(new, name) for name in ("version", "digest", "note", "up_to")},
        "issued": new.issued.isoformat(),
        "state": PublicationState.PREPARED,
        "files": json.dumps(dict(new.files)),
        "held": json.dumps(list(new.held)),
        "prepared_by": new.person,
        "prepared_at": at,
    }
    number: int = tx.execute(insert(publication).values(**values).returning(publication.c.id)).scalar_one()
    return number


def get(tx: Transaction, number: int, *, to_change: bool = False) -> Publication | None:
    """Find a publication by its number; locked until commit where it is to change."""
    query = select(publication).where(publication.c.id == number)
    row = tx.execute(query.with_for_update() if to_change else query).one_or_none()
    return None if row is None else _from_row(row)


def of_version(tx: Transaction, version: str) -> Publication | None:
    """Find what stands or stood of a version: the newest that was not given up."""
    if not version.isprintable():  # such as a NUL, which a database refuses
        return None
    query = select(publication).where(publication.c.version == version).order_by(publication.c.id.desc())
    stored = (_from_row(row) for row in tx.execute(query))
    return next((candidate for candidate in stored if candidate.state is not PublicationState.WITHDRAWN), None)


def prepared(tx: Transaction) -> Publication | None:
    """Find the version that waits for its release; there is one at most."""
    states = (PublicationState.PREPARED,)
    return next(iter(in_states(tx, states)), None)


def newest_out(tx: Transaction) -> Publication | None:
    """Find the version that was released last."""
    every = in_states(tx, tuple(OUT))
    return max(every, key=lambda released: released.list_version or 0, default=None)


def in_states(tx: Transaction, states: Sequence[PublicationState]) -> tuple[Publication, ...]:
    """List publications in these states, oldest first."""
    rows = tx.execute(select(publication).where(publication.c.state.in_(states)).order_by(publication.c.id))
    return tuple(map(_from_row, rows))


def every(tx: Transaction) -> tuple[Publication, ...]:
    """List every publication, newest first."""
    return tuple(map(_from_row, tx.execute(select(publication).order_by(publication.c.id.desc()))))


def evidence_named(tx: Transaction) -> set[str]:
    """List the digests of all files of all publications; none of a row that says nothing of the kind any more."""
    return {str(sha256) for files in tx.scalars(select(publication.c.files)) for sha256 in _digests(files)}


def _digests(files: str) -> Iterable[object]:
    try:
        told = json.loads(files)
    except ValueError:  # somebody has changed the row; the ledger tells what was there
        return ()
    return told.values() if isinstance(told, dict) else ()


def change(tx: Transaction, before: Publication, **values: object) -> bool:
    """Change columns of a publication; False where somebody else has moved it on meanwhile."""
    still = (publication.c.id == before.id) & (publication.c.state == before.state)
    if "files" in values:
        values["files"] = json.dumps(values["files"])
    return tx.execute(update(publication).where(still).values(**values)).rowcount == 1


def _from_row(row: Any) -> Publication:  # noqa: ANN401  # a row of `publication`
    values = dict(row._mapping)  # noqa: SLF001  # the documented way to read a row by name
    return Publication(
        **{
            **values,
            "issued": date.fromisoformat(values["issued"]),
            "state": PublicationState(values["state"]),
            "files": json.loads(values["files"]),
            "held": tuple(json.loads(values["held"])),
        }
    )
