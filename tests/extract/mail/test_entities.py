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


@pytest.mark.parametrize("given", [b"", b"a", b"a\r\nb", b"a\rb", b"a\r\r\nb\r\n"])
def test_what_travels_as_it_is_stays_so(given: bytes) -> None:
    assert canonical(given) == given


HEAD = b"Content-Type: multipart/mixed; boundary=B\n\n"
CUT: dict[str, tuple[bytes, tuple[bytes, ...]]] = {
    "one part": (b"--B\na\n--B--\n", (b"a",)),
    "two parts": (b"--B\na\n--B\nb\n--B--\n", (b"a", b"b")),
    "with a preamble and an epilogue": (b"before\n--B\na\n--B--\nafter\n--B\nb\n--B--\n", (b"a",)),
    "an empty part": (b"--B\n\n--B--\n", (b"",)),
    "a blank line at its end": (b"--B\na\n\n--B--\n", (b"a\n",)),
    "lines ended as they travel": (b"--B\r\na\r\n\r\n--B--\r\n", (b"a\r\n",)),
    "bare carriage returns": (b"--B\ra\r--B--\r", (b"a",)),
    "blanks behind the boundary": (b"--B \t\na\n--B-- \t\n", (b"a",)),
    "not closed": (b"--B\na\n--B\nb\n", (b"a", b"b")),
    "not closed and without a last line end": (b"--B\na", (b"a",)),
    "closed at the very end": (b"--B\na\n--B--", (b"a",)),
    "two boundaries on end": (b"--B\n--B\na\n--B--\n", (b"a",)),
    "a longer boundary": (b"--B\na\n--BB\nb\n--B--\n", (b"a\n--BB\nb",)),
    "a boundary within a line": (b"--B\na --B\n --B\nb\n--B--\n", (b"a --B\n --B\nb",)),
    "no boundary": (b"a\n", ()),
    "nothing": (b"", ()),
}


@pytest.mark.parametrize("case", CUT)
def test_parts_are_cut_between_their_boundaries(case: str) -> None:
    body, parts = CUT[case]
    assert body_parts(HEAD + body, "B") == parts


def test_a_boundary_that_is_no_ascii_is_looked_for_as_it_was_read() -> None:
    assert body_parts(HEAD + b"--\xfc\na\n--\xfc--\n", "\udcfc") == (b"a",)
