"""What an operations manager asks: how much came, how fast it went, what waits, what is wrong, and whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock

from intake.clock import LONDON
from intake.domain import records
from intake.domain.message import MessageKind
from intake.domain.reference import reference
from intake.domain.submission import State
from intake.domain.working_days import WorkingCalendar
from intake.errors import IntakeError
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind
from intake.store import figures
from intake.store.figures import Arrival
from rules.catalogue import all_rules
from rules.finding import Outcome, Report, Severity, Verdict

_MOST_REPORTS = 1_000
"""Read for the most frequent findings: the newest of the period."""
_MOST_BARS = 15
_OLDEST = 10
_IDENTIFIER = re.compile(r"\(([^()]+)\)$")
"""Behind a manufacturer's name, as a summary has it."""
_REMEMBERED = 5_000
"""Reports whose failed rules this process remembers; a report is named by its digest and never changes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, and the cells of its row in the table."""

    label: str
    value: float
    """What the bar's length is by."""
    said: str
    """What stands at its end."""
    cells: tuple[str, ...]
    """Its row, one text a column."""
    late: bool = False
    """It counts what has missed a limit."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One question with its answer."""

    slug: str
    title: str
    says: str
    """What is counted, and within which limit."""
    columns: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class _Period:
    """What there is to count."""

    services: Services
    since: date
    now: datetime
    submissions: tuple[Arrival, ...]
    others: tuple[Arrival, ...]
    again: frozenset[int]
    oldest: tuple[Arrival, ...]
    published: Mapping[int, datetime]
    rejections: tuple[str, ...]
    """Of versions of the list, by the DCC; each reason as recorded."""
    corrected: tuple[datetime, ...]
    """When an entry of the list was corrected."""
    entries: Mapping[date, int]
    """How many entries the register knew at the end of each month, by its first day; none where none was corrected."""

    @property
    def calendar(self) -> WorkingCalendar:
        return self.services.calendar


def charts(services: Services, days: int) -> tuple[Chart, ...]:
    """Answer every question about the last so many days.

    Raises:
        UnreachableError: the store or the archive did not answer.
    """
    now = services.clock.now()
    since = now.astimezone(LONDON).date() - timedelta(days=days)
    begins = _midnight(since)
    with services.store.reading() as tx:
        came = figures.arrived(tx, begins, now + timedelta(days=1))
        again, oldest = figures.sent_again(tx, begins), figures.oldest_open(tx, _OLDEST)
        published, rejections = figures.published(tx, begins), figures.rejections(tx, begins)
        months = _months(since, now.astimezone(LONDON).date())
        corrected = figures.corrected(tx, ChangeKind.CORRECT.value, _midnight(months[0]))
        ends = [_midnight(_next_month(month)) for month in months]
        entries = dict(zip(months, figures.entries_until(tx, ends), strict=True)) if corrected else {}
    counts = {MessageKind.SUBMISSION, MessageKind.UPDATE, MessageKind.UNCLEAR}
    ours = tuple(arrival for arrival in came if not arrival.automatic and arrival.kind in counts)
    others = tuple(set(came) - set(ours))
    period = _Period(services, since, now, ours, others, again, oldest, published, rejections, corrected, entries)
    return tuple(chart(period) for chart in _CHARTS)


def _arrivals(period: _Period) -> Chart:
    """By week, those without any too, so that a quiet week is seen; the first one begins with the period."""
    ours, others = (Counter(_monday(arrival) for arrival in some) for some in (period.submissions, period.others))
    week, bars = period.since - timedelta(days=period.since.weekday()), []
    while week <= period.now.astimezone(LONDON).date():
        begins = max(week, period.since)
        label = f"{begins.day} {begins:%b %Y}"
        bars.append(_bar(label, ours[week], begins.isoformat(), str(ours[week]), str(others[week])))
        week += timedelta(days=7)
    says = "Submissions, updates and unclear mail by the week in which they arrived; the table counts other mail too."
    return Chart("arrivals", "Arrivals", says, ("Week from", "Submissions", "Other mail"), tuple(bars))


def _monday(arrival: Arrival) -> date:
    day = arrival.received_at.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def _acknowledged(period: _Period) -> Chart:
    owed = [arrival for arrival in period.submissions if arrival.acknowledgement in _OWED]
    sent = [(arrival, arrival.acknowledged_at) for arrival in owed if arrival.acknowledged_at is not None]
    unsent = [arrival for arrival in owed if arrival.acknowledged_at is None]
    counted = (
        ("By the end of the next working day", sum(at <= arrival.acknowledge_due for arrival, at in sent), False),
        ("Later", sum(at > arrival.acknowledge_due for arrival, at in sent), True),
        ("Not yet, within the limit", sum(arrival.acknowledge_due >= period.now for arrival in unsent), False),
        ("Not yet, and the limit has passed", sum(arrival.acknowledge_due < period.now for arrival in unsent), True),
    )
    says = "Limit: the end of the working day after the arrival."
    return Chart("acknowledgement", "Time to acknowledge", says, _COUNTED, _counts(counted, len(owed)))


