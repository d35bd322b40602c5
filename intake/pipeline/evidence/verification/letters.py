"""Compares letters with what the ledger tells of them: their bytes, to whom they go, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from email import policy
from email.parser import BytesHeaderParser

from intake.domain.replay_letters import may_stand
from intake.pipeline.evidence.verification.finding import Finding, Kind, nearly
from intake.pipeline.evidence.verification.ledger import NamedLetter, Told
from intake.store import outbox
from intake.store.walk import RawLetter

Moved = tuple[int, str, str]
"""Event, name and time of what was last decided of a letter, or came of it."""
_parser = BytesHeaderParser(policy=policy.default)


def letter_findings(
    letters: Iterable[RawLetter], named: Mapping[str, NamedLetter], moves: Mapping[str, Moved], told: Told
) -> Iterator[Finding]:
    """Tell of letters that are not what their events tell, that are gone, or that no event names.

    Args:
        letters: as they lie there.
        named: what events say of their bytes, by Message-ID.
        moves: what was last decided of them, likewise.
        told: what the ledger says.
    """
    left = dict(named)
    for letter in letters:
        naming, moved = left.pop(letter.message_id, None), moves.get(letter.message_id)
        if naming is None:
            if _ought_to_be_named(letter, told):
                yield Finding(Kind.LETTER, f"No event names the letter {letter.message_id} about {letter.about}.")
            continue
        if letter.message in told.disposed:  # what is left of it is compared apart
            continue
        if naming.sha256 and outbox.digest(letter.content) != naming.sha256:
            what = f"The letter {letter.message_id} about {letter.about} has other bytes than event {naming.seq} names."
            yield Finding(Kind.LETTER, what, naming.seq)
        elif naming.sha256 and letter.archived_sha256:  # one that was just queued may not be archived yet
            told.name(naming.sha256, naming.seq)
        yield from _row_findings(letter, naming, moved, told)
    for message_id, naming in left.items():
        if naming.sha256:
            told.name(naming.sha256, naming.seq)
            yield Finding(Kind.LETTER, f"The letter {message_id}, which event {naming.seq} names, is gone.", naming.seq)


def _ought_to_be_named(letter: RawLetter, told: Told) -> bool:
    """Whether an event must name a letter; one to nobody has no bytes to name, and earlier releases named none."""
    since = told.salted_since
    return bool(letter.content) and since is not None and (told.always_salted or letter.queued_at > since)


def _row_findings(letter: RawLetter, naming: NamedLetter, moved: Moved | None, told: Told) -> Iterator[Finding]:
    """Tell where a letter's row says something else of it than its events."""
    which = f"The letter {letter.message_id} about {letter.about}"
    seq = naming.seq if moved is None else moved[0]
    if naming.kind is not None and naming.kind != letter.kind:
        yield Finding(Kind.LETTER, f"{which} is of another kind than event {naming.seq} tells.", naming.seq)
    if naming.sha256 and not _goes_to(letter.content, letter.recipient):
        yield Finding(Kind.LETTER, f"{which} goes to another address than it is written to.", naming.seq)
    if not may_stand(letter.state, None if moved is None else moved[1]) and not _before_events(letter, moved, told):
        yield Finding(Kind.LETTER, f"{which} is {letter.state} in the store, which no event tells.", seq)
    elif letter.state == "sent" and moved is not None and not nearly(letter.sent_at, moved[2]):
        yield Finding(Kind.LETTER, f"{which} was sent at another moment than event {seq} tells.", seq)


def _before_events(letter: RawLetter, moved: Moved | None, told: Told) -> bool:
    """Whether an earlier release, whose events do not say which letter it was, may have set it aside."""
    return letter.state == "dropped" and moved is None and told.set_aside_before


def _goes_to(content: bytes, recipient: str) -> bool:
    """Whether the letter's own heading names the address that it goes to."""
    if f"\nTo: {recipient}\r\n".encode() in content[:4096]:
        return True
    header = _parser.parsebytes(content)["To"]
    return header is not None and [address.addr_spec for address in header.addresses] == [recipient]
