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

from intake.extract.document import read_document
from intake.extract.mime import OF_ONE, Mail, Part, attachments, loose
from intake.extract.opening import opening
from intake.signatures.trusting import Trusting
from intake.signatures.verify import judged


def prepare(request: dict[str, Any]) -> None:
    """Have the trust list of a request read before its child is forked."""
    if "trust" in request:
        from intake.signatures.trust_list import read_trust_list  # noqa: PLC0415  # only where it is loaded already

        read_trust_list(Trusting.of(request["trust"]).folder)


def run(payload: bytes, request: dict[str, Any], emit: Callable[[Any], None], arm: Callable[[float], None]) -> None:
    """Read ``{"files": [[name, size], …] | null, "begin": index, "document_seconds": s, "trust": {…}}``.

    `files` is null for a whole message; else the payload is the files, one behind the other.
    With ``{"content": sha256}`` it only emits the bytes of that part of a message.
    """
    if "content" in request:
        _emit_content(payload, request["content"], emit)
        return
    trusting = Trusting.of(request["trust"])
    mail = attachments(payload) if request["files"] is None else _loose(payload, request["files"])
    first_lines = opening(mail.wrapped or payload) if request["files"] is None else ""
    emit(msgspec.json.encode({**_contents(mail, trusting), "opening": first_lines}))
    general = tuple(trouble for trouble in mail.troubles if not trouble.startswith(OF_ONE))
    for number, part in enumerate(mail.parts[request["begin"] :], request["begin"] + 1):
        arm(request["document_seconds"])
        reading = read_document(
            part.name, part.content, inline=part.inline, signatures=part.signatures, trusting=trusting
        )
        # What is wrong with the message as a whole is told with its last document, so that it is among the facts.
        notes = part.notes + (general if number == len(mail.parts) else ())
        document = replace(reading.document, notes=reading.document.notes + notes)
        emit(msgspec.json.encode({"document": document, "entry": reading.entry, "chains": reading.chains}))


def _emit_content(payload: bytes, sha256: str, emit: Callable[[Any], None]) -> None:
    """The name and, as base64, the bytes; null where there is no such part."""
    found = next((part for part in attachments(payload).parts if _sha256(part) == sha256), None)
    emit(msgspec.json.encode({"name": found.name, "content": found.content} if found else None))


def _loose(payload: bytes, files: list[tuple[str, int]]) -> Mail:
    cut, start = [], 0
    for name, size in files:
        cut.append((name, payload[start : start + size]))
        start += size
    return loose(cut)


def _sha256(part: Part) -> str:
    return hashlib.sha256(part.content).hexdigest()


def _contents(mail: Mail, trusting: Trusting) -> dict[str, Any]:
    signed = judged(mail.signatures, trusting)
    parts = [
        {"name": part.name, "sha256": _sha256(part), "size": len(part.content), "inline": part.inline}
        for part in mail.parts
    ]
    return {"parts": parts, "troubles": mail.troubles, "signatures": signed.facts, "chains": signed.chains}
