"""Compares rows beside submissions with what the ledger tells of them: people, holds, disposals, the list's records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.domain.reference import reference
from intake.domain.replay import Columns
from intake.domain.replay_rows import Key
from intake.pipeline.evidence.verification.finding import Finding, Kind, nearly
from intake.pipeline.evidence.verification.ledger import Told
from intake.store import changes, contacts, people, walk
from intake.store.disposals import DisposalState
from intake.store.engine import Transaction
from intake.store.schema import keepable

Row = Mapping[str, Any]
_NEARLY = frozenset({"answered_at"})
"""Moments that earlier releases took a second time for the row."""


def _as_it_is(row: Row) -> Row:
    return row


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose rows the ledger tells."""

    name: str
    kind: Kind
    called: Callable[[Row], str]
    """What a person calls a row, or what is known of it."""
    key: Callable[[Row], Key]
    told: Callable[[Row], Row] = _as_it_is
    """The row's columns as events tell them."""


def _with_digest(row: Row) -> Row:
    return {**row, "password": people.hash_sha256(row["password_hash"])}


def _with_cases(row: Row) -> Row:
    return {**row, "cases": [reference(number) for number in json.loads(row["cases"])]}


def _with_asked(row: Row) -> Row:
    return {**row, "asked": changes.digest_of(row["request"], row["basis"])}


def _with_files(row: Row) -> Row:
    return {**row, "files": json.loads(row["files"]), "held": json.loads(row["held"])}


def _with_contact(row: Row) -> Row:
    told = (row[name] for name in ("name", "telephone", "email", "recorded_at"))
    return {**row, "digest": contacts.digest(row["salt"] or b"", *told)}


def _numbered(what: str) -> Callable[[Row], str]:
    return lambda row: f"{what} {row['id']}"


_TABLES = (
    _Table("person", Kind.PERSON, lambda row: f"the person {row['name']}", lambda row: row["name"], _with_digest),
    _Table("closed_day", Kind.CALENDAR, lambda row: f"the closed day {row['day']}", lambda row: row["day"]),
    _Table("hold", Kind.RETENTION, _numbered("hold"), lambda row: row["id"]),
    _Table("disposal", Kind.RETENTION, _numbered("disposal"), lambda row: row["id"], _with_cases),
    _Table("list_change", Kind.REGISTER, _numbered("change"), lambda row: row["id"], _with_asked),
    _Table("publication", Kind.REGISTER, _numbered("publication"), lambda row: row["id"], _with_files),
    _Table("loader_rule", Kind.REGISTER, _numbered("rule"), lambda row: row["id"]),
    _Table(
        "contact", Kind.REGISTER, lambda row: f"the contact of entry {row['number']}", lambda row: row["number"],
        _with_contact,
    ),
    _Table(
        "confirmed_name", Kind.REGISTER, lambda row: f"the confirmed name {row['creator']!r}",
        lambda row: (row["creator"], row["organisation"]),
    ),
)  # fmt: skip


def row_findings(tx: Transaction, told: Told) -> Iterator[Finding]:
    """Tell of rows that are not what their events tell, that no event tells of, and that are gone."""
    for table in _TABLES:
        left = dict(told.rows.of(table.name))
        for raw in walk.rows(tx, table.name):
            columns = left.pop(table.key(raw), None)
            if columns is None:
                if not _before_events(table.name, raw, told):
                    yield Finding(table.kind, f"No event tells of {table.called(raw)}, which is in the store.")
            else:
                yield from _differences(table, raw, columns, told)
        for key, columns in left.items():
            seq = min(columns.events.values(), default=None)
            called = table.called(_known(table.name, key))
            yield Finding(table.kind, f"The row of {called} is gone, and event {seq} is there.", seq)


def _known(table: str, key: Key) -> Row:
    """What is known of a row that is gone."""
    names = {"person": "name", "closed_day": "day", "contact": "number"}
    if isinstance(key, tuple):
        return {"creator": key[0], "organisation": key[1]}
    return {names.get(table, "id"): key}


def _before_events(table: str, row: Row, told: Told) -> bool:
    """Whether a row may be there without an event: of an earlier release, or as its event's detail was disposed of."""
    if table == "contact":
        return row["salt"] is None and told.rows.contacts_before
    return table == "confirmed_name" and (row["person"], row["confirmed_at"]) in told.erased_names


def _differences(table: _Table, raw: Row, columns: Columns, told: Told) -> Iterator[Finding]:
    try:
        row = table.told(raw)
    except (ValueError, TypeError, AttributeError):  # a text that is none of ours any more
        seq = max(columns.events.values(), default=None)
        yield Finding(table.kind, f"The row of {table.called(raw)} cannot be read as what event {seq} tells.", seq)
        return
    wrong = sorted(
        (columns.events[name], name)
        for name, value in columns.values.items()
        if not _same(name, row.get(name), keepable(value) if isinstance(value, str) else value)
        and not _goes_on(table.name, name, row, told)
    )
    for seq, name in wrong:
        what = f"The row of {table.called(raw)} says something else of {name} than event {seq}."
        yield Finding(table.kind, what, seq)


def _same(column: str, stands: object, wanted: object) -> bool:
    return nearly(stands, wanted) if column in _NEARLY else stands == wanted


def _goes_on(table: str, column: str, row: Row, told: Told) -> bool:
    """Whether a disposal that was agreed on has rightly come to its end: each of its cases is gone, or was kept."""
    if (table, column, row.get("state")) != ("disposal", "state", DisposalState.DONE):
        return False
    agreed = told.rows.of("disposal")[row["id"]].values.get("state") == DisposalState.AGREED
    gone = {reference(number) for number in told.disposed}
    return agreed and all((row["id"], case) in told.carried or case in gone for case in row["cases"])
