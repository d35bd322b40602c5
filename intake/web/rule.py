"""The rules: a list, and the manual page of each."""

from __future__ import annotations

from starlette.responses import Response

from intake.web.pages import page
from intake.web.problem import problem
from intake.web.visit import Visit
from rules.catalogue import FOLDERS, all_rules, manual
from rules.rulebook import current


def index(visit: Visit) -> Response:
    """Every rule, by folder."""
    book = current()
    groups = [(folder, [rule for rule in all_rules() if rule.id.startswith(f"{folder}.")]) for folder in FOLDERS]
    return page(visit, "rules.html", book=book, groups=groups)


def show(visit: Visit) -> Response:
    """A rule's manual page."""
    wanted = visit.request.path_params["rule"]
    rule = next((rule for rule in all_rules() if rule.id == wanted), None)
    if rule is None:
        return problem(visit, 404, "No such rule", "The rulebook has no rule of this name.")
    book = current()
    title, _, text = manual(rule).partition("\n")
    return page(visit, "rule.html", rule=rule, provision=book.provisions[rule.id], book=book, lead=title, text=text)
