"""No archive, network or parsing within a transaction, whatever the verb; the fixture `services` watches every test.

Here every verb is used once at least, so that none escapes for want of a test of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import guarded
import pytest
from helpers import a_submission, fetched, mail
from pipeline.desk import now, step
from pipeline.outgoing.test_deliver import Postman
from reports import standard

from intake.archive.folder import FolderArchive
from intake.demo import products
from intake.domain.message import MessageKind, Sighting
from intake.domain.resolution import ResolutionKind
from intake.domain.review import Action, Decision, DecisionRefusedError, Role, Written
from intake.domain.submission import State
from intake.mailbox.base import Fetched, Letter, MailboxListing
from intake.pipeline import heartbeat, ready, work
from intake.pipeline.arrival.poll import poll
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case import claims, drafts, notes, summarise
from intake.pipeline.case.case import case
from intake.pipeline.case.known import known
from intake.pipeline.evidence import backup, retrieve, verify, views
from intake.pipeline.list import listing
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.reading import again, refresh
from intake.pipeline.review import decide, dispose, hand_over, handover, refile, regroup, reopen, resolve, see
from intake.pipeline.review.resolve import Settlement
from intake.pipeline.services import Services
from intake.register.published import ListFile
from intake.render.entry_view import entry_views
from intake.store import outbox, people, submissions
from intake.store.drafts import Draft
from rules.facts import ConfirmedName, RegisterEntry
from rules.published import PUBLISHED


class Box:
    """A mailbox that is asked outside of transactions."""

    name, marks = "post", False

    def __init__(self, *raws: bytes) -> None:
        self.raws = raws

    def scan(self, cursor: str | None) -> MailboxListing:
        guarded.outside("a mailbox was looked into")
        sightings = [Sighting("post", "1", str(number)) for number in range(len(self.raws))]
        return MailboxListing(sightings, whole=cursor is None, epoch="1")

    def fetch(self, sightings: Sequence[Sighting]) -> Iterator[Fetched]:
        guarded.outside("a mailbox was asked")
        for sighting in sightings:
            yield Fetched(sighting, self.raws[int(sighting.uid)], None)

    def settle(self, _sightings: Sequence[Sighting]) -> None:
        guarded.outside("a mailbox was marked")


class WatchedPostman(Postman):
    def send(self, letter: Letter) -> None:
        guarded.outside("a letter was sent")
        super().send(letter)


def work_off(services: Services) -> None:
    while (submission := work.claim_one(services)) is not None:
        work.work_on(services, submission, Event())


def test_every_verb_keeps_its_edges_out_of_its_transactions(services: Services, tmp_path: Path) -> None:
    signed = a_submission(products.SINGLE)
    assert poll(services, Box(signed, mail("Lunch", body="At one?\n"), b""), Event()) is not None  # type: ignore[arg-type]  # what poll uses of one
    listing.import_list(services, b"a list", ListFile((RegisterEntry("000001", "Current", {}),), PUBLISHED))
    work_off(services)
    deliver(services, WatchedPostman(), Event())
    with services.store.reading() as tx:
        letter = outbox.of_message(tx, 1)[0]
    receive(services, fetched(standard(letter.message_id), "report"))  # bounces
    for turn in range(2, 6):  # acknowledge, and the way round a loop
        receive(services, fetched(mail(body=str(turn), headers={"In-Reply-To": letter.message_id}), str(turn)))
    receive(services, fetched(a_submission(serial=2, subject="Re: CPL submission CPL-000001"), "again"))  # link
    work_off(services)
    with services.store.transaction() as tx:
        tx.exec_driver_sql("UPDATE message SET in_reply_to = NULL")  # as an earlier release left it
    assert known(services, 1).envelope_known
    case(services, 1)
    retrieve.export(services, 1)
    retrieve.document(services, 1, known(services, 1).raw_sha256)
    assert decide.draft(case(services, 1), Action.ASK)
    claims.claim(services, 1, "Ada")
    again.judge_again(services, 1, "Ada")
    work_off(services)
    with pytest.raises(DecisionRefusedError, match="does not show"):
        again.confirm_name(services, 1, ConfirmedName("a", "b"), "Ada")
    see.see(services, 1, newest := case(services, 1).newest, "Ada")
    seen = Decision(Action.ASK, "Ada", known(services, 1).report_sha256 or "", "Why?", thread=newest)
    decide.decide(services, 1, seen)
    heartbeat.beat(services)
    refresh.refresh(services, Event())
    assert ready.not_ready(services) is None
    assert verify.verify(services).intact
    if services.store.url.startswith("sqlite"):
        backup.back_up(services, tmp_path / "backups", FolderArchive(tmp_path / "backups" / "evidence").open())


def at_the_desk(services: Services, *cases: int) -> None:
    """What people do besides deciding, each once, on cases that are before them."""
    asked, closed, joined, failed, proposed, settled = cases
    with services.store.transaction() as tx:
        for name in ("Ada", "Ben"):
            people.add(tx, name, "", Role.ANALYST, services.clock.now())
    claims.assign(services, asked, "Ben", "Ada", version=now(services, asked).version)
    claims.renew(services, asked, "Ben")
    claims.unclaim(services, asked, "Ben")
    notes.write(services, asked, "Ada", "@Ben, look", form="f" * 22)
    see.seen(services, case(services, asked, "Ben"), "Ben", decides=True, since=services.clock.now())
    draft = Draft(asked, "Ada", Written.REPLY, "Dear", "", None, services.clock.now())
    assert drafts.keep(services, draft, happened=10**6)
    dispose.reply(services, asked, step(services, asked), "Yes.")
    dispose.close(services, closed, step(services, closed))
    reopen.reopen(services, closed, step(services, closed))
    regroup.join(services, joined, closed, step(services, joined))
    regroup.split(services, joined, step(services, joined))
    work_off(services)
    refile.mark(services, joined, MessageKind.OTHER, step(services, joined))
    with services.store.transaction() as tx:
        submissions.note(tx, submissions.get(tx, failed), state=State.QUARANTINED)
    hand_over.hand_over(services, failed, step(services, failed))
    hand_over.take_back(services, failed, step(services, failed))
    decide.retry(services, failed, "Ada")
    work_off(services)
    for undone in (decide.withdraw, _sent_back):
        report = now(services, proposed).report_sha256 or ""
        approval = Decision(Action.APPROVE, "Ada", report, "Dear", "so", version=now(services, proposed).version)
        decide.decide(services, proposed, approval)
        undone(services, proposed, "Ada")
    (entry,) = entry_views(*views.evidence(services, settled)[1:])
    point = entry.open[0]
    resolve.settle(services, settled, Settlement(0, point.key, ResolutionKind.OVERRULED, "seen"), "Ada")
    resolve.withdraw(services, settled, case(services, settled).resolutions[0].id, "Ada")
    assert summarise.catch_up(services, after=0, limit=10) is None


def _sent_back(services: Services, number: int, _proposer: str) -> None:
    handover.send_back(services, number, "Ben", "The model, please.", version=now(services, number).version)


def test_every_verb_of_the_desk_does_likewise(services: Services) -> None:
    words = (mail(f"CPL submission {number}") for number in range(4))
    faulty = mail("CPL submission of nothing")
    for number, raw in enumerate((*words, a_submission(products.SINGLE), faulty)):
        receive(services, fetched(raw, f"desk-{number}"))
    work_off(services)
    at_the_desk(services, *range(1, 7))


def test_the_watch_sees_what_it_is_for(services: Services) -> None:
    receive(services, fetched(mail()))
    with services.store.reading() as tx, pytest.raises(AssertionError, match="archive was read"):
        services.archive.get(submissions.get(tx, 1).raw_sha256)
    assert guarded.faults == ["the archive was read within a transaction"]
    guarded.faults.clear()
