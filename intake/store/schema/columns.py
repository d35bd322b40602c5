"""Types of columns, the same on every database, and the collection that all tables are in."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Dialect, MetaData, Text, TypeDecorator

from intake.clock import from_iso, iso


class Instant(TypeDecorator[datetime]):
    """An aware time, kept as RFC 3339 text in UTC, which sorts as it reads on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Convert the value for the database."""
        return None if value is None else iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Convert the value from the database."""
        return None if value is None else from_iso(value)


def keepable(text: str) -> str:
    """Replace what no database can keep in a text by U+FFFD."""
    if text.isascii() and "\0" not in text:  # nearly every text, and there are ten in a message
        return text
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class Words(TypeDecorator[str]):
    """Text from outside; what no database can keep in a text (NUL, half a surrogate pair) is replaced by U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Convert the value for the database."""
        return None if value is None else keepable(value)


_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
BY_CODE_POINT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points on every database, so that what begins alike is one range of an index."""

metadata = MetaData()
