"""A store of many cases in every state, and what a list of them must show, reckoned the simple way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from intake.domain.search_facts import Fact, FactKind, code, folded, words
from intake.domain.submission import State
from intake.store import facts, schema
from intake.store.engine import Store, Transaction
from intake.store.selection import WORK, Onlooker, Order

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DUE_BEFORE = datetime(2026, 11, 14, tzinfo=UTC)
ADA = Onlooker("Ada", NOW, DUE_BEFORE)
PEOPLE = (None, None, "Ada", "Ben")
OUTCOMES = (None, "ready", "return", "needs_a_person")
KINDS = ("submission", "update", "unclear")
DEVICES = ("Gas Smart Meter", "Communications Hub")
MAKERS = (("10:6C", "Ashdown Metering Ltd"), ("10:6D", "Brook Meters"))


@dataclass(frozen=True, slots=True)
class Case:
    """A case of this store."""

    id: int
    state: State
    received_at: datetime
    kind: str
    outcome: str | None
    claimed_by: str | None
    claimed_until: datetime | None
    proposed_by: str | None
    handed_over_at: datetime | None
    publish_due: datetime | None
    calls: bool
    """A letter is held, or new mail has joined."""
    device: str
    maker: tuple[str, str]

    def claimed(self) -> bool:
        return self.claimed_by is not None and (self.claimed_until is None or self.claimed_until > NOW)

    def movable(self, person: str = "Ada") -> bool:
        free = not self.claimed() or self.claimed_by == person
        own = self.state is State.PROPOSED and self.proposed_by == person
        with_administrator = self.state is State.QUARANTINED and self.handed_over_at is not None
        return free and not own and not with_administrator

    def key(self, order: Order, *, movable_first: bool) -> tuple[int, float, int]:
        rank, at = 0, self.received_at
        if order is Order.DEADLINE:
            rank = 0 if self.state in WORK else 2
            if self.state is State.APPROVED and self.publish_due is not None:
                rank, at = 1, self.publish_due
        rank += 3 if movable_first and not self.movable() else 0
        sign = -1 if order is Order.NEWEST else 1
        return rank, sign * at.timestamp(), sign * self.id


def fill(store: Store, count: int, seed: int = 1) -> list[Case]:
    """Fill an empty store; arrival does not follow the numbers, and some arrive at one moment."""
    chance = random.Random(seed)  # a seeded sample
    cases = [_case(number, chance) for number in range(1, count + 1)]
    with store.transaction() as tx:
        tx.execute(insert(schema.message), [_row(case) for case in cases])
        for case in cases:
            _around(tx, case)
    return cases


def _case(number: int, chance: random.Random) -> Case:
    state = chance.choice(list(State))
    claimed_by = chance.choice(PEOPLE)
    until = chance.choice((None, NOW + timedelta(hours=1), NOW - timedelta(hours=1), NOW))
    return Case(
        id=number,
        state=state,
        received_at=NOW - timedelta(hours=chance.randrange(0, 300)),
        kind=chance.choice(KINDS),
        outcome=chance.choice(OUTCOMES),
        claimed_by=claimed_by,
        claimed_until=until if claimed_by else None,
        proposed_by=chance.choice(("Ada", "Ben")) if state is State.PROPOSED else None,
        handed_over_at=NOW if chance.random() < 0.1 else None,
        publish_due=NOW + timedelta(hours=chance.randrange(99))
        if state is State.APPROVED and chance.random() < 0.8
        else None,
        calls=chance.random() < 0.15,
        device=chance.choice(DEVICES),
        maker=chance.choice(MAKERS),
    )


def _row(case: Case) -> dict[str, object]:
    at = case.received_at
    return {
        **dict.fromkeys(schema.message.c.keys()),
        "id": case.id,
        "raw_sha256": f"{case.id:064x}",
        "size": 1,
        "mailbox": "post",
        "kind": case.kind,
        "subject": f"CPL submission {case.id}",
        "sender": "Robin Hale <robin@ashdown.example>",
        "message_id": f"<{case.id}@x.test>",
        "received_at": at,
        "recorded_at": at,
        "acknowledge_due": at,
        "calendar": "none",
        "state": case.state.value,
        "version": 1,
        "attempts": 0,
        "outcome": case.outcome,
        "entries": 1,
        "claimed_by": case.claimed_by,
        "claimed_until": case.claimed_until,
        "proposed_by": case.proposed_by,
        "handed_over_at": case.handed_over_at,
        "publish_due": case.publish_due,
    }


def _around(tx: Transaction, case: Case) -> None:
    told = [(FactKind.DEVICE, folded(case.device)), (FactKind.MANUFACTURER, code(case.maker[0]))]
    told += [(FactKind.MANUFACTURER, word) for word in words(case.maker[1])]
    facts.record(tx, ((case.id, Fact(kind, value)) for kind, value in dict.fromkeys(told)))
    if case.calls and case.id % 2:
        tx.execute(insert(schema.thread).values(id=case.id, newest=case.id + 1, seen=case.id))
    elif case.calls:
        letter = {"kind": "return", "message_id": f"<l{case.id}@x.test>", "recipient": "", "content": b"x"}
        values = {**letter, "message": case.id, "state": "held", "attempts": 0, "queued_at": NOW}
        tx.execute(insert(schema.outbox).values(values))


def sorted_cases(cases: Sequence[Case], order: Order, *, movable_first: bool = False) -> list[int]:
    return [case.id for case in sorted(cases, key=lambda case: case.key(order, movable_first=movable_first))]
