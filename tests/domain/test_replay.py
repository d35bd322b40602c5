"""What a submission must be by its events alone: events in their order, and the columns that they tell."""

from __future__ import annotations

import pytest

from intake.domain.message import MessageKind
from intake.domain.replay import TOLD, Columns, Detail, Replay, carried_along
from intake.domain.submission import State

RECEIPT = {"raw_sha256": "aa", "size": 900, "mailbox": "post", "automatic": None, "record_sha256": "bb"}
Step = tuple[str, str, Detail]
"""Name, actor and detail of an event; the second such step is told at ``t2``."""

RECEIVED: Step = ("received", "program", {**RECEIPT, "kind": "submission", "epoch": "1", "uid": "7"})
READ: Step = ("extracted", "program", {"kind": "submission", "dossier_sha256": "cc", "entries": 2, "filed": False})
FILED: Step = ("extracted", "program", {"kind": "other", "dossier_sha256": "cc", "entries": 0, "filed": True})
EXAMINED: Step = ("examined", "program", {"report_sha256": "dd", "outcome": "ready"})
OPENED: Step = ("review_opened", "program", {})
PROPOSED: Step = ("approval_proposed", "ada", {"report_sha256": "dd"})
IN_CASE: Step = ("joined_case", "program", {"case": "CPL-000003"})
PUT: Step = ("put_into_case", "ada", {"case": "CPL-000003", "before": None})
JUDGED = (RECEIVED, READ, EXAMINED, OPENED)


def columns(*steps: Step, number: int = 7) -> Columns:
    replay = Replay()
    for seq, (name, actor, detail) in enumerate(steps, 1):
        replay.apply(seq, number, name, f"t{seq}", actor, detail)
    return replay.submissions[number]


def test_what_was_just_received_has_its_receipt_and_nothing_decided() -> None:
    unset = dict.fromkeys(
        ("report_sha256", "dossier_sha256", "outcome", "kind_set_by", "thread_set_by", "handed_over_at", "publish_due")
    )
    nobody = dict.fromkeys(("proposed_by", "decided_by", "decided_at"))
    told = {**RECEIPT, "kind": "submission", **unset, **nobody, "entries": 0, "state": State.RECEIVED}
    received = columns(RECEIVED)
    assert received.values == told
    assert received.events == dict.fromkeys(told, 1)


def test_of_a_receipt_by_an_earlier_release_only_what_it_wrote_is_known() -> None:
    assert not {"size", "record_sha256"} & columns(("received", "program", {"raw_sha256": "aa"})).values.keys()


DECIDED_AT = {"decided_at": "t6", "decided_by": "ben"}


