"""What a person says of a point of the report, or of a misread value; the report itself is never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.corrections import Correction
from rules.facts import DocumentKind
from rules.finding import Finding


class ResolutionKind(StrEnum):
    """How a person settled it."""

    ACCEPTED = "accepted"
    """With evidence: the point is true, and there is reason not to hold it against the entry."""
    OVERRULED = "overruled"
    """The point does not hold."""
    CORRECTED = "corrected"
    """The value was misread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One thing that a person settled; it stays on record when it is taken back."""

    id: int
    entry: int
    """Counted from 0."""
    kind: ResolutionKind
    subject: str
    """What the point said; of a correction, the label or the field."""
    point: str | None = None
    """The key of the point; None of a correction."""
    value: str | None = None
    """What the document shows; of corrections alone."""
    original: str | None = None
    """What was read; None where nothing could be."""
    document: str | None = None
    document_sha256: str | None = None
    document_kind: DocumentKind | None = None
    """Of corrections alone: the form, or what certificate it is."""
    reason: str
    person: str
    at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None

    @property
    def active(self) -> bool:
        """Whether nobody has taken it back."""
        return self.withdrawn_at is None

    @property
    def correction(self) -> Correction | None:
        """The correction as the rules' dossier takes it; None of what is none."""
        if self.kind is not ResolutionKind.CORRECTED or self.document_kind is None:
            return None
        return Correction(
            document=self.document or "",
            sha256=self.document_sha256 or "",
            kind=self.document_kind,
            subject=self.subject,
            original=self.original,
            value=self.value or "",
            by=self.person,
            entry=self.entry,
        )

    @property
    def what(self) -> str:
        """Say what was settled: ``overruled: …``, or ``Firmware Version on CPA certificate.pdf corrected to “1.0”``."""
        if self.kind is ResolutionKind.CORRECTED:
            return f"{self.subject} on {self.document} corrected to “{self.value}”"
        return f"{self.kind.value}: {self.subject}"


def corrections_of(resolutions: Iterable[Resolution]) -> tuple[Correction, ...]:
    """List the corrections that nobody has taken back, in the order in which they were made."""
    return tuple(r.correction for r in resolutions if r.active and r.correction is not None)


def point_key(workbook: str | None, findings: Iterable[tuple[str, Finding]]) -> str:
    """Give the key of a point: a digest over its rules' findings, with every value that they state.

    Whatever else is found, stated or said there makes another point, to which no earlier word of a person applies.

    Args:
        workbook: the entry's own.
        findings: all that the point says, each with the id of its rule.

    Returns:
        64 hexadecimal digits.
    """
    told = sorted(json.dumps([rule, *_stated(finding)]) for rule, finding in findings)
    return hashlib.sha256(json.dumps([workbook, told]).encode()).hexdigest()


def _stated(finding: Finding) -> list[object]:
    against = finding.against
    return [
        finding.message,
        finding.field,
        None if finding.where is None else str(finding.where),
        finding.said,
        finding.expected,
        finding.unknown,
        None if against is None else [against.kind, against.label, against.stated.value, str(against.stated.where)],
    ]
