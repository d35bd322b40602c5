"""Points gathered into cards: one card a field, or a document or topic where there is no field.

The parts of what makes a card: its first point, the further points of the same field (`also`), and what follows from
any of them (`follows`). Counting points is counting cards.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rules.fields import FormField
from rules.finding import Severity

if TYPE_CHECKING:  # `intake.render.points` gathers its points by this module
    from intake.render.points import Point

_HARDWARE = FormField.HARDWARE_VERSION.rpartition(".")[0]
_ONE_FIELD: Mapping[str, str] = dict.fromkeys((FormField.HARDWARE_VERSION, FormField.HARDWARE_REVISION), _HARDWARE)
"""Two cells that submitters and certificates take for one."""


def cards(nested: Iterable[Point]) -> Iterator[Point]:
    """Gather points, gravest first, so that each field has one.

    Args:
        nested: points under those that they follow from; equal severity keeps this order.
    """
    gathered: dict[Hashable, list[Point]] = {}
    for point in sorted(nested, key=_gravest_first):
        gathered.setdefault(subject_of(point), []).append(point)
    elsewhere: dict[Hashable, list[Point]] = {key: [] for key in gathered}
    for key, points in gathered.items():
        for number, point in enumerate(points):
            points[number], moved = _parted(point, key, gathered)
            for after in moved:
                elsewhere[subject_of(after)].append(after)
    yield from (_card(points, elsewhere[key]) for key, points in gathered.items())


def subject_of(point: Point) -> Hashable:
    """Give what a point is about: its field, or fields; else the document, or what it says.

    What SECAS alone can settle is never put together with what the submitter is told of the same field.
    """
    fields = frozenset(_ONE_FIELD.get(field, field) for field in point.about)
    if fields:
        return fields, point.for_submitter
    first = point.findings[0]
    if first.topic is None and first.where is not None and first.where.document != point.workbook:
        return first.where.document, point.for_submitter
    return point.message, point.remedy, point.for_submitter


def _parted(point: Point, key: Hashable, cards_by_subject: dict[Hashable, list[Point]]) -> tuple[Point, list[Point]]:
    """The point with what follows from it, and what has a card of its own."""
    moved = [after for after in point.follows if subject_of(after) != key and subject_of(after) in cards_by_subject]
    kept = tuple(after for after in point.follows if after not in moved)
    own = min((part.severity for part in (point.alone, *kept)), key=_rank) if moved else point.severity
    return replace(point, follows=kept, severity=own), moved


def _card(points: list[Point], joined: list[Point]) -> Point:
    """One card of the points of a subject, and of those that followed from another and are of this subject too."""
    first, *more = sorted(points, key=_gravest_first)
    also = tuple(replace(point, follows=()) for point in (*more, *joined))
    follows = dict.fromkeys(after for point in (first, *more) for after in point.follows)
    severity = min((point.severity for point in (first, *also)), key=_rank)
    return _settled(replace(first, also=also, follows=tuple(follows), severity=severity))


def _settled(card: Point) -> Point:
    """The card without a guess at what was meant, where a certificate states the field otherwise for certain."""
    parts = (card, *card.also)
    certain = any(finding.against is not None and not finding.unknown for part in parts for finding in part.findings)
    if not card.also or not certain:
        return card
    return replace(card, suggestion="", also=tuple(replace(part, suggestion="") for part in card.also))


def _gravest_first(point: Point) -> tuple[int, bool, bool]:
    """Gravest first; then what others follow from; what merely waits for its cause comes last."""
    return _rank(point.severity), not point.follows, point.waits


def _rank(severity: Severity) -> int:
    return (Severity.RETURN, Severity.QUERY, Severity.NOTE).index(severity)
