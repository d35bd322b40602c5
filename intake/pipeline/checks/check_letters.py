"""Writes the answer to a check: the report as text, and as a page to print; and the letter that passes mail on."""

from __future__ import annotations

from dataclasses import dataclass

import click

from intake.config import Config
from intake.domain.envelope import Envelope
from intake.domain.kind import kind_by_envelope
from intake.domain.letter import Heading, compose, message_id
from intake.domain.letter_files import with_files
from intake.domain.message import MessageKind
from intake.pipeline.checks.check import Checked
from intake.pipeline.services import Services
from intake.render.html import entries_shown, html
from intake.render.next_step import next_step, verdict
from intake.render.templates import letter
from intake.render.terminal import lines
from intake.store.checks import CheckLetter

ANSWER, FORWARD = "check", "check-forward"
"""The words in their Message-IDs."""
MARK = "[check, not submitted]"
"""Stands before the subject, so that an answer to the answer is taken for no submission by a person."""
_ON_ASKING = "by the check mailbox, on its sender's asking; nothing was submitted, and the mail was not kept"
_AS_A_PAGE = "check of a submission.html"


@dataclass(frozen=True, slots=True)
class _Answered:
    """What an answer needs to know of the mail; its subject says that it is a check."""

    subject: str
    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]


def reads_like_a_submission(envelope: Envelope) -> bool:
    """Tell whether its subject follows the form that submissions and updates have."""
    return kind_by_envelope(envelope) in {MessageKind.SUBMISSION, MessageKind.UPDATE}


def identity(kind: str, raw_sha256: str, config: Config) -> str:
    """Give the Message-ID, which depends on the raw bytes and our domain alone."""
    return message_id(kind, raw_sha256, config.outgoing.domain)


def answer(services: Services, envelope: Envelope, raw_sha256: str, checked: Checked) -> CheckLetter:
    """Write the answer to a check."""
    config = services.config
    report = (checked.dossier, checked.report, checked.outcome, checked.trouble)
    like_a_submission = reads_like_a_submission(envelope)
    shown = entries_shown(checked.dossier, checked.report, checked.outcome)
    text = letter(
        "check.txt",
        like_a_submission=like_a_submission,
        passed_on=like_a_submission and bool(config.check.forward_to),
        submit_to=_submit_to(config),
        sentence=verdict(checked.outcome, shown),
        next_step=next_step(checked.outcome, shown),
        brings_a_form=any(view.entry.document is not None for view in shown),
        keep_days=config.check.keep_days,
        report="\n".join(click.unstyle(line) for line in lines(*report, remark="")),
    )
    to = envelope.reply_address or ""
    heading = Heading(
        kind=ANSWER,
        message_id=identity(ANSWER, raw_sha256, config),
        sender=config.outgoing.sender,
        recipient=to,
        date=services.clock.now(),
        automatic=True,
        reply_to=config.check_address,
    )
    told = _Answered(_marked(envelope.subject), envelope.message_id, envelope.in_reply_to, envelope.references)
    page = html(*report, remark=_ON_ASKING).encode()
    return CheckLetter(heading.message_id, to, with_files(compose(heading, told, text), {_AS_A_PAGE: page}))


def forward(services: Services, envelope: Envelope, raw: bytes, raw_sha256: str, *, answered: bool) -> CheckLetter:
    """Write the letter that puts mail which reads like a submission before a person, with that mail in it."""
    config = services.config
    text = letter(
        "check_forward.txt",
        mailbox=config.check_address or "",
        answered="It has been answered with its check." if answered else "It has not been answered.",
        sender=envelope.from_header,
        subject=envelope.subject,
    )
    heading = Heading(
        kind=FORWARD,
        message_id=identity(FORWARD, raw_sha256, config),
        sender=config.outgoing.sender,
        recipient=config.check.forward_to,
        date=services.clock.now(),
        automatic=True,
        subject="Sent to the check mailbox, and reads like a submission",
    )
    content = with_files(compose(heading, None, text), {"mail.eml": raw})
    return CheckLetter(heading.message_id, heading.recipient, content)


def _marked(subject: str) -> str:
    """The subject with our mark, once, however often checks have gone to and fro."""
    return subject if MARK.casefold() in subject.casefold() else f"{MARK} {subject}"


def _submit_to(config: Config) -> str:
    """Where submissions go: the first mailbox that takes them in, else whence our letters come."""
    own = (mailbox.own_address for mailbox in config.mailbox if mailbox.purpose == "intake")
    return next((address for address in own if address), config.outgoing.address)
