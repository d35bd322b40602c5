"""Answers to FETCH: what is read at once is what imapclient makes of it, and anything unusual is left to imapclient."""

from __future__ import annotations

from datetime import UTC, datetime
from imaplib import IMAP4
from typing import Any

import pytest
from imapclient.response_parser import parse_fetch_response

from intake.mailbox import imap_answers
from intake.mailbox.imap_answers import Answer, ask, read

SIZE_AND_DATE = b'1 (UID 7 RFC822.SIZE 2000 INTERNALDATE "20-Nov-2026 09:00:00 +0000")'
BODY = (b"1 (UID 7 BODY[] {5}", b"a\r\n)b")


class Client:
    """Answers FETCH as it is told."""

    def __init__(self, data: list[Any], kind: str = "OK") -> None:
        self._imap = self
        self.answer = kind, data
        self.asked: tuple[str, ...] = ()

    def _command(self, *words: str) -> bytes:
        self.asked = words
        return b"A1"

    def _command_complete(self, name: str, tag: bytes) -> tuple[str, list[Any]]:
        assert (name, tag) == ("UID", b"A1")
        return self.answer

    def _untagged_response(self, kind: str, data: list[Any], name: str) -> tuple[str, list[Any]]:
        assert name == "FETCH"
        return kind, data


def fetch(client: Client, uids: list[int], items: list[str]) -> Answer:
    return read(client, ask(client, uids, items))


def by_imapclient(data: list[Any]) -> Answer:
    told = parse_fetch_response(data, normalise_times=False)
    return {uid: {name: value for name, value in items.items() if name != b"SEQ"} for uid, items in told.items()}


@pytest.mark.parametrize(
    "data",
    [
        [SIZE_AND_DATE],
        [SIZE_AND_DATE, b'2 (INTERNALDATE " 1-Nov-2026 09:00:00 -0530" RFC822.SIZE 0 UID 8)'],
        [b'1 (UID 7 INTERNALDATE "when it came")', b"1 (UID 7 RFC822.SIZE 3)"],
        [BODY, b")", (b"2 (UID 8 BODY[]<8388608> {0}", b""), b")"],
    ],
    ids=["one", "any-order", "in-two-lines", "bodies"],
)
def test_a_plain_answer_is_read_without_imapclient_and_alike(data: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    expected = by_imapclient(data)
    monkeypatch.setattr(imap_answers, "parse_fetch_response", None)
    assert fetch(Client(data), [7, 8, 9], ["ANY"]) == expected


@pytest.mark.parametrize(
    "data",
    [
        [None],
        [BODY, b" FLAGS (\\Seen))"],
        [(b"1 (BODY[] {5}", b"a\r\n)b"), b" UID 7)"],
        [SIZE_AND_DATE, b"4 (FLAGS (\\Seen))"],
        [b"1 (UID 7 RFC822.SIZE 007)"],
        [b"1 (uid 7 rfc822.size 7)"],
        [b"1 (UID 7 INTERNALDATE NIL)"],
        [b'1 (UID 7 INTERNALDATE "a\\"b")'],
    ],
    ids=["nothing", "flags-behind", "uid-behind", "unasked", "zeros", "small-letters", "nil", "escaped"],
)
def test_any_other_answer_is_left_to_imapclient(data: list[Any]) -> None:
    expected = by_imapclient(data)
    told = fetch(Client(data), [7], ["ANY"])
    assert {uid: {n: v for n, v in items.items() if n != b"SEQ"} for uid, items in told.items()} == {
        uid: items for uid, items in expected.items() if uid == 7
    }


def test_only_what_was_asked_for_is_told_and_times_keep_their_zone() -> None:
    client = Client([SIZE_AND_DATE, b"9 (UID 9 RFC822.SIZE 1)"])
    told = fetch(client, [7, 6], ["RFC822.SIZE", "INTERNALDATE"])
    assert client.asked == ("UID", "FETCH", "7,6", "(RFC822.SIZE INTERNALDATE)")
    assert list(told) == [7]
    assert told[7][b"INTERNALDATE"] == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_refusal_is_an_error_and_a_literal_of_another_length_is_too() -> None:
    with pytest.raises(IMAP4.error, match="fetch failed: no such message"):
        fetch(Client([b"no such message"], "NO"), [7], ["BODY.PEEK[]"])
    with pytest.raises(IMAP4.error, match="literal of size 6"):
        fetch(Client([(b"1 (UID 7 BODY[] {6}", b"a\r\n)b"), b")"]), [7], ["BODY.PEEK[]"])
