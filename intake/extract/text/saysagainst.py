"""Finds what a paper that came as evidence says against a certificate: that it was withdrawn, or is a draft.

Evidence is read for what it says of modules and of changes; but a letter that names a certificate may as well say that
it counts no more. Only what is said of certificates is asked about, for such papers tell of much that ended or failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.extract.certificate.plaintext import reads_as_certificate
from intake.extract.certificate.withdrawal import standing

_SENTENCE = re.compile(r"(?:[^.;!?\n]|[.](?=\w)|\n(?=[a-z]))+")
_NUMBER = re.compile(r"\s*(?:no\.?\s*|number\s*)?\bZIG[0-9]{5}[A-Z]{3}[0-9]{4,6}(?:-[0-9]+)?\b:?", re.IGNORECASE)
"""Behind the word `certificate` it tells which, and no other one."""
_OF_CERTIFICATES = re.compile(rf"\bcertificat(?:e|ion)\b|{_NUMBER.pattern}", re.IGNORECASE)
_OF_EARLIER = re.compile(r"\b(?:replaces?|supersedes?|earlier|previous|former|old|instead of)\b", re.IGNORECASE)
"""What was replaced counts no more, and nobody says that it does."""
_SAYS = "It says '{state}' of a certificate; please say whether that is the one that the form names."


def said_against(text: str) -> Iterator[str]:
    """Give a sentence for a person where a paper says so of a certificate, or is itself a copy of such a one.

    Args:
        text: all of the paper.
    """
    said = [text] if reads_as_certificate(text) else list(_of_certificates(text))
    state = next(filter(None, (standing([sentence]) for sentence in said)), None)
    if state is not None:
        yield _SAYS.format(state=state)


def _of_certificates(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        if _OF_CERTIFICATES.search(match[0]) and not _OF_EARLIER.search(match[0]):
            yield _NUMBER.sub("", " ".join(match[0].split()))
