"""The letters about a version of the list: what each says, and whether it waits for a person to let it go."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy

from intake.domain.letter import text_of
from intake.domain.version_letter import subjects_of
from intake.pipeline.outgoing.overtaken import overtaken
from intake.store import outbox
from intake.store.engine import Transaction
from intake.store.outbox import A_PERSON_MAY_SETTLE, LetterState, QueuedLetter


@dataclass(frozen=True, slots=True)
class VersionLetter:
    """A letter about a version, as its reader will see it."""

    letter: QueuedLetter
    subject: str
    """Empty where the letter was not written, for want of an address."""
    text: str
    files: tuple[str, ...]
    """The names of what is attached."""
    overtaken: str = ""
    """Why it must not be sent any more, as a sentence without its full stop; empty where it may, or has been."""

    @property
    def waits(self) -> bool:
        """Tell whether a person must decide what becomes of it."""
        return self.letter.state in A_PERSON_MAY_SETTLE

    @property
    def sent_before(self) -> bool:
        """Tell whether it was handed over before, and refused or sent back."""
        return self.letter.state is not LetterState.HELD


def letters_of(tx: Transaction, version: str) -> tuple[VersionLetter, ...]:
    """Read the letters about a version, oldest first: of its release, and of the DCC's answers."""
    return tuple(_read(tx, letter) for letter in outbox.of_list(tx, *subjects_of(version)))


def _read(tx: Transaction, letter: QueuedLetter) -> VersionLetter:
    why = "" if letter.may_have_left and letter.state is not LetterState.BOUNCED else overtaken(tx, letter)
    if not letter.content:
        return VersionLetter(letter, "", "", (), why)
    mail = message_from_bytes(letter.content, policy=policy.default)
    files = tuple(part.get_filename() or "" for part in mail.iter_attachments())
    return VersionLetter(letter, str(mail["Subject"]), text_of(letter.content), files, why)
