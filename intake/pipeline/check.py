"""The same reading and judging as the daemon's, without store, mailbox or clock of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.config import LimitsConfig
from intake.domain.automatic import automatic_reason
from intake.domain.envelope import read_envelope
from intake.domain.kind import is_no_submission, kind_by_envelope, kind_of
from intake.domain.message import MessageKind
from intake.extract.reader import Reading, read_files, read_message
from intake.register.relevant import relevant_to_all
from intake.sandbox import Sandbox
from intake.signatures.trusting import Trusting
from rules.examine import examine
from rules.facts import DocumentKind, Dossier, MessageFacts, RegisterEntry
from rules.finding import Outcome, Report


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read and how it was judged."""

    dossier: Dossier
    report: Report
    outcome: Outcome
    """The report's, but `not_a_submission` for mail that is none."""
    trouble: str | None
    """What went wrong with the message as a whole."""

    @property
    def nothing_read(self) -> bool:
        """Whether no document at all could be read, nor the message."""
        readable = any(document.kind is not DocumentKind.UNREADABLE for document in self.dossier.documents)
        message = self.dossier.message
        return not readable and (message is None or (message.kind == MessageKind.UNCLEAR and not message.sender))


Register = Sequence[RegisterEntry] | None
"""The published list, where there is one to compare with."""


def check_message(
    sandbox: Sandbox, raw: bytes, *, trusting: Trusting, limits: LimitsConfig, register: Register = None
) -> Checked:
    """Judge a whole message as it would be judged on arrival."""
    envelope = read_envelope(raw)
    reading = read_message(sandbox, raw, limits, trusting)
    by_subject = kind_by_envelope(envelope)
    facts = MessageFacts(
        kind=kind_of(by_subject, reading.documents, brings_a_form=bool(reading.entries or reading.trouble)),
        subject=envelope.subject,
        sender=envelope.from_header,
        automatic=automatic_reason(envelope, ()) is not None,
        signatures=reading.signatures,
        trouble=reading.trouble,
        text=reading.text,
    )
    return _judge(reading, facts, trusting.moment, register)


def check_files(
    sandbox: Sandbox,
    files: Sequence[tuple[str, bytes]],
    *,
    trusting: Trusting,
    limits: LimitsConfig,
    register: Register = None,
) -> Checked:
    """Judge loose files as the documents of one submission."""
    return _judge(read_files(sandbox, files, limits, trusting), None, trusting.moment, register)


def _judge(reading: Reading, message: MessageFacts | None, at: datetime, register: Register) -> Checked:
    dossier = Dossier(
        judged_at=at,
        message=message,
        documents=reading.documents,
        entries=reading.entries,
        register=None if register is None else relevant_to_all(register, reading.entries),
    )
    report = examine(dossier)
    outcome = Outcome.NOT_A_SUBMISSION if is_no_submission(dossier) else report.outcome
    return Checked(dossier, report, outcome, reading.trouble)
