"""Reads a message or some files by way of the sandbox; whatever kills a child costs one document, not the rest."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from intake.domain.bounce import Bounce
from intake.extract import unreadable as says
from intake.extract.unread import Known, unreadable_document
from intake.faults import Fault
from intake.limits import ReadingLimits
from intake.sandbox import ChildDiedError, Limits, Sandbox, early
from intake.signatures.trust_settings import NOBODY, TrustSettings
from intake.signatures.verify import Chain
from rules.facts import Document, NewEntry
from rules.sender_facts import SenderCheck
from rules.signature_facts import SignatureFacts

JOB = "intake.extract.job:run"
Progress = Callable[[int, int, str], None]
"""How many documents have been read, of how many, and the name of the next; empty behind the last."""
WHAT_SIGNATURES_NEED = (
    "intake.signatures.trust.judge",
    "intake.signatures.office.odf",
    "intake.signatures.office.opc",
    "intake.signatures.cms.message",
    "intake.signatures.cms.pdf",
    "pyhanko.sign.validation.generic_cms",
)
WHAT_MAIL_NEEDS = (
    "intake.extract.mail.mime",
    "intake.extract.certificate.endwords",
    "intake.extract.certificate.takenback",
    "intake.extract.text.evidence",
    "intake.extract.text.strangers",
    "intake.extract.text.word",
    "intake.extract.sheet.ods",
)
"""What brings messages apart, and what reads papers and forms that are no ordinary ones."""
WHAT_PICTURES_NEED = ("PIL.WebPImagePlugin", "intake.extract.views", "intake.extract.page.raster")
_UNREAD = "A person must look at it."
_TOO_LARGE = "The message is larger than the {most} MB that this service opens. " + _UNREAD


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message or some files hold."""

    documents: tuple[Document, ...]
    entries: tuple[NewEntry, ...]
    """One a New Entry workbook, and one a workbook that could not be read."""
    signatures: tuple[SignatureFacts, ...] = ()
    """The mail's own."""
    trouble: str | None = None
    """Why the message could not be taken apart, in a sentence."""
    opening: str = ""
    """The first lines of the mail's own text, above what it quotes."""
    text: str = ""
    """The mail's own text for reading, as far as it is kept."""
    chains: tuple[Chain, ...] = ()
    """The certificates that signatures led to anchors by."""
    ended: tuple[str, ...] = ()
    """Why a child was ended before its work was done, one sentence for each that was."""
    report: Bounce | None = None
    """What the mail reports about a letter of ours."""
    sender_checks: tuple[SenderCheck, ...] = ()
    """What DKIM keys that were given prove."""
    faults: tuple[Fault, ...] = ()
    """Of ours: what our own program stumbled over, wherever in the message."""


def sandbox(limits: ReadingLimits, *, preload_signatures: bool = False, preload_pictures: bool = False) -> Sandbox:
    """Build the sandbox that reads messages; where its zygote was begun early, with that one.

    Args:
        limits: of each child.
        preload_signatures: it will read many, so that it pays to load beforehand what few of them need.
        preload_pictures: people will look at documents, so that it pays to load beforehand what draws them.
    """
    preload = (*(WHAT_SIGNATURES_NEED if preload_signatures else ()), *(WHAT_PICTURES_NEED if preload_pictures else ()))
    preload = (*WHAT_MAIL_NEEDS, *preload) if preload else ()
    begun = None if preload else early.take(JOB)
    return Sandbox(JOB, Limits(seconds=limits.message_seconds, memory_mb=limits.memory_mb), preload, begun)


