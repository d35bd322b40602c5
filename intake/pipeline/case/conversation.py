"""The conversation of a case: its messages, our letters and what was sent again for it, in one order of time."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.domain.automatic import may_be_a_persons
from intake.domain.events import CaseAnswered, Resubmitted
from intake.domain.letter import text_of
from intake.pipeline.outgoing.overtaken import decided_since
from intake.store.events import Event
from intake.store.looks import Look
from intake.store.outbox import A_PERSON_MAY_SETTLE, ACKNOWLEDGEMENT, LetterState, QueuedLetter
from intake.store.submissions import Submission

_OPENING = 90
"""Characters of a folded piece's words that are shown."""


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
class Piece:
    """A message, a letter of ours, or a submission that was sent again for this one."""

    at: datetime
    message: Submission | None = None
    letter: QueuedLetter | None = None
    again: Submission | None = None
    text: str = ""
    same_sender: bool = True
    begins: bool = False
    """It is the message whose page this is."""
    new: bool = False
    """It has come since the person who looks has looked; for who never has, since anybody has."""
    open: bool = False
    overtaken: str = ""
    """Why a letter that waits for a person must not be sent, as a sentence without its full stop."""

    @property
    def anchor(self) -> str:
        """The piece's address on its page."""
        if self.letter is not None:
            return f"letter-{self.letter.id}"
        submission = self.message or self.again
        return "" if submission is None else submission.reference

    @property
    def automatic(self) -> bool:
        """Whether it is certain that no person wrote it."""
        if self.letter is not None:
            return self.letter.kind == ACKNOWLEDGEMENT
        return self.message is not None and not may_be_a_persons(self.message.automatic)

    @property
    def waits(self) -> bool:
        """Whether a person must or may decide what becomes of the letter."""
        return self.letter is not None and self.letter.state in A_PERSON_MAY_SETTLE

    @property
    def sent_before(self) -> bool:
        """Whether the letter was handed over before."""
        return self.letter is not None and self.letter.state not in {LetterState.HELD, LetterState.WITHHELD}

    @property
    def opening(self) -> str:
        """Its first words, for a line."""
        return textwrap.shorten(self.text, _OPENING, placeholder=" …")


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that was said about a case, oldest first."""

    pieces: tuple[Piece, ...] = ()
    since: datetime | None = None
    """When the person who looks has looked before; None where that never was."""

    @property
    def news(self) -> tuple[Piece, ...]:
        """What is new to the person."""
        return tuple(piece for piece in self.pieces if piece.new)


@dataclass(frozen=True, slots=True)
class Said:
    """What a conversation is made of."""

    begins: Submission
    text: str
    """Its own words."""
    turns: Sequence[Turn]
    letters: Sequence[QueuedLetter]
    later: Sequence[Submission]
    history: Sequence[Event]
    """What has happened to it: it tells since when a message is of the case."""


def conversation(said: Said, look: Look | None) -> Conversation:
    """Put a case's messages and letters into the order of time, and open what is to be read first.

    Open are what is new to the person, the newest words of a person, theirs as well as ours, and letters that wait.

    Args:
        said: the case.
        look: the person's latest look at it; None where there was none.
    """
    pieces = sorted(_pieces(said, look), key=lambda piece: (piece.at, piece.letter is not None))
    spoken = [number for number, piece in enumerate(pieces) if not piece.automatic and piece.again is None]
    theirs = [number for number in spoken if pieces[number].message is not None]
    newest = {*spoken[-1:], *theirs[-1:]} or {len(pieces) - 1}
    opened = tuple(
        replace(piece, open=piece.new or piece.waits or number in newest) for number, piece in enumerate(pieces)
    )
    return Conversation(opened, None if look is None else look.at)


def _pieces(said: Said, look: Look | None) -> Iterator[Piece]:
    yield Piece(said.begins.received_at, message=said.begins, text=said.text, begins=True)
    joined, sent_again = _moments(said.history)
    for turn in said.turns:
        member = turn.submission
        came = joined.get(member.reference, member.recorded_at)
        unknown = turn.unseen if look is None else member.id > look.up_to or came > look.at
        new = unknown and may_be_a_persons(member.automatic)
        yield Piece(member.received_at, message=member, text=turn.text, same_sender=turn.same_sender, new=new)
    for letter in said.letters:
        stuck = letter.state in A_PERSON_MAY_SETTLE
        why = decided_since(said.begins, said.letters, letter) if stuck else ""
        at = letter.sent_at or letter.queued_at
        yield Piece(at, letter=letter, text=text_of(letter.content), overtaken=why)
    for later in said.later:
        came = sent_again.get(later.reference, later.recorded_at)
        yield Piece(later.received_at, again=later, new=look is not None and (later.id > look.up_to or came > look.at))


def _moments(history: Sequence[Event]) -> tuple[dict[str, datetime], dict[str, datetime]]:
    """Since when each message is of the case, and each submission known to follow it, by reference."""
    joined = {str(event.detail["by"]): event.at for event in history if event.name == CaseAnswered.name}
    again = {str(event.detail["later"]): event.at for event in history if event.name == Resubmitted.name}
    return joined, again
