"""Tells whether a machine answers by a message: by its headers, by the report it brings, and by what it says."""

from __future__ import annotations

from collections.abc import Collection

from intake.domain.automatic import is_automatic_answer, may_be_a_persons
from intake.domain.envelope import Envelope
from intake.extract.reader import Reading
from rules.objections import objects
from rules.own_words import own_sentences


def answers_by_itself(
    envelope: Envelope, our_addresses: Collection[str], automatic: str | None, reading: Reading
) -> bool:
    """Tell whether a machine answers, reports or repeats by a message, so that it settles and suspends nothing.

    A report on a letter does, whatever its headers are; its letter comes before a person. What may be a person's does
    not if it objects to something: a ticket system marks as its own answer what its agent has typed.

    Args:
        envelope: of the message.
        our_addresses: as `is_automatic_answer` takes them.
        automatic: why it was taken to be automatic at receipt; None where it was not.
        reading: what it holds.
    """
    if automatic is None:
        return False
    if reading.report is not None:
        return True
    if not is_automatic_answer(envelope, our_addresses):
        return False
    return not (may_be_a_persons(automatic) and any(map(objects, own_sentences(reading.text))))
