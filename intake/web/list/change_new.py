"""The form with which a person asks for a change of the list, and what it would make of the entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.responses import RedirectResponse, Response

from intake.clock import LONDON
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import change as pipeline
from intake.pipeline.list.enter import basis_of, written
from intake.pipeline.list.foresee import foreseen
from intake.register.applying import Applied
from intake.register.changes import CERTIFICATE_FIELDS, EDITABLE, ChangeKind, ListChange, RemovalReason
from intake.register.effects import RemovalEffects
from intake.store import listing
from intake.store.engine import Transaction
from intake.store.list_index import ListIndex
from intake.web.list import names
from intake.web.list.altered import altered
from intake.web.list.change_form import (
    REFERENCES,
    TICK,
    Input,
    MistypedError,
    certificate_field,
    change_of,
    inputs,
    numbers_in,
    ticked,
)
from intake.web.list.effects import removal_effects
from intake.web.page_request import PageRequest
from intake.web.pages import page
from rules.facts import RegisterEntry
from rules.published import one_listed, published

_STALE = "You have changed something since you saw what it would do. Look at it again, then propose it."
MOST_SHOWN = 60
"""Entries whose values before and after are shown."""


@dataclass(slots=True)
class _Form:
    """The form as it stands: what is in it, what it is about, what it would do."""

    kind: ChangeKind
    fields: Mapping[str, str]
    """As typed; of a form that was just opened, what its address says."""
    entries: list[RegisterEntry] = field(default_factory=list)
    """Those that it is about, or that may be ticked."""
    certificate: str = ""
    """The field of the number of the certificate that is replaced."""
    asked: list[Input] = field(default_factory=list)
    change: ListChange | None = None
    made: tuple[Applied, ...] = ()
    effects: RemovalEffects | None = None

    @property
    def seen(self) -> str:
        """A digest of what the person is shown: of the change, and of what it makes of the list."""
        assert self.change is not None, "there is a preview"  # noqa: S101  # our own mistake
        return sha256(f"{written(self.change)} {basis_of(self.made)}".encode()).hexdigest()


def show(page_request: PageRequest) -> Response:
    """Show the kinds of change to choose from, or the form of the one that is chosen."""
    asked = dict(page_request.request.query_params)
    kind = names.SLUGS.get(asked.get("kind", ""))
    if page_request.of_ssc:  # asks for nothing else
        kind = ChangeKind.REMOVE
    if kind is None:
        return page(page_request, "list/change_kinds.html", asked=names.ASKED, slug=names.slug)
    asked.setdefault("entries", asked.get("entry", ""))
    try:
        form = _opened(page_request, kind, asked)
    except MistypedError as error:
        return _page(page_request, _Form(kind, asked), error=str(error), at=error.field, status=400)
    return _page(page_request, form)


def take(page_request: PageRequest) -> Response:
    """Show what the change would make of the list, or propose it where the person has just seen that."""
    typed = page_request.form
    kind = names.SLUGS.get(typed.get("kind", ""))
    if kind is None or (page_request.of_ssc and kind is not ChangeKind.REMOVE):
        return RedirectResponse("/list/change/new", 303)
    form = _Form(kind, typed)
    try:
        form = _opened(page_request, kind, typed)
        if not _only_names_a_certificate(kind, typed):
            _previewed(page_request, form)
    except MistypedError as error:
        return _page(page_request, form, error=str(error), at=error.field, status=400)
    except DecisionRefusedError as error:
        return _page(page_request, form, error=str(error), status=409)
    if typed.get("step") != "propose" or form.change is None:
        return _page(page_request, form)
    if typed.get("seen") != form.seen:
        return _page(page_request, form, error=_STALE, status=409)
    return _proposed(page_request, form)


def _only_names_a_certificate(kind: ChangeKind, typed: Mapping[str, str]) -> bool:
    """Whether it is the first of two steps: what takes the certificate's place was not asked for yet."""
    named = kind is ChangeKind.REPLACE_CERTIFICATE and bool(typed.get("certificate"))
    return named and not any(name.startswith("value-") for name in typed)


