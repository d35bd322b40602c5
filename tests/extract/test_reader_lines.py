"""What the reader makes of each line that its child writes, and what it tells on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from intake.extract import unreadable as says
from intake.extract.reader import Reading, read_files, read_message
from intake.extract.unread import Known, unreadable_document
from intake.faults import Fault
from intake.limits import ReadingLimits
from intake.sandbox import Limits, Sandbox
from rules.facts import Document, NewEntry
from rules.sender_facts import SenderCheck

FAULT = msgspec.to_builtins(Fault("ValueError", "intake/x.py:1"))
CHECK = SenderCheck("dkim", "pass", "", "x.example", "k: v")


def document(name: str) -> tuple[Document, NewEntry | None]:
    reading = unreadable_document(Known.of(name, b"x"), "It is odd.")
    return reading.document, reading.entry


def contents(*names: str, **more: object) -> dict[str, Any]:
    parts = [{"name": name, "sha256": name, "size": 1, "inline": False} for name in names]
    plain: dict[str, object] = {"troubles": [], "opening": "Dear", "text": "Dear all", "report": None}
    return {"parts": parts, **plain, "signatures": [], "chains": [], "faults": [], **more}


def line(name: str, **more: object) -> dict[str, Any]:
    read, entry = document(name)
    return {
        "document": msgspec.to_builtins(read),
        "entry": msgspec.to_builtins(entry) if entry else None,
        "chains": [],
        "faults": [],
        **more,
    }


class Saying(Sandbox):
    """A sandbox whose child writes these lines."""

    def __init__(self, *lines: dict[str, Any]) -> None:
        super().__init__("nobody:run", Limits())
        self.lines = lines
        self.asked: list[dict[str, Any]] = []

    def run(self, request: Any, payload: bytes) -> Iterator[Any]:  # noqa: ANN401  # as JSON has it
        self.asked.append({**request, "payload": payload})
        yield from self.lines


def read(*lines: dict[str, Any]) -> Reading:
    return read_message(Saying(*lines), b"raw", ReadingLimits())


def test_documents_and_entries_come_in_their_order_and_are_told_on_the_way() -> None:
    told: list[tuple[int, int, str]] = []
    box = Saying(contents("a.pdf", "form.xlsx"), line("a.pdf"), line("form.xlsx"))
    reading = read_message(box, b"raw", ReadingLimits(), progress=lambda *step: told.append(step))
    assert reading.documents == (document("a.pdf")[0], document("form.xlsx")[0])
    assert reading.entries == (document("form.xlsx")[1],)
    assert (reading.opening, reading.text, reading.trouble, reading.ended) == ("Dear", "Dear all", None, ())
    assert told == [(0, 2, "a.pdf"), (1, 2, "form.xlsx"), (2, 2, "")]
    (asked,) = box.asked
    assert (asked["files"], asked["begin"], asked["keys"], asked["payload"]) == (None, 0, {}, b"raw")
    assert asked["document_seconds"] == ReadingLimits().document_seconds


def test_loose_files_are_sent_one_behind_the_other_with_their_sizes() -> None:
    box = Saying(contents("a.pdf", "b.pdf"), line("a.pdf"), line("b.pdf"))
    reading = read_files(box, [("a.pdf", b"one"), ("b.pdf", b"three")], ReadingLimits())
    assert len(reading.documents) == 2
    assert (box.asked[0]["files"], box.asked[0]["payload"]) == ([("a.pdf", 3), ("b.pdf", 5)], b"onethree")


def test_what_is_wrong_with_the_message_and_by_whose_fault_is_told() -> None:
    assert read(contents(troubles=["One.", "Two."])).trouble == "One. Two."
    reading = read(contents(troubles=["One."], faults=[FAULT]))
    assert reading.trouble == f"One. {says.MESSAGE_FAULT}"
    assert reading.faults == (Fault("ValueError", "intake/x.py:1"),)
    assert read(contents(troubles=[says.MESSAGE_FAULT], faults=[FAULT])).trouble == says.MESSAGE_FAULT


def test_a_fault_over_a_document_is_told_once_and_says_nothing_of_the_message() -> None:
    reading = read(contents("a", "b"), line("a", faults=[FAULT]), line("b", faults=[FAULT]))
    assert (reading.trouble, reading.faults) == (None, (Fault("ValueError", "intake/x.py:1"),))


def test_what_the_sender_s_keys_prove_goes_with_it() -> None:
    checks = {"sender_checks": [msgspec.to_builtins(CHECK)], "faults": []}
    reading = read(contents("a"), line("a"), checks)
    assert (reading.sender_checks, reading.trouble) == ((CHECK,), None)
    reading = read(contents("a"), line("a"), {"sender_checks": [], "faults": [FAULT]})
    assert (reading.sender_checks, reading.trouble) == ((), says.MESSAGE_FAULT)
    assert reading.signatures == ()
    assert len(reading.chains) == 0
