"""What the list's own records must be by the ledger alone: changes, contacts, publications, rules, names."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from domain.telling import MESSAGE, Step, rows_after, told

from intake.domain.replay_rows import Key

DECIDED = {"decided_by": "ben", "decided_at": "t2"}

# ---- changes of the list, and contacts

ASKS = {"change": 5, "kind": "removal", "entries": ["17"], "reason": "asked for"}
CHANGE_PROPOSED: Step = ("list_change_proposed", "ada", {**ASKS, "asked_sha256": "q1"})
APPROVES = {**ASKS, "asked_sha256": "q1", "asked_by": "robin"}
CHANGE: Mapping[str, object] = {
    "kind": "removal",
    "proposed_by": "ada",
    "proposed_at": "t1",
    "message": None,
    "state": "proposed",
    "decided_by": None,
    "decided_at": None,
    "asked": "q1",
}
AT_ONCE: Mapping[str, object] = {
    "kind": "removal",
    "message": MESSAGE,
    "proposed_by": "robin",
    "proposed_at": "t1",
    "decided_by": "ben",
    "decided_at": "t1",
    "asked": "q1",
}


@pytest.mark.parametrize(
    ("steps", "change"),
    [
        ([CHANGE_PROPOSED], CHANGE),
        (
            [CHANGE_PROPOSED, ("list_change_approved", "ben", APPROVES)],
            {**CHANGE, **DECIDED, "state": "approved"},
        ),
        (
            [CHANGE_PROPOSED, ("list_change_approved", "ben", {**APPROVES, "asked_sha256": "q2"})],
            {**CHANGE, **DECIDED, "state": "approved", "asked": "q2"},
        ),
        (
            [CHANGE_PROPOSED, ("list_change_refused", "ben", {"change": 5, "reason": "no"})],
            {**CHANGE, **DECIDED, "state": "refused"},
        ),
        # of a submission: recorded when it is agreed on, or when the first list is there
        ([("list_change_approved", "ben", APPROVES)], {**AT_ONCE, "state": "approved"}),
        ([("list_change_waits", "ben", APPROVES)], {**AT_ONCE, "state": "waits for a list"}),
        (
            [("list_change_waits", "ben", APPROVES), ("list_change_approved", "program", APPROVES)],
            {**AT_ONCE, "state": "approved"},
        ),
        # what earlier releases left out is not known
        (
            [("list_change_proposed", "ada", ASKS)],
            {name: value for name, value in CHANGE.items() if name != "asked"},
        ),
        (
            [CHANGE_PROPOSED, ("list_change_approved", "ben", ASKS)],
            {name: value for name, value in {**CHANGE, **DECIDED, "state": "approved"}.items() if name != "asked"},
        ),
        (
            [("list_change_approved", "ben", ASKS)],
            {"kind": "removal", "message": MESSAGE, "proposed_at": "t1", "decided_by": "ben", "decided_at": "t1",
             "state": "approved"},
        ),
    ],
)  # fmt: skip
def test_a_change_of_the_list_is_what_was_last_told(steps: list[Step], change: dict[str, object]) -> None:
    assert told(steps, "list_change") == {5: change}


ENTERED: Step = ("contact_entered", "ada", {"entries": ["17"], "contacts": ["17 c1"]})
IMPORTED: Step = ("contacts_imported", "ada", {"entries": 2, "contacts": ["17 c1", "18 c2"]})


@pytest.mark.parametrize(
    ("steps", "contacts", "before"),
    [
        ([ENTERED], {"17": "c1"}, False),
        ([IMPORTED], {"17": "c1", "18": "c2"}, False),
        ([IMPORTED, ("contact_entered", "ada", {"entries": ["18"], "contacts": ["18 c3"]})],
         {"17": "c1", "18": "c3"}, False),
        ([("list_change_approved", "ben", {**APPROVES, "contacts": ["17 c9"]})], {"17": "c9"}, False),
        ([IMPORTED, ("list_change_approved", "ben", APPROVES)], {"17": "c1", "18": "c2"}, False),
        ([IMPORTED, ("list_change_approved", "ben", {**APPROVES, "contacts": []})], {"17": "c1", "18": "c2"}, False),
        # an earlier release told which entries, or only that there were some
        ([IMPORTED, ("contact_entered", "ada", {"entries": ["18"]})], {"17": "c1"}, True),
        ([IMPORTED, ("contact_entered", "ada", {"entries": ["99"]})], {"17": "c1", "18": "c2"}, True),
        ([IMPORTED, ("contacts_imported", "ada", {"entries": 2})], {}, True),
        ([IMPORTED, ("list_change_approved", "ben", ASKS)], {"17": "c1", "18": "c2"}, True),
        ([ENTERED, ("contacts_imported", "ada", {"entries": 2}), ENTERED], {"17": "c1"}, True),
    ],
)  # fmt: skip
def test_contacts_are_known_by_the_digests_that_events_tell(
    steps: list[Step], contacts: dict[str, str], before: bool
) -> None:
    rows = rows_after(steps)
    assert {key: columns.values for key, columns in rows.of("contact").items()} == {
        number: {"digest": digest} for number, digest in contacts.items()
    }
    assert rows.contacts_before is before


# ---- publications, rules of the loader, names

PREPARED: Step = (
    "publication_prepared",
    "ada",
    {
        "publication": 3, "version": "2026-11", "digest": "d1", "entries": 9, "held": ["17"],
        "files": ["the list.xlsx f1", "list.csv f2"], "issued": "2026-11-20", "note": "", "up_to": 40,
    },
)  # fmt: skip
PUBLICATION: Mapping[str, object] = {
    "version": "2026-11",
    "digest": "d1",
    "held": ["17"],
    "issued": "2026-11-20",
    "note": "",
    "up_to": 40,
    "prepared_by": "ada",
    "prepared_at": "t1",
    "state": "prepared",
    "files": {"the list.xlsx": "f1", "list.csv": "f2"},
    **dict.fromkeys(("released_by", "released_at", "list_version", "answered_by", "answered_at", "answer")),
}
SIGNED: Step = ("signature_attached", "ben", {"publication": 3, "version": "2026-11", "sha256": "s1"})
RELEASED: Step = ("publication_released", "ben", {"publication": 3, "list_version": 8, "files": ["the list.xlsx f1"]})
PUBLISHED = {
    **PUBLICATION,
    "released_by": "ben",
    "released_at": "t2",
    "list_version": 8,
    "state": "published",
    "files": {"the list.xlsx": "f1"},
}
ANSWERED = {"answered_by": "eve", "answered_at": "t3"}
EARLIER = {name: value for name, value in PREPARED[2].items() if name not in {"issued", "note", "up_to"}}


@pytest.mark.parametrize(
    ("steps", "publication"),
    [
        ([PREPARED], PUBLICATION),
        (
            [("publication_prepared", "ada", EARLIER)],
            {name: value for name, value in PUBLICATION.items() if name not in {"issued", "note", "up_to"}},
        ),
        (
            [PREPARED, SIGNED],
            {**PUBLICATION, "files": {"the list.xlsx": "f1", "list.csv": "f2", "the list.xlsx.p7s": "s1"}},
        ),
        (
            [("publication_prepared", "ada", {**PREPARED[2], "files": ["list.csv f2", "l.xlsm f3"]}), SIGNED],
            {**PUBLICATION, "files": {"list.csv": "f2", "l.xlsm": "f3", "l.xlsm.p7s": "s1"}},
        ),
        ([PREPARED, ("publication_withdrawn", "ben", {"publication": 3})], {**PUBLICATION, "state": "withdrawn"}),
        ([PREPARED, RELEASED], PUBLISHED),
        (
            [PREPARED, RELEASED, ("publication_loaded", "eve", {"publication": 3})],
            {**PUBLISHED, **ANSWERED, "state": "loaded"},
        ),
        (
            [PREPARED, RELEASED, ("publication_rejected", "eve", {"publication": 3, "entry": "17", "reason": "hash"})],
            {**PUBLISHED, **ANSWERED, "state": "rejected", "answer": "entry 17: hash"},
        ),
        (
            [
                PREPARED,
                RELEASED,
                ("publication_rejected", "eve", {"publication": 3, "entry": "17", "reason": "hash"}),
                ("publication_loaded", "eve", {"publication": 3}),
            ],
            {**PUBLISHED, "answered_by": "eve", "answered_at": "t4", "state": "loaded"},
        ),
        ([SIGNED], {}),  # of what was not known to be prepared, no files are known
    ],
)
def test_a_publication_is_what_was_last_told(steps: list[Step], publication: dict[str, object]) -> None:
    assert told(steps, "publication") == {3: publication}


RULE: Step = (
    "loader_rule_proposed",
    "ada",
    {"rule": 6, "field": "Status", "kind": "length", "value": "9", "since": "2026-11", "reason": "cut", "entry": "17"},
)
STATED: Mapping[str, object] = {
    **{name: value for name, value in RULE[2].items() if name != "rule"},
    "until": None,
    "replaces": None,
    "proposed_by": "ada",
    "proposed_at": "t1",
    "decided_by": None,
    "decided_at": None,
    "state": "proposed",
}
NEWER: Step = ("loader_rule_proposed", "ada", {**RULE[2], "rule": 7, "until": "2027-01", "replaces": 6})


@pytest.mark.parametrize(
    ("steps", "rules"),
    [
        ([RULE], {6: STATED}),
        ([RULE, ("loader_rule_agreed", "ben", {"rule": 6})], {6: {**STATED, **DECIDED, "state": "agreed"}}),
        ([RULE, ("loader_rule_refused", "ben", {"rule": 6})], {6: {**STATED, **DECIDED, "state": "refused"}}),
        (
            [RULE, NEWER],
            {6: STATED, 7: {**STATED, "until": "2027-01", "replaces": 6, "proposed_at": "t2"}},
        ),
        (
            [RULE, NEWER, ("loader_rule_agreed", "ben", {"rule": 7})],
            {
                6: {**STATED, "state": "replaced"},
                7: {
                    **STATED, "until": "2027-01", "replaces": 6, "proposed_at": "t2", "state": "agreed",
                    "decided_by": "ben", "decided_at": "t3",
                },
            },
        ),
    ],
)  # fmt: skip
def test_a_rule_of_the_loader_is_what_was_last_told(steps: list[Step], rules: dict[Key, dict[str, object]]) -> None:
    assert told(steps, "loader_rule") == rules


def test_a_name_is_confirmed_by_whoever_did_so_first() -> None:
    names = {"creator": "Ashdown", "organisation": "Ashdown Ltd"}
    steps: list[Step] = [
        ("name_confirmed", "ada", names),
        ("name_confirmed", "ben", names),
        ("name_confirmed", "ben", {**names, "organisation": "Ashdown Holding"}),
    ]
    assert told(steps, "confirmed_name") == {
        ("Ashdown", "Ashdown Ltd"): {"person": "ada", "confirmed_at": "t1"},
        ("Ashdown", "Ashdown Holding"): {"person": "ben", "confirmed_at": "t3"},
    }
