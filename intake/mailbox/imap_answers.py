"""Asks for items of messages and reads the answer: at once where it is plain, else as imapclient does.

imapclient reads an answer octet by octet into whatever IMAP allows. Of what is asked for here nearly every server gives
a number, a date and a literal, and reading those so takes longer than all else that is done to fetch a message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from imaplib import IMAP4
from typing import Any

from imapclient.datetime_util import parse_to_datetime
from imapclient.response_parser import parse_fetch_response

Answer = dict[int, dict[bytes, Any]]
"""What a FETCH gave, by UID and item."""

_ITEM = rb'(?:(UID|RFC822\.SIZE) (0|[1-9][0-9]{0,17})|(INTERNALDATE) "([^"\\]{1,60})")'
_EACH_ITEM = re.compile(_ITEM)
_ITEMS = re.compile(rb"[0-9]+ \(" + _ITEM + rb"(?: " + _ITEM + rb")*\)")
_BODY = re.compile(rb"[0-9]+ \(UID ([0-9]{1,18}) (BODY\[\](?:<[0-9]+>)?) ~?\{([0-9]+)\}")
"""A literal, also one that may hold zeros (RFC 3516)."""
_QUOTED = re.compile(rb'BODY\[\](?:<[0-9]+>)? "', re.IGNORECASE)
_NUMBERS = re.compile(rb" *((?:[0-9]+(?: +|$))*)(?:\(MODSEQ [0-9]+\))? *", re.IGNORECASE)
"""The UIDs of a SEARCH (RFC 3501), and what RFC 7162 puts behind them."""
_HIGHEST_UID = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A FETCH that was sent, and whose answer has not been read."""

    uids: Sequence[int]
    tag: bytes


def ask(client: Any, uids: Sequence[int], items: Sequence[str]) -> Asked:  # noqa: ANN401  # imapclient has no types
    """Ask for items of messages without waiting; no other command may be sent before `read` has read the answer.

    Raises:
        IMAP4.abort: the connection is gone.
    """
    words = "FETCH", ",".join(map(str, uids)), f"({' '.join(items)})"
    return Asked(uids, client._imap._command("UID", *words))  # noqa: SLF001  # half of imaplib's `uid`


def read(client: Any, asked: Asked) -> Answer:  # noqa: ANN401  # likewise
    """Wait for the items that were asked for; what the server says of other messages is left out.

    Raises:
        IMAP4.error: the server refuses it, or does not answer as it should.
    """
    imap = client._imap  # noqa: SLF001  # its other half
    kind, data = imap._untagged_response(*imap._command_complete("UID", asked.tag), "FETCH")  # noqa: SLF001  # likewise
    if kind != "OK":
        message = f"fetch failed: {data[0].decode('ascii', 'replace')}"
        raise IMAP4.error(message)
    plain = _plain(data)
    answer = _parsed(data) if plain is None else plain
    return {uid: answer[uid] for uid in asked.uids if uid in answer}


def search(client: Any, *criteria: str) -> list[int]:  # noqa: ANN401  # likewise
    """Search UIDs; the answer may come in several lines, which imapclient would not have.

    Raises:
        IMAP4.error: the server refuses it.
        ValueError: it lists what is no UID.
    """
    kind, data = client._imap.uid("SEARCH", *criteria)  # noqa: SLF001  # as `ask` does
    if kind != "OK":
        message = f"search failed: {(data[0] or b'').decode('ascii', 'replace')}"
        raise IMAP4.error(message)
    uids: list[int] = []
    for line in data:
        match = _NUMBERS.fullmatch(line or b"")
        if match is None:
            message = f"it lists what is no message: {line[:60]!r}"
            raise ValueError(message)
        uids += map(int, match[1].split())
    if any(not 0 < uid <= _HIGHEST_UID for uid in uids):
        message = "it numbers messages as IMAP does not allow"
        raise ValueError(message)
    return uids


def _parsed(data: Sequence[Any]) -> Answer:
    """Read an answer as imapclient does, and leave out what does not say of which message it is, or is no string.

    imapclient takes a message's place for its UID where there is none, and a word for a body.
    """
    literals = {line[1] for line in data if isinstance(line, tuple)}
    quoted = any(_QUOTED.search(line) for line in data if isinstance(line, bytes))
    answer: Answer = {}
    for told in parse_fetch_response(list(data), normalise_times=False, uid_is_key=False).values():
        uid = told.pop(b"UID", None)
        if not isinstance(uid, int):
            continue
        strings = {
            item: value
            for item, value in told.items()
            if not (isinstance(value, bytes) and item.startswith(b"BODY[") and value not in literals and not quoted)
        }
        answer.setdefault(uid, {}).update(strings)
    return answer


def _plain(data: Sequence[Any]) -> Answer | None:
    """Read an answer of nothing but numbers, dates and bodies; None where there is anything else in it."""
    answer: Answer = {}
    lines = iter(data)
    for line in lines:
        told = _body(line, next(lines, None)) if isinstance(line, tuple) else _numbers_and_date(line)
        uid = told.pop(b"UID", None)
        if uid is None:
            return None
        answer.setdefault(uid, {}).update(told)
    return answer


def _body(line: tuple[bytes, bytes], tail: object) -> dict[bytes, Any]:
    head, literal = line
    match = _BODY.fullmatch(head)
    if match is None or tail != b")" or int(match[3]) != len(literal):
        return {}
    return {b"UID": int(match[1]), match[2]: literal}


def _numbers_and_date(line: object) -> dict[bytes, Any]:
    if not isinstance(line, bytes) or _ITEMS.fullmatch(line) is None:
        return {}
    items = _EACH_ITEM.findall(line)
    return {name or date: int(number) if name else _moment(text) for name, number, date, text in items}


def _moment(text: bytes) -> datetime | None:
    try:
        return parse_to_datetime(text, normalise=False)  # type: ignore[no-any-return]  # an untyped library
    except ValueError:
        return None
