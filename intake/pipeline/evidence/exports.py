"""Bags of more than one submission: a Device Model's whole life, a certificate, a period, a person's acts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intake.archive.bag import safe_name
from intake.clock import LONDON
from intake.domain.reference import reference
from intake.domain.search_facts import FactKind, code
from intake.errors import IntakeError
from intake.pipeline.case.case import case
from intake.pipeline.evidence import outside as for_others
from intake.pipeline.evidence.retrieve import gather, kept_of, tell_exported, written
from intake.pipeline.services import Services
from intake.store import audit, changes, events, facts, listing, outbox
from intake.store.audit import Sought
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.listing import EntryVersion
from intake.store.schema import PROGRAM
from intake.store.several import of_several
from intake.store.submissions import DisposedError
from rules.certificate_number import spelling_free
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import published


class NothingToExportError(IntakeError):
    """Nothing is known of what was asked for."""


class TooMuchToExportError(IntakeError):
    """More was selected than goes into one bag."""


MOST_EVENTS = 20_000
MOST_SUBMISSIONS = 100


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes into a bag."""

    name: str
    """Of the bag's folder."""
    what: str
    """For people."""
    events: tuple[Event, ...]
    submissions: tuple[int, ...] = ()
    """Of which everything kept goes along."""
    entries: tuple[str, ...] = ()
    """Numbers of entries whose whole history goes along."""


def of_device_model(services: Services, model: str) -> Selection:
    """Select every submission about a Model Identifier, and the history of its entries on the list."""
    return _about(services, f"device model {model}", FactKind.MODEL, code(model), _has_model(model))


def of_certificate(services: Services, number: str) -> Selection:
    """Select every submission that names a certificate, and the history of the entries that it is on."""
    return _about(
        services,
        f"certificate {number}",
        FactKind.CERTIFICATE,
        spelling_free(number).casefold(),
        _has_certificate(number),
    )


def of_period(services: Services, since: date, until: date) -> Selection:
    """Select what happened from one day to another, both included, by London's calendar."""
    with services.store.reading() as tx:
        told = events.between(tx, _midnight(since), _midnight(until + timedelta(days=1)))
    received = sorted({event.message for event in told if event.name == "received" and event.message is not None})
    return Selection(f"{since}..{until}", f"the period from {since} to {until}", told, tuple(received))


def of_person(services: Services, person: str) -> Selection:
    """Select everything that a person did."""
    with services.store.reading() as tx:
        told = events.of_actor(tx, person)
    return Selection(f"acts-of-{code(person)}", f"the acts of {person}", told)


def of_search(services: Services, sought: Sought, what: str, *, evidence: bool) -> Selection:
    """Select the events that a search of the ledger finds.

    Args:
        services: the edges.
        sought: what is searched for.
        what: the search in words.
        evidence: whether everything kept of each submission among them goes along.

    Raises:
        TooMuchToExportError: there are more than fit into one bag.
    """
    with services.store.reading() as tx:
        if audit.count(tx, sought, MOST_EVENTS + 1) > MOST_EVENTS:
            message = f"more than {MOST_EVENTS:,} events; narrow the search"
            raise TooMuchToExportError(message)
        told = audit.every(tx, sought)
    numbers = sorted({event.message for event in told if event.message is not None}) if evidence else []
    if len(numbers) > MOST_SUBMISSIONS:
        message = f"{len(numbers):,} submissions, and {MOST_SUBMISSIONS} go into a bag; narrow the search"
        raise TooMuchToExportError(message)
    return Selection("search", f"search: {what}", told, tuple(numbers), sought.entries if evidence else ())


def entries_with_model(tx: Transaction, model: str) -> tuple[str, ...]:
    """List the numbers of the entries of the list of a Model Identifier."""
    return _entries(tx, _has_model(model))


def entries_with_certificate(tx: Transaction, number: str) -> tuple[str, ...]:
    """List the numbers of the entries of the list that a certificate is on."""
    return _entries(tx, _has_certificate(number))


def submissions_behind(tx: Transaction, entry: str) -> tuple[int, ...]:
    """List the numbers of the submissions that an entry of the list comes of, in order."""
    made = {version.change for version in listing.history(tx, entry) if version.change is not None}
    stored = changes.by_number(tx, made).values()
    return tuple(sorted({change.message for change in stored if change.message is not None}))


