"""Judges a dossier by every rule and archives the report; then it waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from intake.domain import records
from intake.domain.desk_events import CorrectionsApplied
from intake.domain.event import DomainEvent
from intake.domain.events import Examined, ReviewOpened
from intake.domain.resolution import Resolution, corrections_of
from intake.domain.submission import State
from intake.pipeline.case import summarise
from intake.pipeline.services import Services
from intake.register.relevant import relevant_to_all
from intake.store import events, resolutions, submissions
from intake.store.engine import Transaction
from intake.store.submissions import Submission
from rules.corrections import Correction, correct
from rules.examine import examine as judge
from rules.facts import DocumentKind, Dossier
from rules.finding import Report


@dataclass(frozen=True, slots=True)
class Judged:
    """A dossier with the corrections that people made, and its report; both are archived."""

    dossier_sha256: str
    """Of the corrected dossier; of the one that was read where nothing is corrected."""
    report_sha256: str
    report: Report
    dossier: Dossier
    """The one that was judged."""
    corrections: tuple[Correction, ...]
    """Those that are in it."""

    @property
    def values(self) -> dict[str, object]:
        """The columns of the submission that follow from it."""
        return {
            "dossier_sha256": self.dossier_sha256,
            "report_sha256": self.report_sha256,
            "outcome": self.report.outcome,
        }

    @property
    def examined(self) -> Examined:
        """The event of it."""
        return Examined(
            report_sha256=self.report_sha256,
            outcome=self.report.outcome,
            rulebook=self.report.rulebook_edition,
            rulebook_digest=self.report.rulebook_digest,
        )

    @property
    def events(self) -> tuple[DomainEvent, ...]:
        """What happens with it: it was judged, and comes before people."""
        return self.examined, ReviewOpened()


Then = Callable[[Transaction], None]
"""What else belongs into the commit with which the program's work on a submission ends."""


def no_more(_tx: Transaction) -> None:
    """Do nothing else."""


def examine(services: Services, submission: Submission, then: Then = no_more) -> Submission:
    """Take one extracted submission a step further, and do in the same commit what is to be done then.

    Raises:
        UnreachableError: an edge did not answer.
        LostLeaseError: somebody else did this meanwhile.
    """
    with services.store.reading() as tx:
        settled = resolutions.of_message(tx, submission.id)
    read_sha256 = submission.dossier_sha256 or ""
    judged = judged_with(services, read_sha256, corrections_of(settled))
    happened = [*judged.events]
    if judged.corrections:
        applied = len(judged.corrections)
        happened.insert(
            0,
            CorrectionsApplied(corrections=applied, read_sha256=read_sha256, dossier_sha256=judged.dossier_sha256),
        )
    with services.store.transaction() as tx:
        moved = open_review(services, tx, submission, judged, happened, settled)
        then(tx)
        return moved


def open_review(
    services: Services,
    tx: Transaction,
    submission: Submission,
    judged: Judged,
    happened: Sequence[DomainEvent],
    settled: Sequence[Resolution] = (),
) -> Submission:
    """Put what was judged before people, with the events of it.

    Raises:
        LostLeaseError: somebody else did this meanwhile.
    """
    moved = submissions.move(tx, submission, State.IN_REVIEW, **judged.values, proposed_by=None)
    summarise.judged(tx, submission.id, judged.dossier, judged.report, settled)
    now = services.clock.now()
    events.append_all(tx, [events.NewEvent(event, now, submission.id) for event in happened])
    return moved


def judged_with(services: Services, read_sha256: str, corrections: Sequence[Correction]) -> Judged:
    """Judge what was read, with corrections; archives dossier and report, so it is no part of a transaction.

    Args:
        services: the edges.
        read_sha256: the digest of the dossier as it was read.
        corrections: by people, in order; what no longer fits what was read is left out.

    Raises:
        UnreachableError: an edge did not answer.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold the dossier.
    """
    dossier, applied = correct(records.dossier(services.archive.get(read_sha256)), corrections)
    if any(correction.kind is DocumentKind.NEW_ENTRY for correction in applied):
        dossier = _compared_anew(services, dossier)
    report = judge(dossier)
    corrected = [records.encode(dossier)] if applied else []
    *corrected_sha256, report_sha256 = services.archive.put_all([*corrected, records.encode(report)])
    return Judged(
        dossier_sha256=corrected_sha256[0] if applied else read_sha256,
        report_sha256=report_sha256,
        report=report,
        dossier=dossier,
        corrections=applied,
    )


def _compared_anew(services: Services, dossier: Dossier) -> Dossier:
    """The dossier with the lines of the published list that matter to a form which now says something else."""
    if dossier.register is None:
        return dossier
    with services.store.reading() as tx:
        whole = services.listing.entries(tx)
    return dossier if whole is None else replace(dossier, register=relevant_to_all(whole, dossier.entries))
