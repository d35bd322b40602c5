"""What the Security Sub-Committee looks at: device models with their ZigBee module and stack, and no contacts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.domain import records
from intake.domain.people_events import StacksViewed
from intake.domain.reference import reference
from intake.domain.review import Action
from intake.domain.submission import State
from intake.errors import IntakeError
from intake.pipeline.services import Services
from intake.store import events, resolutions, submissions
from intake.store.submissions import Submission
from rules.facts import DocumentKind, Dossier, NewEntry
from rules.fields import FormField, Label

MOST = 25
"""Submissions at once; each is read from the archive."""
STATES = (State.IN_REVIEW, State.PROPOSED, State.ASKED, State.APPROVED)
_LABELS = (
    Label.MODEL_IDENTIFICATION,
    Label.HARDWARE_VERSION,
    Label.FIRMWARE_VERSION,
    Label.SPECIFICATION_VERSION,
    Label.CERTIFICATION_NUMBER,
    Label.CERTIFICATION_DATE,
)


@dataclass(frozen=True, slots=True)
class StackView:
    """One entry, as the SSC sees it; every text as stated."""

    reference: str
    state: str
    device: str
    model: str
    """Manufacturer, model, hardware and firmware, as the form states them."""
    stated: tuple[tuple[str, str], ...]
    """What its ZigBee certificates and mapping evidence state: label and value."""


def stacks(services: Services, person: str, before: int | None = None) -> tuple[tuple[StackView, ...], int | None]:
    """List the entries of submissions that may come onto the list, the newest first, on record.

    Args:
        services: the edges.
        person: who looks.
        before: only submissions of a smaller number; None: from the newest.

    Returns:
        The entries, and the number before which there may be more; None where there is no more.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        listed = submissions.with_entries(tx, STATES, before, MOST)
        returned = {
            (submission.id, decided.entry)
            for submission in listed
            if submission.state is State.APPROVED and submission.entries > 1
            for decided in resolutions.decided_entries(tx, submission.id)
            if decided.action is Action.RETURN
        }
    views = tuple(
        view
        for submission in listed
        for number, view in enumerate(stacks_of(services, submission))
        if (submission.id, number) not in returned  # beside others that were approved
    )
    with services.store.transaction() as tx:
        events.append(tx, StacksViewed(entries=len(views)), at=services.clock.now(), actor=person)
    return views, listed[-1].id if len(listed) == MOST else None


def stacks_of(services: Services, submission: Submission) -> Iterator[StackView]:
    """Yield the entries of one submission; none where it was not read, or cannot be read back."""
    if submission.dossier_sha256 is None:
        return
    try:
        dossier = records.dossier(services.archive.get(submission.dossier_sha256))
    except (IntakeError, KeyError, ValueError):  # `evidence verify` names what cannot be read back
        return
    for entry in dossier.entries:
        stated = tuple(dict.fromkeys(_stated(dossier.judging(entry))))
        device = entry.value(FormField.DEVICE_TYPE)
        yield StackView(reference(submission.id), submission.state, device, _model(entry), stated)


def _model(entry: NewEntry) -> str:
    fields: Sequence[FormField] = (
        FormField.MANUFACTURER_IDENTIFIER,
        FormField.MODEL_IDENTIFIER,
        FormField.HARDWARE_VERSION,
        FormField.HARDWARE_REVISION,
        FormField.FIRMWARE_VERSION,
    )
    values = [entry.value(field) for field in fields]
    return " · ".join(value or "not stated" for value in values) if any(values) else "no form could be read"


def _stated(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """What the certificates that count for the entry under judgement state, and the mapping evidence."""
    for certificate in dossier.certificates(DocumentKind.ZIGBEE_CERTIFICATE):
        for label in _LABELS:
            told = certificate.stated(label)
            if told is not None:
                yield str(label), told.value
    for document in dossier.documents:
        if document.evidence is not None and document.evidence.zigbee_module is not None:
            yield "ZigBee module", document.evidence.zigbee_module.value
