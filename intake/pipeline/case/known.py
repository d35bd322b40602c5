"""Fills in a message's envelope from the archive, when it is needed and an earlier release did not write it down."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.envelope import Envelope, read_envelope
from intake.pipeline.services import Services
from intake.store import submissions
from intake.store.submissions import Submission


def known(services: Services, number: int) -> Submission:
    """Give one submission with its envelope; the archive is asked once in a message's life, in no transaction.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        UnreachableError: an edge did not answer.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
    if submission.envelope_known:
        return submission
    read = with_envelope(submission, read_envelope(services.archive.get(submission.raw_sha256)))
    with services.store.transaction() as tx:
        submissions.keep_envelope(tx, read)
    return read


def with_envelope(submission: Submission, envelope: Envelope) -> Submission:
    """Give the submission with what its envelope says."""
    return replace(
        submission,
        in_reply_to=envelope.in_reply_to or "",
        mail_references=" ".join(envelope.references),
        reply_to=envelope.reply_to or "",
    )
