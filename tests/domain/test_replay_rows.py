"""What rows beside submissions must be by the ledger alone: events in their order, and the rows that they tell."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from domain.telling import Step, rows_after, told

from intake.domain.replay_rows import Happened, Key

# ---- people

ADDED: Step = ("person_added", "root", {"person": "ada", "role": "analyst", "hash_sha256": "h1", "temporary": True})
BOUND: Step = ("person_bound", "ada", {"person": "ada", "issuer": "https://id.test", "subject": "s-1"})
ADA: Mapping[str, object] = {
    "created_at": "t1",
    "role": "analyst",
    "disabled_at": None,
    "issuer": None,
    "subject": None,
    "password": "h1",
    "temporary": 1,
}


@pytest.mark.parametrize(
    ("steps", "ada"),
    [
        ([ADDED], ADA),
        ([("person_added", "root", {**ADDED[2], "temporary": False})], {**ADA, "temporary": 0}),
        ([ADDED, ("role_changed", "root", {"person": "ada", "role": "approver"})], {**ADA, "role": "approver"}),
        ([ADDED, ("person_disabled", "root", {"person": "ada"})], {**ADA, "disabled_at": "t2"}),
        ([ADDED, ("person_disabled", "root", {"person": "ada"}), ("person_enabled", "root", {"person": "ada"})], ADA),
        (
            [ADDED, ("password_changed", "ada", {"person": "ada", "hash_sha256": "h2"})],
            {**ADA, "password": "h2", "temporary": 0},
        ),
        ([ADDED, ("password_changed", "root", {"person": "ada", "hash_sha256": "h2"})], {**ADA, "password": "h2"}),
        (
            [ADDED, BOUND],
            {**ADA, "issuer": "https://id.test", "subject": "s-1", "password": "", "temporary": 0},
        ),
        # added once more, which lets in again and begins nobody anew
        ([ADDED, BOUND, ("person_disabled", "root", {"person": "ada"}), ADDED], ADA),
    ],
)  # fmt: skip
def test_a_person_is_what_was_last_told(steps: list[Step], ada: Mapping[str, object]) -> None:
    assert told(steps, "person") == {"ada": ada}


@pytest.mark.parametrize(
    "step",
    [
        ("person_added", "root", {"person": "ada", "role": "analyst"}),
        ("password_changed", "root", {"person": "ada"}),
    ],
)
def test_a_password_that_an_earlier_release_did_not_tell_is_known_no_more(step: Step) -> None:
    (ada,) = told([ADDED, step], "person").values()
    assert ada == {name: value for name, value in ADA.items() if name not in {"password", "temporary"}}


@pytest.mark.parametrize(
    ("step", "known"),
    [
        (("role_changed", "root", {"person": "old", "role": "auditor"}), {"role": "auditor"}),
        (("person_disabled", "root", {"person": "old"}), {"disabled_at": "t1"}),
        (("password_changed", "root", {"person": "old"}), {}),
        (("password_changed", "old", {"person": "old", "hash_sha256": "h"}), {"password": "h", "temporary": 0}),
    ],
)
def test_of_a_person_whom_no_event_added_only_what_changed_is_known(step: Step, known: dict[str, object]) -> None:
    assert told([step], "person") == {"old": known}


# ---- days, holds, disposals

CLOSED: Step = ("day_closed", "ada", {"day": "2026-12-24", "why": "the office is shut"})
PLACED: Step = ("hold_placed", "ada", {"hold": 4, "scope": "case", "value": "CPL-000001", "reason": "an inquiry"})
LIFT: Step = ("hold_lift_proposed", "ada", {"hold": 4, "reason": "it is over"})
HOLD: Mapping[str, object] = {
    "scope": "case",
    "value": "CPL-000001",
    "reason": "an inquiry",
    "placed_by": "ada",
    "placed_at": "t1",
    **dict.fromkeys(("lifted_by", "lifted_at", "lift_reason", "lift_proposed_by", "lift_proposed_at")),
}
ASKED_TO_LIFT = {"lift_proposed_by": "ada", "lift_proposed_at": "t2", "lift_reason": "it is over"}
DISPOSE: Step = ("disposal_proposed", "ada", {"disposal": 2, "cases": ["CPL-000001", "CPL-000005"], "reason": "old"})
DISPOSAL: Mapping[str, object] = {
    "cases": ["CPL-000001", "CPL-000005"],
    "reason": "old",
    "proposed_by": "ada",
    "proposed_at": "t1",
    "state": "proposed",
    "decided_by": None,
    "decided_at": None,
}
DECIDED = {"decided_by": "ben", "decided_at": "t2"}


@pytest.mark.parametrize(
    ("steps", "table", "rows"),
    [
        (
            [CLOSED],
            "closed_day",
            {"2026-12-24": {"why": "the office is shut", "closed_by": "ada", "closed_at": "t1"}},
        ),
        ([CLOSED, ("day_reopened", "ben", {"day": "2026-12-24"})], "closed_day", {}),
        ([("day_reopened", "ben", {"day": "2026-12-24"})], "closed_day", {}),
        (
            [CLOSED, ("day_closed", "ben", {"day": "2026-12-24", "why": "a strike"})],
            "closed_day",
            {"2026-12-24": {"why": "a strike", "closed_by": "ben", "closed_at": "t2"}},
        ),
        ([PLACED], "hold", {4: HOLD}),
        ([PLACED, LIFT], "hold", {4: {**HOLD, **ASKED_TO_LIFT}}),
        ([PLACED, LIFT, ("hold_lift_refused", "ben", {"hold": 4, "reason": "not yet"})], "hold", {4: HOLD}),
        (
            [PLACED, LIFT, ("hold_lifted", "ben", {"hold": 4, "reason": "it is over"})],
            "hold",
            {4: {**HOLD, **ASKED_TO_LIFT, "lifted_by": "ben", "lifted_at": "t3"}},
        ),
        ([DISPOSE], "disposal", {2: DISPOSAL}),
        (
            [DISPOSE, ("disposal_agreed", "ben", {"disposal": 2})],
            "disposal",
            {2: {**DISPOSAL, **DECIDED, "state": "agreed"}},
        ),
        (
            [DISPOSE, ("disposal_refused", "ben", {"disposal": 2, "reason": "no"})],
            "disposal",
            {2: {**DISPOSAL, **DECIDED, "state": "refused"}},
        ),
    ],
)
def test_days_holds_and_disposals_are_what_was_last_told(
    steps: list[Step], table: str, rows: dict[Key, dict[str, object]]
) -> None:
    assert told(steps, table) == rows


# ---- what an event says


@pytest.mark.parametrize(
    ("value", "text", "number", "texts"),
    [
        ("words", "words", 0, []),
        (7, "", 7, []),
        (["a", 7], "", 0, ["a", "7"]),
        (None, "", 0, []),
        ({"a": 1}, "", 0, []),
    ],
)
def test_a_detail_of_another_type_than_asked_for_says_nothing(
    value: object, text: str, number: int, texts: list[str]
) -> None:
    happened = Happened(1, None, "t1", "ada", {"it": value})
    assert (happened.text("it"), happened.number("it"), happened.texts("it")) == (text, number, texts)
    assert (happened.text("else"), happened.number("else"), happened.texts("else")) == ("", 0, [])


def test_a_column_is_told_by_the_newest_event_that_sets_it() -> None:
    hold = rows_after([PLACED, LIFT]).of("hold")[4]
    assert {column for column, seq in hold.events.items() if seq == 2} == set(ASKED_TO_LIFT)
    assert hold.events["reason"] == 1
