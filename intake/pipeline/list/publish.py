"""Publishes the list: one person prepares a version with all its files, another releases it.

What is released is what was prepared: the same entries, the same bytes, on the day that the version names. Only the
commit of the release makes it the list; the folder follows (`intake.pipeline.list.publish_folder`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from intake.clock import LONDON
from intake.config import Config
from intake.domain.register_events import (
    PublicationPrepared,
    PublicationReleased,
    PublicationWithdrawn,
)
from intake.domain.review import DecisionRefusedError
from intake.errors import ConfigurationError, UnreachableError
from intake.pipeline.ledger.checkpoint import make_checkpoint
from intake.pipeline.ledger.ledger_key import signing_key
from intake.pipeline.list import publish_folder
from intake.pipeline.list.amendments import end_amendments
from intake.pipeline.list.enter import enter_waiting
from intake.pipeline.list.held_back import held_back
from intake.pipeline.list.list_book import book_of, previous_book
from intake.pipeline.list.loader_rules import loader_now
from intake.pipeline.list.next_version import NextVersion, next_version
from intake.pipeline.list.tell_published import attached_to_dcc, note_published, queue_notices
from intake.pipeline.outgoing.overtaken import drop_overtaken, hold_fast
from intake.pipeline.services import Services
from intake.publication.files import INVENTORY_CSV
from intake.publication.files import files as files_of
from intake.publication.inventory import inventory_csv, model_effects
from intake.publication.loader import Loader
from intake.publication.note import generated_note
from intake.publication.preflight import Blemish, preflight
from intake.signing.sign import sign
from intake.store import events, listing, loader_rules, publications
from intake.store.engine import Transaction
from intake.store.publications import NewPublication, Publication, PublicationState
from intake.store.turns import serialize_writers

log = structlog.get_logger()

PROPOSED_NOTE = ""
"""A note that nobody has written: what the version changed is told by itself."""


class PreflightRefusedError(Exception):
    """The DCC's loader would refuse something that the version adds or changes."""

    def __init__(self, refused: tuple[Blemish, ...]) -> None:
        """Say what."""
        super().__init__(f"{len(refused)} values would be refused by the loader")
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next version as it would be now, and what stands against it."""

    next: NextVersion
    blemishes: tuple[Blemish, ...]
    """What the version would add or change that is refused, and old blemishes of the entries that it touches."""
    note: str
    """As it would be generated."""
    loader: Loader
    """What was known of the DCC's loader."""
    stale: str = ""
    """Of a prepared version, why it cannot be released as it is, as a sentence; empty where it can."""

    @property
    def refused(self) -> tuple[Blemish, ...]:
        """What would have to be put right or held back."""
        return tuple(blemish for blemish in self.blemishes if blemish.refused)


def outlook(services: Services, held: Collection[str] | None = None) -> Outlook:
    """Say what the next version would be.

    Args:
        services: the edges.
        held: numbers of entries that are held back; None for those that were, and still wait.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        upcoming = next_version(tx, _today(services), held=held_back(tx) if held is None else held)
        data = loader_now(tx)
    return Outlook(upcoming, tuple(preflight(upcoming.issue, data)), generated_note(upcoming.issue), data)


def standing(services: Services) -> tuple[Publication | None, Outlook | None]:
    """Give the version that waits for its release, and what it holds; None twice where none does.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        stands = publications.prepared(tx)
        if stands is None:
            return None, None
        upcoming = next_version(tx, stands.issued, held=stands.held, note=stands.note, up_to=stands.up_to)
        data = loader_now(tx)
    blemishes, stale = tuple(preflight(upcoming.issue, data)), _stale(services, stands, upcoming)
    return stands, Outlook(upcoming, blemishes, generated_note(upcoming.issue), data, stale)


def prepare(
    services: Services, person: str, *, held: Collection[str] | None = None, note: str = PROPOSED_NOTE
) -> Publication:
    """Make every file of the next version, and keep them until another person releases it.

    A version that was prepared before and not released is given up by it.

    Args:
        services: the edges.
        person: who prepares it.
        held: numbers of entries that are held back; None for those that were, and still wait.
        note: the version's note; empty for the one that is generated.

    Raises:
        DecisionRefusedError: there is nothing to publish; the message is for the person.
        PreflightRefusedError: the DCC's loader would refuse it.
        ConfigurationError: the signing key cannot be used.
        UnreachableError: an edge did not answer.
    """
    end_amendments(services)
    _enter_what_waited(services)
    today = _today(services)
    with services.store.reading() as tx:
        upcoming = next_version(tx, today, held=held_back(tx) if held is None else held, note=note.strip())
        _check_clock(today, publications.newest_out(tx))
        sources = tuple(version.source for version in reversed(listing.versions(tx)))
        data = loader_now(tx)
    if not upcoming.approved:
        message = "Nothing has been approved that is not published" + (
            ", but what is held back." if upcoming.held else "."
        )
        raise DecisionRefusedError(message)
    refused = tuple(blemish for blemish in preflight(upcoming.issue, data) if blemish.refused)
    if refused:
        raise PreflightRefusedError(refused)
    made = _made(services, upcoming, sources)
    digests = {name: services.archive.put(content) for name, content in made.items()}
    publish_folder.write_version(services, upcoming.issue.edition.version, digests)
    return _record(services, upcoming, digests, person, note=note.strip())


