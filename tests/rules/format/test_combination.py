from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dossiers import (
    DEVICE_TYPES,
    DISPLAY,
    GAS,
    GBCS,
    HUB,
    POLYPHASE,
    SINGLE,
    SMETS,
    SWITCH,
    TWIN,
    TYPE,
    Kept,
    a_dossier,
    a_form,
    named,
    ruling,
    verdict,
)

from rules.facts import CellKind
from rules.finding import Topic
from rules.reference import reference

RULE = "format.combination"
COMMON = {("SMETS V2.0", "1.1"), ("SMETS V3.1", "2.0"), ("SMETS V3.1", "2.1"), ("SMETS V4.2", "3.2")}
SMETS1 = {("SMETS V1.2", "0.0")}
LATER = {("SMETS V5.0", "4.0"), ("SMETS V5.1", "4.1")}
ALLOWED = {
    HUB: SMETS1
    | {("CHTS V1.0", "1.1"), ("CHTS V1.1", "2.0"), ("CHTS V1.1", "2.1"), ("CHTS V1.3", "3.2")}
    | {("CHTS V1.4", "4.0"), ("CHTS V1.5", "4.1")},
    SINGLE: SMETS1 | COMMON | LATER,
    TWIN: SMETS1 | COMMON | LATER,
    POLYPHASE: COMMON | LATER,
    SWITCH: COMMON | LATER,
    GAS: SMETS1 | COMMON | {("SMETS V4.3", "3.2"), ("SMETS V4.3", "4.0"), ("SMETS V4.3", "4.1")},
    DISPLAY: SMETS1 | COMMON | {("SMETS V4.3", "3.2"), ("SMETS V4.3", "4.0"), ("SMETS V4.4", "4.1")},
}
"""As the tool of 21 September 2022 has it; written out again, so that a slip in the table is seen."""


@pytest.mark.parametrize("device_type", DEVICE_TYPES)
def test_exactly_the_allowed_combinations_pass(device_type: str) -> None:
    day = a_dossier().judged_at.date()
    passed = {
        (version, gbcs.removeprefix("GBCS Version "))
        for version in reference().offered("smets_chts", day)
        for gbcs in reference().offered("gbcs", day)
        if verdict(a_dossier(a_form(device_type, {SMETS: version, GBCS: gbcs}), []), RULE) == "pass"
    }
    assert passed == ALLOWED[device_type]


@pytest.mark.parametrize(
    ("device_type", "version", "gbcs", "fields"),
    [
        (GAS, "SMETS V5.1", "GBCS Version 4.1", [SMETS]),
        (GAS, "SMETS V4.3", "GBCS Version 2.0", [GBCS, SMETS]),
        (HUB, "SMETS V5.1", "GBCS Version 4.1", [SMETS]),
        (SINGLE, "CHTS V1.5", "GBCS Version 4.1", [SMETS]),
        (POLYPHASE, "SMETS V1.2", "GBCS Version 0.0", [SMETS]),
    ],
)
def test_each_cell_that_could_be_the_wrong_one_is_named(
    device_type: str, version: str, gbcs: str, fields: list[str]
) -> None:
    dossier = a_dossier(a_form(device_type, {SMETS: version, GBCS: gbcs}))
    assert named(dossier, RULE) == fields
    findings = ruling(dossier, RULE).findings
    assert all(finding.expected for finding in findings)
    warned = [finding.remedy.startswith("Correct one of the two, not both") for finding in findings]
    assert warned == [len(fields) == 2] * len(fields)  # where either could be the wrong one
    assert {finding.topic for finding in findings} == {Topic(findings[0].message)}  # so that they are one point


def test_gbcs_1_0_went_with_its_versions_while_it_was_offered() -> None:
    form = a_form(GAS, {SMETS: "SMETS V2.0", GBCS: "GBCS Version 1.0"})
    assert verdict(a_dossier(form, judged_at=datetime(2018, 1, 10, tzinfo=UTC)), RULE) == "pass"
    assert verdict(a_dossier(form), RULE) == "not_applicable"


@pytest.mark.parametrize("changes", [{TYPE: "Gas"}, {SMETS: ""}, {GBCS: "4.1"}, {GBCS: Kept(CellKind.NUMBER, "4.1")}])
def test_values_off_the_lists_are_left_to_their_own_rules(changes: dict[str, str | Kept]) -> None:
    assert verdict(a_dossier(a_form(GAS, changes)), RULE) == "not_applicable"
