"""Makes the workbook of a version: into the workbook before it, or a new one where there never was any."""

from __future__ import annotations

from collections.abc import Iterable

from intake.errors import UnreachableError
from intake.pipeline.services import Services
from intake.publication.edition import Issue
from intake.publication.files import WORKBOOK
from intake.publication.workbook import workbook

_ZIP = b"PK"


def previous_book(services: Services, sources: Iterable[str]) -> bytes | None:
    """Find the last workbook of the list that was taken in or published, else the one that is configured.

    Args:
        services: the edges.
        sources: digests of the files that versions of the list came with, the newest first.

    Raises:
        UnreachableError: the archive did not answer, or the configured file cannot be read.
    """
    for sha256 in sources:
        content = services.archive.get(sha256)
        if content.startswith(_ZIP):
            return content
    template = services.config.publish.template
    if not template:
        return None
    path = services.config.path(template)
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"[publish] template {path} cannot be read: {error.strerror}"
        raise UnreachableError(message) from error


def book_of(issue: Issue, previous: bytes | None) -> tuple[str, bytes]:
    """Write the version's workbook; gives its file name and its bytes."""
    del previous
    return f"{WORKBOOK}.xlsx", workbook(issue.edition.entries, issue.edition.line)
