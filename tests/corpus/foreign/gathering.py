"""Finds mail, workbooks and PDFs in folders that somebody else filled: `.eml` files, mailboxes, Maildirs, documents."""

from __future__ import annotations

import hashlib
import mailbox
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MOST_OCTETS = 20_000_000
"""Of a file that is looked at; libraries ship few larger ones, which are bombs."""
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods", ".fods"})
DOCUMENTS = WORKBOOKS | {".pdf"}
_MAILS = frozenset({".eml", ".mail", ".msg.txt", ".mime", ".rfc822", ".email"})
_CODE = frozenset({".py", ".js", ".ts", ".c", ".h", ".cc", ".cpp", ".rs", ".go", ".rb", ".pl", ".pm", ".po", ".html"})
_POSTMARK = re.compile(rb"From \S+ .*\d\d:\d\d")
_HEADERS = re.compile(rb"\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}")
_OF_MAIL = re.compile(rb"(?im)^(?:from|received|return-path|subject|message-id|delivered-to|mime-version):")


@dataclass
class Gathered:
    """What was found, by a name that leads back to it; nothing twice."""

    mails: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    _met: set[bytes] = field(default_factory=set)

    def add(self, into: dict[str, bytes], name: str, content: bytes) -> None:
        """Keep what was not met before."""
        digest = hashlib.sha256(content).digest()
        if content and digest not in self._met:
            self._met.add(digest)
            into[name] = content


def gather(folders: Iterable[Path]) -> Gathered:
    """Collect every mail, workbook and PDF below the folders, in the order of their names."""
    gathered = Gathered()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
            if path.stat().st_size > MOST_OCTETS:
                continue
            content, name = path.read_bytes(), str(path.relative_to(folder.parent))
            if path.suffix.lower() in DOCUMENTS:
                gathered.add(gathered.files, name, content)
            for number, raw in enumerate(_mails_in(path, content)):
                gathered.add(gathered.mails, f"{name}#{number}" if number else name, raw)
    return gathered


def _mails_in(path: Path, content: bytes) -> Iterator[bytes]:
    """The messages of a mailbox, or the file as one message where it is one, whatever it is called."""
    if _POSTMARK.match(content[:200]):
        box = mailbox.mbox(path, create=False)
        try:
            for key in box.keys():  # noqa: SIM118  # a mailbox's iterator gives messages, not keys
                yield box.get_bytes(key)
        finally:
            box.close()
    elif path.suffix.lower() in _MAILS or (path.suffix.lower() not in _CODE and _looks_like_mail(content)):
        yield content


def _looks_like_mail(content: bytes) -> bool:
    head = content[:4096]
    return bool(_HEADERS.match(head)) and len(_OF_MAIL.findall(head)) > 1
