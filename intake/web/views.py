"""The queue's views: each an address, a name and a condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intake.domain.submission import State
from intake.store import mentions, queue
from intake.store.engine import Transaction
from intake.store.queue import Condition, QueueRow
from intake.web.page_request import known_number

PAGE = 25
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class View:
    """A view of the queue."""

    slug: str
    """Its address; empty for the default."""
    title: str
    where: Callable[[str], Condition | None]
    """Given the person who looks."""
    empty: str
    newest_first: bool = False

    @property
    def path(self) -> str:
        """Give the view's URL path."""
        return f"/queue/{self.slug}" if self.slug else "/"


def _waiting(_person: str) -> Condition | None:
    return queue.WAITING


def _unclaimed(_person: str) -> Condition | None:
    return queue.UNCLAIMED


def _mine(person: str) -> Condition | None:
    return queue.claimed_by(person)


VIEWS = (
    View("", "Waiting for a person", _waiting, "Nothing waits for a person. Well done."),
    View("unclaimed", "Unclaimed", _unclaimed, "Everything that waits has been claimed."),
    View("mine", "Mine", _mine, "You have claimed nothing. Open a submission and claim it to see it here."),
    View("mentions", "Mentions", mentions.unseen_by, "You have looked wherever somebody has named you."),
    View("second-approval", "Second approval", lambda _: queue.in_states(State.PROPOSED), "No approval is proposed."),
    View(
        "waiting-on-submitter", "Waiting on submitter", lambda _: queue.in_states(State.ASKED), "No question is open."
    ),
    View(
        "administrator",
        "With the administrator",
        lambda _: queue.HANDED_OVER,
        "The administrator has nothing to see to.",
    ),
    View("approved", "Approved", lambda _: queue.in_states(State.APPROVED), "Nothing is approved yet.", True),  # noqa: FBT003  # its name stands in the class above
    View("everything", "Everything", lambda _: None, "No message has arrived yet.", True),  # noqa: FBT003  # likewise
)


def find(slug: str) -> View | None:
    """Find the view of this URL path."""
    return next((view for view in VIEWS if view.slug == slug), None)


def narrowed(view: View, person: str, search: str) -> Condition | None:
    """Combine the view's condition with the search: a reference, or part of subject or sender."""
    return queue.all_of(view.where(person), _sought(search))


def _sought(search: str) -> Condition | None:
    text = search.strip()[:LONGEST_SEARCH]
    if not text:
        return None
    number = known_number(text)
    return queue.mentioning(text) if number is None else queue.numbered(number)


def page_of(tx: Transaction, view: View, where: Condition | None, *, number: int, total: int) -> list[QueueRow]:
    """One page of the view; the store lists oldest first, so the newest are read from its end."""
    if not view.newest_first:
        return queue.rows(tx, where=where, limit=PAGE, offset=(number - 1) * PAGE)
    end = total - (number - 1) * PAGE
    start = max(end - PAGE, 0)
    return queue.rows(tx, where=where, limit=end - start, offset=start)[::-1]
