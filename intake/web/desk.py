"""What colleagues have left for each other on a case, and what this person has not finished there."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from intake.domain.desk_events import NoteWritten
from intake.domain.review import DECIDERS
from intake.domain.submission import State
from intake.pipeline.case import Case
from intake.pipeline.proposal import Comment, sent_back
from intake.store import drafts, mentions, people
from intake.store.drafts import Draft
from intake.web.moves import Moves, moves
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
    drafts: tuple[Draft, ...]
    """This person's own, of what may still be decided."""
    people: tuple[str, ...]
    """Whom the case can be assigned to."""
    form: str
    """The identity of the form for a note, another each time the page is shown."""
    typed: str = ""
    """A note that was refused."""


def desk(page_request: PageRequest, case: Case) -> Desk:
    """Gather what lies on this person's desk about a case."""
    number, person = case.submission.id, page_request.person
    open_moves = moves(page_request, case.submission)
    with page_request.services.store.reading() as tx:
        named = mentions.of_message(tx, number)
        own = drafts.of_person(tx, number, person) if page_request.decides else ()
        assignable = people.names(tx, *DECIDERS) if open_moves.claim or open_moves.release else ()
    return Desk(
        notes=_notes(case, named) if page_request.reads_notes else (),
        mentioned=any(mention.person == person and not mention.seen for mention in named),
        sent_back=sent_back(case.events) if case.submission.state is State.IN_REVIEW else None,
        drafts=tuple(draft for draft in own if _may_go_on(draft, open_moves)),
        people=assignable,
        form=secrets.token_urlsafe(16),
        typed=page_request.form.get("text", ""),
    )


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


def _may_go_on(draft: Draft, open_moves: Moves) -> bool:
    return bool(open_moves.approve) if draft.action == "approve" else open_moves.answer