def _proposed(page_request: PageRequest, form: _Form) -> Response:
    assert form.change is not None, "there is a preview"  # noqa: S101  # our own mistake
    try:
        person, of_ssc = page_request.person, page_request.of_ssc
        number = pipeline.propose(page_request.services, form.change, person, as_ssc=of_ssc)
    except DecisionRefusedError as error:
        return _page(page_request, form, error=str(error), status=409)
    if number is None:
        return RedirectResponse("/list/changes?done=list-changed", 303)
    return RedirectResponse(f"/list/changes/{number}?done=list-proposed", 303)


def _opened(page_request: PageRequest, kind: ChangeKind, fields: Mapping[str, str]) -> _Form:
    """The form with the entries that it is about.

    Raises:
        MistypedError: one of them is no number.
    """
    form = _Form(kind, fields)
    services = page_request.services
    with services.store.reading() as tx:
        if kind is ChangeKind.REPLACE_CERTIFICATE:
            form.fields = _with_certificate(tx, fields)
            form.entries = _resting_on(tx, services.list_index, form.fields.get("certificate", ""))
            form.certificate = certificate_field(form.entries, form.fields.get("certificate", ""))
        else:
            told = listing.newest_of(tx, numbers_in(fields.get("entries", "")))
            form.entries = [told[number].entry for number in sorted(told)]
    form.asked = inputs(kind, form.entries, form.certificate)
    return form


def _with_certificate(tx: Transaction, fields: Mapping[str, str]) -> Mapping[str, str]:
    """Where an entry is named and no certificate, the entry's."""
    told = listing.newest_of(tx, numbers_in(fields.get("entries", "")))
    if fields.get("certificate") or not told:
        return fields
    entry = next(iter(told.values())).entry
    number = next((text for name in CERTIFICATE_FIELDS if (text := published(entry, name))), "")
    return {**fields, "certificate": number}


def _resting_on(tx: Transaction, index: ListIndex, certificate: str) -> list[RegisterEntry]:
    keys = {one_listed(name, certificate) for name in CERTIFICATE_FIELDS} - {""}
    ids = [glance.id for glance in index.snapshot(tx).with_certificate(keys)]
    versions = listing.versions_by_id(tx, ids).values()
    return sorted((version.entry for version in versions), key=lambda entry: entry.number)


def _previewed(page_request: PageRequest, form: _Form) -> None:
    """Say what the change would make of the list.

    Raises:
        MistypedError: the form cannot be read.
        DecisionRefusedError: the list cannot be changed so.
    """
    numbers: Sequence[str] = numbers_in(form.fields.get("entries", ""))
    if form.kind is ChangeKind.REPLACE_CERTIFICATE:
        numbers = ticked(form.fields)
    elif form.kind is ChangeKind.RENAME_VALUE:
        numbers = ()
    today = page_request.state.now().astimezone(LONDON).date()
    change = change_of(form.kind, form.fields, numbers, form.asked, today)
    form.made = pipeline.preview(page_request.services, change)
    form.change = change
    if form.kind is ChangeKind.REMOVE:
        form.effects = removal_effects(page_request.services, numbers)


def _page(page_request: PageRequest, form: _Form, *, error: str = "", at: str = "", status: int = 200) -> Response:
    shown = altered(form.made[:MOST_SHOWN], restricted=page_request.reads_evidence)
    return page(
        page_request,
        "list/change_new.html",
        status=status,
        form=form,
        title=names.ASKED[form.kind][0],
        hint=names.ASKED[form.kind][1],
        slug=names.slug(form.kind.value),
        kind=form.kind.name,
        typed=form.fields,
        opened=not page_request.form,
        tick=TICK,
        ticked=ticked(form.fields),
        references=REFERENCES,
        removals=[(reason.name, names.REMOVALS[reason]) for reason in RemovalReason],
        columns=EDITABLE,
        names=names,
        shown=shown,
        foreseen=foreseen(page_request.services, form.made),
        further=len(form.made) - len(shown),
        today=page_request.state.now().astimezone(LONDON).date(),
        error=error,
        at=at,
    )