def read_message(
    box: Sandbox,
    raw: bytes,
    limits: ReadingLimits,
    trust_settings: TrustSettings = NOBODY,
    dkim_keys: Mapping[str, str | None] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Take a message apart and read each document.

    Args:
        box: where.
        raw: the message as received.
        limits: what it may cost.
        trust_settings: whom signatures may lead to.
        dkim_keys: key records by name, None for one that could not be had; to check the sender's signatures by.
        progress: is told before each document and after the last.
    """
    if len(raw) > limits.message_mb << 20:
        return Reading((), (), trouble=_TOO_LARGE.format(most=limits.message_mb))
    run = _Run(box, raw, None, limits, trust_settings, dkim_keys or {}, progress)
    run.read()
    return run.reading()


def read_files(
    box: Sandbox,
    files: Sequence[tuple[str, bytes]],
    limits: ReadingLimits,
    trust_settings: TrustSettings = NOBODY,
    progress: Progress | None = None,
) -> Reading:
    """Read loose files as the documents of one submission; `progress` is told before each and after the last."""
    sizes = [(name, len(content)) for name, content in files]
    run = _Run(box, b"".join(content for _, content in files), sizes, limits, trust_settings, {}, progress)
    run.read()
    return run.reading()


def read_content(box: Sandbox, raw: bytes, sha256: str, limits: ReadingLimits) -> tuple[str, bytes] | None:
    """Read name and bytes of a message's document by digest; None where there is none.

    Raises:
        ChildDiedError: the message could not be taken apart.
    """
    for line in box.run({"content": sha256, "limits": mime_limits(limits)}, raw):
        return None if line is None else (line["name"], base64.b64decode(line["content"]))
    return None


def read_text(box: Sandbox, raw: bytes, limits: ReadingLimits) -> str:
    """Give the text that a message has for reading; empty where it has none, or could not be taken apart."""
    if len(raw) > limits.message_mb << 20:
        return ""
    try:
        return next((str(line["text"]) for line in box.run({"text": True, "limits": mime_limits(limits)}, raw)), "")
    except ChildDiedError:
        return ""


def mime_limits(limits: ReadingLimits) -> dict[str, int]:
    """Select the limits for the child process."""
    return {
        "parts": limits.parts,
        "depth": limits.depth,
        "header_bytes": limits.header_kb << 10,
        "attachment_bytes": limits.attachments_mb << 20,
    }


@dataclass(slots=True)
class _Run:
    """One reading, by as many child processes as it takes, within the message's time."""

    box: Sandbox
    payload: bytes
    files: list[tuple[str, int]] | None
    limits: ReadingLimits
    trusting: TrustSettings
    dkim_keys: Mapping[str, str | None]
    progress: Progress | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    entries: list[NewEntry] = field(default_factory=list)
    trouble: str | None = None
    opening: str = ""
    text: str = ""
    signatures: tuple[SignatureFacts, ...] = ()
    chains: list[Chain] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    report: Bounce | None = None
    sender_checks: tuple[SenderCheck, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> None:
        over = time.monotonic() + self.limits.message_seconds
        while True:
            try:
                self._one_child()
            except ChildDiedError as error:
                self.ended.append(str(error))
                if not self.parts:
                    self.trouble = f"The message could not be taken apart. {error} {_UNREAD}"
                    return
                if len(self.documents) < len(self.parts):
                    self._give_up_on_one(str(error))
            if len(self.documents) >= len(self.parts):
                return
            if time.monotonic() > over:
                while len(self.documents) < len(self.parts):
                    self._give_up_on_one("The message as a whole took too long to read.")
                return

    def _one_child(self) -> None:
        request = {
            "files": self.files,
            "begin": len(self.documents),
            "document_seconds": self.limits.document_seconds,
            "limits": mime_limits(self.limits),
            "trust": self.trusting.request(),
            "keys": dict(self.dkim_keys),
        }
        for line in self.box.run(request, self.payload):
            self.faults += msgspec.convert(line["faults"], list[Fault])
            if "parts" in line:
                self._contents(line)
                self._tell()
                continue
            if "sender_checks" in line:
                self.trouble = _with_ours(self.trouble, line["faults"])
                self.sender_checks = msgspec.convert(line["sender_checks"], tuple[SenderCheck, ...])
                continue
            self.documents.append(msgspec.convert(line["document"], Document))
            self._tell()
            self.chains += msgspec.convert(line["chains"], list[Chain])
            if line["entry"] is not None:
                self.entries.append(msgspec.convert(line["entry"], NewEntry))

    def _tell(self) -> None:
        if self.progress is not None:
            done, names = len(self.documents), [part["name"] for part in self.parts]
            self.progress(done, len(names), names[done] if done < len(names) else "")

    def _contents(self, line: dict[str, Any]) -> None:
        self.parts, self.opening, self.text = line["parts"], line["opening"], line["text"]
        self.trouble = _with_ours(" ".join(line["troubles"]) or None, line["faults"])
        self.report = msgspec.convert(line["report"], Bounce | None)
        self.signatures = msgspec.convert(line["signatures"], tuple[SignatureFacts, ...])
        self.chains += msgspec.convert(line["chains"], list[Chain])

    def _give_up_on_one(self, why: str) -> None:
        part = self.parts[len(self.documents)]
        file = Known(part["name"], part["sha256"], part["size"], part["inline"])
        reading = unreadable_document(file, f"{why} {_UNREAD}")
        self.documents.append(reading.document)
        if reading.entry is not None:
            self.entries.append(reading.entry)

    def reading(self) -> Reading:
        return Reading(
            documents=tuple(self.documents),
            entries=tuple(self.entries),
            signatures=self.signatures,
            trouble=self.trouble,
            opening=self.opening,
            text=self.text,
            chains=tuple(dict.fromkeys(self.chains)),
            ended=tuple(self.ended),
            report=self.report,
            sender_checks=self.sender_checks,
            faults=tuple(dict.fromkeys(self.faults)),
        )


def stumbled_over(reading: Reading, met: Sequence[Fault]) -> Reading:
    """Add faults of ours that were met in the message's own headers, by the process that read them."""
    if not met:
        return reading
    trouble = _with_ours(reading.trouble, met)
    return replace(reading, trouble=trouble, faults=tuple(dict.fromkeys((*reading.faults, *met))))


def _with_ours(trouble: str | None, met: Sequence[object]) -> str | None:
    """What is wrong with the message, and that our own program failed over it where it did."""
    if not met or (trouble is not None and says.MESSAGE_FAULT in trouble):
        return trouble
    return " ".join(filter(None, (trouble, says.MESSAGE_FAULT)))
