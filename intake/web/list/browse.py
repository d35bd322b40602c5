"""The list: every entry, narrowed and searched, as it is now or as of a version or a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from starlette.responses import Response

from intake.store import contacts, listing
from intake.store.engine import Transaction
from intake.store.list_index import NOW, AsOf
from intake.store.listing import EntryVersion, ListVersion
from intake.web.list import browse_query, names
from intake.web.list.browse_query import NO_CONTACT, Browsed
from intake.web.page_request import PageRequest
from intake.web.pages import page
from rules.fields import FormField
from rules.published import is_current, published

A_PAGE = 50
"""Entries."""
_AROUND = 3
"""Pages before and after the present one that are linked."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as a line of the list."""

    version: EntryVersion
    current: bool
    unpublished: bool
    """Whether something was approved of it that no version of the list has published."""

    def value(self, name: str) -> str:
        """Give what it states in a field."""
        return published(self.version.entry, FormField[name])


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the list; no address where it is the present one, no number where pages are left out."""

    number: int | None
    address: str = ""


def show(page_request: PageRequest) -> Response:
    """Show a page of the list."""
    query = browse_query.read(page_request.request.query_params)
    services = page_request.services
    if query.contact and not page_request.reads_evidence:  # contacts are for those who may read them
        query = query.with_(contact="")
    with services.store.reading() as tx:
        versions = listing.versions(tx)
        as_of, trouble = _as_of(query, versions)
        snapshot = services.list_index.snapshot(tx, as_of)
        addresses = contacts.addresses(tx) if query.contact == NO_CONTACT else {}
        matches = [] if trouble else query.matching(snapshot, addresses)
        last = max((len(matches) - 1) // A_PAGE + 1, 1)
        number = min(browse_query.page_number(page_request.query("page")), last)
        ids = [glance.id for glance in matches[(number - 1) * A_PAGE : number * A_PAGE]]
        rows = _rows(tx, ids, now=as_of == NOW)
    return page(
        page_request,
        "list/browse.html",
        query=query,
        pairs=names.pairs,
        snapshot=snapshot,
        versions=[version for version in reversed(versions) if version.version],
        trouble=trouble,
        rows=rows,
        found=len(matches),
        first=(number - 1) * A_PAGE + 1,
        number=number,
        links=_links(query, number, last),
        notice=page_request.notice,
    )


def as_of_version(tx: Transaction, version: str) -> AsOf | None:
    """Give the list as a version published it; None where none of this name is known here."""
    listed = listing.version_named(tx, version)
    return None if listed is None else AsOf(list_version=listed.id)


def _as_of(query: Browsed, versions: Sequence[ListVersion]) -> tuple[AsOf, str]:
    if query.version:
        listed = next((candidate for candidate in reversed(versions) if candidate.version == query.version), None)
        if listed is None:
            return NOW, f"No version {query.version} of the list is known here."
        return AsOf(list_version=listed.id), ""
    if query.day:
        day = query.as_of
        if day is None:
            return NOW, f"“{query.day}” is no day of the calendar; write one such as 30/08/2026."
        return AsOf(day=day), ""
    return NOW, ""


def _rows(tx: Transaction, ids: Sequence[int], *, now: bool) -> list[Row]:
    versions = listing.versions_by_id(tx, ids)
    shown = [versions[version_id] for version_id in ids if version_id in versions]
    waiting = listing.unpublished_numbers(tx, [version.entry.number for version in shown]) if now else frozenset()
    return [Row(version, is_current(version.entry), version.entry.number in waiting) for version in shown]


def _links(query: Browsed, number: int, last: int) -> list[PageLink]:
    near = range(max(number - _AROUND, 1), min(number + _AROUND, last) + 1)
    wanted = sorted({1, *near, last})
    links = [PageLink(1, "" if number == 1 else query.address())]
    for before, at in pairwise(wanted):
        if at != before + 1:
            links.append(PageLink(None))
        links.append(PageLink(at, "" if at == number else query.address(at)))
    return links
