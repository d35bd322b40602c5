"""What a person may do beside the findings of a submission, as its page offers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from intake.pipeline.case.case import Case
from intake.pipeline.review.resolve import OPEN, Evidence, evidence_of
from intake.render.correctable import Choice, choices
from intake.render.entry_view import EntryView
from intake.render.points import Point
from intake.web.page_request import PageRequest
from intake.web.point_drafts import begun, form_of

MOST_CHOICES = 150
"""Values beside an entry; where a message brings more, they are corrected from the point that they belong to."""


@dataclass(frozen=True, slots=True)
class Settling:
    """The forms beside the findings; each keeps what was typed into it where it was refused."""

    page_request: PageRequest
    case: Case

    @property
    def open(self) -> bool:
        """Whether this person may settle anything here now."""
        return self.page_request.decides and self.case.submission.state in OPEN

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What a person may point to."""
        members = tuple(turn.submission for turn in self.case.thread)
        return evidence_of(self.case.submission, self.case.dossier, members)

    def choices(self, entry: EntryView, point: Point | None = None) -> list[tuple[str, list[Choice]]]:
        """Give what may be corrected, by document; of one point what has to do with it; nothing where that is much."""
        dossier = self.case.dossier
        listed = choices(dossier, entry.entry, point) if dossier is not None else ()
        if len(listed) > MOST_CHOICES:
            return []
        return [(group, list(some)) for group, some in groupby(listed, key=lambda choice: choice.group)]

    @property
    def begun(self) -> int:
        """In how many forms something stands that this person has typed and not yet said."""
        return len(begun(self.case)) if self.open else 0

    def posted(self, name: str, entry: EntryView, point: Point | None = None) -> bool:
        """Tell whether the form with this field, beside this point, was refused just now or begun before."""
        return name in self._fields(name, entry, point)

    def typed(self, name: str, entry: EntryView, point: Point | None = None) -> str:
        """Give what was typed into that form; empty in every other."""
        form = "reason" if name in {"reason", "evidence"} else "why"
        return self._fields(form, entry, point).get(name, "")

    def _fields(self, name: str, entry: EntryView, point: Point | None) -> Mapping[str, str]:
        """The fields of the form that has this one: of what was posted just now, else of what is kept."""
        here = {"entry": str(entry.number), "point": point.key if point is not None else "", name: ""}
        posted = self.page_request.form
        if name in posted and form_of(posted) == form_of(here):
            return posted
        return begun(self.case).get(form_of(here), {})
