"""Summarises a submission's evidence for a list: devices and counts of findings."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import msgspec

from intake.archive.base import Archive
from intake.domain import records
from intake.errors import IntakeError
from intake.render.entry_view import entry_views
from intake.render.points import GRAVEST_FIRST, Point
from intake.store.submissions import Submission
from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Report, Severity

MOST_KEPT = 2_000
"""A summary is a few hundred octets; evidence never changes, so neither does what was seen of it."""

_UNREAD = "The form could not be read."


@dataclass(frozen=True, slots=True)
class EvidenceSummary:
    """A summary of a submission's evidence for one row."""

    devices: tuple[str, ...] = ()
    """One an entry, as stated."""
    returns: int = 0
    """Points to be put right."""
    queries: int = 0
    """Points that a person must look at; what could not be read at all counts as one an entry."""
    notes: int = 0
    first: str = ""
    """The gravest point's own sentence."""
    judged: bool = False


class EvidenceSummaries:
    """Reads and caches summaries of reports and dossiers."""

    def __init__(self, archive: Archive) -> None:
        """Start with an empty cache."""
        self._archive = archive
        self._kept: OrderedDict[tuple[str | None, str | None], EvidenceSummary] = OrderedDict()
        self._lock = Lock()

    def of(self, submission: Submission) -> EvidenceSummary:
        """Summarise a submission's evidence; empty where its evidence is not there yet or cannot be read.

        The submission's own page says why it cannot; a list must not fail for one of its rows.
        """
        key = (submission.dossier_sha256, submission.report_sha256)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        try:
            seen = self._read(*key)
        except (IntakeError, msgspec.DecodeError):
            return EvidenceSummary()
        with self._lock:
            self._kept[key] = seen
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return seen

    def _read(self, dossier_sha256: str | None, report_sha256: str | None) -> EvidenceSummary:
        dossier = records.dossier(self._archive.get(dossier_sha256)) if dossier_sha256 else None
        report = records.report(self._archive.get(report_sha256)) if report_sha256 else None
        return summary(dossier, report)


def summary(dossier: Dossier | None, report: Report | None) -> EvidenceSummary:
    """Summarise a dossier and its report."""
    views = entry_views(dossier, report)
    devices = tuple(filter(None, dict.fromkeys(view.entry.value(FormField.DEVICE_TYPE) for view in views)))
    if report is None:
        return EvidenceSummary(devices=devices)
    points = [point for view in views for point in view.points]
    unread = sum(bool(view.without_findings) for view in views)
    gravest = min(points, key=lambda point: GRAVEST_FIRST.index(point.severity), default=None)
    return EvidenceSummary(
        devices=devices,
        returns=_counted(points, Severity.RETURN),
        queries=_counted(points, Severity.QUERY) + unread,
        notes=_counted(points, Severity.NOTE),
        first=gravest.message if gravest else _UNREAD if unread else "",
        judged=True,
    )


def _counted(points: list[Point], severity: Severity) -> int:
    return sum(point.severity is severity for point in points)
