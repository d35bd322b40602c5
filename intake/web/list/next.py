"""The next version of the list: what it would hold, what stands against it, and its way out by two people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from intake.domain.reference import reference
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import publish
from intake.pipeline.list.enter import read
from intake.pipeline.list.next_version import NextVersion
from intake.pipeline.list.path_clocks import path_clock
from intake.pipeline.list.publish import Outlook, PreflightRefusedError
from intake.publication.inventory import model_effects
from intake.publication.notices import dcc_notice, parties_notice
from intake.publication.preflight import Blemish
from intake.store import changes, submissions
from intake.store.changes import StoredChange
from intake.store.engine import Transaction
from intake.store.listing import EntryVersion
from intake.store.publications import Publication
from intake.web.clocks import deadline
from intake.web.list import names
from intake.web.page_request import PageRequest
from intake.web.pages import page

HOLD = "hold-"
LONGEST_NOTE = 20_000
"""Characters."""
_REFUSED = "The loader of the DCC would refuse what is marked ✗. Correct it, or hold the entry back."


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that the next version would add or change, or that is held back."""

    number: str
    versions: tuple[EntryVersion, ...]
    """All that was approved of it, oldest first."""
    submissions: tuple[str, ...]
    """References."""
    due: datetime
    """The end of the working day after the earliest decision."""
    blemishes: tuple[Blemish, ...]
    held: bool

    @property
    def refused(self) -> bool:
        """Whether the version cannot go out with it."""
        return not self.held and any(blemish.refused for blemish in self.blemishes)


def show(page_request: PageRequest) -> Response:
    """Show what stands prepared, and what the next version would be."""
    return page_of(page_request)


def prepare(page_request: PageRequest) -> Response:
    """Make every file of the version; or only look at it again without what is held back."""
    if page_request.form.get("step") != "prepare":
        return page_of(page_request)
    form = page_request.form
    try:
        publish.prepare(page_request.services, page_request.person, held=_held(form), note=_note(form))
    except PreflightRefusedError:
        return page_of(page_request, error=_REFUSED, status=409)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return RedirectResponse("/list/next?done=list-prepared", 303)


def release(page_request: PageRequest) -> Response:
    """Release what another person prepared."""
    try:
        done = publish.release(page_request.services, _number(page_request), page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return RedirectResponse(f"/list/versions/{quote(done.version, safe='')}?done=list-released", 303)


def withdraw(page_request: PageRequest) -> Response:
    """Give up what is prepared."""
    reason = page_request.form.get("reason", "").replace("\r\n", "\n")
    try:
        publish.withdraw(page_request.services, _number(page_request), reason, page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return RedirectResponse("/list/next?done=list-withdrawn", 303)


def page_of(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    """Show the page, with an error at its head if there is one."""
    services, form = page_request.services, page_request.form
    stands, stood = publish.standing(services)
    looked = publish.outlook(services, _held(form))
    with services.store.reading() as tx:
        lines = _lines(page_request, tx, looked)
        shown = _lines(page_request, tx, stood) if stood else []
    told = {line.number for line in lines}
    published = [blemish for blemish in looked.blemishes if blemish.refused and blemish.entry not in told]
    return page(
        page_request,
        "list/next.html",
        status=status,
        names=names,
        stands=stands,
        own=stands is not None and stands.prepared_by == page_request.person and services.config.review.four_eyes,
        stale=stood.stale if stood else "",
        drafted=_drafted(stands, stood) if stands and stood else None,
        prepared=shown,
        upcoming=looked.next,
        lines=lines,
        refused=bool(published) or any(line.refused for line in lines),
        published=published,
        rejected=looked.next.issue.rejected,
        effects=list(model_effects(looked.next.issue)),
        note=form.get("note", looked.note) if form.get("note", "") != form.get("generated", "") else looked.note,
        generated=looked.note,
        letters=_letters(looked.next, signed=publish.signs(services.config)),
        hold=HOLD,
        now=page_request.state.now(),
        deadline=deadline,
        error=error,
        notice=page_request.notice,
    )


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a prepared version would tell people."""

    note: str
    effects: Sequence[object]
    letters: Sequence[tuple[str, str, str]]


def _drafted(stands: Publication, stood: Outlook) -> Drafted:
    signed = any(name.endswith(".p7s") for name in stands.files)
    return Drafted(
        stands.note or stood.note, list(model_effects(stood.next.issue)), _letters(stood.next, signed=signed)
    )


def _letters(upcoming: NextVersion, *, signed: bool) -> list[tuple[str, str, str]]:
    """Drafts of the notices: to whom, subject, text."""
    if not upcoming.approved:
        return []
    dcc, parties = dcc_notice(upcoming.issue, signed=signed), parties_notice(upcoming.issue)
    return [("the DCC", dcc.subject, dcc.text), ("all SEC Parties", parties.subject, parties.text)]


def _lines(page_request: PageRequest, tx: Transaction, looked: Outlook) -> list[Line]:
    every = (*looked.next.approved, *looked.next.held)
    stored = changes.by_number(tx, {version.change for version in every if version.change is not None})
    grouped: dict[str, list[EntryVersion]] = {}
    for version in every:
        grouped.setdefault(version.entry.number, []).append(version)
    held_back = {version.entry.number for version in looked.next.held}
    blemishes: dict[str, list[Blemish]] = {}
    for blemish in looked.blemishes:
        blemishes.setdefault(blemish.entry, []).append(blemish)
    return [
        Line(
            number,
            tuple(versions),
            tuple(reference(message) for message in _messages(versions, stored)),
            min(_due(page_request, tx, version, stored) for version in versions),
            tuple(blemishes.get(number, ())),
            number in held_back,
        )
        for number, versions in sorted(grouped.items())
    ]


def _messages(versions: Sequence[EntryVersion], stored: Mapping[int, StoredChange]) -> list[int]:
    messages = (
        stored[version.change].message
        for version in versions
        if version.change is not None and version.change in stored
    )
    return list(dict.fromkeys(message for message in messages if message is not None))


def _due(
    page_request: PageRequest, tx: Transaction, version: EntryVersion, stored: Mapping[int, StoredChange]
) -> datetime:
    """When the version that publishes it is due: by its submission, by the decision, or by an upgrade path's clock."""
    change = stored.get(version.change or 0)
    message = change.message if change is not None else None
    due = submissions.get(tx, message).publish_due if message is not None else None
    due = due or page_request.services.calendar.publish_due(version.recorded_at)
    clock = path_clock(page_request.services, change, read(change.request).change) if change is not None else None
    return min(due, clock.due) if clock else due


def _held(form: Mapping[str, str]) -> list[str] | None:
    """The entries that are ticked; None where the form asks for none, so that holds stand as they stood."""
    if "step" not in form:
        return None
    return sorted(name.removeprefix(HOLD) for name in form if name.startswith(HOLD))


def _note(form: Mapping[str, str]) -> str:
    """The note as a person wrote it; empty where it was left as it was generated, as then it is generated anew."""
    note, generated = (_lines_of(form.get(name, "")) for name in ("note", "generated"))
    return "" if note == generated else note[:LONGEST_NOTE]


def _lines_of(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _number(page_request: PageRequest) -> int:
    text = page_request.form.get("publication", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0  # noqa: PLR2004  # digits that any store can hold