@pytest.mark.parametrize(
    ("before", "step", "told"),
    [
        (
            [RECEIVED],
            READ,
            {"state": State.EXTRACTED, "dossier_sha256": "cc", "entries": 2, "kind": "submission", "thread": None},
        ),
        ([RECEIVED], FILED, {"state": State.FILED, "kind": "other", "entries": 0}),
        (JUDGED, READ, {"state": State.EXTRACTED, "report_sha256": None, "outcome": None}),
        ([RECEIVED, READ], EXAMINED, {"state": State.EXTRACTED, "report_sha256": "dd", "outcome": "ready"}),
        ([RECEIVED, READ, EXAMINED], OPENED, {"state": State.IN_REVIEW, "proposed_by": None}),
        (
            [RECEIVED],
            ("quarantined", "program", {"step": "extract", "attempts": 3}),
            {"state": State.QUARANTINED, "report_sha256": None},
        ),
        (JUDGED, ("retried", "ada", {}), {"state": State.RECEIVED, "report_sha256": "dd"}),
        (JUDGED, ("judged_again", "ada", {}), {"state": State.RECEIVED, "report_sha256": "dd"}),
        # a correction makes another dossier, and taking one back may leave it as it is
        (JUDGED, ("corrections_applied", "program", {"dossier_sha256": "ee"}), {"dossier_sha256": "ee"}),
        (JUDGED, ("value_corrected", "ada", {"dossier_sha256": "ee", "read_sha256": "cc"}), {"dossier_sha256": "ee"}),
        (JUDGED, ("resolution_withdrawn", "ada", {"dossier_sha256": "ee"}), {"dossier_sha256": "ee"}),
        (JUDGED, ("resolution_withdrawn", "ada", {"dossier_sha256": None}), {"dossier_sha256": "cc"}),
        # decisions
        (JUDGED, PROPOSED, {"state": State.PROPOSED, "proposed_by": "ada", "decided_by": None}),
        (
            [*JUDGED, PROPOSED],
            ("approved", "ben", {"publish_due": "soon"}),
            {"state": State.APPROVED, "decided_by": "ben", "decided_at": "t6", "publish_due": "soon",
             "proposed_by": "ada"},
        ),
        # as an earlier release told it, which set the day all the same
        ([*JUDGED, PROPOSED], ("approved", "ben", {}), {"state": State.APPROVED, "publish_due": "not known"}),
        ([*JUDGED, PROPOSED], ("returned", "ben", {}), {"state": State.RETURNED, **DECIDED_AT, "proposed_by": None}),
        ([*JUDGED, PROPOSED], ("asked", "ben", {}), {"state": State.ASKED, **DECIDED_AT, "proposed_by": None}),
        ([*JUDGED, PROPOSED], ("proposal_withdrawn", "ada", {}), {"state": State.IN_REVIEW, "proposed_by": None}),
        ([*JUDGED, PROPOSED], ("sent_back", "ben", {"to": "ada"}), {"state": State.IN_REVIEW, "proposed_by": None}),
        ([*JUDGED, PROPOSED], ("proposal_suspended", "program", {}), {"state": State.IN_REVIEW, "proposed_by": None}),
        (
            [*JUDGED, PROPOSED],
            ("proposal_suspended_by_split", "ben", {}),
            {"state": State.IN_REVIEW, "proposed_by": None},
        ),
        (JUDGED, ("question_answered", "program", {"by": "CPL-000009"}), {"state": State.IN_REVIEW}),
        # handed over, closed, published
        (JUDGED, ("handed_over", "ada", {"reason": "x"}), {"handed_over_at": "t5", "state": State.IN_REVIEW}),
        ([*JUDGED, ("handed_over", "ada", {})], ("taken_back", "ada", {}), {"handed_over_at": None}),
        (
            [*JUDGED, ("handed_over", "ada", {})],
            ("closed", "ben", {}),
            {"state": State.CLOSED, **DECIDED_AT, "handed_over_at": None},
        ),
        (
            [*JUDGED, ("handed_over", "ada", {})],
            ("replied", "ben", {}),
            {"state": State.CLOSED, **DECIDED_AT, "handed_over_at": None},
        ),
        (
            [*JUDGED, ("approved", "ben", {"publish_due": "soon"})],
            ("entries_published", "ben", {"whole": True}),
            {"publish_due": None, "state": State.APPROVED},
        ),
        (
            [*JUDGED, ("approved", "ben", {"publish_due": "soon"})],
            ("entries_published", "ben", {"whole": False}),
            {"publish_due": "soon"},
        ),
        # reopened: to a person where a report stands, else to the reader
        (
            [*JUDGED, ("closed", "ben", {})],
            ("reopened", "ada", {"before": "closed"}),
            {"state": State.IN_REVIEW, "decided_by": None, "decided_at": None, "kind": "submission",
             "kind_set_by": None},
        ),
        (
            [RECEIVED, FILED],
            ("reopened", "ada", {"before": "filed"}),
            {"state": State.RECEIVED, "kind": MessageKind.UNCLEAR, "kind_set_by": "ada"},
        ),
        (
            [*JUDGED, FILED, EXAMINED],
            ("reopened", "ada", {"before": "filed"}),
            {"state": State.RECEIVED, "kind": MessageKind.UNCLEAR},
        ),
        (
            [RECEIVED, ("quarantined", "program", {}), ("closed", "ben", {})],
            ("reopened", "ada", {"before": "closed"}),
            {"state": State.RECEIVED, "kind": "submission", "kind_set_by": "ada", "decided_by": None},
        ),
        # its kind
        (
            [RECEIVED, FILED, ("handed_over", "ada", {})],
            ("kind_set", "ben", {"kind": "update", "before": "other"}),
            {"state": State.RECEIVED, "kind": "update", "kind_set_by": "ben", "handed_over_at": None},
        ),
        (
            [*JUDGED, PROPOSED],
            ("kind_set", "ben", {"kind": "other", "before": "submission"}),
            {"state": State.PROPOSED, "kind": "other", "kind_set_by": "ben", "proposed_by": "ada"},
        ),
        ([*JUDGED, PROPOSED], ("kind_set", "ben", {"kind": "update"}), {"state": State.RECEIVED, "proposed_by": None}),
        # its case
        ([RECEIVED], IN_CASE, {"thread": 3, "state": State.RECEIVED, "thread_set_by": None}),
        (
            [*JUDGED, PROPOSED],
            PUT,
            {"thread": 3, "thread_set_by": "ada", "state": State.FILED, "report_sha256": None, "outcome": None,
             "proposed_by": None},
        ),
        (
            [*JUDGED, PUT, ("handed_over", "ada", {})],
            ("split_off", "ben", {"case": "CPL-000003"}),
            {"thread": None, "thread_set_by": "ben", "state": State.RECEIVED, "handed_over_at": None},
        ),
    ],
)  # fmt: skip
def test_an_event_tells_these_columns(before: list[Step], step: Step, told: dict[str, object]) -> None:
    after = columns(*before, step).values
    assert {column: after.get(column, "not known") for column in told} == told


