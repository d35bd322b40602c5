"""The deadlines of a submission: its acknowledgement, the decision, and the publication of an approved entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from intake.clock import LONDON
from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.render.moments import london_short
from intake.store.outbox import LetterState
from intake.store.submissions import Submission

_LAST_MINUTE = time(23, 59)
_STUCK = {LetterState.HELD: "Held", LetterState.BOUNCED: "Came back undelivered"}


class Tone(StrEnum):
    """How a deadline is shown."""

    CALM = "calm"
    DONE = "done"
    HELD = "held"
    SOON = "soon"
    """Today."""
    LATE = "late"


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline in words; the tone is never the only sign."""

    text: str
    detail: str = ""
    tone: Tone = Tone.CALM
    is_open: bool = False
    """Somebody still has to do something by it."""


_NOT_OWED = {
    LetterState.DROPPED: DeadlineView("Not sent", "a person decided so"),
    LetterState.NOT_OWED: DeadlineView("Not owed", "it answers a case"),
    LetterState.WITHHELD: DeadlineView("Withheld", "old mail is not answered by itself"),
}
_OTHER_MAIL = DeadlineView("Not owed", "a person marked it as other mail")


def day(moment: datetime) -> str:
    """Format a day in London, ``Mon 23 Nov 2026``."""
    local = moment.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b %Y}"


def deadline(moment: datetime | None) -> str:
    """Format a deadline: ``end of Mon 23 Nov 2026`` for a day's last moment, else its time."""
    if moment is None:
        return london_short(None)
    local = moment.astimezone(LONDON)
    return f"end of {day(local)}" if local.time() >= _LAST_MINUTE else london_short(local)


def acknowledgement(
    submission: Submission, letter: LetterState | None, sent_at: datetime | None, now: datetime
) -> DeadlineView:
    """Describe the acknowledgement against its deadline."""
    due = submission.acknowledge_due
    by = f"due by {deadline(due)}"
    if letter is LetterState.SENT and sent_at is not None:
        if sent_at > due:
            return DeadlineView("Sent late", f"{london_short(sent_at)}; was {by}", Tone.LATE)
        return DeadlineView("Sent", f"{london_short(sent_at)}; {by}", Tone.DONE)
    if letter is None:
        return _not_written(submission, by)
    if letter in _NOT_OWED:
        alone = letter is LetterState.NOT_OWED and submission.thread is None
        return _OTHER_MAIL if alone else _NOT_OWED[letter]
    late = now > due
    if letter is LetterState.QUEUED:
        return _open("Overdue", by, Tone.LATE) if late else _open("Due", by)
    state = _STUCK.get(letter, "Refused by the mail server")
    return _open(f"{state}, overdue" if late else state, by, Tone.LATE if late else Tone.HELD)


def _open(text: str, detail: str, tone: Tone = Tone.CALM) -> DeadlineView:
    return DeadlineView(text, detail, tone, is_open=True)


def _not_written(submission: Submission, by: str) -> DeadlineView:
    if submission.automatic:
        return DeadlineView("Not owed", "automatic mail")
    if submission.thread is not None:
        return DeadlineView("Not owed", "it answers a case")
    if submission.kind == MessageKind.OTHER:
        return DeadlineView("Not owed", "not about the list")
    if submission.kind == MessageKind.UNCLEAR and submission.dossier_sha256 and not submission.entries:
        return DeadlineView("Not owed", "it brings no form")
    if submission.state is State.CLOSED:
        return DeadlineView("None written", "it was closed before it could be read")
    return DeadlineView("None written", by)


_UNDECIDED = frozenset({State.IN_REVIEW, State.QUARANTINED, State.PROPOSED})


def decision(submission: Submission, now: datetime, due: datetime) -> DeadlineView:
    """Describe the deadline of the decision or, once approved, of the publication; no words where nothing is due."""
    if submission.state is State.APPROVED and submission.publish_due is not None:
        return _publication(submission.publish_due, now)
    if submission.state is State.ASKED:
        return DeadlineView("Stopped", "the submitter was asked")
    if submission.state not in _UNDECIDED:
        return DeadlineView("")
    if now > due:
        return _open("Overdue", _since(due, now), Tone.LATE)
    if due.astimezone(LONDON).date() == now.astimezone(LONDON).date():
        return _open("Due today", "", Tone.SOON)
    return _open("Due", _short_day(due, now))


def _publication(due: datetime, now: datetime) -> DeadlineView:
    if now > due:  # the whole of that day counts
        return _open("Publication overdue", _since(due, now), Tone.LATE)
    return _open("Publish", f"by {_short_day(due, now)}")


def decided(submission: Submission, now: datetime, due: datetime) -> DeadlineView:
    """Describe the decision, when it was taken or is due, and once approved the publication."""
    if submission.decided_at is not None and submission.state in {State.RETURNED, State.CLOSED}:
        return DeadlineView("Decided", london_short(submission.decided_at), Tone.DONE)
    if submission.state in {State.FILED, State.CLOSED}:
        return DeadlineView("None needed")
    if submission.state is State.APPROVED and submission.publish_due is None:
        return DeadlineView("Published", f"decided {london_short(submission.decided_at)}", Tone.DONE)
    view = decision(submission, now, due)
    return view if view.text else DeadlineView("Undecided", f"since {_short_day(submission.received_at, now)}")


def age(moment: datetime, now: datetime) -> str:
    """Tell how long ago, in days of London: ``today``, ``1 day``, ``9 days``."""
    days = (now.astimezone(LONDON).date() - moment.astimezone(LONDON).date()).days
    return "today" if days <= 0 else "1 day" if days == 1 else f"{days} days"


def _since(moment: datetime, now: datetime) -> str:
    """A day that has passed: which one of the week it was matters no more."""
    return f"since {_short_day(moment, now).partition(' ')[2]}"


def _short_day(moment: datetime, now: datetime) -> str:
    """A day without the present year."""
    return day(moment).removesuffix(f" {now.astimezone(LONDON).year}")
