"""Takes in contacts of entries of the list, from a file or a person, and says which entries lack one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.domain.addresses import first_address
from intake.domain.register_events import ContactEntered
from intake.domain.review import DecisionRefusedError
from intake.domain.store_events import ContactsImported
from intake.pipeline.services import Services
from intake.register.contacts import ContactLine
from intake.register.expiry import needs_contact, term_of
from intake.store import contacts, events, listing
from intake.store.contacts import Contact
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import published

_LONGEST = 200
"""Characters of a contact's name or telephone number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Entries of one certificate and day that have one contact, or none."""

    certificate: str
    """As the list states it."""
    day: str
    """Likewise."""
    entries: tuple[str, ...]
    contact: Contact | None


def import_contacts(services: Services, lines: Sequence[ContactLine]) -> tuple[tuple[str, ...], int]:
    """Keep the contacts of entries of the list.

    Returns:
        The numbers that are not on the list, and how many Current entries with a CPA certificate have no contact.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.transaction() as tx:
        entries = {entry.number: entry for entry in listing.all_entries(tx) or ()}
        on_list = {line.entry: line for line in lines if line.entry in entries}
        now = services.clock.now()
        kept = [Contact(line.entry, line.name, line.telephone, line.email) for line in on_list.values()]
        digests = contacts.put(tx, kept, now)
        events.append(tx, ContactsImported(entries=len(on_list), contacts=digests), at=now)
        addresses = contacts.addresses(tx)
    strange = tuple(dict.fromkeys(line.entry for line in lines if line.entry not in entries))
    return strange, sum(needs_contact(entry) and entry.number not in addresses for entry in entries.values())


def whom_to_ask(services: Services) -> tuple[Asked, ...]:
    """List the Current entries with a CPA certificate, hubs left out, by certificate, day and contact.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        entries, by_entry = listing.all_entries(tx) or (), contacts.every(tx)
    grouped: dict[tuple[object, ...], list[RegisterEntry]] = {}
    for entry in filter(needs_contact, entries):
        contact = by_entry.get(entry.number)
        who = (contact.name, contact.telephone, contact.email) if contact else ()
        grouped.setdefault((*term_of(entry), who), []).append(entry)
    groups = (_asked(lines, by_entry.get(lines[0].number)) for lines in grouped.values())
    return tuple(sorted(groups, key=lambda asked: asked.entries))


def _asked(lines: Sequence[RegisterEntry], contact: Contact | None) -> Asked:
    certificate, day = (published(lines[0], name) for name in (FormField.CPA_NUMBER, FormField.CPA_DATE))
    return Asked(certificate, day, tuple(line.number for line in lines), contact)


def numbers_in(text: str) -> tuple[str, ...]:
    """Give the numbers of entries that a person typed, each once, six digits; what is no number stays as it is."""
    return tuple(
        dict.fromkeys(word.zfill(6) if word.isdecimal() else word for word in re.split(r"[\s,;]+", text) if word)
    )


def enter_contact(services: Services, numbers: Iterable[str], who: Contact, person: str) -> tuple[str, ...]:
    """Keep whom notices about entries go to, in the place of whoever was known; gives the entries' numbers.

    Args:
        services: the edges.
        numbers: the entries'.
        who: the contact; its own number is left aside.
        person: who enters it.

    Raises:
        DecisionRefusedError: it cannot be kept; the message is for the person on the page.
        UnreachableError: the store did not answer.
    """
    wanted, email = tuple(numbers), first_address(who.email)
    _refuse(not wanted, "Say which entries it is the contact of.")
    _refuse(email is None, "The e-mail address cannot be used: enter one plain address.")
    _refuse(
        max(len(who.name), len(who.telephone)) > _LONGEST, f"Name and telephone have {_LONGEST} characters at most."
    )
    now = services.clock.now()
    with services.store.transaction() as tx:
        on_list = {entry.number for entry in listing.all_entries(tx) or ()}
        strange = [number for number in wanted if number not in on_list]
        _refuse(bool(strange), f"Not on the list: {', '.join(strange[:5])}.")
        kept = [Contact(number, who.name.strip(), who.telephone.strip(), email or "") for number in wanted]
        happened = ContactEntered(entries=wanted, contacts=contacts.put(tx, kept, now))
        events.append(tx, happened, at=now, entry=_only(wanted), actor=person)
    return wanted


def _refuse(refused: bool, why: str) -> None:  # noqa: FBT001  # a condition
    if refused:
        raise DecisionRefusedError(why)


def _only(numbers: Sequence[str]) -> str | None:
    return numbers[0] if len(numbers) == 1 else None
