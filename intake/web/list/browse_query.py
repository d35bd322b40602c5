"""The list as an address narrows it: its filters, the version or day it is looked at as of, and the page."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from intake.domain.search_facts import as_alike, as_versions, telling, unmarked
from intake.store.list_snapshot import Glance, Shape, Snapshot
from rules.days import stated_date
from rules.published import CERTIFICATES, one_listed

LONGEST = 100
"""Characters of a filter."""
STATUSES = ("current", "removed")
NO_CONTACT = "none"
_LONGEST_PAGE = 6
_DIGITS = 6
"""Of an entry's number."""


@dataclass(frozen=True, slots=True)
class Browsed:
    """Which part of which list is looked at; every part as the address says it."""

    q: str = ""
    type: str = ""
    manufacturer: str = ""
    status: str = ""
    certificate: str = ""
    contact: str = ""
    """`NO_CONTACT` for entries about whose certificate nobody can be written to."""
    version: str = ""
    day: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether less than the whole list is shown."""
        return any((self.q, self.type, self.manufacturer, self.status, self.certificate, self.contact))

    @property
    def as_of(self) -> date | None:
        """The day it is looked at as of; None where none is named, or what is written is no day."""
        return stated_date(self.day)

    def address(self, page: int = 1) -> str:
        """Give the list's own address, or that of one of its pages."""
        named = {("as-of" if field.name == "day" else field.name): getattr(self, field.name) for field in fields(self)}
        query = urlencode({name: text for name, text in named.items() if text} | ({"page": page} if page > 1 else {}))
        return f"/list?{query}" if query else "/list"

    def with_(self, **changed: str) -> Browsed:
        """Give the same with some parts changed."""
        return replace(self, **changed)

    def matching(self, snapshot: Snapshot, contacts: Container[str]) -> Sequence[Glance]:
        """Give those of a list's entries that it is about, in their order."""
        manufacturer = _code(self.manufacturer)
        certificates = {one_listed(name, self.certificate) for name in CERTIFICATES} if self.certificate else set()

        def fits(shape: Shape) -> bool:
            return (
                (not self.status or shape.current is (self.status == STATUSES[0]))
                and (not self.type or shape.device_type == self.type)
                and (not manufacturer or _code(shape.manufacturer) == manufacturer)
                and (not self.certificate or shape.rests_on(certificates))
                and (self.contact != NO_CONTACT or (shape.current and shape.certified))
            )

        matches = snapshot.those(fits) if self.narrowed else snapshot.entries
        if self.contact == NO_CONTACT:
            matches = [glance for glance in matches if glance.number not in contacts]
        return _named_first(_saying(snapshot, unmarked(self.q).casefold(), matches), self.q)


def _saying(snapshot: Snapshot, text: str, among: Sequence[Glance]) -> Sequence[Glance]:
    """Give the entries that say every word of a text, or the whole of it as a form says a version: 9.179 is 09:B3."""
    if not among:
        return ()
    words = telling(text.split())
    whole = _either(snapshot, _as_versions(text), among) if len(words) > 1 else ()
    for word in words:
        among = _either(snapshot, (*as_alike(word), *_as_versions(word)), among) if among else ()
    return _merged(among, whole)


def _either(snapshot: Snapshot, words: Sequence[str], among: Sequence[Glance]) -> Sequence[Glance]:
    """Give those of the entries that say one of these words."""
    matches: Sequence[Glance] = ()
    for word in words:
        matches = _merged(snapshot.having(word, among), matches)
    return matches


def _merged(matches: Sequence[Glance], others: Sequence[Glance]) -> Sequence[Glance]:
    """Give both once each, by number."""
    if not (matches and others):
        return matches or others
    return sorted({glance.id: glance for glance in (*matches, *others)}.values(), key=lambda glance: glance.number)


def _as_versions(text: str) -> tuple[str, ...]:
    return tuple(map(str.casefold, as_versions(text)))


def _named_first(matches: Sequence[Glance], typed: str) -> Sequence[Glance]:
    """Put the entry first whose number was typed; its digits stand in many a value."""
    number = typed.zfill(_DIGITS) if typed.isascii() and typed.isdecimal() else ""
    named = [glance for glance in matches if glance.number == number] if number else []
    return [*named, *(glance for glance in matches if glance.number != number)] if named else matches


@lru_cache(maxsize=1024)
def _code(text: str) -> str:
    return text.replace(":", "").replace(" ", "").casefold()


def read(asked: Mapping[str, str]) -> Browsed:
    """Read it out of an address; what is no filter of ours is left out."""
    status, contact = asked.get("status", ""), asked.get("contact", "")
    return Browsed(
        q=_text(asked.get("q", "")),
        type=_text(asked.get("type", "")),
        manufacturer=_text(asked.get("manufacturer", "")),
        status=status if status in STATUSES else "",
        certificate=_text(asked.get("certificate", "")),
        contact=contact if contact == NO_CONTACT else "",
        version=_text(asked.get("version", "")),
        day=_text(asked.get("as-of", "")),
    )


def page_number(text: str) -> int:
    """Read a page's number; 1 where it is none."""
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_PAGE else 1


def _text(value: str) -> str:
    return "".join(filter(str.isprintable, value)).strip()[:LONGEST]
