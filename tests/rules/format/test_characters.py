from __future__ import annotations

import pytest
from dossiers import (
    COMPANY,
    CPA_DATE,
    CPA_ID,
    DLMS_ID,
    FIRMWARE,
    GBCS,
    SINGLE,
    TYPE,
    ZSE_ID,
    a_dossier,
    a_form,
    complaining,
    named,
    suggestion,
    verdict,
)

from rules.fields import FormField

RULE = "format.characters"
GOOD = a_form(SINGLE)


@pytest.mark.parametrize("field", [TYPE, FIRMWARE, GBCS, CPA_ID, CPA_DATE, DLMS_ID, ZSE_ID])
@pytest.mark.parametrize("around", ["{} ", " {}", "{}\n", "{}\n\n", "\u00a0{}", "{}\u200b", "\ufeff{}"])
def test_blanks_around_a_coded_value_are_a_fault_of_this_rule_alone(field: str, around: str) -> None:
    good = GOOD.value(FormField(field))
    dossier = a_dossier(a_form(SINGLE, {field: around.format(good)}), a_dossier(GOOD).documents[1:])
    assert complaining(dossier) == {RULE}
    assert named(dossier, RULE) == [field]
    assert suggestion(dossier, RULE) == good


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("ZIG23001ZSE13200\u201324", "ZIG23001ZSE13200-24"),
        ("ZIG23001\u00a0ZSE13200-24", "ZIG23001 ZSE13200-24"),
        ("Z\u0406G23001ZSE13200-24", None),
        ("ZIG23001\tZSE13200-24", "ZIG23001 ZSE13200-24"),
        ("ZIG23001\nZSE13200-24", "ZIG23001 ZSE13200-24"),
        ("ZIG23001ZSE13200-24\u00e9x", None),
        ("ZIG23001ZSE13200\x7f-24", "ZIG23001ZSE13200-24"),
    ],
)
def test_only_printable_ascii_stands_in_a_certificate_s_number(value: str, meant: str | None) -> None:
    dossier = a_dossier(a_form(SINGLE, {ZSE_ID: value}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [ZSE_ID]
    assert suggestion(dossier, RULE) == meant


@pytest.mark.parametrize("value", ["A B", "~!tilde", "a#b"])
def test_every_character_from_space_to_tilde_may_stand_within(value: str) -> None:
    assert verdict(a_dossier(a_form(SINGLE, {ZSE_ID: value})), RULE) == "pass"


def test_free_text_is_left_to_its_own_rule() -> None:
    assert complaining(a_dossier(a_form(changes={COMPANY: " Élan Mètres \u00a0"}))) == {"format.free_text"}


@pytest.mark.parametrize("field", [TYPE, FIRMWARE, GBCS, CPA_ID, CPA_DATE, DLMS_ID, ZSE_ID])
@pytest.mark.parametrize("around", ["{} ", "{}   ", " {}", "{}\u00a0", "{}\n", "{}\t", "\u00a0{} ", "{}\u200b"])
def test_what_is_unseen_around_a_value_is_asked_about(field: str, around: str) -> None:
    text = around.format(GOOD.value(FormField(field)))
    dossier = a_dossier(a_form(SINGLE, {field: text}), a_dossier(GOOD).documents[1:])
    assert verdict(dossier, RULE) == "undetermined"


def test_what_is_unseen_around_a_value_does_not_excuse_what_is_wrong_within() -> None:
    assert verdict(a_dossier(a_form(SINGLE, {ZSE_ID: " ZIG23001\u00a0ZSE13200-24"})), RULE) == "fail"
