"""Installations in which some cases are old enough to be disposed of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from helpers import HandClock, a_submission, fetched
from pipeline.ledgers import LOG

from intake.config import from_table
from intake.demo import products
from intake.domain.letter_events import LetterSent
from intake.domain.review import Action, Decision
from intake.ledger.keys import new_private_key
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.outgoing.deliver import archive_letters
from intake.pipeline.retention.carry_out import Carried, carry_out
from intake.pipeline.retention.dispose_of import agree, propose
from intake.pipeline.review.decide import decide
from intake.pipeline.services import Services
from intake.store import events, outbox, submissions
from intake.store.outbox import LetterState

TABLE = {"ledger": {"origin": LOG, "key_file": "ledger.pem"}}
PERIODS = {"listed_years": 25, "returned_years": 7, "other_years": 2}


def retaining(services: Services, folder: Path, **periods: int) -> Services:
    """The same installation with a key for checkpoints and with periods."""
    (folder / "ledger.pem").write_bytes(new_private_key())
    table = {**TABLE, "retention": periods or PERIODS}
    return replace(services, config=from_table(table, folder / "config.toml"))


def a_case(services: Services, serial: int, action: Action | None = Action.RETURN) -> int:
    """Receive, read and decide a submission; its letters are sent and archived. Gives its number."""
    receive(services, fetched(a_submission(products.SINGLE, serial=serial), str(serial)))
    submission = work.claim_one(services)
    assert submission is not None
    work.work_on(services, submission, Event())
    if action is not None:
        return decided(services, submission.id, action)
    return submission.id


def decided(services: Services, number: int, action: Action) -> int:
    """Decide on a submission; an approval takes two people."""
    for person in ("anna", "bert") if action is Action.APPROVE else ("anna",):
        with services.store.reading() as tx:
            submission = submissions.get(tx, number)
        decide(services, number, Decision(action, person, submission.report_sha256 or "", "The letter."))
    settle_letters(services)
    return number


def settle_letters(services: Services) -> None:
    """Send every letter, and archive it."""
    while archive_letters(services):
        pass
    with services.store.transaction() as tx:
        for number in range(1, submissions.greatest(tx) + 1):
            for letter in outbox.of_message(tx, number):
                if letter.state is LetterState.QUEUED:
                    now = services.clock.now()
                    outbox.settle(tx, letter, LetterState.SENT, sent_at=now)
                    sent = LetterSent(message_id=letter.message_id, kind=letter.kind, error=None)
                    events.append(tx, sent, at=now, message=number)


def years_pass(clock: HandClock, years: float) -> None:
    """Let time go by."""
    clock.forward(days=timedelta(days=366 * years).days)


def disposed_of(services: Services, *cases: int) -> Carried:
    """Have two people dispose of cases."""
    agree(services, propose(services, cases, "The period is over.", "anna"), "bert")
    return carry_out(services)
