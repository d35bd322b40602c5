"""Settling findings and correcting misread values: what is posted from beside them."""

from __future__ import annotations

from starlette.responses import Response

from intake.domain.resolution import ResolutionKind
from intake.domain.review import DecisionRefusedError
from intake.pipeline.review import resolve
from intake.pipeline.review.resolve import Reading, Settlement
from intake.web import point_drafts
from intake.web.page_request import PageRequest
from intake.web.submission import back, page_of
from rules.facts import DocumentKind

_NOWHERE = -1
"""No entry has this number, so that a form without one settles nothing."""
_DIGITS = 9
_PARTS = 3


def settle(page_request: PageRequest) -> Response:
    """Accept a point with evidence, or overrule it."""
    form = page_request.form
    try:
        settlement = Settlement(
            entry=_number(form.get("entry", "")),
            point=form.get("point", ""),
            kind=_how(form.get("settle", "")),
            reason=_lines(form.get("reason", "")),
            evidence=form.get("evidence", ""),
        )
        resolve.settle(page_request.services, page_request.number(), settlement, page_request.person)
    except DecisionRefusedError as error:
        point_drafts.keep(page_request, page_request.number())
        return page_of(page_request, error=str(error), status=409)
    point_drafts.forget(page_request, page_request.number())
    return _back(page_request, settlement.kind.value, settlement.entry)


def _how(button: str) -> ResolutionKind:
    """Read which button was pressed.

    Raises:
        DecisionRefusedError: none of ours.
    """
    if button not in {ResolutionKind.ACCEPTED.value, ResolutionKind.OVERRULED.value}:
        message = "Say whether the point is accepted with evidence or overruled."
        raise DecisionRefusedError(message)
    return ResolutionKind(button)


def correct(page_request: PageRequest) -> Response:
    """Correct a misread value."""
    try:
        reading = _reading(page_request)
        resolve.correct_value(page_request.services, page_request.number(), reading, page_request.person)
    except DecisionRefusedError as error:
        point_drafts.keep(page_request, page_request.number())
        return page_of(page_request, error=str(error), status=409)
    point_drafts.forget(page_request, page_request.number())
    return _back(page_request, "corrected", reading.entry)


def _reading(page_request: PageRequest) -> Reading:
    """Read the form of a correction.

    Raises:
        DecisionRefusedError: it names no value.
    """
    form = page_request.form
    sha256, kind, subject = _what(form.get("what", ""))
    if kind is None:
        message = "Choose which value was misread."
        raise DecisionRefusedError(message)
    return Reading(
        entry=_number(form.get("entry", "")),
        document_sha256=sha256,
        kind=kind,
        subject=subject,
        value=form.get("value", ""),
        reason=_lines(form.get("why", "")),
    )


def withdraw(page_request: PageRequest) -> Response:
    """Take back what was settled or corrected."""
    number = int(page_request.request.path_params["resolution"])
    try:
        resolve.withdraw(page_request.services, page_request.number(), number, page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return _back(page_request, "resolution-withdrawn", _number(page_request.form.get("entry", "")))


def _back(page_request: PageRequest, done: str, entry: int) -> Response:
    """Lead back to the entry, so that the next point is at hand."""
    return back(page_request, done, entry=entry + 1)


def _what(code: str) -> tuple[str, DocumentKind | None, str]:
    """The document, its kind and the value that a page's form names."""
    parts = code.split(" ", _PARTS - 1)
    if len(parts) != _PARTS or parts[1] not in set(DocumentKind):
        return "", None, ""
    return parts[0], DocumentKind(parts[1]), parts[2]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else _NOWHERE


def _lines(text: str) -> str:
    """Convert a text area's CRLF to line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
