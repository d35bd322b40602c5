"""Everything that is kept of one submission: for the page, and as an evidence bag."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import intake
from intake.archive.bag import bag, safe_name
from intake.domain import records
from intake.domain.difference import Difference, difference
from intake.domain.submission import WORKABLE
from intake.errors import IntakeError
from intake.extract.reader import read_content, read_text
from intake.pipeline.known import known
from intake.pipeline.link import later_of, previous_of
from intake.pipeline.services import Services
from intake.pipeline.thread import same_sender
from intake.render.signed import lines as signature_lines
from intake.sandbox import ChildDiedError
from intake.store import events, outbox, queue, submissions, threads
from intake.store.engine import Transaction
from intake.store.events import GENESIS, Event
from intake.store.outbox import QueuedLetter
from intake.store.submissions import Submission
from rules.facts import Dossier
from rules.finding import Report

MOST_TURNS = 50
"""Messages of a case whose words are shown; every one has a page of its own."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message that has joined a case."""

    submission: Submission
    text: str
    """Its own words; empty where it has none, or has not been read yet."""
    same_sender: bool
    """It says that it comes from the address that began the case; if not, anybody may have guessed the reference."""
    unseen: bool
    """No person has looked at it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A submission with all records about it."""

    submission: Submission
    dossier: Dossier | None
    report: Report | None
    letters: tuple[QueuedLetter, ...]
    events: tuple[Event, ...]
    related: tuple[Submission, ...]
    """Other messages of the same thread."""
    previous: Submission | None = None
    """The submission that this one was sent again for."""
    difference: Difference | None = None
    """What has changed since the previous one; None until both have been read."""
    later: tuple[Submission, ...] = ()
    """Submissions that were sent again for this one."""
    text: str = ""
    """The mail's own words; empty where it has none, or has not been read yet."""
    begins: Submission | None = None
    """The message that begins the case which this one has joined; None where it begins its own."""
    thread: tuple[Turn, ...] = ()
    """What has joined the case that this one begins, oldest first."""
    seen: int = 0
    """The number of the newest message of it that a person has looked at."""

    @property
    def newest(self) -> int:
        """The number of the newest message that has joined; 0 where none has."""
        return self.thread[-1].submission.id if self.thread else 0


def case(services: Services, number: int) -> Case:
    """Gather one submission.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    known(services, number)
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
        letters = outbox.of_message(tx, number)
        thread = {submission.message_id, *submission.answered, *(letter.message_id for letter in letters)}
        members = threads.messages_of(tx, number)
        begins = None if submission.thread is None else submissions.get(tx, submission.thread)
        seen = threads.seen(tx, number)
        shown = {number, submission.case, *(member.id for member in members)}
        related = tuple(other for other in queue.same_thread(tx, thread) if other.id not in shown)
        history = events.of_message(tx, number)
        before = previous_of(history)
        previous = submissions.get(tx, before) if before is not None else None
        later = tuple(submissions.get(tx, each) for each in later_of(history))
    dossier, report = _evidence(services, submission)
    return Case(
        submission=submission,
        dossier=dossier,
        report=report,
        letters=letters,
        events=history,
        related=related,
        previous=previous,
        difference=_since(services, previous, dossier, report),
        later=later,
        text=own_words(services, submission, dossier),
        begins=begins,
        thread=_turns(services, submission, members, seen),
        seen=seen,
    )


def _turns(services: Services, begins: Submission, members: tuple[Submission, ...], seen: int) -> tuple[Turn, ...]:
    spoken = {member.id for member in members[-MOST_TURNS:]}
    return tuple(
        Turn(
            member,
            _words_of(services, member) if member.id in spoken else "",
            same_sender=same_sender(begins, member),
            unseen=member.id > seen and member.automatic is None,
        )
        for member in members
    )


def _words_of(services: Services, member: Submission) -> str:
    """Its own words; where its evidence is at fault its own page says so."""
    try:
        return own_words(services, member, _evidence(services, member)[0])
    except IntakeError:
        return ""


def own_words(services: Services, submission: Submission, dossier: Dossier | None) -> str:
    """A mail's own words, as they were kept when it was read.

    Those of mail that an earlier release read, or that could not be read, are asked of a child: whatever strangers
    wrote is never taken apart in this process.
    """
    if dossier is not None and dossier.message is not None and dossier.message.text is not None:
        return dossier.message.text
    if submission.state in WORKABLE:
        return ""
    return read_text(services.sandbox, services.archive.get(submission.raw_sha256), services.config.limits)


def _evidence(services: Services, submission: Submission) -> tuple[Dossier | None, Report | None]:
    archive = services.archive
    return (
        records.dossier(archive.get(submission.dossier_sha256)) if submission.dossier_sha256 else None,
        records.report(archive.get(submission.report_sha256)) if submission.report_sha256 else None,
    )


def _since(
    services: Services, previous: Submission | None, dossier: Dossier | None, report: Report | None
) -> Difference | None:
    """Compare with the earlier submission; faults of its evidence are not this submission's."""
    if previous is None or dossier is None:
        return None
    try:
        old, old_report = _evidence(services, previous)
    except IntakeError:
        return None
    return None if old is None else difference(old, dossier, old_report=old_report, new_report=report)


