"""Puts what was read together into the dossier that the rules judge; `check` and the daemon both come by here.

What differs between them is handed in and by design: the daemon knows its own addresses and letters (`automatic`),
what mail servers say of the sender, and what people have confirmed of names; and each has a register of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.domain.message import MessageKind
from intake.extract.reader import Reading
from intake.register.relevant import relevant_to_all
from rules.earlier import parted
from rules.facts import ConfirmedName, Dossier, RegisterEntry
from rules.message_facts import MessageFacts
from rules.sender_facts import SenderCheck

Register = Sequence[RegisterEntry] | None
"""The published list, where there is one to compare with."""


@dataclass(frozen=True, slots=True)
class Headers:
    """What is known of a mail before it is taken apart."""

    kind: MessageKind
    """By its subject alone, or as a person said."""
    subject: str
    sender: str
    automatic: bool
    automatic_answer: bool = False
    """A machine answers, reports or repeats by it."""
    sender_checks: tuple[SenderCheck, ...] = ()
    """What mail servers say of the sender."""
    kind_is_said: bool = False
    """A person has said the kind, so nothing that it carries makes another of it."""
    writes_again: bool = False
    """Its sender's address has a submission here already."""


def assemble(
    reading: Reading,
    headers: Headers | None,
    *,
    judged_at: datetime,
    register: Register,
    confirmed_names: tuple[ConfirmedName, ...] = (),
) -> Dossier:
    """Make the dossier of a message, or of loose files where there are no headers.

    Args:
        reading: what the message or the files hold.
        headers: what the mail says around it; None for loose files.
        judged_at: with its zone.
        register: the whole list; the dossier keeps the lines that matter to its entries.
        confirmed_names: those of the organisations that signed.
    """
    entries, earlier = parted(reading.entries, reading.documents)
    return Dossier(
        judged_at=judged_at,
        message=None if headers is None else _message(reading, headers),
        documents=reading.documents,
        entries=entries,
        register=None if register is None else relevant_to_all(register, entries),
        confirmed_names=confirmed_names,
        earlier=earlier,
    )


def _message(reading: Reading, headers: Headers) -> MessageFacts:
    from intake.domain.kind import kind_of  # noqa: PLC0415  # knows many words, which a check of loose files never needs

    brings_a_form = bool(reading.entries or reading.trouble)
    told = kind_of(
        headers.kind,
        reading.documents,
        brings_a_form=brings_a_form,
        text=reading.text,
        writes_again=headers.subject if headers.writes_again and not headers.automatic else None,
    )
    return MessageFacts(
        kind=headers.kind if headers.kind_is_said else told,
        subject=headers.subject,
        sender=headers.sender,
        automatic=headers.automatic,
        automatic_answer=headers.automatic and headers.automatic_answer,
        signatures=reading.signatures,
        trouble=reading.trouble,
        text=reading.text,
        sender_checks=(*headers.sender_checks, *reading.sender_checks),
    )