def release(services: Services, number: int, person: str) -> Publication:
    """Release a prepared version: from this commit on it is the list.

    Raises:
        DecisionRefusedError: it cannot be released, or not by this person; the message is for the person on the page.
        UnreachableError: an edge did not answer; where the folder did not, the version is released all the same, and
            the folder follows.
    """
    now = services.clock.now()
    with services.store.reading() as tx:
        stands = publications.get(tx, number)
    attached = attached_to_dcc(services, dict(stands.files)) if stands else {}
    with services.store.transaction() as tx:
        before = publications.newest_out(tx)
        if before is not None:
            hold_fast(tx, before.version)
        serialize_writers(tx)
        prepared = publications.get(tx, number, to_change=True)
        if prepared is None or prepared.state is not PublicationState.PREPARED:
            message = "This version is not prepared any more; look at what stands."
            raise DecisionRefusedError(message)
        if services.config.review.four_eyes and prepared.prepared_by == person:
            message = "You prepared this version, so another person must release it."
            raise DecisionRefusedError(message)
        upcoming = _as_prepared(tx, prepared, services)
        _check_against_new_rules(tx, prepared, upcoming)
        issued = f"{prepared.issued:%d/%m/%Y}"
        source = next(sha256 for name, sha256 in prepared.files.items() if name.endswith((".xlsx", ".xlsm")))
        version = listing.record(tx, (), now, source=source, version=prepared.version, issued=issued, person=person)
        listing.publish(tx, version, upcoming.ids)
        values = {"list_version": version.id, "released_by": person, "released_at": now}
        publications.change(tx, prepared, state=PublicationState.PUBLISHED, **values)
        happened = PublicationReleased(
            publication=number,
            version=prepared.version,
            list_version=version.id,
            entries_sha256=listing.content_sha256(tx, version.id),
            digest=prepared.digest,
            files=_named(prepared.files),
        )
        events.append(tx, happened, at=now, actor=person)
        note_published(tx, upcoming, person, now)
        queue_notices(services, tx, upcoming.issue, prepared, attached, now)
        if before is not None:
            drop_overtaken(tx, before.version, person, now)
        released = publications.get(tx, number)
    publish_folder.settle(services)
    _attest(services)
    return released or prepared


def _attest(services: Services) -> None:
    """Sign a checkpoint of the ledger with the release in it; where that cannot be, the day's will cover it."""
    try:
        key = signing_key(services.config)
        if key is not None:
            make_checkpoint(services, key)
    except (ConfigurationError, UnreachableError) as error:
        log.warning("no checkpoint", error=str(error), hint=error.hint)


def withdraw(services: Services, number: int, reason: str, person: str) -> None:
    """Give up a prepared version; what it would have published goes on waiting.

    Raises:
        DecisionRefusedError: it is not prepared any more, or no reason is given.
        UnreachableError: the store did not answer.
    """
    if not reason.strip():
        message = "Say why it is given up."
        raise DecisionRefusedError(message)
    with services.store.transaction() as tx:
        serialize_writers(tx)
        prepared = publications.get(tx, number, to_change=True)
        if prepared is None or prepared.state is not PublicationState.PREPARED:
            message = "This version is not prepared any more."
            raise DecisionRefusedError(message)
        _give_up(tx, prepared, reason.strip(), person, services.clock.now())


def _check_clock(today: date, before: Publication | None) -> None:
    """Check that no version would be issued on a day before the last one's.

    Raises:
        DecisionRefusedError: it would.
    """
    if before is not None and before.issued > today:
        message = (
            f"By this machine's clock it is {today:%d/%m/%Y}, and version {before.version} was issued on"
            f" {before.issued:%d/%m/%Y}; put the clock right."
        )
        raise DecisionRefusedError(message)


def _enter_what_waited(services: Services) -> None:
    """What was approved before any list was taken in begins a list of its own where one is prepared."""
    with services.store.transaction() as tx:
        serialize_writers(tx)
        enter_waiting(tx, services.clock.now())


