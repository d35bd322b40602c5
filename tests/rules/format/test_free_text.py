from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dossiers import (
    COMPANY,
    CPA_VERSION,
    DISPLAY,
    GBCS,
    LABELS,
    RELEASE,
    SMETS,
    ZSE_ID,
    a_dossier,
    a_form,
    judged,
    named,
    suggestion,
    verdict,
)

from rules.finding import Outcome

RULE = "format.free_text"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("Example Meters Ltd ", "Example Meters Ltd"),
        ("Example\u00a0Meters Ltd", "Example Meters Ltd"),
        ("Example\u200bMeters Ltd", "ExampleMeters Ltd"),
        ("\nExample Meters Ltd", "Example Meters Ltd"),
    ],
)
def test_invisible_characters_are_noted_and_decide_nothing(value: str, meant: str) -> None:
    dossier = a_dossier(a_form(changes={COMPANY: value}))
    assert named(dossier, RULE) == [COMPANY]
    assert suggestion(dossier, RULE) == meant
    assert judged(dossier).outcome is Outcome.READY


@pytest.mark.parametrize("value", ["Élan Mètres", "電力量計", "First line.\nSecond line.\r\n\tThird."])
def test_other_languages_and_line_breaks_are_fine(value: str) -> None:
    assert verdict(a_dossier(a_form(changes={RELEASE: value})), RULE) == "pass"


def test_coded_values_are_left_to_their_own_rule() -> None:
    assert verdict(a_dossier(a_form(changes={ZSE_ID: "ZIG23001ZSE13200-24 "})), RULE) == "pass"


def test_blanks_that_an_old_form_s_own_list_had_are_only_noted() -> None:
    form = a_form(DISPLAY, {SMETS: "SMETS V2.0 ", GBCS: "GBCS Version 1.0 ", CPA_VERSION: ""}, labels=LABELS[:26])
    dossier = a_dossier(form, judged_at=datetime(2018, 1, 10, tzinfo=UTC))
    assert judged(dossier).profile == "2017-12"
    assert named(dossier, RULE) == [SMETS, GBCS]
    assert verdict(dossier, "format.characters") == "pass"
    assert verdict(dossier, "format.combination") == "pass"