def document(services: Services, number: int, sha256: str) -> tuple[str, bytes]:
    """Read a document's name and bytes, or the raw message by its digest.

    Raises:
        KeyError: the submission has no such document.
    """
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
    raw = services.archive.get(submission.raw_sha256)
    if sha256 == submission.raw_sha256:
        return f"{submission.reference}.eml", raw
    try:
        name_and_content = read_content(services.sandbox, raw, sha256, services.config.limits)
    except ChildDiedError:
        name_and_content = None
    if name_and_content is None:
        raise KeyError(sha256)
    return name_and_content


def export(services: Services, number: int) -> bytes:
    """Write the evidence bag of one submission, as a zip.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    gathered = case(services, number)
    with services.store.reading() as tx:
        ledger, head = _ledger(tx, gathered)
    now, name = services.clock.now(), gathered.submission.reference
    payload = {**dict(_originals(services, gathered)), **dict(_derived(services, gathered))}
    payload["ledger.jsonl"] = ledger
    payload["VERIFY.txt"] = _HOW_TO_VERIFY.format(name=name, head=head).encode()
    info = {
        "External-Identifier": name,
        "Source-Organization": services.config.outgoing.sender,
        "External-Description": f"Evidence of {name}: {gathered.submission.subject}",
        "Bag-Software-Agent": f"cpl-intake {intake.__version__}",
        "Ledger-Head": head,
    }
    if gathered.report is not None:
        info["Rulebook"] = f"{gathered.report.rulebook_edition} {gathered.report.rulebook_digest}"
    return bag(name, payload, info, now)


def _originals(services: Services, gathered: Case) -> Iterator[tuple[str, bytes]]:
    submission = gathered.submission
    yield f"originals/{submission.reference}.eml", services.archive.get(submission.raw_sha256)
    for index, item in enumerate(gathered.dossier.documents if gathered.dossier else (), start=1):
        try:
            name, content = document(services, submission.id, item.sha256)
        except KeyError:
            continue  # it lies in the raw message, whose reader died of it
        yield f"originals/documents/{index:02d} {safe_name(name)}", content


def _derived(services: Services, gathered: Case) -> Iterator[tuple[str, bytes]]:
    submission = gathered.submission
    for name, sha256 in (("dossier", submission.dossier_sha256), ("report", submission.report_sha256)):
        if sha256 is not None:
            yield f"derived/{name}.json", services.archive.get(sha256)
    signed = "\n".join(signature_lines(gathered.dossier)) if gathered.dossier else ""
    if signed:
        yield "derived/signatures.txt", f"{signed}\n".encode()
    for letter in gathered.letters:
        yield f"letters/{letter.id} {letter.kind} {letter.state}.eml", letter.content
    decisions = [_event_record(event) for event in gathered.events if event.actor != events.PROGRAM]
    yield "decisions.json", json.dumps(decisions, indent=2).encode()
    yield "events.json", json.dumps([_event_record(event) for event in gathered.events], indent=2).encode()


def _event_record(event: Event) -> dict[str, object]:
    return {"seq": event.seq, **event.content}


def _ledger(tx: Transaction, gathered: Case) -> tuple[bytes, str]:
    """Proof that this submission's events lie in the chain: every link from its first event to the newest.

    Other submissions' events are there by digest only.
    """
    first = gathered.events[0].seq if gathered.events else 1
    before, lines = GENESIS, []
    for event in events.chain(tx, since=max(first - 1, 1)):
        if event.seq >= first:
            line: dict[str, object] = {
                "seq": event.seq,
                "before": before,
                "content_sha256": event.content_sha256,
                "digest": event.digest,
            }
            if event.message == gathered.submission.id:
                line["event"] = _event_record(event)
            lines.append(json.dumps(line, sort_keys=True))
        before = event.digest
    return ("\n".join(lines) + "\n").encode(), before


_HOW_TO_VERIFY = """\
How to check this bag of evidence

1. Nothing in it has changed since it was made. In the folder {name}:
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt

2. The raw message is the one that was received: the digest of
       data/originals/{name}.eml
   is the raw_sha256 of the event 'received' in data/events.json.

3. The events lie in the ledger's chain. For each line of data/ledger.jsonl,
   SHA-256 over the text 'before' + 'content_sha256' gives 'digest', which is
   'before' of the next line. 'content_sha256' is SHA-256 over the event as
   JSON, its keys sorted, without blanks, 'seq' left out. The last digest was
       {head}
   when this bag was made; the system shows the same or leads on from it.
"""