def signs(config: Config) -> bool:
    """Tell whether versions are signed where they are prepared."""
    return bool(config.signing.key_file or config.signing.pkcs11_module)


def _made(services: Services, upcoming: NextVersion, sources: tuple[str, ...]) -> Mapping[str, bytes]:
    issue, line_end = upcoming.issue, services.config.publish.csv_line_end
    edition = replace(issue.edition, note=issue.edition.note or generated_note(issue))
    name, content = book_of(edition, previous_book(services, sources))
    others = {name: content}
    if signs(services.config):
        others[f"{name}.p7s"] = sign(content, services.config, now=services.clock.now()).content
    return {**files_of(issue, line_end, {name: content}), **others}


def _record(
    services: Services, upcoming: NextVersion, digests: Mapping[str, str], person: str, *, note: str
) -> Publication:
    edition, now = upcoming.issue.edition, services.clock.now()
    held = tuple(sorted({version.entry.number for version in upcoming.held}))
    with services.store.transaction() as tx:
        serialize_writers(tx)
        before = publications.prepared(tx)
        if before is not None:
            _give_up(tx, before, "prepared anew", person, now)
        new = NewPublication(
            edition.version, edition.issued, edition.digest, note, digests, held, upcoming.up_to, person
        )
        number = publications.add(tx, new, now)
        _as_prepared(tx, made := _known(tx, number), services)
        happened = PublicationPrepared(
            publication=number,
            version=edition.version,
            digest=edition.digest,
            entries=len(edition.entries),
            files=_named(digests),
            held=held,
            issued=edition.issued.isoformat(),
            note=note,
            up_to=upcoming.up_to,
        )
        events.append(tx, happened, at=now, actor=person)
    return made


def _named(files: Mapping[str, str]) -> tuple[str, ...]:
    """Files as an event names them."""
    return tuple(f"{name} {sha256}" for name, sha256 in sorted(files.items()))


def _known(tx: Transaction, number: int) -> Publication:
    recorded = publications.get(tx, number)
    assert recorded is not None, "it was just recorded"  # noqa: S101  # our own mistake
    return recorded


def _as_prepared(tx: Transaction, prepared: Publication, services: Services) -> NextVersion:
    """The version as it would be now of what it was prepared from.

    Raises:
        DecisionRefusedError: that is another one.
    """
    upcoming = next_version(tx, prepared.issued, held=prepared.held, note=prepared.note, up_to=prepared.up_to)
    if stale := _stale(services, prepared, upcoming):
        raise DecisionRefusedError(stale)
    return upcoming


def _stale(services: Services, prepared: Publication, upcoming: NextVersion) -> str:
    """Say why what was prepared is not what would be released now, as a sentence; empty where it is."""
    edition = upcoming.issue.edition
    if prepared.issued != _today(services):
        return f"It was prepared to be issued on {prepared.issued:%d/%m/%Y}; prepare it again for today."
    if (edition.version, edition.digest) != (prepared.version, prepared.digest):
        return "The list has changed since this was prepared; prepare it again."
    inventory = inventory_csv(model_effects(upcoming.issue), services.config.publish.csv_line_end)
    if prepared.files.get(INVENTORY_CSV) != hashlib.sha256(inventory).hexdigest():
        return (
            "Since this was prepared the DCC has answered, so that what it changes in the inventory counts from another"
            " version; prepare it again."
        )
    return ""


def _check_against_new_rules(tx: Transaction, prepared: Publication, upcoming: NextVersion) -> None:
    """Look a version over again where a rule of the pre-flight was agreed on since it was prepared.

    Raises:
        DecisionRefusedError: it would be refused now.
    """
    agreed_at = loader_rules.newest_agreement(tx)
    if agreed_at is None or agreed_at < prepared.prepared_at:
        return
    refused = next((blemish for blemish in preflight(upcoming.issue, loader_now(tx)) if blemish.refused), None)
    if refused is not None:
        message = (
            f"A rule agreed on since it was prepared refuses entry {refused.entry}: {refused.field} {refused.what}."
        )
        raise DecisionRefusedError(message)


def _give_up(tx: Transaction, prepared: Publication, reason: str, person: str, now: datetime) -> None:
    publications.change(tx, prepared, state=PublicationState.WITHDRAWN)
    happened = PublicationWithdrawn(publication=prepared.id, version=prepared.version, reason=reason)
    events.append(tx, happened, at=now, actor=person)


def _today(services: Services) -> date:
    return services.clock.now().astimezone(LONDON).date()
