from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import GAS, GBCS, SINGLE, SMETS, TYPE, ZSE_VERSION, a_dossier, a_form, judged, ruling

from rules.facts import NewEntry
from rules.finding import Outcome
from rules.younger import younger


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        ("gbcs", "GBCS Version 4.2", True),
        ("gbcs", "GBCS Version 4.4", True),
        ("gbcs", "GBCS Version 4.10", True),
        ("gbcs", "GBCS Version 4.1a", True),
        ("gbcs", "GBCS Version 4.1.1", True),
        ("gbcs", "GBCS Version 5.0", True),
        ("gbcs", "GBCS Version 4.1", False),
        ("gbcs", "GBCS Version 3.3", False),
        ("gbcs", "GBCS Version 41", False),
        ("gbcs", "GBCS 4.2", False),
        ("gbcs", "4.2", False),
        ("gbcs", "GBCS Version", False),
        ("zse", "ZigBee Smart Energy Standard 1.4a", True),
        ("zse", "ZigBee Smart Energy Standard 1.5", True),
        ("zse", "ZigBee Smart Energy Standard 1.2c", False),
        ("zse", "ZigBee Smart Energy Standard 1.3", False),
        ("smets_chts", "SMETS V5.2", True),
        ("smets_chts", "CHTS V1.6", True),
        ("smets_chts", "CHTS V5.1", False),
        ("smets_chts", "IHDTS V1.0", False),
        ("dlms", "CTT 4.3", True),
        ("dlms", "CTT 3.2", False),
        ("security_characteristics", "Security Characteristics version 1.4", True),
        ("security_characteristics", "Security Characteristics version 1.1", False),
        ("device_type", "Gas Smart Meter 2", False),
    ],
)
def test_a_value_of_the_list_s_shape_with_a_higher_number_may_be_younger(
    table: str, text: str, *, expected: bool
) -> None:
    assert younger(table, text) is expected


@pytest.mark.parametrize(("device_type", "expected"), [(GAS, True), (SINGLE, False)])
def test_each_type_of_device_has_its_own_highest_version(device_type: str, *, expected: bool) -> None:
    form = a_form(device_type)
    assert younger("smets_chts", "SMETS V4.5", a_dossier(form).judging(form)) is expected


def outcome(form: NewEntry) -> Outcome:
    return judged(a_dossier(form)).outcome


@pytest.mark.parametrize(
    ("field", "value"),
    [(GBCS, "GBCS Version 4.4"), (SMETS, "SMETS V5.2"), (ZSE_VERSION, "ZigBee Smart Energy Standard 1.4a")],
)
def test_a_younger_value_is_put_before_a_person_and_never_returned(field: str, value: str) -> None:
    form = a_form(SINGLE, {field: value})
    assert outcome(form) is Outcome.NEEDS_A_PERSON
    (finding,) = ruling(a_dossier(form), "format.choice").findings
    assert "not among the values of 09/2022" in finding.message


def offered(form: NewEntry, field: str) -> NewEntry:
    """The form, whose own drop-down list has what stands in this field."""
    rows = tuple(replace(row, offered=row.field == field) for row in form.rows)
    return replace(form, rows=rows)


@pytest.mark.parametrize(("field", "value"), [(TYPE, "Standalone Auxiliary Controller"), (GBCS, "GBCS V9")])
def test_what_the_form_s_own_list_offers_is_put_before_a_person(field: str, value: str) -> None:
    form = a_form(SINGLE, {field: value})
    assert outcome(form) is Outcome.RETURN
    assert outcome(offered(form, field)) is Outcome.NEEDS_A_PERSON
