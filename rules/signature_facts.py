"""What is known of a signature: separate facts, and None means unknown, never 'no'."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

_CODE = re.compile(r"[A-Z][A-Z0-9_]+: ")


def plainly(reason: str) -> str:
    """Give a reason or note as a person reads it, without its code."""
    return _CODE.sub("", reason, count=1) if _CODE.match(reason) else reason


class Coverage(StrEnum):
    """How much of a document its signature covers."""

    ENTIRE = "entire"
    PARTIAL = "partial"
    UNCLEAR = "unclear"


class Indication(StrEnum):
    """The main indication of a signature validation (ETSI EN 319 102-1, 5.1.3)."""

    TOTAL_PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    TOTAL_FAILED = "TOTAL-FAILED"


@dataclass(frozen=True, slots=True)
class Signer:
    """The signing certificate's subject and validity."""

    organisation: str | None = None
    """Its only O; None where it has none, or several."""
    common_name: str | None = None
    subject: str | None = None
    issuer: str | None = None
    serial: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    organisations: tuple[str, ...] = ()
    """Every O, in their order."""
    organisation_identifier: str | None = None
    """Such as ``NTRGB-01234567`` (ETSI EN 319 412-1, 5.1.4)."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """Where the word on one certificate of the chain came from."""

    subject: str
    """Of the certificate that was asked about."""
    source: str
    """``crl`` or ``ocsp``, or ``none`` where there was no usable word."""
    issued_at: datetime | None = None
    """The thisUpdate of the CRL or answer."""
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """What is known of one signature."""

    format: str
    """``opc``, ``odf``, ``cms`` or ``pdf``."""
    intact: bool | None = None
    """The signed bytes are unchanged."""
    valid: bool | None = None
    """The signature value verifies with the signing certificate's key."""
    trusted: bool | None = None
    """The signing certificate leads to a configured anchor and is not revoked."""
    coverage: Coverage = Coverage.UNCLEAR
    uncovered: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)
    signing_time: datetime | None = None
    """As claimed; never proof."""
    algorithms: tuple[str, ...] = ()
    indication: Indication = Indication.INDETERMINATE
    sub_indication: str | None = None
    """One of EN 319 102-1's, such as ``HASH_FAILURE``."""
    reasons: tuple[str, ...] = ()
    """Sentences, each beginning with our reason code where there is one: ``COVERAGE_PARTIAL: …``."""
    covered: tuple[str, ...] = ()
    """What is signed: names of parts."""
    proven_time: datetime | None = None
    """By a verified RFC 3161 time stamp."""
    chain: tuple[str, ...] = ()
    """Subjects from the signing certificate to the anchor."""
    revocation: tuple[Revocation, ...] = ()
    trust_list: str | None = None
    """SHA-256 of the list of anchors that was used."""
    notes: tuple[str, ...] = ()
    """What a person should know that decides nothing, such as ``LEGACY_RELS``."""
