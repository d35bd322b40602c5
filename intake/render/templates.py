"""Letters and pages from Jinja2 templates."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from intake import resources
from intake.render.letters import drafted, folded
from intake.render.moments import london, london_short
from intake.render.plain import visible


def _harmless(value: Any) -> Any:  # noqa: ANN401  # whatever a template prints
    """Escape printed values so that nothing hides or steers."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment(folder: str, *, autoescape: bool, components: bool = False) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resources.templates() / folder),
        autoescape=autoescape,  # noqa: S701  # off for letters only, which are plain text
        undefined=StrictUndefined,
        finalize=None if components else _harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(london=london, london_short=london_short, visible=visible)
    return environment


@cache
def _letters() -> Environment:
    environment = _environment("mail", autoescape=False)
    environment.globals["drafted"] = drafted
    environment.filters["folded"] = folded
    return environment


@cache
def _letter(template: str) -> Template:
    return _letters().get_template(template)


@cache
def reports() -> Environment:
    """Build the environment of `check --format html`, with ``templates/report``."""
    return _environment("report", autoescape=True)


@cache
def pages() -> Environment:
    """Build the environment of the review page, with ``templates/web``."""
    environment = _environment("web", autoescape=True, components=True)
    environment.filters["visible"] = visible
    return environment


def letter(template: str, **facts: object) -> str:
    """Render a letter from ``templates/mail``."""
    return _letter(template).render(**facts)
