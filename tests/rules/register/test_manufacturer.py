from __future__ import annotations

import pytest
from dossiers import A_HASH, CREATOR, HASH, MANUFACTURER, a_dossier, a_form, named, ruling, verdict
from published_lists import a_line, beside

from rules.facts import RegisterEntry

RULE = "register.manufacturer"
PLAIN = a_form()
FORM = a_form(changes={CREATOR: "Landis+Gyr", HASH: A_HASH})


def line(code: str, creator: str) -> RegisterEntry:
    return a_line(PLAIN, changes={MANUFACTURER: code, CREATOR: creator})


@pytest.mark.parametrize(
    ("lines", "fields", "words"),
    [
        ([("10:6C", "Landis+Gyr")], [], ""),
        ([("106C", "landis+gyr ")], [], ""),
        ([("10:6C", "Landis + Gyr")], [CREATOR], "with Landis + Gyr"),
        ([("10:6C", "")], [CREATOR], "with no creator"),
        ([("10:63", "Landis+Gyr")], [MANUFACTURER, CREATOR], "this creator with 10:63"),
        ([("10:6C", "EDMI"), ("10:6C", "Aclara"), ("10:63", "Landis+Gyr")], [CREATOR], "with Aclara; EDMI, and this"),
        ([], [MANUFACTURER, CREATOR], "with no creator."),
    ],
)
def test_what_the_list_does_not_know_together_is_noted(
    lines: list[tuple[str, str]], fields: list[str], words: str
) -> None:
    dossier = beside(FORM, *(line(*one) for one in lines))
    assert named(dossier, RULE) == fields
    assert not fields or words in ruling(dossier, RULE).findings[-1].message


def test_a_form_without_an_image_is_compared_by_its_code_alone() -> None:
    assert verdict(beside(PLAIN, line("10:6C", "EDMI")), RULE) == "pass"
    assert named(beside(PLAIN, line("10:63", "EDMI")), RULE) == [MANUFACTURER]


def test_without_a_list_or_a_code_there_is_nothing_to_compare() -> None:
    assert verdict(a_dossier(FORM), RULE) == "not_applicable"
    assert verdict(beside(a_form(changes={MANUFACTURER: ""})), RULE) == "not_applicable"
