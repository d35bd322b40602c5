"""Which removals are suggested, and which look alike and are none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from feeds import a_listed, removed

from intake.register.changes import RemovalReason
from intake.register.suggestions import suggested_removals
from rules.facts import RegisterEntry

TODAY = date(2026, 11, 20)
OVER = {"CPA_NUMBER": "[E] GSME12345678", "CPA_DATE": "19/11/2026"}
SAME = {"FIRMWARE_VERSION": "00:00:00:09"}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([a_listed("000001", **OVER)], [(RemovalReason.EXPIRED, ("000001",), "")]),
        ([a_listed("000001", **{**OVER, "CPA_DATE": "20/11/2026"})], []),  # it holds on its own day
        ([a_listed("000001", **{**OVER, "CPA_NUMBER": "[R] GSME12345678"})], []),  # a risk review is no end
        ([removed(a_listed("000001", **OVER))], []),
        ([a_listed("000001", **{**OVER, "CPA_DATE": "soon"})], []),
        (
            [a_listed("000001", **OVER), a_listed("000002", **{**OVER, "CPA_NUMBER": "[E]  gsme-12345678 "})],
            [(RemovalReason.EXPIRED, ("000001", "000002"), "")],
        ),
        (
            [a_listed("000003", **SAME), a_listed("000001", **SAME), a_listed("000002", **SAME)],
            [(RemovalReason.CLONE, ("000002", "000003"), "000001")],
        ),
        ([a_listed("000001", **SAME), a_listed("000002", **SAME, IMAGE_HASH="CD")], []),  # parts of one release
        ([a_listed("000001", **SAME), removed(a_listed("000002", **SAME))], []),
    ],
)
def test_an_expired_certificate_and_an_exact_double_are_suggested(
    entries: Sequence[RegisterEntry], expected: list[tuple[RemovalReason, tuple[str, ...], str]]
) -> None:
    told = suggested_removals(entries, TODAY)
    assert [(one.removal, one.entries, one.replaced_by) for one in told] == expected
    assert all(one.reason.endswith(".") for one in told)
