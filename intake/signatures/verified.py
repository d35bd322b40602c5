"""The cryptographic result of one signature, before trust is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.signature_facts import Coverage


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """An RFC 3161 token that came along, not verified yet."""

    token: bytes
    """DER of the ContentInfo."""
    stamped: bytes
    """The very bytes whose digest the token must state."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One signature as its format's reader leaves it; `trust` makes `SignatureFacts` of it.

    `intact`, `valid` and `coverage` are final. None means unknown, never 'no'.
    """

    format: str
    """``opc``, ``odf``, ``cms`` or ``pdf``."""
    intact: bool | None = None
    valid: bool | None = None
    coverage: Coverage = Coverage.UNCLEAR
    covered: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    certificate: bytes | None = None
    """DER of the certificate whose key verified the signature."""
    certificates: tuple[bytes, ...] = ()
    """DER of every other certificate that came along: hints for the path, never trust."""
    bound: bool = False
    """The signed bytes name the signing certificate (XAdES SigningCertificate, CMS signing-certificate)."""
    claimed_time: datetime | None = None
    """Only where it stands under the signature, whose value holds, and is as it was signed."""
    stamps: tuple[TimeStamp, ...] = ()
    algorithms: tuple[str, ...] = ()
    """Such as ``rsa-sha256``, ``sha256``: of the signature and of every digest it rests on."""
    failure: str | None = None
    """The sub-indication that the format's reader has settled, such as ``HASH_FAILURE``; None where nothing failed."""
    reasons: tuple[str, ...] = ()
    """Sentences, each beginning with our reason code where there is one: ``COVERAGE_PARTIAL: …``."""
    notes: tuple[str, ...] = ()
    """What decides nothing, such as ``LEGACY_RELS: …``."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The content and signers of a CMS signature."""

    content: bytes | None
    """The very bytes that were hashed; None where there are none."""
    verified: tuple[Verified, ...]
    """One a signer; empty for a mere bundle of certificates."""


def broken(form: str, failure: str, reason: str, **known: object) -> Verified:
    """Build a signature that fails before or during cryptographic verification."""
    return Verified(form, failure=failure, reasons=(reason,), **known)  # type: ignore[arg-type]  # the caller names the facts it knows
