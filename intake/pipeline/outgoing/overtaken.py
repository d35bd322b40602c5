"""Tells which letters say what is no longer so: they waited for a person, and the list or the case has moved on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from intake.domain.letter_events import LetterDropped
from intake.domain.review import Action
from intake.domain.submission import State
from intake.domain.version_letter import subject_of, subjects_of, version_of
from intake.store import events, outbox, publications, submissions
from intake.store.engine import Transaction
from intake.store.outbox import TO_DCC, TO_PARTIES, WAITING_FOR_A_PERSON, LetterState, QueuedLetter
from intake.store.publications import PublicationState
from intake.store.submissions import Submission

_DECIDED: Mapping[str, frozenset[State]] = {
    Action.APPROVE: frozenset({State.APPROVED}),
    Action.RETURN: frozenset({State.RETURNED}),
    Action.ASK: frozenset({State.ASKED, State.IN_REVIEW, State.QUARANTINED}),
}
"""Where a submission may stand of which a decision's letter is still true."""


def overtaken(tx: Transaction, letter: QueuedLetter) -> str:
    """Say why a letter must not be sent, or sent again, as a sentence without its full stop; empty where it may."""
    version = version_of(letter.entry)
    if version and letter.kind == TO_DCC:
        return _loading_of(tx, version)
    if version and letter.kind == TO_PARTIES:
        return _told_since(tx, version, letter)
    if letter.message is not None and letter.kind in _DECIDED:
        return decided_since(submissions.get(tx, letter.message), outbox.of_message(tx, letter.message), letter)
    return ""


def decided_since(submission: Submission, letters: Sequence[QueuedLetter], letter: QueuedLetter) -> str:
    """Say the same of a letter about a submission, given all letters about it.

    Whoever was asked may answer while our letter is still on its way, so a question stands until something is decided.
    """
    if letter.kind not in _DECIDED:
        return ""
    if any(other.id > letter.id and other.kind in _DECIDED for other in letters):
        return f"A later letter tells what was decided about {submission.reference}"
    if submission.state not in _DECIDED[letter.kind]:
        return f"{submission.reference} is {submission.state.replace('_', ' ')} now"
    return ""


def hold_fast(tx: Transaction, *versions: str) -> None:
    """Lock the letters about versions, which may be dropped: a letter's row is locked before the turn to append."""
    outbox.of_list(tx, *(subject for version in versions for subject in subjects_of(version)), to_change=True)


def drop_overtaken(tx: Transaction, version: str, person: str, at: datetime) -> None:
    """Drop the letters about a version that wait for a person and have been overtaken, in the caller's commit.

    Args:
        tx: the commit in which the version moves on.
        version: its name.
        person: by whose deed it does.
        at: when.
    """
    for letter in outbox.of_list(tx, *subjects_of(version)):
        if letter.state in WAITING_FOR_A_PERSON and overtaken(tx, letter):
            outbox.settle(tx, letter, LetterState.DROPPED)
            dropped = LetterDropped(message_id=letter.message_id, kind=letter.kind)
            events.append(tx, dropped, at=at, entry=letter.entry, actor=person)


def _loading_of(tx: Transaction, version: str) -> str:
    """Why the DCC is not to load a version, or need not any more."""
    released, newest = publications.of_version(tx, version), publications.newest_out(tx)
    if released is None:
        return ""
    if released.state is PublicationState.LOADED:
        return f"The DCC has loaded version {version}"
    if released.state is PublicationState.REJECTED:
        return f"The DCC has rejected version {version}"
    if newest is not None and newest.id != released.id:
        return f"Version {newest.version} has been released since, for the DCC to load instead"
    return ""


def _told_since(tx: Transaction, version: str, letter: QueuedLetter) -> str:
    """Of the letters that tell all Parties what became of a version, the one written last is true."""
    later = (other for other in outbox.of_list(tx, *subjects_of(version)) if other.kind == TO_PARTIES)
    if any(other.id > letter.id for other in later):
        return f"A later letter tells what the DCC has answered about version {version}"
    if letter.entry == subject_of(version, loaded=False):
        return _loaded_instead(tx, version)
    return ""


def _loaded_instead(tx: Transaction, version: str) -> str:
    """Why it is no news any more that a version was rejected: the inventory goes by a later one, which holds it."""
    refused = publications.of_version(tx, version)
    order = (refused.list_version if refused is not None else None) or 0
    loaded = publications.in_states(tx, (PublicationState.LOADED,))
    later = next((made.version for made in loaded if order and (made.list_version or 0) > order), "")
    return f"The DCC has loaded version {later} since" if later else ""
