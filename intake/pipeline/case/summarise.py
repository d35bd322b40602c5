"""Writes what lists show and searches find of a submission, in the commit in which it is recorded, read or judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.domain import records
from intake.domain.resolution import Resolution
from intake.domain.search_facts import OF_EVIDENCE, Fact, FactKind, makers, of_envelope, of_evidence, of_person
from intake.errors import IntakeError
from intake.pipeline.services import Services
from intake.render import plain
from intake.render.entry_view import entry_points
from intake.render.points import GRAVEST_FIRST, Point
from intake.store import facts, resolutions, submissions, summaries
from intake.store.engine import Transaction
from intake.store.submissions import Submission
from intake.store.summaries import Summary
from intake.store.turns import serialize_writers
from rules.facts import Dossier, NewEntry
from rules.fields import FormField
from rules.finding import Report, Severity

UNREAD = "The form could not be read."
LOST = "What was read of it cannot be shown: its evidence is missing or damaged."
_SHOWN = 3
"""Values of one kind that a line has room for."""
_NOTED_EVERY = 1_000
"""Messages after which it is noted anew that none of them lacks anything: so many at most are looked through again."""
_SHORT = 60
"""Characters of one of them; the longest device type of the form has fewer."""


def recorded(tx: Transaction, new: Sequence[Submission]) -> None:
    """Write what is known of messages that have just been recorded."""
    summaries.begin(tx, [submission.id for submission in new])
    facts.record(tx, ((submission.id, told) for submission in new for told in _of_envelope(submission)))


def read(tx: Transaction, number: int, dossier: Dossier) -> None:
    """Write what reading a message has told; earlier findings were of an earlier dossier."""
    summaries.write(tx, number, summary(dossier, None))
    facts.replace(tx, number, OF_EVIDENCE, of_evidence(dossier))


def judged(tx: Transaction, number: int, dossier: Dossier, report: Report, settled: Iterable[Resolution] = ()) -> None:
    """Write how many findings the report has that nobody has settled, and what its dossier states with corrections."""
    summaries.write(tx, number, summary(dossier, report, tuple(settled)))
    facts.replace(tx, number, OF_EVIDENCE, of_evidence(dossier))


def catch_up(services: Services, *, after: int, limit: int) -> int | None:
    """Write what is missing of messages that an earlier release took in.

    Args:
        services: the edges.
        after: the number behind which is looked.
        limit: how many messages at most.

    Returns:
        The last number that was looked at; None where nothing is missing any more.
    """
    with services.store.reading() as tx:
        complete = summaries.complete_to(tx)
        numbers = summaries.missing(tx, after=max(after, complete), limit=limit)
        greatest = submissions.greatest(tx)
        older = [submissions.get(tx, number) for number in numbers]
    told = [(submission, *_from_evidence(services, submission)) for submission in older]
    if told:
        with services.store.transaction() as tx:
            serialize_writers(tx)  # a replica may be catching up, too
            still = set(summaries.missing(tx, after=after, limit=limit))
            for submission, line, entry_facts in told:
                if submission.id in still:
                    summaries.write(tx, submission.id, line)
                    facts.add(tx, submission.id, entry_facts)
    if numbers:
        return numbers[-1]
    if after == 0 and greatest - complete >= _NOTED_EVERY:
        with services.store.transaction() as tx:
            summaries.note_complete(tx, greatest)
    return None


def catch_up_names(services: Services, *, limit: int) -> bool:
    """Write what messages that an earlier release read are found by of their files' names.

    Args:
        services: the edges.
        limit: how many messages at most.

    Returns:
        Whether there may be more of them.
    """
    with services.store.reading() as tx:
        numbers = summaries.unnamed(tx, after=summaries.complete_to(tx, summaries.NAMES), limit=limit)
        older = [submissions.get(tx, number) for number in numbers]
        complete = numbers[-1] if numbers else submissions.greatest(tx)
        noted = complete - summaries.complete_to(tx, summaries.NAMES) < (1 if numbers else _NOTED_EVERY)
    told = [(submission.id, _names_of_files(services, submission)) for submission in older]
    if not noted:
        with services.store.transaction() as tx:
            serialize_writers(tx)  # a replica may be catching up, too
            for number, names in told:
                facts.add(tx, number, names)
            summaries.note_complete(tx, complete, summaries.NAMES)
    return bool(numbers)


def _names_of_files(services: Services, submission: Submission) -> tuple[Fact, ...]:
    if submission.dossier_sha256 is None:
        return ()
    try:
        found_by = of_evidence(records.dossier(services.archive.get(submission.dossier_sha256)))
    except (IntakeError, ValueError):  # also: not to be decoded; its own page says so
        return ()
    return tuple(told for told in found_by if told.kind is FactKind.DOCUMENT)


def _from_evidence(services: Services, submission: Submission) -> tuple[Summary, tuple[Fact, ...]]:
    own = (*_of_envelope(submission), *(of_person(submission.decided_by) if submission.decided_by else ()))
    if submission.dossier_sha256 is None:
        return Summary(), own
    archive = services.archive
    try:
        dossier = records.dossier(archive.get(submission.dossier_sha256))
        report = records.report(archive.get(submission.report_sha256)) if submission.report_sha256 else None
        with services.store.reading() as tx:
            settled = resolutions.of_message(tx, submission.id)
        return summary(dossier, report, settled), (*own, *of_evidence(dossier))
    except (IntakeError, ValueError):  # also: not to be decoded, or not of one another
        return Summary(first=LOST), own


def _of_envelope(submission: Submission) -> tuple[Fact, ...]:
    return of_envelope(submission.sender, submission.subject, submission.raw_sha256)


def summary(dossier: Dossier, report: Report | None, settled: Sequence[Resolution] = ()) -> Summary:
    """Summarise a dossier and its report for a line of a list; its numbers are those of the submission's own page."""
    stated = Summary(
        device=_line(entry.value(FormField.DEVICE_TYPE) for entry in dossier.entries),
        manufacturer=_manufacturer(dossier),
        model=_line(entry.value(FormField.MODEL_IDENTIFIER) for entry in dossier.entries),
        firmware=_line(entry.value(FormField.FIRMWARE_VERSION) for entry in dossier.entries),
    )
    if report is None:
        return stated
    told, unread = _told(dossier, report, settled)
    gravest = min(told, key=lambda point: GRAVEST_FIRST.index(point.severity), default=None)
    return replace(
        stated,
        returns=_counted(told, Severity.RETURN),
        queries=_counted(told, Severity.QUERY) + unread,
        notes=_counted(told, Severity.NOTE),
        first=gravest.message if gravest else UNREAD if unread else "",
    )


