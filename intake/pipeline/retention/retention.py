"""Tells which closed cases may be disposed of, and why another may not.

A case goes as a whole: every message of it. What is still on the list, is held, is open or has a letter that waits for
somebody is kept, and so is everything where no period is configured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from intake.clock import LONDON
from intake.config.evidence import RetentionConfig, S3EvidenceConfig
from intake.domain.reference import reference
from intake.domain.search_facts import FactKind, code, words
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.register.effects import REMOVED
from intake.store import changes, erase, facts, holds, listing, outbox, submissions, threads
from intake.store.engine import Transaction
from intake.store.holds import Hold, Scope
from intake.store.outbox import WAITING_FOR_A_PERSON as LETTER_WAITS
from intake.store.outbox import LetterState
from intake.store.submissions import Submission
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import published

MOST = 1_000
"""Cases that one disposal may be about."""
_AT_A_TIME = 200
_KINDS = (FactKind.MODEL, FactKind.MANUFACTURER, FactKind.HARDWARE, FactKind.FIRMWARE)
_LETTER_WAITS = LETTER_WAITS | {LetterState.QUEUED}
_LEAP_DAY = (2, 29)


class RecordKind(StrEnum):
    """What a case is to a records manager; each has a period of its own."""

    LISTED = "listed"
    """It came onto the list."""
    RETURNED = "returned"
    OTHER = "other"
    """It was settled without a decision on the list."""


_MAY_BE: Mapping[State, tuple[RecordKind, ...]] = {
    State.APPROVED: (RecordKind.LISTED,),
    State.RETURNED: (RecordKind.LISTED, RecordKind.RETURNED),
    State.CLOSED: tuple(RecordKind),
    State.FILED: tuple(RecordKind),
}
"""What a case can be, by where the message stands that begins it."""
SETTLED = frozenset(_MAY_BE)
"""Where a message stands that waits for nobody."""


@dataclass(frozen=True, slots=True)
class Due:
    """A case that may be disposed of."""

    number: int
    """Of the message that begins it."""
    messages: tuple[int, ...]
    subject: str
    kind: RecordKind
    since: date
    """The day from which its period is counted."""
    due: date
    """The first day on which it may go."""

    @property
    def reference(self) -> str:
        """Give the reference that people know it by."""
        return reference(self.number)


@dataclass(frozen=True, slots=True)
class Kept:
    """A case that may not be disposed of."""

    number: int
    why: str
    """A sentence without its stop, which begins in lower case."""


@dataclass(frozen=True, slots=True)
class _On:
    """What every case is judged by."""

    config: RetentionConfig
    lock_years: int
    """For which Object Lock lets nobody remove evidence; 0 where there is none."""
    today: date
    holds: tuple[Hold, ...]
    listed: Mapping[str, frozenset[tuple[str, str]]]
    """By model, hardware and firmware of every entry that is on the list."""

    def years(self, kind: RecordKind) -> int:
        """Give the period of a kind of case; 0: for ever."""
        periods = {
            RecordKind.LISTED: self.config.listed_years,
            RecordKind.RETURNED: self.config.returned_years,
            RecordKind.OTHER: self.config.other_years,
        }
        return periods[kind]


def due(services: Services, most: int = MOST) -> tuple[Due, ...]:
    """List the cases that may be disposed of today, those that arrived first before others.

    Raises:
        UnreachableError: the store did not answer.
    """
    if not services.config.retention.any:
        return ()
    with services.store.reading() as tx:
        on = _on(services, tx)
        judged = (judge_case(tx, on, number) for number in _candidates(tx, on))
        ready: list[Due] = []
        for verdict in judged:
            if isinstance(verdict, Due):
                ready.append(verdict)
                if len(ready) == most:
                    break
    return tuple(ready)


def judge(services: Services, tx: Transaction, numbers: Iterable[int]) -> tuple[Due | Kept, ...]:
    """Say of each of these cases whether it may be disposed of today.

    Raises:
        NoSuchSubmissionError: there is no message of one of the numbers.
    """
    on = _on(services, tx)
    return tuple(judge_case(tx, on, number) for number in numbers)


def held_by(tx: Transaction, number: int, standing: Sequence[Hold]) -> tuple[Hold, ...]:
    """List those of the holds that stand which keep the case of a message from being disposed of.

    Raises:
        NoSuchSubmissionError: there is no such message.
    """
    begins = submissions.get(tx, number).case
    numbers = (begins, *(member.id for member in threads.messages_of(tx, begins)))
    told = facts.values_of(tx, numbers, _KINDS)
    return tuple(hold for hold in standing if _names(hold, numbers, told))


def _on(services: Services, tx: Transaction) -> _On:
    evidence = services.config.evidence
    listed: dict[str, set[tuple[str, str]]] = {}
    for entry in listing.all_entries(tx) or ():
        if entry.status != REMOVED:
            model, hardware, firmware = _device(entry)
            listed.setdefault(model, set()).add((hardware, firmware))
    return _On(
        services.config.retention,
        evidence.retain_years if isinstance(evidence, S3EvidenceConfig) else 0,
        services.clock.now().astimezone(LONDON).date(),
        holds.standing(tx),
        {model: frozenset(versions) for model, versions in listed.items()},
    )


def _device(entry: RegisterEntry) -> tuple[str, str, str]:
    """Model, hardware and firmware as facts of submissions have them."""
    hardware = published(entry, FormField.HARDWARE_VERSION) + published(entry, FormField.HARDWARE_REVISION)
    model, firmware = published(entry, FormField.MODEL_IDENTIFIER), published(entry, FormField.FIRMWARE_VERSION)
    return code(model), code(hardware), code(firmware)


def _candidates(tx: Transaction, on: _On) -> Iterator[int]:
    """Yield the cases that are old enough for what they can be: no period ends sooner after an arrival.

    Left out is what its first message keeps, as that is told of many at once.
    """
    until = {state: _latest(on, min(periods)) for state in _MAY_BE if (periods := _periods(on, state))}
    after: tuple[datetime, int] | None = None
    while until and (some := erase.closed_cases(tx, until, after, _AT_A_TIME)):
        told = facts.values_of_each(tx, [number for _, number in some], _KINDS)
        yield from (number for _, number in some if not _is_listed(on, told[number]))
        after = some[-1]


def _periods(on: _On, state: State) -> list[int]:
    return [years for kind in _MAY_BE[state] if (years := on.years(kind))]


def _latest(on: _On, years: int) -> datetime:
    return datetime.combine(years_after(on.today, -years) + timedelta(days=1), time(), LONDON)


def judge_case(tx: Transaction, on: _On, number: int) -> Due | Kept:
    """Say whether a case may be disposed of."""
    begins = submissions.get(tx, number)
    members = (begins, *threads.messages_of(tx, number))
    numbers = tuple(member.id for member in members)
    told = facts.values_of(tx, numbers, _KINDS)
    why = _not_closed(tx, members) or _on_the_list(tx, on, numbers, told) or _held(on, numbers, told)
    if why:
        return Kept(number, why)
    kind, since = _counted_from(tx, members)
    years = on.years(kind)
    if since is None or not years:
        return Kept(number, "it is kept for ever")
    first = years_after(since, years)
    if on.lock_years:
        archived = max(member.recorded_at for member in members).astimezone(LONDON).date()
        first = max(first, years_after(archived, on.lock_years))
    if first > on.today:
        return Kept(number, f"its period ends on {first:%d/%m/%Y}")
    return Due(number, numbers, begins.subject, kind, since, first)


def _not_closed(tx: Transaction, members: Sequence[Submission]) -> str:
    for member in members:
        if member.disposed_at is not None:
            return f"{member.reference} is disposed of already"
        if member.thread is not None and member is members[0]:
            return f"{member.reference} belongs to the case {reference(member.thread)}"
        if member.state not in SETTLED or member.publish_due is not None:
            return f"{member.reference} is not closed"
        if any(letter.state in _LETTER_WAITS for letter in outbox.of_message(tx, member.id)):
            return f"a letter about {member.reference} has not been settled"
    if erase.without_salt(tx, [member.id for member in members]):
        return "an earlier release recorded it, whose digests would tell what they are of"
    return ""


def _on_the_list(tx: Transaction, on: _On, numbers: Sequence[int], told: dict[FactKind, set[str]]) -> str:
    """Whether an entry that came of it is on the list, or its Device Model is, by whatever entry."""
    for entry in _entries(tx, numbers):
        if entry.status != REMOVED:
            return f"its entry {entry.number} is on the list"
    return "its Device Model is on the list" if _is_listed(on, told) else ""


def _is_listed(on: _On, told: Mapping[FactKind, set[str]]) -> bool:
    """Whether a Device Model that was stated is on the list."""
    hardware, firmware = told[FactKind.HARDWARE], told[FactKind.FIRMWARE]
    versions = (version for model in told[FactKind.MODEL] for version in on.listed.get(model, ()))
    return any(version[0] in hardware and version[1] in firmware for version in versions)


def _entries(tx: Transaction, numbers: Sequence[int]) -> Iterator[RegisterEntry]:
    """What the entries that came of these messages say now."""
    made = [change.id for number in numbers for change in changes.of_message(tx, number)]
    named = {entry for change in made for entry in listing.numbers_of(tx, change)}
    yield from (version.entry for version in listing.newest_of(tx, sorted(named)).values())


def _held(on: _On, numbers: Sequence[int], told: dict[FactKind, set[str]]) -> str:
    hold = next((hold for hold in on.holds if _names(hold, numbers, told)), None)
    return "" if hold is None else f"hold {hold.id} is on the {hold.scope.value} {hold.value}"


def _names(hold: Hold, numbers: Sequence[int], told: dict[FactKind, set[str]]) -> bool:
    if hold.scope is Scope.SUBMISSION:
        return hold.value in {reference(number) for number in numbers}
    if hold.scope is Scope.MODEL:
        return code(hold.value) in told[FactKind.MODEL]
    names = told[FactKind.MANUFACTURER]
    return code(hold.value) in names or set(words(hold.value)) <= names


def _counted_from(tx: Transaction, members: Sequence[Submission]) -> tuple[RecordKind, date | None]:
    """Of which kind a case is, and from which day its period counts; None where that day has not come."""
    if any(member.state is State.APPROVED for member in members):
        return RecordKind.LISTED, _removed_on(tx, [member.id for member in members])
    kind = RecordKind.RETURNED if any(member.state is State.RETURNED for member in members) else RecordKind.OTHER
    settled = max(member.decided_at or member.received_at for member in members)
    return kind, settled.astimezone(LONDON).date()


def _removed_on(tx: Transaction, numbers: Sequence[int]) -> date | None:
    """The day on which the last of its entries was Removed; None where none is known to have been."""
    made = [change.id for number in numbers for change in changes.of_message(tx, number)]
    named = sorted({entry for change in made for entry in listing.numbers_of(tx, change)})
    days = [version.effective for version in (_first_removed(tx, entry) for entry in named) if version]
    return max(days) if days and len(days) == len(named) else None


def _first_removed(tx: Transaction, number: str) -> listing.EntryVersion | None:
    """The version of an entry from which on it has been Removed without a break; None where it is not."""
    last: listing.EntryVersion | None = None
    for version in reversed(listing.history(tx, number)):
        if version.entry.status != REMOVED:
            break
        last = version
    return last


def years_after(day: date, years: int) -> date:
    """Give the same day so many years later; 1 March for a leap day in a year without one, so never too early."""
    if (day.month, day.day) == _LEAP_DAY:
        try:
            return day.replace(year=day.year + years)
        except ValueError:
            return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)
