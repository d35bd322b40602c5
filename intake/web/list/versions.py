"""Versions of the list: which there are, and what one of them is, holds and has come to."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from intake.pipeline.list.next_version import issue_of
from intake.pipeline.list.tell_published import counted_anew
from intake.pipeline.list.version_letters import letters_of
from intake.publication.edition import Issue
from intake.publication.files import NOTE
from intake.publication.inventory import model_effects
from intake.store import listing, publications
from intake.store.engine import Transaction
from intake.store.listing import ListVersion
from intake.store.publications import OUT, Publication, PublicationState
from intake.web.list import names
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem
from rules.shapes import ENTRY_NUMBER

MOST_TOLD = 100
"""Entries that a version published, as its page tells them."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the list, taken in as somebody else's file or published here."""

    listed: ListVersion | None
    """None until it is released."""
    publication: Publication | None
    """None where it came as a file."""

    @property
    def name(self) -> str:
        """Such as ``2.052``; empty where its file said none."""
        return self.publication.version if self.publication else self.listed.version if self.listed else ""


def show_all(page_request: PageRequest) -> Response:
    """Show every version, the newest first."""
    with page_request.services.store.reading() as tx:
        listed = listing.versions(tx)
        made = publications.every(tx)
    of_list = {publication.list_version: publication for publication in made if publication.list_version is not None}
    pending = [Version(None, publication) for publication in made if publication.list_version is None]
    versions = [Version(version, of_list.get(version.id)) for version in reversed(listed)]
    return page(
        page_request,
        "list/versions.html",
        names=names,
        versions=versions,
        pending=pending,
        named=[version.version for version in reversed(listed) if version.version],
        notice=page_request.notice,
    )


def show(page_request: PageRequest) -> Response:
    """Show one version."""
    return page_of(page_request)


def page_of(page_request: PageRequest, *, error: str = "", at: str = "", status: int = 200) -> Response:
    """Show a version's page, with an error at its head if there is one."""
    name = page_request.request.path_params["version"]
    with page_request.services.store.reading() as tx:
        listed, made = listing.version_named(tx, name), publications.of_version(tx, name)
        told = listing.published_in(tx, listed) if listed else ()
        newest, newest_out = listing.newest(tx), publications.newest_out(tx)
        before = _before(listing.versions(tx), listed)
        anew = _counted_anew(page_request, tx, made)
        letters = letters_of(tx, name) if made is not None and page_request.reads_evidence else ()
    if listed is None and made is None:
        return problem(page_request, 404, "No such version", "No version of the list of this name is known here.")
    out = made is not None and made.state in OUT
    note = made.files.get(NOTE) if made is not None else None
    return page(
        page_request,
        "list/version.html",
        status=status,
        names=names,
        version=Version(listed, made),
        note=page_request.services.archive.get(note).decode() if note else "",
        told=told[:MOST_TOLD],
        further=max(len(told) - MOST_TOLD, 0),
        is_newest=listed is not None and newest is not None and newest.id == listed.id,
        before=before,
        answerable=page_request.decides and out and made is not None and made.state is not PublicationState.LOADED,
        attachable=page_request.decides and made is not None and newest_out is not None and newest_out.id == made.id,
        rejected_at=_rejected_at(made),
        letters=letters,
        anew=anew,
        effects=list(model_effects(anew)) if anew else [],
        typed=page_request.form,
        error=error,
        at=at,
        notice=page_request.notice,
    )


def _counted_anew(page_request: PageRequest, tx: Transaction, made: Publication | None) -> Issue | None:
    """The version as its effect counts now, where its ``inventory.csv`` says otherwise and it is not loaded yet."""
    rejected = publications.in_states(tx, (PublicationState.REJECTED,))
    if not rejected or made is None or made.state is not PublicationState.PUBLISHED:
        return None  # without the whole list being read
    issue = counted_anew(page_request.services, issue_of(tx, made), made)
    return issue if issue.inventory_overtaken else None


def _before(every: tuple[ListVersion, ...], listed: ListVersion | None) -> str:
    """The name of the version before; empty where there is none that has one."""
    if listed is None:
        return ""
    return next((version.version for version in reversed(every) if version.id < listed.id and version.version), "")


def _rejected_at(made: Publication | None) -> str:
    """The entry at which the DCC's loader stopped; empty where it did not, or named none."""
    if made is None or made.state is not PublicationState.REJECTED or made.answer is None:
        return ""
    named = made.answer.removeprefix("entry ").partition(":")[0].strip()
    return named if ENTRY_NUMBER.fullmatch(named) else ""
