"""What pages, looks and messages ask of the store, each by name: the statements whose plans are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from store.desk_rows import ADA, NOW

from intake.domain.message import Sighting
from intake.domain.search_facts import Fact, FactKind, sought
from intake.domain.submission import State
from intake.store import (
    arrivals,
    audit,
    cases,
    disposals,
    erase,
    events,
    figures,
    leases,
    outbox,
    queue,
    quota,
    search,
    sightings,
    submissions,
    threads,
    view_counts,
)
from intake.store.audit import Sought
from intake.store.engine import Transaction
from intake.store.lists import Key
from intake.store.schema import message
from intake.store.selection import WORK
from intake.store.standing import Standing
from intake.store.vitals import unacknowledged
from intake.web import views

COUNT = 600
"""Submissions of the store that is asked."""
LEASE = timedelta(seconds=30)
KEY = Key(0, NOW - timedelta(hours=100), 300)
STANDING = Standing(message, State)
Ask = Callable[[Transaction], object]


def searched(typed: str, tx: Transaction) -> object:
    return search.matched(tx, sought(typed), search.find(tx, sought(typed)).numbers or (1, 2))


def ledger_searched(narrowed: Sought, tx: Transaction) -> object:
    return audit.find(tx, narrowed, None, 50)


ASKS: dict[str, Ask] = {
    "counts of the views": lambda tx: view_counts.counts(tx, [view.shows for view in views.VIEWS], ADA),
    "what waits": view_counts.waiting,
    "what is unacknowledged": lambda tx: unacknowledged(tx, NOW),
    "the newest": arrivals.newest,
    "news": lambda tx: arrivals.since(tx, COUNT - 10),
    "held letters": outbox.held_groups,
    **{
        f"search for {typed}": partial(searched, typed)
        for typed in ("42", "gas", "gas brook", "ashdown metering 10:6C", "nowhere")
    },
    "what is kept of a case": lambda tx: cases.kept(tx, 7, "Ada"),
    "messages around a case": lambda tx: cases.around(tx, 7, [3, 5], ["<7@x.test>", "<l9@x.test>"]),
    "a case's events": lambda tx: events.of_message(tx, 7),
    "whom a message follows": lambda tx: queue.same_thread(tx, ["<7@x.test>", "<l9@x.test>"]),
    "which case it answers": lambda tx: threads.of_identities(tx, ["<7@x.test>", "<l9@x.test>"]),
    "what its sender sent before": lambda tx: threads.sharing(
        tx, Fact(FactKind.SENDER, "robin@ashdown.example"), COUNT
    ),
    "a case's messages": lambda tx: (threads.messages_of(tx, 7), threads.newest(tx, 7), threads.unread(tx, 7)),
    "known contents": lambda tx: submissions.of_contents(tx, [f"{number:064x}" for number in range(5)]),
    "work": lambda tx: (submissions.claim(tx, "me", now=NOW, lease=LEASE, limit=5), submissions.next_work_at(tx)),
    "letters": lambda tx: (outbox.claim(tx, "me", now=NOW, lease=LEASE, limit=5), outbox.next_letter_at(tx)),
    "leases of the dead": leases.release_those_of_the_dead,
    "what stands in a block": lambda tx: STANDING.count_again(tx, [7, 20_000]),
    "letters about some": lambda tx: outbox.numbers_about(tx, [5, 7], ["000001"]),
    "what is named since": lambda tx: events.named_since(tx, 7),
    "letters written": lambda tx: outbox.written(tx, ["<l7@x.test>"]),
    "a loop": lambda tx: quota.acknowledged_without_documents(tx, ["robin@ashdown.example"], NOW),
    "the breaker": lambda tx: quota.sent_or_queued_since(tx, NOW - timedelta(hours=1)),
    "letters to one": lambda tx: outbox.latest_to(tx, "robin@ashdown.example", since=NOW - timedelta(days=7)),
    "sightings": lambda tx: sightings.states_of(tx, [Sighting("post", "1", "7"), Sighting("post", "1", "x")]),
    "sightings not received": lambda tx: sightings.not_received(tx, "post", [f"{at}/1" for at in range(1, 500)]),
    "sightings owed": lambda tx: (sightings.pending(tx, "post"), sightings.waiting(tx, "post")),
    "a message's sightings": lambda tx: sightings.of_message(tx, 7),
    "whether a mailbox is known": lambda tx: sightings.any_of(tx, "post"),
    "new events": lambda tx: events.counts_since(tx, 5),
    "what a person did": lambda tx: events.of_actor(tx, "Ada"),
    "who has done anything": audit.people,
    **{
        f"the ledger searched {by}": partial(ledger_searched, narrowed)
        for by, narrowed in {
            "by person": Sought(person="Ada"),
            "by name": Sought(name="approved"),
            "by day": Sought(since=NOW - LEASE, until=NOW),
            "by model": Sought(fact=(FactKind.MODEL, "ab:cd"), entries=("000042",)),
        }.items()
    },
    "how many the ledger has": lambda tx: audit.count(tx, Sought(name="approved", person="Ada"), 50),
    "what was sent again": lambda tx: figures.sent_again(tx, NOW - LEASE),
    "what stood in the list": lambda tx: figures.published(tx, NOW - LEASE),
    "what the DCC rejected": lambda tx: figures.rejections(tx, NOW - LEASE),
    "what was corrected": lambda tx: figures.corrected(tx, "correct", NOW - LEASE),
    "the oldest open": lambda tx: figures.oldest_open(tx, 10),
    "what brings a form": lambda tx: submissions.with_entries(tx, WORK, 500, 25),
    "cases that are over": lambda tx: erase.closed_cases(tx, dict.fromkeys(State, NOW), (KEY.at, KEY.number), 50),
    "what is disposed of": lambda tx: (submissions.disposed(tx), disposals.disposed_messages(tx)),
}