_OWED = frozenset({"queued", "held", "sent", "refused", "bounced"})
_COUNTED = ("Acknowledged", "Submissions", "Share")


def _decided(period: _Period) -> Chart:
    limit = period.services.config.review.decide_within_days
    took = Counter(
        min(period.calendar.working_days_between(arrival.received_at, arrival.decided_at), limit + 1)
        for arrival in period.submissions
        if arrival.decided_at is not None and arrival.state in {State.APPROVED, State.RETURNED}
    )
    waits = [arrival for arrival in period.submissions if arrival.state in _WAITS]
    late = [arrival for arrival in waits if period.calendar.decide_due(arrival.received_at, limit) < period.now]
    counted = (
        *((_working_days(days), took[days], False) for days in range(limit + 1)),
        (f"More than {_working_days(limit)}", took[limit + 1], True),
        ("Undecided, within the limit", len(waits) - len(late), False),
        ("Undecided, and the limit has passed", len(late), True),
    )
    says = f"Working days from the arrival until it was approved or returned. Limit: {_working_days(limit)}."
    columns = ("Decided after", "Submissions", "Share")
    return Chart("decision", "Time to decide", says, columns, _counts(counted, took.total() + len(waits)))


_WAITS = frozenset({State.IN_REVIEW, State.PROPOSED, State.QUARANTINED, State.ASKED})


def _working_days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def _published(period: _Period) -> Chart:
    approved = [
        (period.calendar.publish_due(arrival.decided_at), period.published.get(arrival.number))
        for arrival in period.submissions
        if arrival.state is State.APPROVED and arrival.decided_at is not None
        if arrival.publish_due is not None or arrival.number in period.published
    ]
    counted = (
        ("By the end of the next working day", sum(at is not None and at <= due for due, at in approved), False),
        ("Later", sum(at is not None and at > due for due, at in approved), True),
        ("Not yet, within the limit", sum(at is None and due >= period.now for due, at in approved), False),
        ("Not yet, and the limit has passed", sum(at is None and due < period.now for due, at in approved), True),
    )
    says = (
        "Approved submissions, by when all of their entries stood in a version of the list. "
        "Limit: the end of the working day after the approval."
    )
    columns = ("Published", "Submissions", "Share")
    return Chart("publication", "Time to publish", says, columns, _counts(counted, len(approved)))


def _oldest(period: _Period) -> Chart:
    limit, bars = period.services.config.review.decide_within_days, []
    for arrival in period.oldest:
        days = max(period.calendar.working_days_between(arrival.received_at, period.now), 0)
        name, since = reference(arrival.number), arrival.received_at.astimezone(LONDON).date().isoformat()
        late = period.calendar.decide_due(arrival.received_at, limit) < period.now
        bars.append(Bar(name, days, _working_days(days), (name, since, str(days), "yes" if late else "no"), late))
    says = "What has waited longest for a decision or an answer, whenever it came."
    columns = ("Reference", "Arrived", "Working days", "Limit has passed")
    return Chart("oldest", "Oldest open", says, columns, tuple(bars))


def _findings(period: _Period) -> Chart:
    reports = [arrival.report_sha256 for arrival in period.submissions if arrival.report_sha256][:_MOST_REPORTS]
    counts = Counter(rule for sha256 in reports for rule in _failed(period.services, sha256))
    titles = {rule.id: rule.title for rule in all_rules()}
    bars = tuple(
        _bar(titles.get(rule, rule), count, titles.get(rule, rule), rule, str(count), _share(count, len(reports)))
        for rule, count in counts.most_common(_MOST_BARS)
    )
    says = f"Checks that failed, by the number of submissions; read were {len(reports)} reports, notes left out."
    return Chart("findings", "Most frequent findings", says, ("Check", "Rule", "Submissions", "Share"), bars)


_rules_failed: dict[str, frozenset[str]] = {}
_remembering = Lock()


def _failed(services: Services, sha256: str) -> frozenset[str]:
    """The rules that a report finds broken; nothing of a report that cannot be read, which `evidence verify` names."""
    rules = _rules_failed.get(sha256)
    if rules is not None:
        return rules
    try:
        told = frozenset(_failures(records.report(services.archive.get(sha256))))
    except (IntakeError, KeyError, ValueError):
        return frozenset()
    with _remembering:
        if len(_rules_failed) >= _REMEMBERED:
            _rules_failed.clear()
        _rules_failed[sha256] = told
    return told


