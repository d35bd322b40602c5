"""What a person has begun to say of points, kept as it is typed, by the form it was typed into, until it is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from intake.domain.review import Written
from intake.pipeline.case import drafts
from intake.pipeline.case.case import Case
from intake.store.drafts import Draft
from intake.web.decision_form import lines
from intake.web.page_request import PageRequest

_TYPED = ("reason", "value", "why")
_FIELDS = (*_TYPED, "entry", "point", "evidence", "what")
_MOST_FORMS, _MOST_CHARACTERS = 40, 4_000
"""What is kept of one case for one person: the newest forms, and so much of each field."""

Points = Mapping[str, Mapping[str, str]]


def form_of(fields: Mapping[str, str]) -> str:
    """Name the form that these are the fields of: the point that it settles, or beside which it corrects a value."""
    return f"{'settle' if 'reason' in fields else 'correct'} {fields.get('entry', '')} {fields.get('point', '')}"


def begun(case: Case) -> Points:
    """Give what the person who looks has begun to say, by form."""
    draft = next((draft for draft in case.drafts if draft.action is Written.POINT), None)
    return _read(draft.letter) if draft is not None else {}


def keep(page_request: PageRequest, number: int) -> Draft:
    """Keep what is typed into one form; a form that was emptied is forgotten."""
    form = page_request.form
    fields = {name: lines(form[name])[:_MOST_CHARACTERS] for name in _FIELDS if name in form}
    said = any(fields.get(name, "").strip() for name in _TYPED)
    return _put(page_request, number, form_of(fields), fields if said else {})


def forget(page_request: PageRequest, number: int) -> None:
    """Forget what was typed into the form that has just done what it says."""
    _put(page_request, number, form_of(page_request.form), {})


def _put(page_request: PageRequest, number: int, name: str, fields: Mapping[str, str]) -> Draft:
    services, person = page_request.services, page_request.person

    def merged(before: str) -> str:
        others = {form: typed for form, typed in _read(before or "{}").items() if form != name}
        newest = [*others.items(), *([(name, fields)] if fields else [])][-_MOST_FORMS:]
        return json.dumps(dict(newest)) if newest else ""

    return drafts.rewrite(services, number, person, Written.POINT, merged)


@lru_cache(maxsize=64)
def _read(text: str) -> Points:
    points: Points = json.loads(text)
    return points
