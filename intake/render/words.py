"""What outcomes, severities, verdicts and kinds are called, wherever a person reads of them.

Each is written as it stands within a sentence; `sentence` makes a beginning of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rules.facts import DocumentKind, ReadBy
from rules.finding import Outcome, Severity, Verdict

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.READY: "ready",
    Outcome.RETURN: "to be returned",
    Outcome.NEEDS_A_PERSON: "needs a person",
    Outcome.NOT_A_SUBMISSION: "not a submission",
}

SENTENCES: Mapping[Outcome, str] = {
    Outcome.READY: "SECAS would find this submission ready for approval by a person.",
    Outcome.RETURN: "SECAS would return this submission.",
    Outcome.NEEDS_A_PERSON: "A person at SECAS would have to look at this submission.",
    Outcome.NOT_A_SUBMISSION: "This message is not a submission to the Central Products List.",
}

KINDS: Mapping[str, str] = {
    "submission": "submission",
    "update": "update",
    "unclear": "unclear",
    "other": "other mail",
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.RETURN: "to put right",
    Severity.QUERY: "for a person",
    Severity.NOTE: "note",
}

SEVERITY_MEANS: Mapping[Severity, str] = {
    Severity.RETURN: "where it fails, the submission is returned",
    Severity.QUERY: "where it fails, a person looks at it",
    Severity.NOTE: "it takes note and decides nothing",
}

VERDICTS: Mapping[Verdict, str] = {
    Verdict.PASS: "passed",
    Verdict.FAIL: "failed",
    Verdict.NOT_APPLICABLE: "does not apply",
    Verdict.NOT_IN_FORCE: "not in force",
    Verdict.UNDETERMINED: "could not tell",
}

DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.NEW_ENTRY: "New Entry form",
    DocumentKind.ZIGBEE_CERTIFICATE: "ZigBee certificate",
    DocumentKind.CPA_CERTIFICATE: "CPA certificate",
    DocumentKind.DLMS_CERTIFICATE: "DLMS certificate",
    DocumentKind.RELEASE_NOTE: "release note",
    DocumentKind.EVIDENCE: "supporting evidence",
    DocumentKind.OTHER: "not recognised",
    DocumentKind.UNREADABLE: "could not be read",
}

CERTIFICATES: Mapping[DocumentKind, str] = {
    DocumentKind.ZIGBEE_CERTIFICATE: "ZigBee",
    DocumentKind.CPA_CERTIFICATE: "CPA",
    DocumentKind.DLMS_CERTIFICATE: "DLMS",
}

READ_BY: Mapping[ReadBy, str] = {
    ReadBy.TEXT: "read from its text",
    ReadBy.OCR: "read by optical recognition",
    ReadBy.WORKBOOK: "read from its cells",
    ReadBy.NONE: "not read",
}


def within(text: str) -> str:
    """Give the text as it stands within a sentence; abbreviations and names in it keep their capitals."""
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """Give the text as the beginning of a sentence; capitals within it stay."""
    return text[:1].upper() + text[1:]
