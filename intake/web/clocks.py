"""The two clocks of a submission: its acknowledgement, and the publication of an approved entry."""

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
    """How a clock is shown."""

    CALM = "calm"
    DONE = "done"
    HELD = "held"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock in words; the tone is never the only sign."""

    text: str
    detail: str = ""
    tone: Tone = Tone.CALM


_NOT_OWED = {
    LetterState.DROPPED: Clock("Not sent", "a person decided so"),
    LetterState.NOT_OWED: Clock("Not owed", "it answers a case"),
    LetterState.WITHHELD: Clock("Withheld", "old mail is not answered by itself"),
}


def day(moment: datetime) -> str:
    """``Mon 23 Nov 2026`` in London."""
    local = moment.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b %Y}"


def deadline(moment: datetime | None) -> str:
    """``end of Mon 23 Nov 2026`` for a deadline that is a day's last moment, else its time."""
    if moment is None:
        return london_short(None)
    local = moment.astimezone(LONDON)
    return f"end of {day(local)}" if local.time() >= _LAST_MINUTE else london_short(local)


def acknowledgement(
    submission: Submission, letter: LetterState | None, sent_at: datetime | None, now: datetime
) -> Clock:
    """Where the acknowledgement stands against its deadline."""
    due = submission.acknowledge_due
    by = f"due by {deadline(due)}"
    if letter is LetterState.SENT and sent_at is not None:
        if sent_at > due:
            return Clock("Sent late", f"{london_short(sent_at)}; was {by}", Tone.LATE)
        return Clock("Sent", f"{london_short(sent_at)}; {by}", Tone.DONE)
    if letter is None:
        return _not_written(submission, by)
    if letter in _NOT_OWED:
        return _NOT_OWED[letter]
    late = now > due
    if letter is LetterState.QUEUED:
        return Clock("Overdue", by, Tone.LATE) if late else Clock("Due", by)
    state = _STUCK.get(letter, "Refused by the mail server")
    return Clock(f"{state}, overdue" if late else state, by, Tone.LATE if late else Tone.HELD)


def _not_written(submission: Submission, by: str) -> Clock:
    if submission.automatic:
        return Clock("Not owed", "automatic mail")
    if submission.thread is not None:
        return Clock("Not owed", "it answers a case")
    if submission.kind == MessageKind.OTHER:
        return Clock("Not owed", "not about the list")
    if submission.kind == MessageKind.UNCLEAR and submission.dossier_sha256 and not submission.entries:
        return Clock("Not owed", "it brings no form")
    return Clock("None written", by)


def publication(submission: Submission, now: datetime) -> Clock:
    """Where the decision stands, and once approved, the publication."""
    if submission.state is State.APPROVED and submission.publish_due is not None:
        late = now > submission.publish_due
        by = f"by {deadline(submission.publish_due)}"
        return Clock("Publication overdue", by, Tone.LATE) if late else Clock("Publish", by)
    if submission.decided_at is not None and submission.state in {State.APPROVED, State.RETURNED}:
        return Clock("Decided", london_short(submission.decided_at), Tone.DONE)
    if submission.state is State.FILED:
        return Clock("None needed")
    since = day(submission.received_at).removesuffix(f" {now.astimezone(LONDON).year}")
    return Clock("Undecided", f"since {since}")
