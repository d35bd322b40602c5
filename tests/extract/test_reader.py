"""What the reader asks of its child, and what it makes of one that was ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intake.extract.reader import read_content, read_message, read_text
from intake.limits import ReadingLimits
from intake.sandbox import ChildDiedError, Limits, Sandbox

LIMITS = ReadingLimits(parts=7, depth=3, header_kb=5, attachments_mb=2, message_mb=1)
ASKED = {"parts": 7, "depth": 3, "header_bytes": 5_120, "attachment_bytes": 2_097_152}


class Answering(Sandbox):
    """A sandbox whose child says what the test wants, and which remembers what it was asked."""

    def __init__(self, *lines: object) -> None:
        super().__init__("nobody:run", Limits())
        self.lines = lines
        self.asked: list[Any] = []

    def run(self, request: object, payload: bytes) -> Iterator[Any]:
        self.asked.append((request, payload))
        for line in self.lines:
            if isinstance(line, Exception):
                raise line
            yield line


def test_a_document_is_asked_for_by_its_digest_within_the_limits_of_configuration() -> None:
    box = Answering({"name": "a.pdf", "content": "aGVsbG8="})
    assert read_content(box, b"raw", "d1", LIMITS) == ("a.pdf", b"hello")
    assert box.asked == [({"content": "d1", "limits": ASKED}, b"raw")]
    assert read_content(Answering(None), b"raw", "d1", LIMITS) is None
    assert read_content(Answering(), b"raw", "d1", LIMITS) is None


def test_the_text_of_a_message_is_empty_where_it_is_too_large_or_its_reader_died() -> None:
    box = Answering({"text": "Hello"})
    assert read_text(box, b"raw", LIMITS) == "Hello"
    assert box.asked == [({"text": True, "limits": ASKED}, b"raw")]
    assert read_text(Answering(ChildDiedError("It took too long to read.")), b"raw", LIMITS) == ""
    assert read_text(Answering(), b"raw", LIMITS) == ""
    assert read_text(Answering({"text": "Hello"}), b"x" * ((1 << 20) + 1), LIMITS) == ""
    assert read_text(Answering({"text": "Hello"}), b"x" * (1 << 20), LIMITS) == "Hello"


def test_a_message_too_large_to_open_says_so_and_asks_nobody() -> None:
    box = Answering()
    reading = read_message(box, b"x" * ((1 << 20) + 1), LIMITS)
    assert box.asked == []
    assert reading.trouble == "The message is larger than the 1 MB that this service opens. A person must look at it."


CONTENTS = {
    "parts": [{"name": name, "sha256": name * 8, "size": 1, "inline": False} for name in "ab"],
    "troubles": ["Its first header is odd.", "So is its second."],
    "opening": "Dear all",
    "text": "Dear all, more",
    "report": None,
    "signatures": [],
    "chains": [],
    "faults": [],
}


def test_a_message_whose_reader_dies_each_time_names_every_document_as_unread() -> None:
    box = Answering(CONTENTS, ChildDiedError("It took too long to read."))
    reading = read_message(box, b"raw", LIMITS)
    assert [(document.name, document.trouble) for document in reading.documents] == [
        ("a", "It took too long to read. A person must look at it."),
        ("b", "It took too long to read. A person must look at it."),
    ]
    assert reading.ended == ("It took too long to read.",) * 2
    assert [request["begin"] for request, _ in box.asked] == [0, 1]
    assert (reading.trouble, reading.opening, reading.text) == (
        "Its first header is odd. So is its second.",
        "Dear all",
        "Dear all, more",
    )


def test_a_message_that_kills_its_reader_before_it_is_parted_has_no_documents_and_a_sentence() -> None:
    reading = read_message(Answering(ChildDiedError("It crashed.")), b"raw", LIMITS)
    assert reading.documents == ()
    assert reading.trouble == "The message could not be taken apart. It crashed. A person must look at it."
