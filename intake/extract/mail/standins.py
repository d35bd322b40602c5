"""Notices that a mail system puts in the place of a message that it could not pass on, or of a file that it took out.

Nobody else tells of what is missing, so such a notice must come before a person whatever its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from intake.extract.mail.gather import Part
from intake.extract.unreadable import PGP
from rules.facts import STANDS_IN

_PGP = "-----BEGIN PGP MESSAGE-----"
_MOST_CHARACTERS = 8_000
_LONGEST_QUOTED = 160
_FILES = r"(?:attach(?:ed|ment)s?(?: files?)?|files?|parts?|anh[aä]ng|anlage|pi[eè]ce jointe)"
_TAKEN = (
    r"(?:removed|deleted|stripped|blocked|dropped|replaced|withheld|quarantined|suppressed|entfernt|gel[oö]scht"
    r"|supprim[eé]e)"
)
_WAS = "(?:has|have|was|were|had to be|been|wurde|wurden|a [eé]t[eé])"
_SAID = r"(?:[^.]|\.(?=\S))"
"""Within a sentence; a file's name has a full stop, too."""
_SUBJECTS = (
    r"retrieval using the (?:imap4?|pop3) protocol failed",
    r"\bquarantine\b.{0,40}\b(?:notif|digest|report|summary|release)",
    r"\bmessages?\b.{0,40}\b(?:quarantined|withheld|held for review|could not be converted)",
    r"\battachments?\b.{0,20}\b(?:removed|blocked|stripped|deleted)",
)
_TEXTS = (
    r"the server couldn.t retrieve the following message",
    r"\bmessage\b.{0,80}\b(?:couldn.t|could not|cannot) be (?:had|retrieved|converted|delivered in full)",
    rf"\b{_FILES}\b{_SAID}{{0,120}}\b{_WAS}\b{_SAID}{{0,30}}{_TAKEN}",
    rf"{_TAKEN}{_SAID}{{0,30}}\b(?:the following|this|an|one or more) {_FILES}\b",
    r"\bmessage (?:has been|was|is) (?:truncated|cut (?:off|short)|quarantined|held|replaced)\b",
    r"\[?message (?:truncated|clipped)\b",
    r"\bheld (?:in|for) quarantine\b",
    r"\bhas had (?:one or more|its) attachments? removed\b",
)
_SUBJECT = re.compile("|".join(_SUBJECTS), re.IGNORECASE)
_TEXT = re.compile("|".join(_TEXTS), re.IGNORECASE | re.DOTALL)
_SYSTEM = re.compile(
    r"warning|alert|notice|security|policy|gateway|virus|malware|mailscanner|filter|scanner|administrator|postmaster"
    r"|quarantine|truncated|clipped|protocol|exchange server|sicherheit|s[eé]curit[eé]",
    re.IGNORECASE,
)
"""A person writes 'the file has been replaced' too; a system names itself, or why."""


def missing_by(subject: str, text: str, parts: Iterable[Part]) -> Iterator[str]:
    """Say what of a mail is missing, a sentence each: what a system took out, and what OpenPGP has encrypted.

    Args:
        subject: the mail's, decoded.
        text: its own above what it quotes.
        parts: its documents.
    """
    if _PGP in text:
        yield PGP
    sentence = stands_in(subject, text)
    if sentence is not None:
        yield sentence
    for part in parts:
        if part.media_type.startswith("text/") and len(part.content) <= _MOST_CHARACTERS:
            sentence = stands_in("", part.content.decode("utf-8", "replace"), attached=True)
            if sentence is not None:
                yield sentence


def stands_in(subject: str, text: str, *, attached: bool = False) -> str | None:
    """Say in a sentence that a notice stands for something else, with its own words; None where there is none.

    Args:
        subject: the mail's, decoded; empty for a file.
        text: the mail's own text above what it quotes, or an attached text.
        attached: the text is a file's, as gateways leave one in the place of each that they take out.
    """
    match = _SUBJECT.search(subject[:_MOST_CHARACTERS])
    if match is None:
        plain = " ".join(text[:_MOST_CHARACTERS].split())
        match = _TEXT.search(plain)
        if match is None or not (attached or _SYSTEM.search(plain)):
            return None
        return _sentence(plain, match)
    return _sentence(" ".join(subject.split()), match)


def _sentence(plain: str, match: re.Match[str]) -> str:
    start = max(0, match.start() - 20)
    words = plain[start : start + _LONGEST_QUOTED].strip()
    return f"{STANDS_IN} that it did not pass on; it says: “{words}”."
