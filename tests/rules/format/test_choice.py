from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dossiers import (
    CPA_VERSION,
    DISPLAY,
    DLMS_VERSION,
    GAS,
    GBCS,
    SINGLE,
    SMETS,
    TYPE,
    ZSE_VERSION,
    a_dossier,
    a_form,
    named,
    ruling,
    suggestion,
    verdict,
)

RULE = "format.choice"


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        (TYPE, "PPMID", DISPLAY),
        (TYPE, "Pre-Payment Meter Interface Device", DISPLAY),
        (TYPE, "gas smart meter", GAS),
        (TYPE, "Gas\u00a0Smart Meter", GAS),
        (TYPE, "Standalone Auxiliary Proportional Controller", SINGLE),
        (TYPE, "In Home Display", None),
        (SMETS, "SMETS V2.1", None),
        (SMETS, "SMETS 5.1", "SMETS V5.1"),
        (GBCS, "GBCS 4.1", "GBCS Version 4.1"),
        (GBCS, "4.1", None),
        (CPA_VERSION, "Security Characteristics Version 1.3", "Security Characteristics version 1.3"),
        (DLMS_VERSION, "CTT 3.0", None),
        (DLMS_VERSION, "CTT v4.2", "CTT 4.2"),
        (ZSE_VERSION, "ZIGBEE Smart Energy Standard 1.4", "ZigBee Smart Energy Standard 1.4"),
        (ZSE_VERSION, "ZigBee Smart Energy Standard 1.3", None),
    ],
)
def test_a_value_off_the_list_is_a_fault_with_what_was_probably_meant(
    field: str, value: str, meant: str | None
) -> None:
    dossier = a_dossier(a_form(SINGLE, {field: value}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]
    assert suggestion(dossier, RULE) == meant


@pytest.mark.parametrize(
    ("field", "value", "day", "expected"),
    [
        (GBCS, "GBCS Version 1.1", (2018, 4, 24), "fail"),
        (GBCS, "GBCS Version 1.1", (2018, 4, 25), "pass"),
        (GBCS, "GBCS Version 1.0", (2022, 9, 20), "pass"),
        (GBCS, "GBCS Version 1.0", (2022, 9, 21), "fail"),
        (DLMS_VERSION, "CTT 3.0", (2022, 2, 1), "pass"),
        (DLMS_VERSION, "CTT 3.0", (2022, 2, 2), "fail"),
        (DLMS_VERSION, "CTT 4.2", (2022, 7, 31), "fail"),
        (DLMS_VERSION, "CTT 4.2", (2022, 8, 1), "pass"),
    ],
)
def test_a_value_counts_on_the_days_on_which_it_is_offered(
    field: str, value: str, day: tuple[int, int, int], expected: str
) -> None:
    form = a_form(SINGLE, {CPA_VERSION: "Security Characteristics version 1.2", field: value})
    dossier = a_dossier(form, judged_at=datetime(*day, 12, tzinfo=UTC))
    assert (field in named(dossier, RULE)) == (expected == "fail")


@pytest.mark.parametrize(
    ("value", "year", "words"),
    [("GBCS Version 1.0", 2026, "no longer offers"), ("GBCS Version 1.1", 2018, "from 25/04/2018 only")],
)
def test_a_value_of_another_day_is_said_to_be_that(value: str, year: int, words: str) -> None:
    dossier = a_dossier(a_form(SINGLE, {GBCS: value}), judged_at=datetime(year, 1, 1, tzinfo=UTC))
    messages = [finding.message for finding in ruling(dossier, RULE).findings if finding.field == GBCS]
    assert words in messages[0]


def test_the_day_is_the_one_in_london() -> None:
    form = a_form(SINGLE, {DLMS_VERSION: "CTT 4.2"})
    last_hour_of_july_in_utc = a_dossier(form, judged_at=datetime(2022, 7, 31, 23, 30, tzinfo=UTC))
    assert DLMS_VERSION not in named(last_hour_of_july_in_utc, RULE)


def test_a_spelling_of_the_published_list_s_own_is_asked_about() -> None:
    dossier = a_dossier(a_form(SINGLE, {ZSE_VERSION: "Zigbee Smart Energy Standard 1.4"}))
    assert verdict(dossier, RULE) == "undetermined"
    assert suggestion(dossier, RULE) == "ZigBee Smart Energy Standard 1.4"