@pytest.mark.parametrize(
    ("before", "step", "changed"),
    [
        (JUDGED, EXAMINED, {"report_sha256", "outcome"}),
        (JUDGED, OPENED, {"state", "proposed_by"}),
        (JUDGED, PROPOSED, {"state", "proposed_by"}),
        (JUDGED, ("returned", "ben", {}), {"state", "decided_by", "decided_at", "proposed_by"}),
        (JUDGED, IN_CASE, {"thread"}),
        (JUDGED, ("resolution_withdrawn", "ada", {"dossier_sha256": None}), set()),
        (JUDGED, ("entries_published", "ben", {"whole": False}), set()),
        (JUDGED, ("handed_over", "ada", {}), {"handed_over_at"}),
    ],
)
def test_a_column_is_told_by_the_newest_event_that_sets_it(before: list[Step], step: Step, changed: set[str]) -> None:
    events = columns(*before, step).events
    assert {column for column, seq in events.items() if seq == len(before) + 1} == changed


def test_an_earlier_release_that_did_not_say_whether_it_filed_leaves_the_state_unknown() -> None:
    read = columns(RECEIVED, ("extracted", "program", {"kind": "other", "entries": 0, "dossier_sha256": "cc"}))
    assert "state" not in read.values
    assert "state" not in read.events
    assert (read.values["kind"], read.values["report_sha256"]) == ("other", None)


def test_submissions_are_told_apart() -> None:
    replay = Replay()
    replay.apply(1, 1, *("received", "t1", "program"), RECEIVED[2])
    replay.apply(2, 2, *("received", "t2", "program"), {**RECEIVED[2], "raw_sha256": "zz"})
    replay.apply(3, 1, *("review_opened", "t3", "program"), {})
    assert [replay.submissions[number].values["state"] for number in (1, 2)] == [State.IN_REVIEW, State.RECEIVED]
    assert [replay.submissions[number].values["raw_sha256"] for number in (1, 2)] == ["aa", "zz"]


def test_nothing_is_known_any_more_of_a_column_that_is_forgotten() -> None:
    known = columns(RECEIVED)
    known.forget("state")
    known.forget("never known")
    assert "state" not in known.values.keys() | known.events.keys()
    assert known.values["size"] == 900


@pytest.mark.parametrize(
    ("thread", "since", "moves", "now"),
    [
        (3, 5, [(9, 3, 2)], (2, 9)),
        (3, 5, [(9, 3, 2), (12, 2, 1)], (1, 12)),  # its case goes on into another
        (3, 5, [(4, 3, 2)], (3, 5)),  # before it joined
        (3, 5, [(9, 4, 2)], (3, 5)),  # of another message
        (3, 5, [(9, 3, 2), (12, 3, 1)], (2, 9)),  # it is with that one no more
        (3, 5, [(9, 2, 1), (12, 3, 2)], (2, 12)),  # its new case had gone before
        (None, 5, [(9, 3, 2)], (None, 5)),
        (3, 5, [], (3, 5)),
    ],
)
def test_a_message_goes_along_with_the_one_that_it_joined(
    thread: int | None, since: int, moves: list[tuple[int, int, int]], now: tuple[int | None, int]
) -> None:
    member = Columns()
    member.take({"thread": thread}, since)
    carried_along(member, moves)
    assert (member.values["thread"], member.events["thread"]) == now


def test_a_message_in_no_case_goes_nowhere() -> None:
    alone = Columns()
    carried_along(alone, [(9, 3, 2)])
    assert alone.values == {}


def test_every_event_that_may_move_a_submission_is_told_of() -> None:
    """Each state is reached by some event, so that no row can stand where the ledger leads to no more."""
    reached = {columns(*JUDGED, (name, "ben", {"filed": True})).values.get("state") for name in TOLD}
    assert reached >= set(State) - {State.EXTRACTED}
    assert columns(RECEIVED, READ).values["state"] is State.EXTRACTED