def _failures(report: Report) -> Iterator[str]:
    for entry in report.entries:
        for ruling in entry.rulings:
            if ruling.verdict is Verdict.FAIL and ruling.severity is not Severity.NOTE:
                yield ruling.rule


def _right_first(period: _Period) -> Chart:
    """Of those that begin a case, bring a form and were judged; a second attempt is no first."""
    first = [
        arrival for arrival in period.submissions
        if arrival.begins and arrival.entries and arrival.outcome and arrival.number not in period.again
    ]  # fmt: skip
    sent = Counter(_maker(arrival) for arrival in first)
    ready = Counter(_maker(arrival) for arrival in first if arrival.outcome == Outcome.READY)
    spelt = Counter(arrival.manufacturer for arrival in first)
    names = {_identifier(name): name for name in sorted(spelt, key=lambda name: _telling(name, spelt[name]))}
    bars = tuple(
        Bar(
            label=f"{names[maker] or 'not stated'}: {ready[maker]} of {count}",
            value=100 * ready[maker] / count,
            said=_share(ready[maker], count),
            cells=(names[maker] or "not stated", str(count), str(ready[maker]), _share(ready[maker], count)),
        )
        for maker, count in sent.most_common(_MOST_BARS)
    )
    says = "Submissions that the rules found ready as they first came, of each manufacturer’s first attempts."  # noqa: RUF001  # a page's own apostrophe
    columns = ("Manufacturer", "First attempts", "Ready", "Share")
    return Chart("first-time-right", "First time right", says, columns, bars)


def _maker(arrival: Arrival) -> str:
    return _identifier(arrival.manufacturer)


def _identifier(manufacturer: str) -> str:
    """The manufacturer's identifier, by which one that is named on some forms and not on others is one."""
    match = _IDENTIFIER.search(manufacturer)
    return match[1] if match else manufacturer


def _telling(manufacturer: str, count: int) -> tuple[bool, int, int, str]:
    """Sorts last how a manufacturer is told: by a name, where there is one, and the one that most submissions state."""
    return (_IDENTIFIER.search(manufacturer) is not None, count, len(manufacturer), manufacturer)


def _rejected(period: _Period) -> Chart:
    """By reason, however it is spelt; a reason is what a person has written down."""
    spelt: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for reason in period.rejections:
        key = " ".join(reason.casefold().split()).rstrip(".")
        spelt.setdefault(key, " ".join(reason.split()))
        counts[key] += 1
    bars = tuple(_bar(spelt[key], count, spelt[key], str(count)) for key, count in counts.most_common(_MOST_BARS))
    says = "Versions of the list that the DCC’s loader rejected, by the reason that was recorded."  # noqa: RUF001  # a page's own apostrophe
    return Chart("dcc-rejections", "Rejected by the DCC", says, ("Reason", "Versions"), bars)


def _corrections(period: _Period) -> Chart:
    """By month: a correction of an entry counts once, whatever it changed of it."""
    counts = Counter(at.astimezone(LONDON).date().replace(day=1) for at in period.corrected)
    bars = []
    for month, entries in period.entries.items():
        rate = 100 * counts[month] / entries if entries else 0.0
        cells = (f"{month:%Y-%m}", str(counts[month]), str(entries), f"{rate:.2f}")
        bars.append(Bar(f"{month:%B %Y}", rate, f"{rate:.2f}", cells))
    says = "Corrections of entries for every 100 entries that the list had by the end of the month."
    columns = ("Month", "Corrections", "Entries", "Corrections per 100 entries")
    return Chart("corrections", "Corrections per 100 entries", says, columns, tuple(bars) if period.corrected else ())


def _months(since: date, until: date) -> list[date]:
    """The first day of every month from one day to another."""
    months, month = [], since.replace(day=1)
    while month <= until:
        months.append(month)
        month = _next_month(month)
    return months


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), LONDON)


def _bar(label: str, value: int, *cells: str) -> Bar:
    return Bar(label, value, str(value), cells)


def _counts(counted: Iterable[tuple[str, int, bool]], total: int) -> tuple[Bar, ...]:
    return tuple(
        Bar(label, count, str(count), (label, str(count), _share(count, total)), late) for label, count, late in counted
    )


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.0f} %" if total else "0 %"


_CHARTS: Sequence[Callable[[_Period], Chart]] = (
    _arrivals,
    _acknowledged,
    _decided,
    _published,
    _oldest,
    _findings,
    _right_first,
    _rejected,
    _corrections,
)
