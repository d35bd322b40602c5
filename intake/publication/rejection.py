"""Suggests what of a version the DCC's loader may have refused, so that the next pre-flight can refuse it too; pure.

The loader names an entry and says a sentence; what it stumbled over is among what the version added or changed there.
"""

from __future__ import annotations

from intake.publication.edition import Issue
from intake.publication.loader import RefusalKind, SeenRefusal
from intake.publication.preflight import FIELDS
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.reference import Span


def suggested_refusals(issue: Issue, number: str, reason: str) -> tuple[SeenRefusal, ...]:
    """Suggest rules: one for each value that the version added to or changed of the entry, the likeliest first.

    Args:
        issue: the version that the loader refused.
        number: of the entry at which it stopped.
        reason: what it said; values and fields that it names come first.
    """
    entry = _entry(issue.edition.entries, number)
    before = _entry(issue.before.entries, number) if issue.before else None
    if entry is None:
        return ()
    refusals = (
        SeenRefusal(name, RefusalKind.VALUE, text, Span(issue.edition.issued), reason)
        for column, name in FIELDS
        if name != FormField.ENTRY_STATUS and (text := entry.fields.get(column, "").strip())
        if before is None or before.fields.get(column, "").strip() != text
    )
    return tuple(sorted(refusals, key=lambda refusal: _named(refusal, reason.casefold())))


def _entry(entries: tuple[RegisterEntry, ...], number: str) -> RegisterEntry | None:
    return next((entry for entry in entries if entry.number == number), None)


def _named(refusal: SeenRefusal, said: str) -> int:
    """0 where the loader said the value, 1 where it said the field, else 2."""
    if refusal.value.casefold() in said:
        return 0
    attribute = refusal.field.rpartition(".")[2].casefold()
    return 1 if any(name in said for name in (attribute, attribute.replace("_", " "))) else 2
