"""Opens Outlook's own package (winmail.dat, MS-OXTNEF): its files, the messages attached within it, and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import SMTP
from hashlib import sha256
from html import escape
from typing import Any

from intake import faults
from intake.extract.mail.filenames import cleaned

_HEAD, _FRAME = 6, 11
_MOST_COPIED = 4 << 30
_DEEPEST = 10
_MOST_ZEROS = 1 << 20
_SUBJECT = 0x0037
"""PidTagSubject (MS-OXPROPS)."""
_OLD_SUBJECT = 0x8004
"""attSubject, of packages that older programs make."""

RICH_TEXT = "The mail's own text is in Outlook's own format (RTF in winmail.dat) alone, which is not read here."


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds."""

    files: tuple[tuple[str, bytes], ...] = ()
    """Name and content."""
    messages: tuple[tuple[str, bytes], ...] = ()
    """Messages attached within it, each written as a mail, with all that it carries; their names end in ``.eml``."""
    texts: tuple[str, ...] = ()
    """What it says, as HTML."""
    rich_text: bytes = b""
    """What it says in compressed RTF, and in nothing else."""
    subject: str = ""


def opened(content: bytes, depth: int = 0) -> Package | None:
    """Open a package; None where it is damaged, too deep, or would be copied too often in being read.

    Args:
        content: the file, which begins as a package does.
        depth: of packages around it.
    """
    count, _ = _objects(content)
    if count * len(content) > _MOST_COPIED or depth > _DEEPEST:
        return None
    from tnefparse import TNEF  # noqa: PLC0415  # seldom needed, and every start of a program would wait for it

    try:
        package = TNEF(content)
        whole = bool(package.objects) and all(part.good_checksum for part in package.objects)
        return _package(package, depth) if whole else None
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; its reader says that it is not opened
        faults.is_ours(error, libraries=("tnefparse",))
        return None


def text_part(html: str) -> Message:
    """Give a text of a package as the body part of a mail."""
    part = Message()
    part["Content-Type"] = "text/html"
    part.set_payload(html, "utf-8")
    return part


def _objects(content: bytes) -> tuple[int, int]:
    """Count the TNEF objects, for each of which the library copies the rest, and tell where the last ends."""
    at, count = _HEAD, 0
    while at + _FRAME <= len(content):
        at += _FRAME + int.from_bytes(content[at + 5 : at + 9], "little")
        count += 1
    return count, at


def _package(package: Any, depth: int) -> Package | None:  # noqa: ANN401  # the library's, which has no types
    """Give what a package holds; None where a message within it is damaged."""
    files: list[tuple[str, bytes]] = []
    messages: list[tuple[str, bytes]] = []
    for attachment in package.attachments:
        if not hasattr(attachment, "embed"):
            files.append((_name(attachment), bytes(attachment.data)))
            continue
        inner = opened(_restored(bytes(attachment.data)), depth + 1)
        if inner is None:
            return None
        messages.append((f"{_name(attachment)}.eml", as_mail(inner)))
    texts = tuple(_texts(package))
    rich = package._rtfbody  # noqa: SLF001  # `rtfbody` would look for another library
    return Package(
        files=tuple(files),
        messages=tuple(messages),
        texts=texts,
        rich_text=bytes(rich) if rich and not texts else b"",
        subject=_property(package.mapiprops, _SUBJECT) or _property(package.msgprops, _OLD_SUBJECT),
    )


def _restored(content: bytes) -> bytes:
    """Put back the zeros at the end of a package within another, which the library takes for padding."""
    _, end = _objects(content)
    return content.ljust(min(end, len(content) + _MOST_ZEROS), b"\0")


def _name(attachment: Any) -> str:  # noqa: ANN401  # likewise
    return cleaned(str(attachment.long_filename() or attachment.name)) or "unnamed"


def _texts(package: Any) -> Iterator[str]:  # noqa: ANN401  # likewise
    """Its plain text and its page; what both say stands in both."""
    for text, is_page in ((package.body, False), (package.htmlbody, True)):
        words = decoded(text, package.codepage).strip("\0 \r\n")
        if words:
            yield words if is_page else page_of(words)


def page_of(words: str) -> str:
    """Write plain text as HTML."""
    return "<br>".join(map(escape, words.splitlines()))


def decoded(text: object, codepage: str | None) -> str:
    """Give a text that is kept in some codepage, or in pieces; empty where it is none."""
    if isinstance(text, list | tuple):
        return "".join(decoded(piece, codepage) for piece in text)
    if isinstance(text, bytes):
        return text.decode(codepage or "cp1252", "replace")
    return text if isinstance(text, str) else ""


def as_mail(held: Package) -> bytes:
    """Write a message within a package as a mail, always in the same bytes."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = held.subject
    mail.set_content("<br>".join(held.texts), subtype="html")
    rich = (("text.rtf", held.rich_text),) if held.rich_text else ()
    pieces = (*held.files, *held.messages, *rich)
    for name, content in pieces:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if pieces:
        digest = sha256(b"\0".join(content for _, content in pieces)).hexdigest()
        mail.set_boundary(f"=_{digest[:32]}")
    return mail.as_bytes()


def _property(properties: Sequence[Any], name: int) -> str:
    """A property's text on one line; empty where there is none."""
    value = next((held.data for held in properties if held.name == name), "")
    return " ".join(decoded(value, None).replace("\0", " ").split())
