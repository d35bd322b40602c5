"""Renders pages: our templates, strict, with the macros of govuk-frontend-jinja at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from starlette.responses import HTMLResponse, Response

from intake import resources
from intake.render.templates import pages
from intake.web import words
from intake.web.headers import WITH_SCRIPT
from intake.web.page_request import PageRequest

_COMPONENTS = {
    "back-link": "govukBackLink",
    "button": "govukButton",
    "details": "govukDetails",
    "error-summary": "govukErrorSummary",
    "input": "govukInput",
    "inset-text": "govukInsetText",
    "notification-banner": "govukNotificationBanner",
    "pagination": "govukPagination",
    "skip-link": "govukSkipLink",
    "tag": "govukTag",
    "textarea": "govukTextarea",
    "warning-text": "govukWarningText",
}


def _macros() -> dict[str, Callable[..., object]]:
    """The components we use; their optional parameters may be absent, ours may not."""
    package = "govuk_frontend_jinja"
    theirs = PrefixLoader({package: PackageLoader(package)})
    lenient = pages().overlay(undefined=ChainableUndefined, loader=theirs)
    modules = {
        name: lenient.get_template(f"{package}/components/{part}/macro.html").module
        for part, name in _COMPONENTS.items()
    }
    return {name: getattr(module, name) for name, module in modules.items()}


@cache
def fingerprint(name: str) -> str:
    """Give the start of a static file's digest, which its URL carries for caching."""
    return hashlib.sha256((resources.templates() / "static" / name).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """Give the URL of a static file."""
    return f"/static/{name}?v={fingerprint(name)}"


@cache
def environment() -> Environment:
    """Build the template environment of every page."""
    own = pages()
    macros = _macros()

    @cache
    def tag_of(text: str, classes: str) -> object:
        """Give the component, made once a word: a page has some seventy tags, and there are few words for them."""
        return macros["govukTag"]({"text": text, "classes": classes})

    own.globals.update(macros, static_url=static_url, words=words, tag_of=tag_of)
    own.filters.update(cut=words.cut, told=words.told, breakable=words.breakable, word=words.word)
    return own


def page(page_request: PageRequest, template: str, *, status: int = 200, **facts: object) -> Response:
    """Render a page for this visit; only whoever is signed in gets the script, and the policy that lets it run."""
    html = environment().get_template(template).render(page_request=page_request, **facts)
    headers = {"Content-Security-Policy": WITH_SCRIPT} if page_request.session else None
    return HTMLResponse(html, status, headers)
