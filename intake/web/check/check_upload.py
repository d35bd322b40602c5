"""Takes an upload into memory: no part of it ever touches the disk, and no more is read than is allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import PurePosixPath

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

MOST_FILES = 50
_COUNTED = 1_000
"""Files that are counted; an upload of still more is called unreadable."""
UPLOAD_SECONDS = 120
"""An upload that takes longer is given up."""
_OVERHEAD = 64 << 10
"""Bytes around the files."""
_LONGEST_NAME = 200


class TooManyFilesError(HTTPException):
    """It holds more files than are checked at once."""


class _InMemory(MultiPartParser):
    """A parser whose files never roll over to the disk; what goes in is bounded before."""

    spool_max_size = 1 << 62


def announced(request: Request, most: int) -> int:
    """Give the size that the upload announces.

    Raises:
        HTTPException: it announces none (411), or more than is allowed (413), or is no upload (400).
    """
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise HTTPException(411)
    if int(length) > most + _OVERHEAD:
        raise HTTPException(413)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(400)
    return int(length)


async def files_of(request: Request, size: int) -> list[tuple[str, bytes]]:
    """Read name and content of every file, no more than was announced.

    Raises:
        TooManyFilesError: it holds more than `MOST_FILES`.
        HTTPException: it is no form, or comes too slowly.
        ClientDisconnect: whoever sent it has gone.
    """
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            bounded = _bounded(request, size)
            parser = _InMemory(request.headers, bounded, max_files=_COUNTED, max_fields=MOST_FILES)
            form = await parser.parse()
    except TimeoutError as error:
        raise HTTPException(408) from error
    except (MultiPartException, KeyError, ValueError) as error:
        raise HTTPException(400) from error
    if len(form.multi_items()) > MOST_FILES:
        raise TooManyFilesError(413)
    sent = [upload for _, upload in form.multi_items() if isinstance(upload, UploadFile)]
    files = [(_name(upload.filename or ""), await upload.read()) for upload in sent]
    await form.close()
    return [(name, content) for name, content in files if name or content]  # a field left empty is a nameless nothing


async def _bounded(request: Request, size: int) -> AsyncGenerator[bytes, None]:
    left = size
    async for chunk in request.stream():
        left -= len(chunk)
        if left < 0:
            raise HTTPException(413)
        yield chunk


def _name(filename: str) -> str:
    """The last part of whatever a browser calls the file."""
    return PurePosixPath(filename.replace("\\", "/")).name[:_LONGEST_NAME]


__all__ = ["MOST_FILES", "ClientDisconnect", "TooManyFilesError", "announced", "files_of"]
