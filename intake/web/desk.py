"""What colleagues have left for each other on a case, and what this person has not finished there."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from intake.domain.desk_events import NoteWritten
from intake.domain.review import Written
from intake.domain.submission import State
from intake.pipeline.case.case import Case
from intake.pipeline.case.proposal import Comment, Suspension, handed_back, sent_back, suspension
from intake.store import mentions
from intake.store.drafts import Draft
from intake.web.moves import Moves, moves
from intake.web.offers import disposals
from intake.web.page_request import PageRequest


@dataclass(frozen=True, slots=True)
class Note:
    """A note as the page shows it."""

    seq: int
    at: datetime
    person: str
    text: str
    names: tuple[str, ...]
    """Whom it names."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Notes, mentions and drafts on one case."""

    notes: tuple[Note, ...]
    mentioned: bool
    """This person was named since they last looked."""
    sent_back: Comment | None
    suspended: Suspension | None
    """What has suspended a proposal of approval, while nobody has decided since."""
    handed_back: Comment | None
    """What the administrator said of it in handing it back."""
    drafts: tuple[Draft, ...]
    """This person's own, of what may still be decided."""
    people: tuple[str, ...]
    """Whom the case can be assigned to."""
    form: str
    """The identity of the form for a note, another each time the page is shown."""
    typed: str = ""
    """A note that was refused."""
    reply: Draft | None = None
    """This person's reply, as far as it is written."""


def desk(page_request: PageRequest, case: Case) -> Desk:
    """Gather what lies on this person's desk about a case."""
    person, named = page_request.person, case.mentions
    open_moves = moves(page_request, case.submission)
    return Desk(
        notes=_notes(case, named) if page_request.reads_notes else (),
        mentioned=any(mention.person == person and not mention.seen for mention in named),
        sent_back=sent_back(case.events) if case.submission.state is State.IN_REVIEW else None,
        suspended=suspension(case.events) if case.submission.state is State.IN_REVIEW else None,
        handed_back=handed_back(case.events) if case.submission.state is State.QUARANTINED else None,
        drafts=tuple(draft for draft in case.drafts if _may_go_on(page_request, case, draft, open_moves)),
        people=case.analysts if open_moves.claim or open_moves.release else (),
        form=secrets.token_urlsafe(16),
        typed=page_request.form.get("text", ""),
        reply=own_reply(case) if page_request.decides else None,
    )


def own_reply(case: Case) -> Draft | None:
    """Find the reply that the person who looks has begun."""
    return next((draft for draft in case.drafts if draft.action is Written.REPLY), None)


def _notes(case: Case, named: tuple[mentions.Mention, ...]) -> tuple[Note, ...]:
    written = (event for event in case.events if event.name == NoteWritten.name)
    return tuple(
        Note(
            event.seq,
            event.at,
            event.actor,
            str(event.detail["text"]),
            tuple(mention.person for mention in named if mention.event == event.seq),
        )
        for event in written
    )


def _may_go_on(page_request: PageRequest, case: Case, draft: Draft, open_moves: Moves) -> bool:
    if draft.action is Written.POINT:
        return False  # it stands beside its point
    if draft.action is Written.REPLY:
        offered = disposals(page_request, case.submission)
        return offered.reply or offered.reply_afterwards
    return bool(open_moves.approve) if draft.action is Written.APPROVE else open_moves.answer
