"""That a value is among a few that another statement gives, so that an index leads from these to their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, CompoundSelect, Select, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Condition(FunctionElement[bool]):
    """What is written in each database's own way."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Self:  # noqa: ANN401, ARG002  # SQLAlchemy's signature
        """Give a condition as it stands: with the ``= 1`` that SQLite is else given, no index could answer it."""
        return self


class _Among(_Condition):
    """A column, and the statement."""

    name = "among"
    inherit_cache = True


def among(column: ColumnElement[Any], few: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """Build the condition that the column's value is one of a few.

    PostgreSQL guesses that a union gives many rows, and would rather read the whole table than look up each of them;
    an array it reads first and takes for short.
    """
    return _Among(column, few.scalar_subquery())


@compiles(_Among)
def _in(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's signature
    column, few = element.clauses
    return f"{compiler.process(column, **options)} IN {compiler.process(few, **options)}"


@compiles(_Among, "postgresql")
def _in_an_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # likewise
    column, few = element.clauses
    return f"{compiler.process(column, **options)} = ANY (ARRAY{compiler.process(few, **options)})"


class _Numbered(_Condition):
    """A column, and numbers as a JSON text."""

    name = "numbered"
    inherit_cache = True


def numbered(column: ColumnElement[int], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Build the condition that a column is one of these numbers, which go to the database as one value: many cost."""
    return _Numbered(column, bindparam(None, f"[{','.join(map(str, numbers))}]", type_=Text()))


@compiles(_Numbered)
def _in_json(element: _Numbered, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # likewise
    column, numbers = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608  # a column of ours and a mark


@compiles(_Numbered, "postgresql")
def _in_a_written_array(element: _Numbered, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # likewise
    column, numbers = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY (CAST(translate({numbers}, '[]', '{{}}') AS integer[]))"


class _Only(_Condition):
    """A column, and the one value that it has."""

    name = "only"
    inherit_cache = True


def only(column: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Build the condition that a column has this value, by whose index the rows are read where it leads their order.

    Of what it knows to be one value PostgreSQL drops the column from the order, and then may read all rows by another
    index of the rest, until it has met enough: what is open lies at the end of all that ever arrived.
    """
    return _Only(column, bindparam(None, value, type_=Text()))


@compiles(_Only)
def _equal(element: _Only, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # likewise
    column, value = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = {value}"


@compiles(_Only, "postgresql")
def _any_of_one(element: _Only, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # likewise
    column, value = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY (ARRAY[{value}])"
