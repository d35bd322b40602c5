"""Tells of a version that was released: the submissions that it publishes, the DCC, and all Parties."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from intake.domain.letter import Heading, compose, message_id
from intake.domain.letter_files import with_files
from intake.domain.register_events import EntriesPublished
from intake.domain.version_letter import subject_of
from intake.pipeline.list.next_version import NextVersion
from intake.pipeline.outgoing.letters import tell_written
from intake.pipeline.services import Services
from intake.publication.edition import Issue
from intake.publication.files import CHANGES_CSV, DCC_CSV, INVENTORY_CSV
from intake.publication.inventory import inventory_csv, model_effects
from intake.publication.notices import Answer, Draft, dcc_notice, parties_notice
from intake.store import changes, events, listing, outbox, submissions
from intake.store.engine import Transaction
from intake.store.outbox import TO_DCC, TO_PARTIES, LetterState, NewLetter
from intake.store.publications import Publication

ONE_BY_ONE = "a notice about the list is released by a person"


def note_published(tx: Transaction, upcoming: NextVersion, person: str, now: datetime) -> None:
    """Note with each submission that its entries are published; its clock stops where all of them are."""
    version = upcoming.issue.edition.version
    numbers: dict[int, list[str]] = {}
    stored = changes.by_number(tx, {entered.change for entered in upcoming.approved if entered.change is not None})
    for entered in upcoming.approved:
        message = stored[entered.change].message if entered.change in stored else None
        if message is not None:
            numbers.setdefault(message, []).append(entered.entry.number)
    waiting = {entered.change for entered in listing.unpublished(tx)}
    for message, entries in numbers.items():
        whole = not any(change.id in waiting for change in changes.of_message(tx, message))
        if whole:
            submissions.note(tx, submissions.get(tx, message, to_change=True), publish_due=None)
        happened = EntriesPublished(version=version, entries=tuple(sorted({*entries})), whole=whole)
        events.append(tx, happened, at=now, message=message, actor=person)


def queue_notices(
    services: Services, tx: Transaction, issue: Issue, released: Publication, attached: dict[str, bytes], now: datetime
) -> None:
    """Queue the letters to the DCC and to all Parties in the commit of the release; a person lets each go.

    Args:
        services: the edges; only their settings are used.
        tx: the commit.
        issue: the version and the one before it.
        released: the same as the store has it.
        attached: the files that go to the DCC, by name.
        now: the moment of the release.
    """
    letters = [
        _to_dcc(services, issue, released, attached, now),
        _letter(services, subject_of(released.version), TO_PARTIES, parties_notice(issue), now),
    ]
    outbox.queue(tx, letters, now)
    tell_written(tx, letters, now)


def queue_answer(services: Services, tx: Transaction, issue: Issue, answer: Answer, now: datetime) -> None:
    """Queue the letter that tells all Parties whether the DCC has loaded a version; a person lets it go.

    A version may be rejected at one entry, then at another, and then be loaded: each is a letter of its own.
    """
    about = subject_of(issue.edition.version, loaded=answer.loaded)
    letter = _letter(services, about, TO_PARTIES, parties_notice(issue, answer), now, again=answer.text)
    if not outbox.written(tx, [letter.message_id]):
        outbox.queue(tx, [letter], now)
        tell_written(tx, [letter], now)


def renew_to_dcc(  # one a fact of the letter
    services: Services, tx: Transaction, issue: Issue, released: Publication, attached: dict[str, bytes], now: datetime
) -> None:
    """Write the letter to the DCC anew where a file came to the version while it waits for a person to let it go."""
    _renew(tx, _to_dcc(services, counted_anew(services, issue, released), released, attached, now), now)


def renew_notices(  # one a fact of the letters
    services: Services, tx: Transaction, issue: Issue, released: Publication, attached: dict[str, bytes], now: datetime
) -> None:
    """Write both letters about a version anew, where they wait for a person, as the version before it was rejected."""
    counted = counted_anew(services, issue, released)
    _renew(tx, _to_dcc(services, counted, released, attached, now), now)
    _renew(tx, _letter(services, subject_of(released.version), TO_PARTIES, parties_notice(counted), now), now)


def counted_anew(services: Services, issue: Issue, released: Publication) -> Issue:
    """Mark a version whose ``inventory.csv``, as it was released, counts from another version than is right now."""
    written = inventory_csv(model_effects(issue), services.config.publish.csv_line_end)
    overtaken = issue.rejected and released.files.get(INVENTORY_CSV) != hashlib.sha256(written).hexdigest()
    return replace(issue, inventory_overtaken=overtaken)


def _renew(tx: Transaction, new: NewLetter, now: datetime) -> None:
    letter = outbox.of_message_id(tx, new.message_id)
    if letter is not None and letter.state is LetterState.HELD and new.content and letter.content != new.content:
        outbox.settle(tx, letter, letter.state, content=new.content, archived_sha256=None)
        tell_written(tx, [new], now)


def attached_to_dcc(services: Services, files: dict[str, str]) -> dict[str, bytes]:
    """Read the files that the DCC is sent with a version."""
    wanted = [name for name in files if name.endswith((".xlsx", ".xlsm", ".p7s"))]
    named = [*wanted, *(name for name in (DCC_CSV, CHANGES_CSV, INVENTORY_CSV) if name in files)]
    return {name: services.archive.get(files[name]) for name in named}


def _to_dcc(
    services: Services, issue: Issue, released: Publication, attached: dict[str, bytes], now: datetime
) -> NewLetter:
    book = next(name for name in released.files if name.endswith((".xlsx", ".xlsm")))
    draft = dcc_notice(issue, book, signed=f"{book}.p7s" in released.files)
    return _letter(services, subject_of(released.version), TO_DCC, draft, now, attached)


def _letter(  # one a fact of the letter
    services: Services,
    about: str,
    kind: str,
    draft: Draft,
    now: datetime,
    files: dict[str, bytes] | None = None,
    again: str = "",
) -> NewLetter:
    publish = services.config.publish
    recipient = publish.dcc if kind == TO_DCC else publish.parties
    known_by = f"{about.removeprefix(subject_of(''))} {recipient}{again and ' '}{again}"
    identity = message_id(kind, known_by, services.config.outgoing.domain)
    content = b""
    if recipient:
        heading = Heading(kind, identity, services.config.outgoing.sender, recipient, now, False, subject=draft.subject)  # noqa: FBT003  # a person lets it go
        content = with_files(compose(heading, None, draft.text), files or {})
    hold = ONE_BY_ONE if recipient else "[publish] names nobody to send it to"
    return NewLetter(None, kind, identity, recipient, content, hold, entry=about)
