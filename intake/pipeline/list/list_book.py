"""Makes the workbook of a version: into the workbook before it, or a new one where there never was any."""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.review import DecisionRefusedError
from intake.errors import UnreachableError
from intake.pipeline.services import Services
from intake.publication.book.rewrite import has_macros
from intake.publication.book.unusable import UnusableWorkbookError
from intake.publication.edition import Edition
from intake.publication.files import WORKBOOK

_ZIP = b"PK"


def previous_book(services: Services, sources: Iterable[str]) -> bytes | None:
    """Find the workbook that is configured to be written into, else the last one that was taken in or published.

    Args:
        services: the edges.
        sources: digests of the files that versions of the list came with, the newest first.

    Raises:
        UnreachableError: the archive did not answer, or the configured file cannot be read.
    """
    template = services.config.publish.template
    if not template:
        contents = (services.archive.get(sha256) for sha256 in sources)
        return next((content for content in contents if content.startswith(_ZIP)), None)
    path = services.config.path(template)
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"[publish] template {path} cannot be read: {error.strerror}"
        raise UnreachableError(message) from error


def book_of(edition: Edition, previous: bytes | None) -> tuple[str, bytes]:
    """Write the version's workbook into the one before it; gives its file name and its bytes.

    Raises:
        DecisionRefusedError: it cannot be written into that one; the message is for the person.
    """
    from intake.publication.workbook import workbook  # noqa: PLC0415  # 7 MB that a process needs once a month, if ever

    try:
        content = workbook(edition, previous)
    except UnusableWorkbookError as error:
        message = f"{error} Put a workbook that can be written into as [publish] template, or take one in."
        raise DecisionRefusedError(message) from error
    suffix = ".xlsm" if has_macros(content) else ".xlsx"
    return f"{WORKBOOK}{suffix}", content
