"""The rules: a list, and the manual page of each."""

from __future__ import annotations

from starlette.responses import Response

from intake.render.manual import manual_of
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem
from rules.catalogue import FOLDERS, all_rules
from rules.rulebook import current


def index(page_request: PageRequest) -> Response:
    """Show every rule, by folder."""
    book = current()
    groups = [(folder, [rule for rule in all_rules() if rule.id.startswith(f"{folder}.")]) for folder in FOLDERS]
    return page(page_request, "rules.html", book=book, groups=groups)


def show(page_request: PageRequest) -> Response:
    """Show a rule's manual page."""
    wanted = page_request.request.path_params["rule"]
    rule = next((rule for rule in all_rules() if rule.id == wanted), None)
    if rule is None:
        return problem(page_request, 404, "No such rule", "The rulebook has no rule of this name.")
    book, manual = current(), manual_of(rule)
    paragraphs = (("", manual.summary), *manual.sections)
    parts = [(heading, _pieces(text)) for heading, text in paragraphs]
    return page(page_request, "rule.html", rule=rule, provision=book.provisions[rule.id], book=book, parts=parts)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Part a text into pieces, each with whether it is literal."""
    parts = text.replace("``", "`").split("`")
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]
