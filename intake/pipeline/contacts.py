"""Takes in contacts of entries of the list."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.store_events import ContactsImported
from intake.pipeline.services import Services
from intake.register.contacts import ContactLine
from intake.register.expiry import term_of
from intake.store import contacts, events, listing
from intake.store.contacts import Contact
from rules.published import is_current


def import_contacts(services: Services, lines: Sequence[ContactLine]) -> tuple[tuple[str, ...], int]:
    """Keep the contacts of entries of the list.

    Returns:
        The numbers that are not on the list, and how many Current entries with a CPA certificate have no contact.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.transaction() as tx:
        entries = {entry.number: entry for entry in listing.all_entries(tx) or ()}
        known = {line.entry: line for line in lines if line.entry in entries}
        now = services.clock.now()
        contacts.put(tx, [Contact(line.entry, line.name, line.telephone, line.email) for line in known.values()], now)
        events.append(tx, ContactsImported(entries=len(known)), at=now)
        addresses = contacts.addresses(tx)
    certified = (entry for entry in entries.values() if is_current(entry) and term_of(entry)[0])
    strange = tuple(dict.fromkeys(line.entry for line in lines if line.entry not in entries))
    return strange, sum(entry.number not in addresses for entry in certified)
