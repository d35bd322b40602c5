"""Body parts are cut where the stdlib's parser cuts them, whatever stands between the boundaries."""

from __future__ import annotations

import random
from email import message_from_bytes, policy
from email.message import Message
from itertools import product
from typing import Any

import pytest

from intake.extract.mail.entities import body_of, body_parts, canonical

PIECES = (
    b"--B",
    b"--B--",
    b"--BB",
    b" --B",
    b"--B \t",
    b"--",
    b"B",
    b"",
    b"text",
    b"A: b",
    b"--B--x",
    b"Content-Type: x/y",
)
ENDS = (b"\r\n", b"\n", b"\r")


def parser_s(entity: bytes) -> Message:
    return message_from_bytes(entity, policy=policy.compat32)


@pytest.mark.parametrize("seed", range(20))
def test_parts_are_those_of_the_parser_of_the_standard_library(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        lines = [chance.choice(PIECES) + chance.choice(ENDS) for _ in range(chance.randrange(12))]
        entity = b'Content-Type: multipart/mixed; boundary="B"\n\n' + b"".join(lines)
        payload: Any = parser_s(entity).get_payload()
        contents = body_parts(entity, "B")
        if isinstance(payload, list):
            assert [part.as_bytes() for part in payload] == [parser_s(part).as_bytes() for part in contents], entity
        else:
            assert not contents or not any(contents), entity


@pytest.mark.parametrize(("head", "end"), list(product((b"A: b", b"A: b\n c", b"From x", b""), ENDS)))
def test_the_body_is_what_stands_behind_the_headers(head: bytes, end: bytes) -> None:
    assert body_of(head + (end if head else b"") + end + b"body" + end) == b"body" + end


def test_headers_without_an_end_have_no_body() -> None:
    assert body_of(b"A: b\r\n") == b""
    assert body_of(b"no header\r\n") == b"no header\r\n"


@pytest.mark.parametrize("given", [b"a\nb\n", b"a\r\nb\r\n", b"a\nb\r\n"])
def test_lines_are_ended_as_they_travel(given: bytes) -> None:
    assert canonical(given) == b"a\r\nb\r\n"
