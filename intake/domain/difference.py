"""Compares a resubmission with the submission before it: fields, documents, findings.

Pure: two dossiers and their reports in, facts out. Nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules.facts import Document, Dossier, NewEntry, folded
from rules.fields import DEVICE_MODEL
from rules.finding import EntryReport, Finding, Outcome, Report, by_entry

_WITHIN_A_MODEL = 2
"""Manufacturer and model alone: what remains when the versions were corrected."""


class Change(StrEnum):
    """What became of a document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """The same name over other bytes."""
    RENAMED = "renamed"
    """The same bytes under another name."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that states something else than before."""

    field: str
    old: str | None
    """As stated; None where the form had no such row."""
    new: str | None


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that was not there before, is there no more, or is another now."""

    change: Change
    old: Document | None
    new: Document | None

    @property
    def name(self) -> str:
        """Give the document's current name, or its last one."""
        document = self.new or self.old
        return document.name if document is not None else ""


@dataclass(frozen=True, slots=True)
class RuledFinding:
    """A finding and the rule whose it is."""

    rule: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """One entry then and now; either may be missing, never both."""

    old: NewEntry | None
    new: NewEntry | None
    fields: tuple[FieldChange, ...] = ()
    """In the new form's order, rows that are gone last."""
    gone: tuple[RuledFinding, ...] = ()
    """Findings of the old report that the new one no longer has."""
    appeared: tuple[RuledFinding, ...] = ()
    remaining: tuple[RuledFinding, ...] = ()
    """In the words of the new report; a field that is still wrong, though differently, remains so."""
    old_outcome: Outcome | None = None
    new_outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A submission against the one before it."""

    entries: tuple[EntryDifference, ...]
    """In the new order; entries that are gone come last."""
    documents: tuple[DocumentChange, ...]


def difference(
    old: Dossier, new: Dossier, *, old_report: Report | None = None, new_report: Report | None = None
) -> Difference:
    """Compare a submission with an earlier one.

    Entries are matched by their workbook's name, then by device model, then, if a single one is left on either
    side, with each other. Without the two reports, nothing is said of findings.
    """
    before, after = by_entry(old, old_report), by_entry(new, new_report)
    pairs = _matched([entry for entry, _ in before], [entry for entry, _ in after])
    entries = tuple(
        _entry(*_side(before, first), *_side(after, second), both=old_report is not None and new_report is not None)
        for first, second in pairs
    )
    return Difference(entries, tuple(_documents(old.documents, new.documents)))


_Judged = tuple[tuple[NewEntry, EntryReport | None], ...]


def _side(side: _Judged, at: int | None) -> tuple[NewEntry | None, EntryReport | None]:
    return (None, None) if at is None else side[at]


def _matched(old: list[NewEntry], new: list[NewEntry]) -> Iterator[tuple[int | None, int | None]]:
    """Match old and new entries by position, in the new order; unmatched old ones come last."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    pairs: dict[int, int] = {}
    keys: tuple[Callable[[NewEntry], Hashable | None], ...] = (_name, _model, _within_a_model)
    for key in keys:
        at = {key(entry): number for number, entry in reversed(left.items())}
        for number, entry in list(right.items()):
            wanted = key(entry)
            if wanted is not None and wanted in at and at[wanted] in left:
                pairs[number] = at[wanted]
                del left[at[wanted]], right[number]
    if len(left) == len(right) == 1:
        pairs[right.popitem()[0]] = left.popitem()[0]
    yield from ((pairs.get(number), number) for number in range(len(new)))
    yield from ((number, None) for number in left)


def _name(entry: NewEntry) -> Hashable | None:
    return folded(entry.document) if entry.document is not None else None


def _model(entry: NewEntry) -> Hashable | None:
    stated = tuple(entry.value(field).upper() for field in DEVICE_MODEL)
    return stated if all(stated) else None


def _within_a_model(entry: NewEntry) -> Hashable | None:
    stated = tuple(entry.value(field).upper() for field in DEVICE_MODEL[:_WITHIN_A_MODEL])
    return stated if all(stated) else None


def _entry(
    old: NewEntry | None, before: EntryReport | None, new: NewEntry | None, after: EntryReport | None, *, both: bool
) -> EntryDifference:
    gone, appeared, remaining = _findings(before, after) if both else ((), (), ())
    return EntryDifference(
        old=old,
        new=new,
        fields=tuple(_fields(old, new)) if old is not None and new is not None else (),
        gone=gone,
        appeared=appeared,
        remaining=remaining,
        old_outcome=before.outcome if before is not None else None,
        new_outcome=after.outcome if after is not None else None,
    )


def _fields(old: NewEntry, new: NewEntry) -> Iterator[FieldChange]:
    """Compare the forms' rows; a repeated row is compared by all the values it states."""
    names = {folded(row.field): row.field for row in (*reversed(old.rows), *reversed(new.rows))}
    order = dict.fromkeys(folded(row.field) for row in (*new.rows, *old.rows))
    for key in order:
        before, after = _stated(old, key), _stated(new, key)
        if before != after:
            yield FieldChange(names[key], before, after)


def _stated(entry: NewEntry, name: str) -> str | None:
    rows = entry.named(name)
    return "\n".join(row.value for row in rows) if rows else None


Told = tuple[RuledFinding, ...]


def _findings(before: EntryReport | None, after: EntryReport | None) -> tuple[Told, Told, Told]:
    """Split findings into resolved, new and remaining; a finding is identified by its rule and field."""
    old, new = tuple(_ruled_findings(before)), tuple(_ruled_findings(after))
    had, has = Counter(map(_identity, old)), Counter(map(_identity, new))
    gone, _ = _split(old, had & has)
    appeared, remaining = _split(new, had & has)
    return gone, appeared, remaining


def _ruled_findings(report: EntryReport | None) -> Iterator[RuledFinding]:
    for ruling in report.rulings if report is not None else ():
        yield from (RuledFinding(ruling.rule, finding) for finding in ruling.findings)


def _identity(told: RuledFinding) -> tuple[str, str | None]:
    return told.rule, told.finding.field


def _split(told: Told, common: Counter[tuple[str, str | None]]) -> tuple[Told, Told]:
    """Split two multisets into what only one side has and what both have."""
    left, beyond, shared = Counter(common), [], []
    for ruled_finding in told:
        if left[_identity(ruled_finding)] > 0:
            left[_identity(ruled_finding)] -= 1
            shared.append(ruled_finding)
        else:
            beyond.append(ruled_finding)
    return tuple(beyond), tuple(shared)


def _documents(old: tuple[Document, ...], new: tuple[Document, ...]) -> Iterator[DocumentChange]:
    """Match documents by name, then by content; inline pictures are left out."""
    before = {document.name: document for document in old if not document.inline}
    after = {document.name: document for document in new if not document.inline}
    removed = {name: document for name, document in before.items() if name not in after}
    by_content = {document.sha256: document for document in removed.values()}
    for name, document in after.items():
        same_name, same_bytes = before.get(name), by_content.pop(document.sha256, None) if name not in before else None
        if same_name is None and same_bytes is None:
            yield DocumentChange(Change.ADDED, None, document)
        elif same_name is None and same_bytes is not None:
            del removed[same_bytes.name]
            yield DocumentChange(Change.RENAMED, same_bytes, document)
        elif same_name is not None and same_name.sha256 != document.sha256:
            yield DocumentChange(Change.CHANGED, same_name, document)
    yield from (DocumentChange(Change.REMOVED, document, None) for document in removed.values())
