"""Tells release notes and other evidence by what their text says."""

from __future__ import annotations

import re

from rules.facts import DocumentKind

_HEADING_LINES = 10
_REPEATED = 2
_RELEASE = re.compile(r"\brelease[ -]notes?\b", re.IGNORECASE)
_ZIGBEE = re.compile(r"\bzig ?bee\b", re.IGNORECASE)
_ZIGBEE_ID = re.compile(r"\bZIG\d{5}[A-Z]{3}\d{4,6}\b")
_ABOUT = re.compile(r"\bmodules?\b|\bcertificat(?:e|es|ion)\b", re.IGNORECASE)
_NO_CHANGE = re.compile(
    r"\b(?:no|without(?: any)?) (?:\w+ ){0,3}?changes?\b|\bha(?:s|ve) not (?:been )?changed\b"
    r"|\b(?:is|are|remains?) unchanged\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^\s*dear\b|\bwe (?:hereby )?(?:confirm|declare|certify|state)\b|\bto whom it may concern\b"
    r"|\b(?:declaration|statement|letter) (?:of|that|on|regarding)\b",
    re.IGNORECASE | re.MULTILINE,
)


def calls_itself_release_note(text: str) -> bool:
    """Tell whether a heading says release notes, or the words come again and again."""
    lines = [line for line in text.splitlines() if line.strip()]
    heading = any(_RELEASE.search(line) for line in lines[:_HEADING_LINES])
    return heading or len(_RELEASE.findall(text)) >= _REPEATED


def is_a_letter(text: str) -> bool:
    """Tell whether the text is a letter or declaration."""
    return bool(_LETTER.search(text))


def kind_of_text(text: str) -> DocumentKind:
    """Classify text: release note, evidence for reusing a certificate, or other."""
    if calls_itself_release_note(text):
        return DocumentKind.RELEASE_NOTE
    about_zigbee = _ZIGBEE_ID.search(text) or (_ZIGBEE.search(text) and _ABOUT.search(text))
    if about_zigbee or _NO_CHANGE.search(text):
        return DocumentKind.EVIDENCE
    return DocumentKind.OTHER
