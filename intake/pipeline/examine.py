"""Judges a dossier by every rule and archives the report; then it waits for a person."""

from __future__ import annotations

from intake.domain import records
from intake.domain.events import Examined, ReviewOpened
from intake.domain.submission import State
from intake.pipeline import summarise
from intake.pipeline.services import Services
from intake.store import events, submissions
from intake.store.submissions import Submission
from rules.examine import examine as judge


def examine(services: Services, submission: Submission) -> Submission:
    """Take one extracted submission a step further.

    Raises:
        UnreachableError: an edge did not answer.
        LostLeaseError: somebody else did this meanwhile.
    """
    dossier = records.dossier(services.archive.get(submission.dossier_sha256 or ""))
    report = judge(dossier)
    report_sha256 = services.archive.put(records.encode(report))
    with services.store.transaction() as tx:
        moved = submissions.move(
            tx, submission, State.IN_REVIEW, report_sha256=report_sha256, outcome=report.outcome, proposed_by=None
        )
        summarise.judged(tx, submission.id, dossier, report)
        events.append(
            tx,
            Examined(
                report_sha256=report_sha256,
                outcome=report.outcome,
                rulebook=report.rulebook_edition,
                rulebook_digest=report.rulebook_digest,
            ),
            at=services.clock.now(),
            message=submission.id,
        )
        events.append(tx, ReviewOpened(), at=services.clock.now(), message=submission.id)
        return moved
