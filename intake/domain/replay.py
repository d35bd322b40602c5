"""What a submission must be by its events alone: told over again, so that a row that says otherwise shows.

Columns that no event tells of, such as a claim, which runs out by itself, are left out. What an earlier release did not
write into its events stays unknown, and unknown is compared with nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from intake.domain.message import MessageKind
from intake.domain.reference import number_of
from intake.domain.submission import State

Detail = Mapping[str, object]


class Columns:
    """What the events of one submission say of its columns."""

    __slots__ = ("_taken", "values")

    def __init__(self) -> None:
        """Begin before the first event."""
        self.values: dict[str, object] = {}
        self._taken: list[tuple[Mapping[str, object], int]] = []

    @property
    def events(self) -> dict[str, int]:
        """By column, the number of the event that has set it; put together when it is asked for, which is seldom."""
        setters = {column: seq for told, seq in self._taken for column in told}
        return {column: setters[column] for column in self.values}

    def take(self, told: Mapping[str, object], seq: int) -> None:
        """Let an event set columns."""
        self.values.update(told)
        self._taken.append((told, seq))

    def forget(self, column: str) -> None:
        """Let nothing be known of a column any more."""
        self.values.pop(column, None)


_RECEIPT: Final = ("raw_sha256", "size", "mailbox", "kind", "automatic", "record_sha256")
_NOT_DECIDED: Final = {"proposed_by": None, "decided_by": None, "decided_at": None}
_UNSET: Final = ("report_sha256", "dossier_sha256", "outcome", "kind_set_by", "thread_set_by", "handed_over_at")
_UNTOUCHED: Final = {
    **dict.fromkeys((*_UNSET, "publish_due")),
    "entries": 0,
    **_NOT_DECIDED,
    "state": State.RECEIVED,
}
"""What a submission is when it has just been received."""
_FILED: Final = "filed"


class Replay:
    """Tells the events of all submissions over again, in order."""

    def __init__(self) -> None:
        """Begin before the first event."""
        self.submissions: dict[int, Columns] = {}
        """By number."""

    def apply(self, seq: int, number: int, name: str, at: str, actor: str, detail: Detail) -> None:
        """Take in the next event about a submission; `name` is one of `TOLD`, `at` RFC 3339 text."""
        columns = self.submissions.get(number)
        if columns is None:
            columns = self.submissions[number] = Columns()
        columns.take(TOLD[name](_Happened(columns, at, actor, detail)), seq)


def carried_along(columns: Columns, moves: Sequence[tuple[int, int, int]]) -> None:
    """Let a message go along that had joined another one, when that was put into a case.

    Args:
        columns: of the message.
        moves: event, message and case of every `put_into_case`, in order.
    """
    thread, since = columns.values.get("thread"), columns.events.get("thread", 0)
    for seq, number, case in moves:
        if seq > since and thread == number:
            thread, since = case, seq
            columns.take({"thread": thread}, since)


class _Happened:
    """One event, and what was known before."""

    __slots__ = ("actor", "at", "columns", "detail")

    def __init__(self, columns: Columns, at: str, actor: str, detail: Detail) -> None:
        self.columns, self.at, self.actor, self.detail = columns, at, actor, detail

    def before(self, column: str) -> object:
        """Give a column's value before the event; None where it is not known."""
        return self.columns.values.get(column)

    def told(self, *names: str) -> dict[str, object]:
        """Pick these names from the event's detail, as far as it has them."""
        return {name: self.detail[name] for name in names if name in self.detail}


def _received(it: _Happened) -> dict[str, object]:
    return {**_UNTOUCHED, **it.told(*_RECEIPT)}


def _extracted(it: _Happened) -> dict[str, object]:
    read = it.told("kind", "dossier_sha256", "entries") | {"report_sha256": None, "outcome": None}
    if _FILED not in it.detail:  # an earlier release did not say
        it.columns.forget("state")
        return read
    return {**read, "state": State.FILED if it.detail[_FILED] else State.EXTRACTED, "thread": None}


