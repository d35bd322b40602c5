from __future__ import annotations

import pytest
from dossiers import (
    A_HASH,
    CREATOR,
    FIRMWARE,
    HASH,
    MANUFACTURER,
    MODEL,
    REVISION,
    VERSION,
    a_dossier,
    a_form,
    complaining,
    named,
    ruling,
    suggestion,
    verdict,
)

RULE = "format.shape"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (MANUFACTURER, "00:00"),
        (MODEL, "00:00"),
        (VERSION, "00"),
        (REVISION, "FF"),
        (FIRMWARE, "00:00:00:00"),
        (FIRMWARE, "FF:FF:FF:FF"),
    ],
)
def test_the_form_s_shape_passes(field: str, value: str) -> None:
    assert verdict(a_dossier(a_form(changes={field: value})), RULE) == "pass"


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        (MANUFACTURER, "10:6c", "10:6C"),
        (MANUFACTURER, "106C", "10:6C"),
        (MANUFACTURER, "0x106C", "10:6C"),
        (MANUFACTURER, "0x10:0x6C", "10:6C"),
        (MANUFACTURER, "10-6C", "10:6C"),
        (MANUFACTURER, "10 : 6C", "10:6C"),
        (MANUFACTURER, "10:6\u0421", "10:6C"),
        (MANUFACTURER, "1O:6C", "10:6C"),
        (MANUFACTURER, "\uff11\uff10:6C", "10:6C"),
        (MANUFACTURER, "10\u22366C", "10:6C"),
        (MANUFACTURER, "10:\u200b6C", "10:6C"),
        (MANUFACTURER, "106Ch", "10:6C"),
        (MANUFACTURER, "10:6", None),
        (MANUFACTURER, "10:6G", None),
        (MANUFACTURER, "10:6C:00", None),
        (MANUFACTURER, "4204", "42:04"),
        (MODEL, "43:3l", None),
        (VERSION, "A", None),
        (VERSION, "0a", "0A"),
        (REVISION, "0AC", None),
        (FIRMWARE, "12.3 (Stack 1.2.3.4)", None),
        (FIRMWARE, "12.03.12.34", "12:03:12:34"),
        (FIRMWARE, "12:03:12", None),
        (FIRMWARE, "12:03:12:3", None),
        (FIRMWARE, "12:03:12:34:56", None),
        (FIRMWARE, "\u0661\u0662:03:12:34", None),
    ],
)
def test_another_shape_is_a_fault_with_what_was_probably_meant(field: str, value: str, meant: str | None) -> None:
    dossier = a_dossier(a_form(changes={field: value}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]
    assert suggestion(dossier, RULE) == meant


@pytest.mark.parametrize("value", [A_HASH.lower(), A_HASH.replace(":", ""), A_HASH[:-1], f"{A_HASH}:00"])
def test_a_hash_has_thirty_two_upper_case_pairs(value: str) -> None:
    dossier = a_dossier(a_form(changes={CREATOR: "Example Meters Ltd", HASH: value}))
    assert named(dossier, RULE) == [HASH]


def test_a_character_that_only_looks_right_is_named_as_such() -> None:
    dossier = a_dossier(a_form(changes={FIRMWARE: "12:03:12:\u0410\u0415"}))
    (finding,) = ruling(dossier, RULE).findings
    assert "only looks like" in finding.message


def test_a_blank_behind_a_good_value_is_not_this_rule_s_fault() -> None:
    dossier = a_dossier(a_form(changes={FIRMWARE: "12:03:12:34 "}))
    assert complaining(dossier) == {"format.characters"}
