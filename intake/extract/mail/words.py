"""Gives all that an attached message says itself, its subject and every text, of messages within it too.

Where any of that cannot be had there are no words, and a person looks: the half at hand may be the harmless one.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

from intake import faults
from intake.domain.header_text import readable
from intake.extract.mail import bodies, tnef
from intake.extract.mail.carried import LONGEST_TEXT
from intake.extract.mail.content import content_of
from intake.extract.mail.opening import MOST_CHARACTERS, text_of
from intake.extract.mail.report import children
from intake.extract.mail.wrappers import is_package_of_outlook
from intake.extract.text.language import is_english

_MOST_PARTS = 200
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
"""What has its text within a signature or a cipher, and not among its parts."""
_PACKAGES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def words_of(message: Message) -> str | None:
    """Give subjects and texts; None where they cannot be had whole. Never raises.

    Args:
        message: as it was parsed.
    """
    try:
        texts = list(_said(message))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; None sends a person to look
        faults.is_ours(error, libraries=("email",))
        return None
    if None in texts:
        return None
    words = "\n\n".join(filter(None, texts))
    return words if len(words) <= LONGEST_TEXT else None


def _said(message: Message) -> Iterator[str | None]:
    stack, visited = [message], 0
    while stack:
        part = stack.pop()
        visited += 1
        kind = part.get_content_type()
        if visited > _MOST_PARTS or kind in _SEALED:
            yield None
            return
        if part is message or "subject" in part:
            yield readable(str(part.get("subject", "")))
        inner = children(part)
        if kind == "multipart/alternative" and any(child.get_content_type() == "text/plain" for child in inner):
            inner = [child for child in inner if child.get_content_type() != "text/html"]
        stack.extend(reversed(inner))
        if bodies.is_body(kind) and part.get_content_disposition() != "attachment":
            yield _text(part, html=bodies.is_page(kind))
        elif kind in _PACKAGES:
            yield _of_package(content_of(part))


def _of_package(content: bytes) -> str | None:
    """What Outlook's package says; None where that cannot be had."""
    package = tnef.opened(content) if is_package_of_outlook(content) else None
    if package is None or package.messages:
        return None
    texts = [_text(tnef.text_part(text), html=True) for text in package.texts]
    return None if None in texts else "\n\n".join(filter(None, texts))


def _text(body: Message, *, html: bool) -> str | None:
    encoded = body.get_payload()
    if isinstance(encoded, str) and len(encoded) > MOST_CHARACTERS:
        return None
    text = text_of(body, html=html).strip()
    return text if is_english(text) else None  # what it says against the submission is looked for in English alone
