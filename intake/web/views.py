"""The queue's views: each an address, a name and what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.submission import State
from intake.store.mentions import UNSEEN_MENTION
from intake.store.selection import (
    DUE,
    HANDED_OVER,
    MINE,
    NOT_ONES_OWN,
    PUBLISHED,
    UNCLAIMED,
    UNCLEAR,
    WAITING,
    WORK,
    Order,
    Selection,
)


@dataclass(frozen=True, slots=True)
class View:
    """A view of the queue."""

    slug: str
    """Its address; empty for the default."""
    title: str
    shows: Selection
    empty: str
    order: Order = Order.OLDEST

    @property
    def path(self) -> str:
        """Give the view's URL path."""
        return f"/queue/{self.slug}" if self.slug else "/"


EVERYTHING = View(
    "everything",
    "Everything",
    Selection(),
    "No message has arrived yet: “cpl-intake run” reads the mailboxes.",
    Order.NEWEST,
)

VIEWS = (
    View(
        "",
        "Waiting",
        WAITING,
        "Nothing waits for a person. Well done.",
    ),
    View("mine", "Mine", Selection((*WORK, State.ASKED), MINE), "You have claimed nothing."),
    View(
        "mentions",
        "Mentions",
        Selection(where=UNSEEN_MENTION, few=True),
        "You have looked wherever somebody has named you.",
    ),
    View("unclaimed", "Unclaimed", Selection(WORK, UNCLAIMED), "Everything that waits has been claimed."),
    View("due-today", "Due or overdue", Selection(WORK, DUE), "No decision is due today, and none is overdue."),
    View(
        "second-approval",
        "For second approval",
        Selection((State.PROPOSED,), NOT_ONES_OWN),
        "No approval of another person waits for you.",
    ),
    View("unclear", "Unclear", Selection(WORK, UNCLEAR), "Every subject says what its message is."),
    View("quarantine", "Quarantine", Selection((State.QUARANTINED,)), "Nothing has failed."),
    View(
        "administrator",
        "With the administrator",
        Selection((State.QUARANTINED,), HANDED_OVER),
        "The administrator has nothing to see to.",
    ),
    View("waiting-on-submitter", "Waiting on submitter", Selection((State.ASKED,)), "No question is open."),
    View("returned", "Returned", Selection((State.RETURNED,)), "Nothing has been returned yet.", Order.NEWEST),
    View("approved", "Approved", Selection((State.APPROVED,)), "Nothing is approved yet.", Order.NEWEST),
    View("published", "Published", Selection((State.APPROVED,), PUBLISHED), "Nothing is published yet.", Order.NEWEST),
    View("closed", "Closed", Selection((State.CLOSED,)), "Nothing has been closed yet.", Order.NEWEST),
    EVERYTHING,
)


def find(slug: str) -> View | None:
    """Find the view of this URL path."""
    return next((view for view in VIEWS if view.slug == slug), None)
