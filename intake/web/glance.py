"""What a list shows of a submission's evidence: its device and its findings, counted."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import msgspec

from intake.archive.base import Archive
from intake.domain import records
from intake.errors import IntakeError
from intake.store.submissions import Submission
from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding, Report, Ruling, Severity, Verdict

MOST_KEPT = 2_000
"""A glance is a few hundred octets; evidence never changes, so neither does what was seen of it."""

_GRAVEST_FIRST = (Severity.RETURN, Severity.QUERY, Severity.NOTE)
_UNREAD = "The form could not be read."


@dataclass(frozen=True, slots=True)
class Glance:
    """A submission's evidence in a line."""

    devices: tuple[str, ...] = ()
    """One an entry, as stated."""
    returns: int = 0
    queries: int = 0
    """Findings that a person must look at; what could not be read at all counts as one an entry."""
    notes: int = 0
    first: str = ""
    """The gravest finding's own sentence."""
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding and the severity it has for a person."""

    severity: Severity
    ruling: Ruling
    finding: Finding


def weighed(rulings: tuple[Ruling, ...]) -> tuple[Weighed, ...]:
    """Every finding, gravest first; what a rule could not tell is for a person, whatever the rule's severity."""
    found = [
        Weighed(severity_of(ruling), ruling, finding)
        for ruling in rulings
        if ruling.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}
        for finding in ruling.findings
    ]
    return tuple(sorted(found, key=lambda each: _GRAVEST_FIRST.index(each.severity)))


def severity_of(ruling: Ruling) -> Severity:
    """What a ruling with findings means for a person."""
    return Severity.QUERY if ruling.verdict is Verdict.UNDETERMINED else ruling.severity


def silent(rulings: tuple[Ruling, ...]) -> tuple[Ruling, ...]:
    """Rules that could not tell and have nothing to say: what they need could not be read."""
    return tuple(ruling for ruling in rulings if ruling.verdict is Verdict.UNDETERMINED and not ruling.findings)


class Glances:
    """Reads reports and dossiers as lists need them, and keeps what it saw."""

    def __init__(self, archive: Archive) -> None:
        """Start with nothing seen."""
        self._archive = archive
        self._kept: OrderedDict[tuple[str | None, str | None], Glance] = OrderedDict()
        self._lock = Lock()

    def of(self, submission: Submission) -> Glance:
        """A glance at the submission; empty where its evidence is not there yet or cannot be read.

        The submission's own page says why it cannot; a list must not fail for one of its rows.
        """
        key = (submission.dossier_sha256, submission.report_sha256)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        try:
            seen = self._look(*key)
        except (IntakeError, msgspec.DecodeError):
            return Glance()
        with self._lock:
            self._kept[key] = seen
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return seen

    def _look(self, dossier_sha256: str | None, report_sha256: str | None) -> Glance:
        dossier = records.dossier(self._archive.get(dossier_sha256)) if dossier_sha256 else None
        report = records.report(self._archive.get(report_sha256)) if report_sha256 else None
        return glance(dossier, report)


def glance(dossier: Dossier | None, report: Report | None) -> Glance:
    """What a list shows of this dossier and this report."""
    entries = dossier.entries if dossier else ()
    devices = tuple(dict.fromkeys(entry.value(FormField.DEVICE_TYPE) for entry in entries))
    if report is None:
        return Glance(devices=tuple(filter(None, devices)))
    found = [each for entry in report.entries for each in weighed(entry.rulings)]
    counts = {severity: sum(each.severity is severity for each in found) for severity in Severity}
    unread = sum(bool(silent(entry.rulings)) for entry in report.entries)
    gravest = min(found, key=lambda each: _GRAVEST_FIRST.index(each.severity), default=None)
    return Glance(
        devices=tuple(filter(None, devices)),
        returns=counts[Severity.RETURN],
        queries=counts[Severity.QUERY] + unread,
        notes=counts[Severity.NOTE],
        first=gravest.finding.message if gravest else _UNREAD if unread else "",
        judged=True,
    )
