"""The sandbox that asks once: what it remembers, and what it asks anew."""

from __future__ import annotations

from pathlib import Path

import guarded
import pytest
from guarded import GuardedStore
from helpers import FRIDAY, mail
from remembering import RememberingSandbox

from intake.extract.reader import Reading, read_message
from intake.limits import ReadingLimits
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings


def test_the_same_bytes_are_asked_about_once_but_where_trust_lies_in_files(
    message_reader: RememberingSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ordinary, asked = Sandbox._submit, []  # noqa: SLF001  # the one place where a child is begun

    def submit(self: Sandbox, *given: object) -> None:
        asked.append(given)
        ordinary(self, *given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Sandbox, "_submit", submit)

    def read(raw: bytes, folder: str) -> Reading:
        return read_message(message_reader, raw, ReadingLimits(), TrustSettings(tmp_path / folder, at=FRIDAY))

    raw = mail("Remembered", documents={"a.txt": b"Lunch?"})
    first = read(raw, "one")
    assert (read(raw, "other"), len(asked)) == (first, 1)
    read(raw.replace(b"Remembered", b"Forgotten"), "one")
    assert len(asked) == 2
    (tmp_path / "one").mkdir()
    assert (read(raw, "one"), read(raw, "one"), len(asked)) == (first, first, 4)


def test_what_is_remembered_may_not_be_asked_within_a_transaction_either(
    message_reader: RememberingSandbox, store: GuardedStore
) -> None:
    raw = mail("Remembered too")
    read_message(message_reader, raw, ReadingLimits(), TrustSettings(at=FRIDAY))
    with store.reading(), pytest.raises(AssertionError, match="a child was asked"):
        read_message(message_reader, raw, ReadingLimits(), TrustSettings(at=FRIDAY))
    guarded.faults.clear()
