"""One field of a form: what each document states of it, as it stands there, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from intake.extract.views import View, Wanted
from intake.pipeline.evidence.views import evidence, shown
from intake.pipeline.people import access
from intake.render.differs import Marked, unmarked
from intake.render.entry_view import EntryView, entry_views
from intake.render.exhibits import Exhibit, exhibits
from intake.render.frame import Frame, frame_of
from intake.web.entry_pages import address
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem

_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """A field of an entry, to go to."""

    entry: int
    field: str


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """A statement with what is shown of its document."""

    exhibit: Exhibit
    view: View | None
    """None where its document is not asked, as a form's cells are known already."""

    @property
    def frame(self) -> Frame | None:
        """Where it stands on the picture; None where there is no picture."""
        if self.view is None or not self.view.image or self.exhibit.where is None:
            return None
        return frame_of(self.exhibit.where, self.view.size)

    @property
    def lines(self) -> tuple[tuple[int, Marked], ...]:
        """The lines around it, with the statement marked as far as it stands in one of them."""
        here = self.exhibit.where.line if self.exhibit.where is not None else None
        lines = self.view.lines if self.view is not None else ()
        return tuple((at, _marked(line, self.exhibit.value) if at == here else unmarked(line)) for at, line in lines)

    @property
    def trouble(self) -> str:
        """Why nothing can be shown; empty where something is."""
        if self.view is None:
            return ""
        if self.view.trouble:
            return self.view.trouble
        gone = not (self.view.image or self.view.lines)
        return "The document has no such place any more; download it to look at it." if gone else ""


def show(page_request: PageRequest) -> Response:
    """Show the page; 404 where the submission has no such entry or field."""
    submission, dossier, report = evidence(page_request.services, page_request.number())
    entries, here = entry_views(dossier, report), _step(page_request)
    entry = next((entry for entry in entries if entry.ordinal == here.entry), None)
    views = [view for view in entry.fields if view.row.field == here.field] if entry is not None else []
    if dossier is None or entry is None or not views:
        return problem(page_request, 404, "No such field", "This submission has no form with this field.")
    stated = exhibits(dossier, entry, here.field)
    wanted = [_wanted(exhibit) for exhibit in stated]
    seen = shown(page_request.services, submission, [view for view in wanted if view is not None])
    before, behind = _neighbours(entries, here)
    if page_request.session is not None:
        looked_at = [(statement.document, statement.sha256) for statement in stated if statement.sha256]
        begun = page_request.session.started_at
        access.viewed(page_request.services, submission.id, page_request.person, looked_at, begun)
    return page(
        page_request,
        "evidence.html",
        submission=submission,
        entry=entry,
        field=views[0],
        points=[point for point in entry.points if here.field in point.fields],
        exhibits=_views(stated, wanted, seen),
        before=before,
        behind=behind,
        back_to=address(page_request, entry.ordinal),
    )


def _step(page_request: PageRequest) -> Step:
    """The entry and field that the address names; entry 0, which there is none of, where it names no number."""
    path = page_request.request.path_params
    number: str = path["entry"]
    counted = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    return Step(int(number) if counted else 0, path["field"])


def _wanted(exhibit: Exhibit) -> Wanted | None:
    """What is to be shown of the exhibit's document."""
    where = exhibit.where
    if where is None or not exhibit.sha256:
        return None
    if where.page is not None:
        return Wanted(exhibit.sha256, page=where.page)
    return Wanted(exhibit.sha256, line=where.line) if where.line is not None else None


def _views(
    stated: Sequence[Exhibit], wanted: Sequence[Wanted | None], seen: Mapping[Wanted, View]
) -> list[ExhibitView]:
    pairs = zip(stated, wanted, strict=True)
    return [ExhibitView(exhibit, seen.get(view) if view is not None else None) for exhibit, view in pairs]


def _neighbours(entries: Sequence[EntryView], here: Step) -> tuple[Step | None, Step | None]:
    """The fields before and behind this one of which there is anything to see."""
    steps = dict.fromkeys(
        Step(entry.ordinal, view.row.field)
        for entry in entries
        for view in entry.fields
        if not view.empty or (entry.ordinal, view.row.field) == (here.entry, here.field)
    )
    walk = list(steps)
    at = walk.index(here)
    return (walk[at - 1] if at > 0 else None), (walk[at + 1] if at + 1 < len(walk) else None)


def _marked(line: str, value: str) -> Marked:
    """The line with the value marked; all of it where the value goes on beyond it."""
    before, here, behind = line.partition(value)
    if not value or not here:
        return ((line, True),)
    return tuple((text, differs) for text, differs in ((before, False), (here, True), (behind, False)) if text)