def _in_review(_: _Happened) -> dict[str, object]:
    return {"state": State.IN_REVIEW, "proposed_by": None}


def _again(_: _Happened) -> dict[str, object]:
    return {"state": State.RECEIVED}


def _proposed(it: _Happened) -> dict[str, object]:
    return {"state": State.PROPOSED, "proposed_by": it.actor}


def _approved(it: _Happened) -> dict[str, object]:
    if "publish_due" not in it.detail:  # an earlier release did not say
        it.columns.forget("publish_due")
    return {"state": State.APPROVED, "decided_by": it.actor, "decided_at": it.at, **it.told("publish_due")}


def _published(it: _Happened) -> dict[str, object]:
    return {"publish_due": None} if it.detail.get("whole") else {}


def _decided(state: State) -> Callable[[_Happened], dict[str, object]]:
    def decided(it: _Happened) -> dict[str, object]:
        return {"state": state, "decided_by": it.actor, "decided_at": it.at, "proposed_by": None}

    return decided


def _closed(it: _Happened) -> dict[str, object]:
    return {**_decided(State.CLOSED)(it), "handed_over_at": None}


def _reopened(it: _Happened) -> dict[str, object]:
    was_filed = it.detail.get("before") == State.FILED
    if it.before("report_sha256") and not was_filed:
        return {**_NOT_DECIDED, "state": State.IN_REVIEW}
    kind = it.before("kind")
    kinds = {"kind": MessageKind.UNCLEAR if kind == MessageKind.OTHER else kind, "kind_set_by": it.actor}
    return {**_NOT_DECIDED, "state": State.RECEIVED, **kinds}


def _kind_set(it: _Happened) -> dict[str, object]:
    columns = {**it.told("kind"), "kind_set_by": it.actor}
    if it.detail.get("kind") == MessageKind.OTHER:
        return columns
    return {**columns, "state": State.RECEIVED, "proposed_by": None, "handed_over_at": None}


def _joined(it: _Happened) -> dict[str, object]:
    return {"thread": number_of(str(it.detail.get("case")))}


def _put(it: _Happened) -> dict[str, object]:
    case = number_of(str(it.detail.get("case")))
    settled = {"report_sha256": None, "outcome": None, "proposed_by": None, "thread_set_by": it.actor}
    return {**settled, "state": State.FILED, "thread": case}


def _split(it: _Happened) -> dict[str, object]:
    return {"state": State.RECEIVED, "thread_set_by": it.actor, "handed_over_at": None, "thread": None}


def _dossier(it: _Happened) -> dict[str, object]:
    return {key: value for key, value in it.told("dossier_sha256").items() if value}


TOLD: Mapping[str, Callable[[_Happened], dict[str, object]]] = {
    "received": _received,
    "extracted": _extracted,
    "examined": lambda it: it.told("report_sha256", "outcome"),
    "review_opened": _in_review,
    "quarantined": lambda _: {"state": State.QUARANTINED},
    "entries_published": _published,
    "retried": _again,
    "judged_again": _again,
    "corrections_applied": _dossier,
    "value_corrected": _dossier,
    "resolution_withdrawn": _dossier,
    "approval_proposed": _proposed,
    "approved": _approved,
    "returned": _decided(State.RETURNED),
    "asked": _decided(State.ASKED),
    "closed": _closed,
    "replied": _closed,
    "proposal_withdrawn": _in_review,
    "sent_back": _in_review,
    "question_answered": _in_review,
    "proposal_suspended": _in_review,
    "proposal_suspended_by_split": _in_review,
    "reopened": _reopened,
    "kind_set": _kind_set,
    "joined_case": _joined,
    "put_into_case": _put,
    "split_off": _split,
    "handed_over": lambda it: {"handed_over_at": it.at},
    "taken_back": lambda _: {"handed_over_at": None},
    "handed_back": lambda _: {"handed_over_at": None},
}
"""By an event's name: the columns that it sets."""
