"""The rules: a list, and the manual page of each."""

from __future__ import annotations

import re

from starlette.responses import Response

from intake.web.pages import page
from intake.web.problem import problem
from intake.web.visit import Visit
from rules.catalogue import FOLDERS, all_rules, manual
from rules.rulebook import current

_HEADING = re.compile(r"([A-Z][a-z]+(?: [a-z]+){0,2}): ")


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
    return page(
        visit, "rule.html", rule=rule, provision=book.provisions[rule.id], book=book, parts=manual_parts(manual(rule))
    )


def manual_parts(text: str) -> list[tuple[str, list[tuple[str, bool]]]]:
    """A manual page's paragraphs: heading, and pieces of text, each with whether it is literal.

    A paragraph starts behind a blank line or with a heading such as ``Why:``; other lines go on with the one before.
    """
    paragraphs: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading or not line.strip():
            paragraphs.append((heading.group(1) if heading else "", []))
        paragraphs[-1][1].append(line[heading.end() :] if heading else line)
    joined = [(heading, " ".join(part.strip() for part in lines).strip()) for heading, lines in paragraphs]
    return [(heading, _pieces(words)) for heading, words in joined if words]


def _pieces(text: str) -> list[tuple[str, bool]]:
    parts = text.replace("``", "`").split("`")
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]
