"""Reads a list from whatever of it somebody has: the feed's JSON files, or the list as CSV or workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from intake.register.published import read_list_file
from intake.register.unreadable import UnreadableListError
from rules.facts import RegisterEntry


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as ``entries.json`` and ``paths.json`` have it."""

    number: str
    status: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Feed:
    """A version of the list as the feed's JSON files have it."""

    entries: tuple[FeedEntry, ...]
    version: str = ""


def read_feed(content: bytes, beside: Iterable[RegisterEntry] = ()) -> tuple[tuple[RegisterEntry, ...], str]:
    """Read the entries of a list, and the version that it says it is; empty where it says none.

    Args:
        content: a file of the list or of the feed.
        beside: entries that it will be compared with, as `read_list_file` takes them.

    Raises:
        UnreadableListError: it is none of the known kinds.
    """
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        read = read_list_file(content, beside)
        return read.entries, read.version
    try:
        feed = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=Feed)
    except msgspec.DecodeError as error:
        message = f"it is no file of the feed: {error}."
        raise UnreadableListError(message) from error
    return tuple(RegisterEntry(entry.number, entry.status, entry.fields) for entry in feed.entries), feed.version
