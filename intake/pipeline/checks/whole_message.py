"""Reads a whole message with what stands around it, as on arrival; a check of loose files needs none of this."""

from __future__ import annotations

from intake import faults
from intake.domain.automatic import automatic_reason
from intake.domain.envelope import read_envelope
from intake.domain.kind import kind_by_envelope
from intake.extract.reader import Progress, Reading, read_message, stumbled_over
from intake.limits import ReadingLimits
from intake.pipeline.reading.answers import answers_by_itself
from intake.pipeline.reading.assemble import Headers
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings


def read_whole(
    sandbox: Sandbox, raw: bytes, limits: ReadingLimits, trust_settings: TrustSettings, progress: Progress | None
) -> tuple[Reading, Headers]:
    """Read what a message holds and what its headers say.

    Args:
        sandbox: where it is read.
        raw: RFC 5322 bytes.
        limits: of reading.
        trust_settings: whom signatures may lead to, and when.
        progress: is told how far the reading has come.
    """
    with faults.gathered() as met:
        envelope = read_envelope(raw)
    reading = stumbled_over(read_message(sandbox, raw, limits, trust_settings, progress=progress), met)
    automatic = automatic_reason(envelope, ())
    headers = Headers(
        kind=kind_by_envelope(envelope),
        subject=envelope.subject,
        sender=envelope.from_header,
        automatic=automatic is not None,
        automatic_answer=answers_by_itself(envelope, (), automatic, reading),
    )
    return reading, headers
