from __future__ import annotations

import pytest
from dossiers import (
    COMPANY,
    CREATOR,
    GAS,
    SINGLE,
    Content,
    a_dlms_certificate,
    a_dossier,
    a_form,
    certificates_for,
    named,
    ruling,
    verdict,
)

from rules.facts import Dossier, ReadBy
from rules.finding import Severity

RULE = "alignment.dlms_manufacturer"


def stating(stated: str | None, changes: dict[str, Content] | None = None, read_by: ReadBy = ReadBy.TEXT) -> Dossier:
    form = a_form(SINGLE, changes)
    dlms = a_dlms_certificate(form, {"Manufacturer": stated}, read_by=read_by)
    return a_dossier(form, [*certificates_for(form)[:2], dlms])


@pytest.mark.parametrize(
    ("stated", "changes", "expected", "fields"),
    [
        ("Example Meters Ltd", {}, "pass", []),
        ("EXAMPLE METERS (UK) LIMITED", {}, "pass", []),
        ("Another Works GmbH", {}, "fail", [COMPANY]),
        ("Another Meters Ltd", {}, "fail", [COMPANY]),
        ("Another Works GmbH", {CREATOR: "Another Works"}, "pass", []),
        ("Another Works GmbH", {COMPANY: "", CREATOR: "Example"}, "fail", [CREATOR]),
        ("Another Works GmbH", {CREATOR: "Third"}, "fail", [COMPANY]),
        ("Another Works GmbH", {COMPANY: ""}, "not_applicable", []),
        ("Smart Meters Ltd", {}, "not_applicable", []),
        ("", {}, "not_applicable", []),
        (None, {}, "not_applicable", []),
        ("10:6C", {}, "not_applicable", []),
        ("0x106D", {}, "not_applicable", []),
    ],
)
def test_the_manufacturer_may_be_the_form_s(
    stated: str | None, changes: dict[str, Content], expected: str, fields: list[str]
) -> None:
    dossier = stating(stated, changes)
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == fields
    assert ruling(dossier, RULE).severity is Severity.NOTE


@pytest.mark.parametrize("read_by", [ReadBy.OCR, ReadBy.NONE])
def test_a_picture_s_manufacturer_is_never_compared_as_if_printed(read_by: ReadBy) -> None:
    assert verdict(stating("Another Works GmbH", read_by=read_by), RULE) == "not_applicable"


def test_a_device_without_dlms_has_nothing_to_compare() -> None:
    assert verdict(a_dossier(a_form(GAS)), RULE) == "not_applicable"
