"""A message is parsed the short way, without its lines of code, to the same tree as the long way."""

from __future__ import annotations

import base64
import random
from email.message import Message
from email.parser import BytesFeedParser

import pytest

from intake.extract.mail import parsing

_FILE = base64.encodebytes(random.Random(1).randbytes(3_000))
_HEAD = b"Subject: CPL submission\nContent-Type: multipart/mixed; boundary=edge\n\n"
_PART = b"--edge\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + _FILE
_LIKE_HEADERS = b"X-Key: " + _FILE.replace(b"\n", b"\n ").rstrip() + b"\n"
MESSAGES = {
    "a part": _HEAD + _PART + b"--edge--\n",
    "line ends of the network": (_HEAD + _PART + b"--edge--\n").replace(b"\n", b"\r\n"),
    "line ends of an old Mac": (_HEAD + _PART + b"--edge--\n").replace(b"\n", b"\r"),
    "before and behind the parts": _HEAD + _FILE + _PART + b"--edge--\n" + _FILE,
    "no end": _HEAD + _PART[:-1],
    "no headers": _FILE + _HEAD + _PART,
    "among the headers": b"Subject: a\n" + _FILE + b"To: b\n\nc",
    "within a header": b"Subject: a\n" + _LIKE_HEADERS + b"\nc",
    "a message in a message": _HEAD
    + b"--edge\nContent-Type: message/rfc822\n\n"
    + _HEAD.replace(b"edge", b"in")
    + _FILE,
    "a report": _HEAD + b"--edge\nContent-Type: message/delivery-status\n\n" + _FILE + b"\nAction: failed\n\n" + _FILE,
    "words between": _HEAD + b"--edge\n\n" + _FILE + b"and so on\n" + _FILE + b"--edge--",
    "eight bits": _HEAD + b"--edge\n\nZ\xe4hler\n" + _FILE + b"--edge--",
    "what stands for lines": _HEAD + _PART + b"\x7f0\x7f\n--edge--",
}


def tree(message: Message) -> object:
    payload = vars(message)["_payload"]
    parts = [tree(part) for part in payload] if isinstance(payload, list) else payload
    defects = [(type(defect), str(defect)) for defect in message.defects]
    return list(message.raw_items()), message.preamble, message.epilogue, defects, parts


@pytest.mark.parametrize("raw", MESSAGES.values(), ids=MESSAGES)
def test_lines_that_are_taken_out_stand_in_the_tree_as_before(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    short = tree(parsing.parsed(raw))
    monkeypatch.setattr(parsing, "_MARK", b"")  # every message has it, and is parsed as it is
    assert short == tree(parsing.parsed(raw))


def test_of_many_lines_alike_the_library_looks_at_one(monkeypatch: pytest.MonkeyPatch) -> None:
    fed: list[bytes] = []
    feed = BytesFeedParser.feed

    def hear(parser: BytesFeedParser[Message], data: bytes) -> None:
        fed.append(data)
        feed(parser, data)

    monkeypatch.setattr(BytesFeedParser, "feed", hear)
    message = parsing.parsed(MESSAGES["a part"])
    assert b"".join(fed).count(b"\n") < MESSAGES["a part"].count(b"\n") / 3
    assert message.get_payload(0).get_payload(decode=True) == base64.decodebytes(_FILE)  # type: ignore[union-attr]  # it has parts
