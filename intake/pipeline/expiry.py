"""Gathers what the register knows of certificates that end, and lists the notices about them."""

from __future__ import annotations

from intake.clock import LONDON
from intake.pipeline.services import Services
from intake.register.expiry import Known, Notice, notices, term_of
from intake.store import contacts, listing


def notices_now(services: Services) -> tuple[Notice, ...]:
    """List every notice as it stands today; none where no list was ever taken in.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        entries = listing.all_entries(tx) or ()
        since, addresses = listing.first_days(tx, term_of), contacts.addresses(tx)
    known = {entry.number: Known(addresses.get(entry.number, ""), since[entry.number]) for entry in entries}
    today = services.clock.now().astimezone(LONDON).date()
    return notices(entries, known, services.calendar.is_working_day, today)
