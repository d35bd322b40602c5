"""The job of the child process: a message's or some files' bytes in, facts out, document by document.

The first line it emits names the documents; then follows one line a document, in their order.
So the parent knows which document a child died of, and lets another child go on behind it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec

from intake import faults
from intake.extract.document import read_document
from intake.extract.mail.carried import Mail, MimeLimits, Part
from intake.extract.mail.loose import loose
from intake.extract.unread import DocumentReading, Known, unreadable_document
from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verify import validate


def warm_up() -> None:
    """Read a message of our own, so that children find made what a first reading loads and compiles.

    Nothing that was received is ever read in this process.
    """
    from intake.extract.own_message import read_own_message  # noqa: PLC0415  # a check by hand reads once and is gone

    read_own_message(run)


def prepare(request: dict[str, Any]) -> None:
    """Read a request's trust list, and the words of notices, before its child is forked."""
    from intake.extract.mail import standins  # noqa: PLC0415  # loaded already, as what opens messages needs it

    standins.prepare()
    if "trust" in request:
        from intake.signatures.trust.trust_list import read_trust_list  # noqa: PLC0415  # only where it is loaded already

        read_trust_list(TrustSettings.of(request["trust"]).folder)


def run(payload: bytes, request: dict[str, Any], emit: Callable[[Any], None], arm: Callable[[float], None]) -> None:
    """Read ``{"files", "begin", "document_seconds", "limits", "trust", "keys"}``.

    `files` is null for a whole message; else a list of name and size, and the payload is the files, one behind the
    other. `begin` is the first document to be read. `keys` are DKIM keys by name, for the last line, which says what
    they prove. With ``{"content": sha256, "limits"}`` it only emits the bytes of that document of a message, with
    ``{"text": true, "limits"}`` the text that a message has for reading, and with
    ``{"views", "files", "seconds", "limits"}`` what people are shown of its documents (`intake.extract.views`).
    """
    limits = MimeLimits(**request["limits"])
    if "content" in request:
        _emit_content(_attached(payload, limits), request["content"], emit)
        return
    if "text" in request:
        emit(msgspec.json.encode({"text": _attached(payload, limits).text}))
        return
    if "views" in request:
        from intake.extract.views import emit_views  # noqa: PLC0415  # only where people look at documents

        emit_views(_taken_apart(payload, request["files"], limits), request, emit, arm)
        return
    trust_settings = TrustSettings.of(request["trust"])
    with faults.gathered() as met:
        mail = _taken_apart(payload, request["files"], limits)
        contents = _contents(mail, trust_settings)
    emit(msgspec.json.encode(contents | {"faults": met}))
    for part in mail.parts[request["begin"] :]:
        arm(request["document_seconds"])
        reading = _read(part, trust_settings)
        words = part.words if part.words is not None else reading.document.words
        document = replace(reading.document, notes=reading.document.notes + part.notes, words=words)
        emit(
            msgspec.json.encode(
                {"document": document, "entry": reading.entry, "chains": reading.chains, "faults": reading.faults}
            )
        )
    if request["keys"]:
        from intake.extract.mail.dkim_check import dkim_checks  # noqa: PLC0415  # most installations ask for none

        arm(request["document_seconds"])
        with faults.gathered() as met:
            checks = dkim_checks(payload, request["keys"])
        emit(msgspec.json.encode({"sender_checks": checks, "faults": met}))


def _taken_apart(payload: bytes, files: list[tuple[str, int]] | None, limits: MimeLimits) -> Mail:
    return _attached(payload, limits) if files is None else loose(_cut(payload, files), limits)


def _attached(payload: bytes, limits: MimeLimits) -> Mail:
    from intake.extract.mail.mime import attachments  # noqa: PLC0415  # a check of loose files takes no message apart

    return attachments(payload, limits)


def _read(part: Part, trust_settings: TrustSettings) -> DocumentReading:
    if part.trouble is not None:
        return unreadable_document(Known.of(part.name, part.content), part.trouble)
    return read_document(
        part.name, part.content, inline=part.inline, signatures=part.signatures, trust_settings=trust_settings
    )


def _emit_content(mail: Mail, sha256: str, emit: Callable[[Any], None]) -> None:
    """Emit a part's name and base64 bytes; null where there is no such part."""
    part = next((part for part in mail.parts if _sha256(part) == sha256), None)
    emit(msgspec.json.encode({"name": part.name, "content": part.content} if part else None))


def _cut(payload: bytes, files: list[tuple[str, int]]) -> list[tuple[str, bytes]]:
    cut, start = [], 0
    for name, size in files:
        cut.append((name, payload[start : start + size]))
        start += size
    return cut


def _sha256(part: Part) -> str:
    return hashlib.sha256(part.content).hexdigest()


def _contents(mail: Mail, trust_settings: TrustSettings) -> dict[str, Any]:
    signed = validate(mail.signatures, trust_settings)
    parts = [
        {"name": part.name, "sha256": _sha256(part), "size": len(part.content), "inline": part.inline}
        for part in mail.parts
    ]
    return {
        "parts": parts,
        "troubles": mail.troubles,
        "opening": mail.opening,
        "text": mail.text,
        "report": mail.report,
        "signatures": signed.facts,
        "chains": signed.chains,
    }
