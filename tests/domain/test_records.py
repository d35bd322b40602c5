"""What is archived can be read again, to the letter."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from dossiers import a_dossier, a_message

from intake.domain import records
from rules.examine import examine


def test_a_dossier_comes_back_as_it_was_and_is_judged_the_same() -> None:
    dossier = a_dossier(message=a_message())
    again = records.dossier(records.encode(dossier))
    assert again == dossier
    assert examine(again) == examine(dossier)


def test_a_report_comes_back_as_it_was() -> None:
    report = examine(a_dossier())
    assert records.report(records.encode(report)) == report


def test_equal_records_are_equal_bytes() -> None:
    assert records.encode(a_dossier()) == records.encode(a_dossier())


@pytest.mark.parametrize("read", [records.dossier, records.report])
@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"judged_at": "yesterday"}'])
def test_anything_else_is_no_record(read: Callable[[bytes], object], content: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read(content)
