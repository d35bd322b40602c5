"""Internal notes on a case: written once, never changed, and in no letter; whom they name is told until they look."""

from __future__ import annotations

import re

from intake.domain.desk_events import NoteWritten
from intake.domain.mention import mentioned
from intake.domain.review import READERS, DecisionRefusedError
from intake.pipeline.services import Services
from intake.store import events, mentions, people, submissions

LONGEST = 10_000
"""Characters of a note."""
_FORM = re.compile(r"[\w-]{16,64}", re.ASCII)


def write(services: Services, number: int, person: str, text: str, form: str) -> tuple[str, ...]:
    """Append a note to a case; one that comes a second time from the same form is the same note.

    Args:
        services: the edges.
        number: the submission.
        person: who writes.
        text: the note.
        form: the identity of the form on the page; each page that is shown has another.

    Returns:
        Words after an ``@`` that are nobody's name, so that nobody was told.

    Raises:
        DecisionRefusedError: it is empty or too long, or the form has no identity.
        NoSuchSubmissionError: there is no such submission.
    """
    text = text.strip()
    if not text:
        message = "The note is empty."
        raise DecisionRefusedError(message)
    if len(text) > LONGEST:
        message = f"The note has {len(text):,} characters; a note has at most {LONGEST:,}."
        raise DecisionRefusedError(message)
    if not _FORM.fullmatch(form):
        message = "This form is not one of a page of ours. Load the page again and write the note there."
        raise DecisionRefusedError(message)
    with services.store.transaction() as tx:
        submissions.get(tx, number, to_change=True)  # so that the same form posted twice at once waits for itself
        named, unknown = mentioned(text, people.names(tx, *READERS))  # who reads notes may be named in one
        if not _written(events.of_message(tx, number), person, form):
            note = NoteWritten(text=text, form=form)
            event = events.append(tx, note, at=services.clock.now(), message=number, actor=person)
            mentions.add(tx, event, number, named - {person})
    return unknown


def _written(history: tuple[events.Event, ...], person: str, form: str) -> bool:
    notes = (event for event in history if event.name == NoteWritten.name and event.actor == person)
    return any(event.detail.get("form") == form for event in notes)
