"""What the feed answers with: a file's bytes under a strong ETag, or a problem (RFC 9457); open to every origin.

There is no Last-Modified: a file's time is that of its copying, and a version's day of issue is only a day.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from intake.publication.openapi import PROBLEM, Problem

FEED = "/feed"
FOR_EVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_MEDIA = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".p7s": "application/pkcs7-signature",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
_DESCRIPTION = "-metadata.json"
_DESCRIBING = "application/csvm+json"
_AT_ONCE = 1024 * 1024
"""A larger file is streamed."""
_CHUNK = 256 * 1024
_DIGESTS: dict[tuple[int, ...], str] = {}
"""Of large files, by what identifies a file and its content."""
_MOST_DIGESTS = 256


def is_of_the_feed(path: str) -> bool:
    """Tell whether an address is one of the feed's, so that a program reads what is answered."""
    return path == FEED or path.startswith(f"{FEED}/")


def feed_problem(status: int, title: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Say what went wrong to a program."""
    content = msgspec.json.encode(Problem("about:blank", title, status, detail))
    return Response(content, status, {**_OPEN, **(headers or {})}, PROBLEM)


def no_such_address() -> Response:
    """Say that the feed has no such address."""
    return feed_problem(404, "There is nothing here", "openapi.json describes the addresses that the feed has.")


def send_file(request: Request, path: Path, cache: str) -> Response:
    """Send a file as it is; a large one is streamed from the same open file that its ETag is of.

    Raises:
        OSError: it cannot be read.
    """
    headers = {**_described(path), "Content-Type": media_of(path.name)}
    file = path.open("rb")
    facts = os.fstat(file.fileno())
    if facts.st_size <= _AT_ONCE:
        with file:
            return send(request, file.read(), cache, headers)
    headers |= _validators(
        _digest_of_large(file, (facts.st_dev, facts.st_ino, facts.st_mtime_ns, facts.st_size)), cache
    )
    if _known(request, headers["ETag"]) or request.method == "HEAD":
        file.close()
        return _empty(request, headers, facts.st_size)
    return StreamingResponse(_chunks(file), 200, {**headers, "Content-Length": str(facts.st_size)})


def send(request: Request, content: bytes, cache: str, headers: Mapping[str, str]) -> Response:
    """Send these bytes."""
    told = {**headers, **_validators(hashlib.sha256(content).hexdigest(), cache)}
    if _known(request, told["ETag"]) or request.method == "HEAD":
        return _empty(request, told, len(content))
    return Response(content, 200, told)


def media_of(name: str) -> str:
    """Give the media type of a file of the feed."""
    return _DESCRIBING if name.endswith(_DESCRIPTION) else _MEDIA[Path(name).suffix]


def _described(path: Path) -> dict[str, str]:
    """Point from a CSV file to its description (W3C, Model for Tabular Data, 5.2)."""
    if path.suffix != ".csv":
        return {}
    return {"Link": f'<dcc.csv{_DESCRIPTION}>; rel="describedby"; type="{_DESCRIBING}"'}


def _validators(digest: str, cache: str) -> dict[str, str]:
    return {**_OPEN, "ETag": f'"{digest}"', "Cache-Control": cache, "Accept-Ranges": "none"}


def _known(request: Request, etag: str) -> bool:
    """Whether the asker has these bytes already (RFC 9110, 13.1.2)."""
    stated = ",".join(request.headers.getlist("if-none-match"))
    tags = {tag.strip().removeprefix("W/") for tag in stated.split(",")}
    return "*" in tags or etag in tags


def _empty(request: Request, headers: Mapping[str, str], size: int) -> Response:
    """Answer without the bytes: to HEAD, or because they are known."""
    if _known(request, headers["ETag"]):
        kept = {name: value for name, value in headers.items() if name != "Content-Type"}
        return Response(None, 304, kept)
    return Response(None, 200, {**headers, "Content-Length": str(size)})


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _digest_of_large(file: BinaryIO, identity: tuple[int, ...]) -> str:
    """The digest of an open file; of a file that has been sent before, without reading it again."""
    digest = _DIGESTS.get(identity)
    if digest is None:
        counted = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            counted.update(chunk)
        file.seek(0)
        digest = counted.hexdigest()
        while len(_DIGESTS) >= _MOST_DIGESTS:
            _DIGESTS.pop(next(iter(_DIGESTS)), None)
        _DIGESTS[identity] = digest
    return digest
