"""Everything that is kept of one submission, gathered for whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.domain import records
from intake.domain.automatic import may_be_a_persons
from intake.domain.difference import Difference, difference
from intake.domain.resolution import Resolution
from intake.domain.submission import WORKABLE
from intake.errors import IntakeError
from intake.extract.reader import read_text
from intake.pipeline.case.conversation import Conversation, Said, Turn, conversation
from intake.pipeline.case.known import known
from intake.pipeline.case.link import later_of, previous_of
from intake.pipeline.case.thread import same_sender
from intake.pipeline.services import Services
from intake.store import cases, submissions
from intake.store.cases import Around, Kept
from intake.store.drafts import Draft
from intake.store.events import Event
from intake.store.holds import Hold
from intake.store.looks import Look
from intake.store.mentions import Mention
from intake.store.outbox import QueuedLetter
from intake.store.submissions import Submission
from rules.facts import Dossier
from rules.finding import Report

MOST_TURNS = 50
"""Messages of a case whose words are shown; every one has a page of its own."""


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
    resolutions: tuple[Resolution, ...] = ()
    """What people settled of its findings or corrected, in order, with what was taken back."""
    conversation: Conversation = field(default_factory=Conversation)
    """Its messages, our letters and what was sent again for it, as the person who looks is to read them."""
    look: Look | None = None
    """How far that person had looked before."""
    mentions: tuple[Mention, ...] = ()
    """Who was named in its notes."""
    drafts: tuple[Draft, ...] = ()
    """What that person has typed and not sent."""
    analysts: tuple[str, ...] = ()
    """Everybody who may work on it."""
    holds: tuple[Hold, ...] = ()
    """That stand, on whatever; `intake.pipeline.retention.retention.held_by` tells which of them keep it."""

    @property
    def newest(self) -> int:
        """The number of the newest message that has joined; 0 where none has."""
        return self.thread[-1].submission.id if self.thread else 0

    @property
    def up_to(self) -> int:
        """The number of the newest message on its page."""
        return max(self.submission.id, self.newest, *(message.id for message in self.later), 0)


def case(services: Services, number: int, person: str = "") -> Case:
    """Gather one submission, for a person if somebody looks at it.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        DisposedError: it was disposed of.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    rows = _read(services, number, person)
    if not rows.submission.envelope_known:  # an earlier release took it in: the archive is asked, once
        known(services, number)
        rows = _read(services, number, person)
    submission, members = rows.submission, rows.around.joined(number)
    shown = {number, submission.case, *(member.id for member in members)}
    messages = rows.around.messages
    previous = messages.get(rows.before) if rows.before is not None else None
    later = tuple(messages[follower] for follower in rows.later if follower in messages)
    kept, seen, look, history = rows.kept, rows.kept.seen, rows.kept.look, rows.kept.history
    dossier, report = _evidence(services, submission)
    text, turns = own_words(services, submission, dossier), _turns(services, submission, members, seen)
    return Case(
        submission=submission,
        dossier=dossier,
        report=report,
        letters=kept.letters,
        events=history,
        related=tuple(messages[linked] for linked in messages if linked in rows.around.linked - shown),
        previous=previous,
        difference=_since(services, previous, dossier, report),
        later=later,
        text=text,
        begins=None if submission.thread is None else messages.get(submission.thread),
        thread=turns,
        seen=seen,
        resolutions=kept.resolutions,
        conversation=conversation(Said(submission, text, turns, kept.letters, later, history), look),
        look=look,
        mentions=kept.mentions,
        drafts=kept.drafts,
        analysts=kept.analysts,
        holds=kept.holds,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the store has of it."""

    kept: Kept
    around: Around

    @property
    def submission(self) -> Submission:
        return self.kept.submission

    @property
    def before(self) -> int | None:
        return previous_of(self.kept.history)

    @property
    def later(self) -> tuple[int, ...]:
        return later_of(self.kept.history)


def _read(services: Services, number: int, person: str) -> _Rows:
    """Read it, at one moment, by two statements."""
    with services.store.reading() as tx:
        kept = cases.kept(tx, number, person)
        submissions.refuse_if_disposed(kept.submission)
        submission, history = kept.submission, kept.history
        thread = {submission.message_id, *submission.answered, *(letter.message_id for letter in kept.letters)}
        others = {submission.thread, previous_of(history), *later_of(history)}
        around = cases.around(tx, number, [linked for linked in others if linked is not None], thread)
    return _Rows(kept, around)


def _turns(services: Services, begins: Submission, members: tuple[Submission, ...], seen: int) -> tuple[Turn, ...]:
    spoken = {member.id for member in members[-MOST_TURNS:]}
    return tuple(
        Turn(
            member,
            _words_of(services, member) if member.id in spoken else "",
            same_sender=same_sender(begins, member),
            unseen=member.id > seen and may_be_a_persons(member.automatic),
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
    """Give a mail's own words, as they were kept when it was read.

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
