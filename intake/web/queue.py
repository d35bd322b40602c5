"""The queue: what waits, for whom, why, and how long it may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from intake.domain.search_facts import sought
from intake.store import arrivals, lists, outbox, queue, saved_views, search, submissions, view_counts
from intake.store.engine import Transaction
from intake.store.lists import Window
from intake.store.narrowing import Narrowing
from intake.store.saved_views import Choices, SavedView
from intake.store.view_counts import MOST_COUNTED
from intake.web import held_letters, list_query, news, views
from intake.web.lines import line
from intake.web.list_query import ListQuery
from intake.web.onward import narrowing, onlooker
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem
from intake.web.views import View


@dataclass(frozen=True, slots=True)
class Tab:
    """A view with its address and count."""

    view: View
    address: str
    count: str
    """Empty where it is not counted."""
    current: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the list; no address where it is the present one."""

    number: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A saved view with its address."""

    view: SavedView
    address: str
    current: bool


def show(page_request: PageRequest) -> Response:
    """Show one page of one view."""
    view = views.find(page_request.request.path_params.get("view", ""))
    if view is None:
        return problem(page_request, 404, "No such view", "The queue has no view of this name.")
    query = list_query.read(page_request.request.query_params, view.slug)
    after, looking = list_query.key_of(page_request.query("after")), onlooker(page_request)
    with page_request.services.store.reading() as tx:
        # in the transaction that reads the list, so that nothing falls between the two; further pages tell no news
        newest = None if query.narrowed or after is not None else arrivals.newest(tx)
        counts = [] if query.q else view_counts.counts(tx, [tab.shows for tab in views.VIEWS], looking)
        choices = saved_views.choices(tx, page_request.person)
        narrowed, more = narrowing(tx, query)
        window = lists.window(tx, view.shows, narrowed, query.order, looking, after)
        rows = queue.rows_of(tx, window.numbers)
        facts = search.matched(tx, sought(query.q), window.numbers) if query.q else {}
        matches = _matches(tx, narrowed, window)
        groups_held = outbox.held_groups(tx) if view is views.VIEWS[0] and not query.narrowed else ()
    links = _pages(query, window, list_query.page_number(page_request.query("page")))
    return page(
        page_request,
        "queue.html",
        newest=newest,
        news_seconds=news.EVERY_SECONDS,
        view=view,
        query=query,
        tabs=_tabs(query, counts),
        lines=[line(page_request, row, facts.get(row.submission.id, ())) for row in rows],
        links=links,
        number=next(link.number for link in links if not link.address),
        after=list_query.key_text(after) if after is not None else "",
        held=held_letters.told(groups_held),
        notice=page_request.notice,
        choices=choices,
        saved=_saved(query, choices),
        found=matches,
        more=more,
    )


def _matches(tx: Transaction, narrowed: Narrowing, window: Window) -> int | None:
    """Count what a search has found; None where nothing is searched for.

    A number that was typed is among it as a reference, be there a submission of it or not.
    """
    if narrowed.numbers is None:
        return None
    count, typed = len(narrowed.numbers), narrowed.first
    sure = typed is None or typed not in narrowed.numbers or typed in window.numbers
    return count if sure or submissions.is_there(tx, typed or 0) else count - 1


def _tabs(query: ListQuery, counts: Sequence[int]) -> list[Tab]:
    """Every view; a search goes with its tabs, and finds in each what it finds there."""
    figures = [f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count) for count in counts] or [""] * len(
        views.VIEWS
    )
    return [
        Tab(view, ListQuery(view=view.slug, q=query.q).address(), count, view is query.shown)
        for view, count in zip(views.VIEWS, figures, strict=True)
    ]


def _saved(query: ListQuery, choices: Choices) -> list[SavedLink]:
    lists_saved = [(view, list_query.from_text(view.query)) for view in choices.saved]
    return [SavedLink(view, kept.address(), kept == query) for view, kept in lists_saved]


def _pages(query: ListQuery, window: Window, page_number: int) -> list[PageLink]:
    """The pages around the present one; its number is what the address says where it is far from the start."""
    number = window.number or max(page_number, len(window.before) + 1)
    first = number - len(window.before)
    links = [] if first == 1 else [PageLink(1, query.address())]
    links += [PageLink(first + at, query.address(key, first + at)) for at, key in enumerate(window.before)]
    links.append(PageLink(number))
    links += [PageLink(number + at, query.address(key, number + at)) for at, key in enumerate(window.after, 1)]
    return links
