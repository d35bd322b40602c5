"""What a stranger's mail is, told by the standard library alone: a machine's, or one with files that nobody can open.

It is the run's own judge and shares nothing with `intake`, so that the two may disagree.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from io import BytesIO

_MACHINES = ("mailer-daemon", "postmaster@", "no-reply@", "noreply@", "donotreply@", "do-not-reply@")
_BULK = {"bulk", "list", "junk"}
_ENVELOPED = bytes.fromhex("06092a864886f70d010703")
_SEALED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"-----BEGIN PGP MESSAGE-----", b"\x1f\x8b")
_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def machine_wrote(raw: bytes) -> str | None:
    """By which header a mail says that it must not be answered; None where none says so."""
    message = message_from_bytes(raw)
    said = {name: _first_word(message, name) for name in ("Auto-Submitted", "Precedence", "Content-Type")}
    if said["Auto-Submitted"] not in {"", "no"}:
        return "Auto-Submitted"
    if said["Precedence"] in _BULK:
        return "Precedence"
    if said["Content-Type"] == "multipart/report":
        return "Content-Type"
    if any(name.lower().startswith("list-") for name in message.keys()):  # noqa: SIM118  # a message is no dictionary
        return "List-"
    if str(message.get("Return-Path", "x")).strip() == "<>":
        return "Return-Path"
    sender = str(message.get("From", "")).lower()
    return "From" if any(name in sender for name in _MACHINES) else None


def _first_word(message: Message, name: str) -> str:
    words = str(message.get(name, "")).replace(";", " ").replace("(", " ").split()
    return words[0].lower() if words else ""


def sealed_files(raw: bytes) -> list[str]:
    """The attachments that nobody can open without a key or another program, by name or type."""
    return [name for name, content in _attachments(message_from_bytes(raw)) if is_sealed(content)]


def _attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    for part in message.walk():
        content = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield str(part.get_filename() or part.get_content_type()), content


def is_sealed(content: bytes) -> bool:
    """Tell whether the bytes are encrypted, or packed in a way that is not unpacked here."""
    if content.startswith(b"PK\x03\x04"):
        return _is_locked_zip(content)
    enveloped = content[:1] == b"\x30" and _ENVELOPED in content[:64]
    locked = content.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED_PACKAGE in content
    return content.startswith(_SEALED) or enveloped or locked


def _is_locked_zip(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return any(member.flag_bits & 1 or member.filename.lower().endswith(".zip") for member in members)
