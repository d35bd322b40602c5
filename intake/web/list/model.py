"""The versions of a device on the list: which leads to which, the next step of each, and what blocks it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from intake.register.paths import Plan, plan
from intake.register.releases import Release, Releases
from intake.store import listing
from intake.store.engine import Transaction
from intake.store.list_index import NOW
from intake.store.list_snapshot import Snapshot
from intake.web.list.browse import as_of_version
from intake.web.list.entry import NO_ENTRY
from intake.web.list.rail import RailRow, ordered, rail
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import HARDWARE, UPGRADE_PATH, published
from rules.shapes import entry_ids

MOST = 200
"""Versions that are planned and drawn; the list's longest line of versions is a tenth of that."""


@dataclass(frozen=True, slots=True)
class Line:
    """A version of the device."""

    release: Release
    rail: RailRow
    plan: Plan
    firmware: str
    newest: bool


def show(page_request: PageRequest) -> Response:
    """Show the versions of an entry's device, as of now or of a version of the list."""
    number, version = page_request.request.path_params["number"], page_request.query("version")
    services = page_request.services
    with services.store.reading() as tx:
        as_of = as_of_version(tx, version) if version else NOW
        if as_of is None:
            return problem(page_request, 404, "No such version", "No version of the list of this name is known here.")
        entries = _entries(tx, services.list_index.snapshot(tx, as_of), number)
    releases = Releases(entries, version or "now")
    if number not in releases.entries:
        return problem(page_request, 404, *NO_ENTRY)
    lines, left_out = _lines(releases, releases.of_entry[number])
    return page(
        page_request,
        "list/model.html",
        number=number,
        version=version,
        device=[published(releases.entries[number], name) for name in HARDWARE],
        lines=lines,
        left_out=left_out,
        lanes=max(line.rail.lanes for line in lines),
        circle=releases.circle(releases.of_entry[number]),
        others=_other_hardware(releases, releases.of_entry[number]),
    )


def _entries(tx: Transaction, snapshot: Snapshot, number: str) -> list[RegisterEntry]:
    """The entries of the same type, manufacturer and model, and those that they name as what they upgrade from."""
    asked = snapshot.find(number)
    if asked is None:
        return []
    same = snapshot.of_devices({asked.shape.device})
    versions = listing.versions_by_id(tx, [glance.id for glance in same])
    entries = {version.entry.number: version.entry for version in versions.values()}
    named = {base for entry in entries.values() for base in entry_ids(published(entry, UPGRADE_PATH))}
    further = [glance.id for glance in map(snapshot.find, sorted(named - entries.keys())) if glance is not None]
    entries |= {version.entry.number: version.entry for version in listing.versions_by_id(tx, further).values()}
    return [entry for _, entry in sorted(entries.items())]


def _lines(releases: Releases, release: Release) -> tuple[list[Line], int]:
    """The versions of the same hardware, the newest above, and how many were left out."""
    hardware = release.key[:-1]
    same = sorted(
        (other for other in releases.by_key.values() if other.key[:-1] == hardware),
        key=lambda other: max(entry.number for entry in other.entries),
        reverse=True,
    )
    shown = same[:MOST] if release in same[:MOST] else [*same[: MOST - 1], release]
    bases = {key: [base.key for base in those] for key, those in releases.bases.items()}
    order = ordered([other.key for other in shown], bases)
    newest = releases.newest(release)
    lines = [
        Line(
            releases.by_key[key],
            beside,
            plan(releases, releases.by_key[key].shown),
            published(releases.by_key[key].entries[-1], FormField.FIRMWARE_VERSION),
            releases.by_key[key] is newest,
        )
        for key, beside in zip(order, rail(order, bases), strict=True)
    ]
    return lines, len(same) - len(shown)


def _other_hardware(releases: Releases, release: Release) -> list[tuple[str, str]]:
    """Other hardware of the same model: version and revision, and an entry of it."""
    by_device: dict[tuple[str, ...], RegisterEntry] = {}
    for other in releases.by_key.values():
        if other.key[:3] == release.key[:3] and other.key[:-1] != release.key[:-1]:
            by_device.setdefault(other.key[:-1], other.entries[-1])
    return [(".".join(published(entry, name) for name in HARDWARE[3:]), entry.number) for entry in by_device.values()]
