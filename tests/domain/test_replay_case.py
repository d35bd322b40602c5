"""What rows about a submission, and letters, must be by the ledger alone."""

from __future__ import annotations

import pytest

from intake.domain.replay_case import Detail, OfCase, Place
from intake.domain.replay_letters import LETTER_MOVES, may_stand

ACCEPTED: Detail = {"entry": 1, "key": "k1", "point": "It is late", "reason": "agreed", "document": "note.pdf",
                    "document_sha256": "aa"}  # fmt: skip
CORRECTED: Detail = {"entry": 0, "document": "cpa.pdf", "document_sha256": "bb", "label": "Firmware Version",
                     "original": "1.0", "value": "1.O", "reason": "misread"}  # fmt: skip


def case(*steps: tuple[str, Detail]) -> OfCase:
    told = OfCase()
    for seq, (name, detail) in enumerate(steps, 1):
        told.apply(seq, name, f"t{seq}", "ada", detail)
    return told


@pytest.mark.parametrize(
    ("steps", "places"),
    [
        ([("received", {"mailbox": "post", "epoch": "1", "uid": "7"})], {("post", "1", "7"): 1}),
        (
            [
                ("received", {"mailbox": "post", "epoch": "1", "uid": "7"}),
                ("sighted_again", {"mailbox": "post", "epoch": "2", "uid": "7"}),
            ],
            {("post", "1", "7"): 1, ("post", "2", "7"): 2},
        ),
        (
            [
                ("received", {"mailbox": "post", "epoch": "1", "uid": "7"}),
                ("sighted_again", {"mailbox": "post", "epoch": "1", "uid": "7"}),
            ],
            {("post", "1", "7"): 1},  # the first that tells of it
        ),
        ([("received", {"mailbox": "post"})], {}),  # an earlier release did not say
    ],
)
def test_a_submission_was_seen_where_events_tell(steps: list[tuple[str, Detail]], places: dict[Place, int]) -> None:
    assert case(*steps).places == places


@pytest.mark.parametrize(("name", "kind"), [("point_accepted", "accepted"), ("point_overruled", "overruled")])
def test_a_point_was_settled_as_its_event_tells(name: str, kind: str) -> None:
    assert case((name, ACCEPTED)).settled == [
        (
            1,
            {
                "entry": 1, "kind": kind, "field": "It is late", "point": "k1", "value": None, "reason": "agreed",
                "document": "note.pdf", "document_sha256": "aa", "person": "ada", "at": "t1",
            },
        )
    ]  # fmt: skip


def test_a_value_was_corrected_as_its_event_tells() -> None:
    told = case(("point_accepted", ACCEPTED), ("value_corrected", CORRECTED))
    assert told.settled[1] == (
        2,
        {
            "entry": 0, "kind": "corrected", "field": "Firmware Version", "point": None, "value": "1.O",
            "original": "1.0", "reason": "misread", "document": "cpa.pdf", "document_sha256": "bb", "person": "ada",
            "at": "t2",
        },
    )  # fmt: skip


def test_what_was_taken_back_names_who_had_settled_it_and_who_took_it_back() -> None:
    told = case(("point_accepted", ACCEPTED), ("resolution_withdrawn", {"entry": 1, "by": "ben", "what": "It is late"}))
    assert told.taken_back == [(2, (1, "ben", "ada", "t2"))]
    assert len(told.settled) == 1


@pytest.mark.parametrize("name", ["approved", "returned", "asked"])
def test_the_newest_decision_is_the_one_that_counts(name: str) -> None:
    earlier = ("returned", {"entries": ["return", "return"]})
    assert case(earlier, (name, {"entries": ["approve", "return"]})).decided == (
        2,
        [(0, "approve", "ada", "t2"), (1, "return", "ada", "t2")],
    )
    assert case(earlier, (name, {"entries": []})).decided == (2, [])
    assert case(earlier, (name, {})).decided == (2, [])  # an earlier release decided on the whole alone


STATES = {"queued", "held", "not_owed", "withheld", "sent", "bounced", "refused", "dropped"}
STANDS: list[tuple[str | None, set[str]]] = [
    (None, {"queued", "held"}),
    ("acknowledgement_queued", {"queued", "held", "not_owed"}),
    ("acknowledgement_held", {"held", "not_owed"}),
    ("acknowledgement_withheld", {"withheld", "held", "not_owed"}),
    ("letter_sent", {"sent"}),
    ("letter_bounced", {"bounced"}),
    ("letter_refused", {"refused"}),
    ("letter_dropped", {"dropped"}),
    ("notice_set_aside", {"dropped"}),
    ("notice_overtaken", {"dropped"}),
    ("letter_released", {"queued", "held", "not_owed"}),
    ("letter_held", {"held"}),
]


@pytest.mark.parametrize(("last", "states"), STANDS)
def test_a_letter_stands_where_what_was_last_decided_of_it_allows(last: str | None, states: set[str]) -> None:
    assert {state for state in STATES if may_stand(state, last)} == states


def test_every_event_that_moves_a_letter_has_its_line_above() -> None:
    assert LETTER_MOVES.keys() == {last for last, _ in STANDS if last}
