"""What has come later, a revocation list or a person's word on a name, lets a submission be judged again.

Nothing is decided by it: the submission is read and judged anew as of its arrival, and comes before a person again.
"""

from __future__ import annotations

from intake.domain import records
from intake.domain.desk_events import NameConfirmed
from intake.domain.events import JudgedAgain
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.store import events, names, submissions
from intake.store.engine import Transaction
from intake.store.submissions import Submission
from rules.facts import ConfirmedName, Dossier
from rules.signature import creator
from rules.signature_facts import Indication


def judge_again(services: Services, number: int, person: str) -> Submission:
    """Queue a submission in review to be read and judged again.

    Raises:
        DecisionRefusedError: it is not before a person, or is decided.
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        return _judge_again(services, tx, submissions.get(tx, number), person)


def confirm_name(services: Services, number: int, name: ConfirmedName, person: str) -> Submission:
    """Remember that two names are one organisation's, and have the submission that showed them judged again.

    Raises:
        DecisionRefusedError: it does not show these names, or is not before a person.
        NoSuchSubmissionError: there is no such submission.
        UnreachableError: an edge did not answer.
    """
    with services.store.reading() as tx:
        shown = submissions.get(tx, number)
    if shown.dossier_sha256 is None or name not in unconfirmed(
        records.dossier(services.archive.get(shown.dossier_sha256))
    ):
        message = "This submission does not show these two names; look at it again."
        raise DecisionRefusedError(message)
    with services.store.transaction() as tx:
        before, now = submissions.get(tx, number), services.clock.now()
        confirmed = NameConfirmed(creator=name.creator, organisation=name.organisation)
        if names.confirm(tx, name, person=person, at=now):
            events.append(tx, confirmed, at=now, message=number, actor=person)
        return _judge_again(services, tx, before, person)


def unconfirmed(dossier: Dossier) -> tuple[ConfirmedName, ...]:
    """List the pairs of names, over all entries, that a person could confirm."""
    confirmed_names = (name for entry in dossier.entries for name in creator.unconfirmed(dossier.judging(entry)))
    return tuple(dict.fromkeys(confirmed_names))


def awaits_revocation_data(dossier: Dossier) -> bool:
    """Tell whether a signature awaits revocation data, so that judging again could help."""
    around = dossier.message.signatures if dossier.message else ()
    own = (signature for document in dossier.documents for signature in document.signatures)
    return any(signature.indication is Indication.INDETERMINATE for signature in (*around, *own))


def _judge_again(services: Services, tx: Transaction, before: Submission, person: str) -> Submission:
    if before.state is not State.IN_REVIEW:
        message = f"{before.reference} is {before.state.replace('_', ' ')}; only what is in review is judged again."
        raise DecisionRefusedError(message)
    moved = submissions.move(tx, before, State.RECEIVED)
    events.append(tx, JudgedAgain(), at=services.clock.now(), message=before.id, actor=person)
    return moved