def _told(dossier: Dossier, report: Report, settled: Sequence[Resolution]) -> tuple[list[Point], int]:
    """Every point that is not settled, and how many entries have none because nothing of them could be read."""
    entries = list(entry_points(dossier, report, settled))
    unread = sum(not points and bool(without_findings) for points, without_findings in entries)
    return [point for points, _ in entries for point in points if not point.settled], unread


def _counted(told: list[Point], severity: Severity) -> int:
    return sum(point.severity is severity for point in told)


def _manufacturer(dossier: Dossier) -> str:
    """The names that form or certificates state, with the form's codes."""
    codes = _line(entry.value(FormField.MANUFACTURER_IDENTIFIER) for entry in dossier.entries)
    names = _line(_names(dossier))
    return f"{names} ({codes})" if names and codes and names != codes else names or codes


def _names(dossier: Dossier) -> Iterable[str]:
    certificates = [document.certificate for document in dossier.documents if document.certificate is not None]
    if not dossier.entries:
        return ()
    return tuple(_own_names(dossier.entries)) or tuple(makers(certificates))[:1]


def _own_names(entries: Iterable[NewEntry]) -> Iterable[str]:
    for entry in entries:
        yield from filter(None, [entry.value(FormField.FIR_COMPANY_NAME) or entry.value(FormField.IMAGE_CREATOR)])


def _line(values: Iterable[str]) -> str:
    """Different values in a line, safe to print."""
    different = list(dict.fromkeys(filter(None, values)))
    shown = "; ".join(plain.one_line(plain.bounded(value, _SHORT)) for value in different[:_SHOWN])
    return f"{shown} and {len(different) - _SHOWN} more" if len(different) > _SHOWN else shown
