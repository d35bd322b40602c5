"""Many entries of one submission, shown some at a time: each whole, and every one of them a link away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.render.entry_view import EntryView
from intake.web.page_request import PageRequest
from rules.facts import Document

A_PAGE = 5
"""Entries that are shown whole; one takes some 80 kB of a page, and four screens of its reader."""
_LONGEST = 6
"""Digits of an address's page number."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of entries; no address where it is the present one."""

    first: int
    """The entry that it begins with, counted from 1."""
    last: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class EntryPages:
    """Which of a submission's entries its page shows whole."""

    page_request: PageRequest
    entries: tuple[EntryView, ...]
    """Every one."""
    number: int
    """Of the page, counted from 1."""

    @property
    def shown(self) -> tuple[EntryView, ...]:
        """The entries of this page."""
        return self.entries[(self.number - 1) * A_PAGE : self.number * A_PAGE]

    @property
    def unsettled(self) -> tuple[EntryView, ...]:
        """The entries in which something is to be put right or looked at, so that nobody searches for them."""
        return tuple(entry for entry in self.entries if entry.needs_reason)

    @property
    def links(self) -> tuple[PageLink, ...]:
        """Every page; none where there is one alone."""
        count = len(self.entries)
        if count <= A_PAGE:
            return ()
        firsts = range(1, count + 1, A_PAGE)
        here = (self.number - 1) * A_PAGE + 1
        return tuple(
            PageLink(first, min(first + A_PAGE - 1, count), "" if first == here else self.address(first))
            for first in firsts
        )

    def documents(self, sent: Sequence[Document]) -> tuple[Document, ...]:
        """Give the documents to be shown in full: all, or where entries have pages, those of the entries shown.

        What belongs to no entry comes with the first page.
        """
        if len(self.entries) <= A_PAGE:
            return tuple(sent)
        taken = frozenset[int]().union(*(entry.documents for entry in self.entries))
        here = frozenset[int]().union(*(entry.documents for entry in self.shown))
        stray = frozenset(range(len(sent))) - taken if self.number == 1 else frozenset[int]()
        return tuple(document for place, document in enumerate(sent) if place in here | stray)

    def address(self, ordinal: int) -> str:
        """Give where an entry is shown whole: here where all are, else on the submission's own page."""
        return f"#entry-{ordinal}" if len(self.entries) <= A_PAGE else address(self.page_request, ordinal)


def entry_pages(page_request: PageRequest, entries: Sequence[EntryView]) -> EntryPages:
    """Read from the address which entries are shown, or from a form which of them it was beside; else the first."""
    asked, beside = page_request.query("entries"), page_request.form.get("entry", "")
    number = _number(asked) or (_page_of(_number(beside) + 1) if beside else 1)
    every = tuple(entries)
    return EntryPages(page_request, every, min(number, _page_of(len(every))))


def address(page_request: PageRequest, ordinal: int) -> str:
    """Give where the submission's page shows an entry, counted from 1; the list that it was opened from goes along."""
    reference, came_from = page_request.request.path_params["reference"], page_request.came_from
    place = f"#entry-{ordinal}"
    page = _page_of(ordinal)
    if page == 1:
        return f"/submissions/{reference}{came_from.carried}{place}"
    return f"/submissions/{reference}?entries={page}{came_from.further}{place}"


def further(ordinal: int) -> str:
    """Give what an address that has a query already needs besides, to show this entry; empty on the first page."""
    page = _page_of(ordinal)
    return f"&entries={page}" if page > 1 else ""


def _page_of(ordinal: int) -> int:
    return max((ordinal - 1) // A_PAGE + 1, 1)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else 0
