"""What people are shown of documents: made once in a limited child, kept, and shown again from what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore

import msgspec

from intake import faults
from intake.domain import records
from intake.extract.viewing import views
from intake.extract.views import View, Wanted
from intake.pipeline.evidence.view_cache import ViewCache
from intake.pipeline.services import Services
from intake.store import submissions
from intake.store.submissions import Submission
from rules.facts import Dossier
from rules.finding import Report

_AT_ONCE = BoundedSemaphore(2)
"""Children that make views for one process; others wait, so that no crowd of pages takes the machine's memory."""
MOST = 24
"""Views made for one page."""


def evidence(services: Services, number: int) -> tuple[Submission, Dossier | None, Report | None]:
    """Read a submission's facts and report, without anything else that is kept of it.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
    archive = services.archive
    return (
        submission,
        records.dossier(archive.get(submission.dossier_sha256)) if submission.dossier_sha256 else None,
        records.report(archive.get(submission.report_sha256)) if submission.report_sha256 else None,
    )


def page_view(services: Services, number: int, wanted: Wanted) -> View:
    """Give the picture of a page.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        KeyError: the submission has no such document, or that has no such page.
    """
    submission, dossier, _ = evidence(services, number)
    documents = dossier.documents if dossier is not None else ()
    if wanted.page < 1 or all(document.sha256 != wanted.sha256 for document in documents):
        raise KeyError(wanted)
    view = shown(services, submission, [wanted])[wanted]
    if view.pages and wanted.page > view.pages:
        raise KeyError(wanted)
    return view


def shown(services: Services, submission: Submission, wanted: Sequence[Wanted]) -> Mapping[Wanted, View]:
    """Give views of a submission's documents; what cannot be shown comes with the reason.

    Raises:
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold the message.
        UnreachableError: no child could be started.
    """
    cache = ViewCache.of(services.config)
    asked = list(dict.fromkeys(wanted))[:MOST]
    ready = {place: view for place in asked if (view := _kept(cache, place)) is not None}
    missing = [place for place in asked if place not in ready]
    if not missing:
        return ready
    raw = services.archive.get(submission.raw_sha256)
    with _AT_ONCE:
        for place, view in views(services.sandbox, raw, missing, services.config.limits):
            faults.note(view.faults)
            ready[place] = view
            cache.put(_key(place), msgspec.msgpack.encode(view), lasting=view.lasting)
    return ready


def _kept(cache: ViewCache, wanted: Wanted) -> View | None:
    """What is kept of an earlier making; None where nothing is, or it was kept by another release."""
    content = cache.get(_key(wanted))
    try:
        return None if content is None else msgspec.msgpack.decode(content, type=View)
    except msgspec.DecodeError:
        return None


def _key(wanted: Wanted) -> str:
    """Names a view among those of every document; another way of drawing needs another name."""
    kind = "-jpeg" if wanted.jpeg else ""
    what = f"page{wanted.page}-{wanted.width}{kind}" if wanted.page else f"line{wanted.line}"
    return f"{_DRAWN_BY}-{wanted.sha256}-{what}"


_DRAWN_BY = 2
