from __future__ import annotations

import pytest
from dossiers import (
    A_HASH,
    CREATOR,
    HASH,
    NUMBER,
    STATUS,
    Content,
    Kept,
    a_dossier,
    a_form,
    a_message,
    named,
    verdict,
    without,
)

from rules.facts import CellKind
from rules.message_facts import MessageFacts

RULE = "format.allocated"
IMAGE = {CREATOR: "Example Meters Ltd", HASH: A_HASH}
UPDATE = a_message("update")
SUBMISSION = a_message("submission")
UNCLEAR = a_message("unclear")


@pytest.mark.parametrize(
    "content", ["", "  ", "This value is allocated by SECAS", " this  value is\nallocated by secas "]
)
def test_the_placeholder_or_nothing_is_left_alone(content: str) -> None:
    assert verdict(a_dossier(a_form(changes={NUMBER: content, STATUS: content})), RULE) == "pass"


@pytest.mark.parametrize(
    ("field", "content"),
    [
        (NUMBER, "000733"),
        (NUMBER, "tbc"),
        (NUMBER, Kept(CellKind.NUMBER, "733")),
        (STATUS, "Current"),
    ],
)
def test_anything_else_is_a_fault_of_this_rule_alone(field: str, content: Content) -> None:
    dossier = a_dossier(a_form(changes={field: content}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]
    assert verdict(dossier, "format.text_cells") == "pass"


@pytest.mark.parametrize(
    ("number", "message", "expected"),
    [
        ("000001", UPDATE, "pass"),
        ("999999", UPDATE, "pass"),
        (" 000001 ", UPDATE, "pass"),
        ("000000", UPDATE, "fail"),
        ("00001", UPDATE, "fail"),
        ("0000010", UPDATE, "fail"),
        ("00000A", UPDATE, "fail"),
        ("\u0660\u0660\u0660\u0660\u0660\u0661", UPDATE, "fail"),
        ("000001", SUBMISSION, "fail"),
        ("000001", UNCLEAR, "undetermined"),
        ("000001", None, "undetermined"),
        ("1", None, "fail"),
    ],
)
def test_an_update_with_a_hash_may_quote_its_entry(number: str, message: MessageFacts | None, expected: str) -> None:
    assert verdict(a_dossier(a_form(changes={NUMBER: number, **IMAGE}), message=message), RULE) == expected


def test_a_number_without_a_hash_is_no_update_where_the_mail_does_not_say_so() -> None:
    assert verdict(a_dossier(a_form(changes={NUMBER: "000001"})), RULE) == "fail"


def test_a_form_that_has_no_row_for_a_hash_is_no_update() -> None:
    assert verdict(a_dossier(without(a_form(changes={NUMBER: "000001"}), HASH)), RULE) == "fail"


def test_the_status_is_never_the_submitter_s() -> None:
    assert verdict(a_dossier(a_form(changes={STATUS: "Current", **IMAGE}), message=UPDATE), RULE) == "fail"
