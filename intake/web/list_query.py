"""A list as an address says it: its view, filters, order and search, and nothing else that an address may hold.

The same query goes with the pages that are opened from the list, so that one comes back to it and on to the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode

from intake.clock import from_iso, iso
from intake.domain.search_facts import LONGEST_SEARCH
from intake.render.words import KINDS
from intake.store.lists import Key
from intake.store.selection import Order
from intake.store.submissions import GREATEST
from intake.web import views
from intake.web.views import View
from rules.finding import Outcome
from rules.reference import reference

LONGEST = 100
"""Characters of a name in a filter."""
_KEY = re.compile(r"(-?\d)~(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)~(\d{1,10})", re.ASCII)
_MOST_PAGES = 10**6


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which list one looks at, or has come from; every part is one that we know, or plain text for a search."""

    view: str = ""
    q: str = ""
    sort: str = ""
    outcome: str = ""
    kind: str = ""
    device: str = ""
    manufacturer: str = ""
    claimed: str = ""

    @property
    def shown(self) -> View:
        """The view."""
        return views.find(self.view) or views.VIEWS[0]

    @property
    def order(self) -> Order:
        """How the list is sorted: as the view is, unless told otherwise."""
        return Order(self.sort) if self.sort else self.shown.order

    @property
    def filters(self) -> Mapping[str, str]:
        """The filters that are set, by name."""
        named = {name: getattr(self, name) for name in ("outcome", "kind", "device", "manufacturer", "claimed")}
        return {name: value for name, value in named.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether it shows less than its view."""
        return bool(self.q or self.filters)

    @property
    def text(self) -> str:
        """Itself as a query string, as it is saved and as other pages carry it; empty for the plain first view."""
        return urlencode({name: value for name in _PARTS if (value := getattr(self, name))})

    @property
    def carried(self) -> str:
        """What follows the path of a page that is opened from the list."""
        return f"?{self.text}" if self.text else ""

    @property
    def further(self) -> str:
        """The same, for an address that has a query of its own."""
        return f"&{self.text}" if self.text else ""

    def address(self, after: Key | None = None, page: int = 1, others: Mapping[str, str] | None = None) -> str:
        """Give the list's own address, or that of one of its pages."""
        own = {name: value for name in _PARTS[1:] if (value := getattr(self, name))}
        place = {"after": key_text(after), "page": str(page)} if after is not None else {}
        query = urlencode({**own, **place, **(others or {})})
        return f"{self.shown.path}?{query}" if query else self.shown.path

    def with_(self, **changed: str) -> ListQuery:
        """Give the same list with some parts changed."""
        return replace(self, **changed)


_PARTS = tuple(field.name for field in fields(ListQuery))
"""In an address, the view first, which the path of the list itself tells."""


def read(asked: Mapping[str, str], view: str | None = None) -> ListQuery:
    """Read a list out of an address; whatever is not known to us is left out of it."""
    slug = asked.get("view", "") if view is None else view
    return ListQuery(
        view=slug if views.find(slug) is not None else "",
        q=_text(asked.get("q", ""), LONGEST_SEARCH),
        sort=_one_of(asked.get("sort", ""), set(Order)),
        outcome=_one_of(asked.get("outcome", ""), set(Outcome)),
        kind=_one_of(asked.get("kind", ""), set(KINDS)),
        device=_one_of(asked.get("device", ""), set(reference().device_types)),
        manufacturer=_text(asked.get("manufacturer", ""), LONGEST),
        claimed=_text(asked.get("claimed", ""), LONGEST),
    )


def from_text(text: str) -> ListQuery:
    """Read a list out of a query string, such as a saved view's or a form's."""
    return read(dict(parse_qsl(text[:2_000], max_num_fields=20)) if text.count("&") < 20 else {})  # noqa: PLR2004  # as many


def _one_of(value: str, values: set[str]) -> str:
    return value if value in values else ""


def _text(value: str, most: int) -> str:
    """One line without anything that cannot be seen."""
    return "".join(filter(str.isprintable, value)).strip()[:most]


def key_text(key: Key) -> str:
    """Write a place in a list as an address carries it."""
    return f"{key.rank}~{iso(key.at)}~{key.number}"


def key_of(text: str) -> Key | None:
    """Read a place in a list; None where it is none."""
    match = _KEY.fullmatch(text)
    if match is None or int(match[3]) > GREATEST:
        return None
    try:
        return Key(int(match[1]), from_iso(match[2]), int(match[3]))
    except ValueError:
        return None


def page_number(text: str) -> int:
    """Read a page's number, which is only said and decides nothing."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1  # noqa: PLR2004  # beyond any list
    return min(max(number, 1), _MOST_PAGES)
