"""A list that was taken in, with contacts, for tests of the notices about its certificates."""

from __future__ import annotations

from datetime import UTC, datetime

from register.lines import a_version

from intake.pipeline.list.expiry import Standing, standings_now
from intake.pipeline.services import Services
from intake.store import contacts, listing, outbox
from intake.store.contacts import Contact
from intake.store.outbox import QueuedLetter
from rules.facts import RegisterEntry

MAKER = "certificates@maker.example"
DUE = datetime(2027, 8, 27, 9, tzinfo=UTC)
"""The day of `certified`'s first notice: twelve months before its certificate ends is a bank holiday, so the Friday."""
LAST = datetime(2028, 2, 29, 9, tzinfo=UTC)
"""That of its second."""


def certified(
    number: int, ends: str = "30/08/2028", certificate: str = "[E] NCSC-1", kind: str = "Gas Smart Meter"
) -> RegisterEntry:
    """An entry whose certificate ends on a day on which the calendar has something to say."""
    return a_version(number, certificate=certificate, ends=ends, kind=kind)


def take_in(services: Services, *entries: RegisterEntry) -> None:
    """The list says so from now on."""
    with services.store.transaction() as tx:
        listing.record(tx, entries, services.clock.now(), source="ab" * 32)


def know(services: Services, *numbers: int, email: str = MAKER) -> None:
    """A contact of these entries is known."""
    known = [Contact(f"{number:06}", "Sam Certain", "0123 456", email) for number in numbers]
    with services.store.transaction() as tx:
        contacts.put(tx, known, services.clock.now())


def written(services: Services) -> list[QueuedLetter]:
    """Every notice's letter."""
    with services.store.reading() as tx:
        return list(outbox.of_kind(tx, "expiry"))


def states(services: Services) -> list[tuple[str, int, str]]:
    """Every notice's contact, term and state as it stands."""
    told = (one.notice for one in standings_now(services))
    return [(notice.contact, notice.term, notice.state.value) for notice in told]


def standing(services: Services, term: int = 12) -> Standing:
    """The only notice of a term."""
    (found,) = (one for one in standings_now(services) if one.notice.term == term)
    return found
