"""The database's own clock, by which leases run out: one for all machines that share the store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Float, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from intake.store.schema import Instant


class _Moment(FunctionElement[datetime]):
    """The database's time, so many seconds from now, as `Instant` writes it."""

    type = Instant()
    inherit_cache = True


@compiles(_Moment, "sqlite")
def _on_sqlite(element: _Moment, compiler: Any, **how: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    seconds = compiler.process(element.clauses, **how)
    return f"strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', {seconds} || ' seconds')"


@compiles(_Moment, "postgresql")
def _on_postgresql(element: _Moment, compiler: Any, **how: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    then = f"clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **how)})"
    return f"""to_char(({then}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def from_now(seconds: float | BindParameter[float] = 0.0) -> ColumnElement[datetime]:
    """Build the expression for the database's time plus a duration."""
    return _Moment(seconds if isinstance(seconds, BindParameter) else literal(seconds, Float()))
