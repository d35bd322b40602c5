"""Reads the parameters of the feed; what is not known, stands twice or cannot be read is refused."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from intake.publication.openapi import ENTRY_PATTERN, MOST, NUMBERED, PARAMETERS


class UnknownQueryError(Exception):
    """The parameters cannot be used; the text is a sentence for whoever wrote them."""


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """Which part of a file is wanted."""

    after: str = ""
    """An entry's number; empty for the beginning."""
    limit: int = MOST
    since: str | None = None
    as_of: date | None = None


def read_query(request: Request, parameters: Collection[str] = tuple(PARAMETERS)) -> FeedQuery | None:
    """Read the parameters; None where there are none, so that the whole file is wanted.

    Args:
        request: as it came.
        parameters: the parameters that the address takes.

    Raises:
        UnknownQueryError: one of them is not known, stands twice, or cannot be read.
    """
    stated: dict[str, str] = {}
    for name, text in request.query_params.multi_items():
        if name not in parameters:
            takes = ", ".join(parameters) or "none"
            message = f"The parameter “{name[:40]}” is not known here; this address takes {takes}."
            raise UnknownQueryError(message)
        if name in stated:
            message = f"The parameter {name} stands twice."
            raise UnknownQueryError(message)
        stated[name] = text
    if not stated:
        return None
    return FeedQuery(
        _fitting(stated, "after", ENTRY_PATTERN, "an entry's number of six digits") or "",
        _limit(_fitting(stated, "limit", "[0-9]{1,9}", f"a number from 1 to {MOST}")),
        _fitting(stated, "since", NUMBERED, "a version such as 2.051"),
        _day(_fitting(stated, "as-of", "[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2026-11-24")),
    )


def _fitting(stated: dict[str, str], name: str, pattern: str, words: str) -> str | None:
    text = stated.get(name)
    if text is not None and not re.fullmatch(pattern.strip("^$"), text):
        message = f"The parameter {name} is {words}."
        raise UnknownQueryError(message)
    return text


def _limit(text: str | None) -> int:
    limit = MOST if text is None else int(text)
    if not 1 <= limit <= MOST:
        message = f"The parameter limit is a number from 1 to {MOST}."
        raise UnknownQueryError(message)
    return limit


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        message = "The parameter as-of is a day of the calendar."
        raise UnknownQueryError(message) from error