def _entries(tx: Transaction, is_on: Callable[[RegisterEntry], bool]) -> tuple[str, ...]:
    return tuple(entry.number for entry in listing.all_entries(tx) or () if is_on(entry))


def export(
    services: Services, selection: Selection, *, reason: str, actor: str = PROGRAM, outside: bool = False
) -> bytes:
    """Write a bag of what was selected, as a zip; that it was taken is an event of its own.

    Where it is for somebody `outside`, what is restricted is sealed (`intake.pipeline.evidence.outside`).

    Raises:
        NothingToExportError: nothing was selected.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    if not (selection.events or selection.entries):
        message = f"nothing is known of {selection.what}"
        raise NothingToExportError(message)
    payload: dict[str, bytes] = {}
    for number in selection.submissions:
        try:
            gathered = case(services, number)
        except DisposedError:
            continue  # its events tell so
        kept = kept_of(services, gathered)
        payload |= {f"submissions/{gathered.submission.reference}/{path}": content for path, content in kept.items()}
    with services.store.reading() as tx:
        for entry in selection.entries:
            payload[f"entries/{entry}.json"] = _history(listing.history(tx, entry))
            letters = outbox.of_list(tx, entry)
            payload |= {f"letters/{letter.id} {letter.kind} {letter.state}.eml": letter.content for letter in letters}
    info = {"External-Description": f"Evidence of {selection.what}"}
    write, what = (for_others.written, f"{selection.what}, sealed") if outside else (written, selection.what)
    content = write(services, selection.name, payload, _with_those_that_vouch(services, selection), info)
    tell_exported(services, what, content, reason=reason, actor=actor)
    return content


def export_outside(services: Services, number: int, *, reason: str, actor: str = PROGRAM) -> bytes:
    """Write the bags of one submission for somebody outside; that they were taken is an event of its own.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        ConfigurationError: a certificate of `[seal]` cannot be used.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    payload, told, info = gather(services, number)
    content = for_others.written(services, reference(number), payload, told, info)
    tell_exported(services, f"{reference(number)}, sealed", content, reason=reason, actor=actor, message=number)
    return content


def _with_those_that_vouch(services: Services, selection: Selection) -> tuple[Event, ...]:
    """Select the events and, of each submission and entry that goes along, all others: what is kept is named by any."""
    with services.store.reading() as tx:
        whole = _events_about(tx, selection.submissions, selection.entries)
    by_number = {event.seq: event for event in (*selection.events, *whole)}
    return tuple(by_number[seq] for seq in sorted(by_number))


def _about(
    services: Services, what: str, kind: FactKind, value: str, is_on: Callable[[RegisterEntry], bool]
) -> Selection:
    with services.store.reading() as tx:
        numbers = facts.messages_with(tx, kind, value)
        entries = _entries(tx, is_on)
        told = _events_about(tx, numbers, entries)
    return Selection(safe_name(what.replace(" ", "-")), f"the {what}", told, tuple(numbers), entries)


def _events_about(tx: Transaction, numbers: Sequence[int], entries: Sequence[str]) -> tuple[Event, ...]:
    histories = [events.of_message(tx, number) for number in numbers]
    histories += [events.of_entry(tx, number) for number in entries]
    histories.append(of_several(tx, entries))
    by_number = {event.seq: event for some in histories for event in some}
    return tuple(by_number[seq] for seq in sorted(by_number))


def _has_model(model: str) -> Callable[[RegisterEntry], bool]:
    return lambda entry: code(published(entry, FormField.MODEL_IDENTIFIER)) == code(model)


def _has_certificate(number: str) -> Callable[[RegisterEntry], bool]:
    fields = (FormField.CPA_NUMBER, FormField.ZSE_NUMBER, FormField.DLMS_NUMBER)
    wanted = spelling_free(number)
    return lambda entry: any(spelling_free(published(entry, name)) == wanted for name in fields)


def _history(versions: Sequence[EntryVersion]) -> bytes:
    """What an entry said from when on; who wrote it and the reason that was made public, and no other reason."""
    told = [
        {
            "effective": version.effective.isoformat(),
            "recorded_at": version.recorded_at.isoformat(),
            "version": version.version,
            "kind": version.kind,
            "status": version.entry.status,
            "fields": dict(version.entry.fields),
            "person": version.person,
            "reason": version.reason,
        }
        for version in versions
    ]
    return json.dumps(told, indent=2).encode()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
