"""What a person may correct: values that the program read for itself, each as a page offers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.render import plain
from intake.render.beside import labels_of
from intake.render.points import Point
from intake.render.words import CERTIFICATES
from rules.corrections import correctable, values_of
from rules.facts import CERTIFICATE_KINDS, Document, DocumentKind, Dossier, NewEntry
from rules.fields import LABELS


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be corrected; every text of it safe to print."""

    sha256: str
    """Of the document."""
    kind: DocumentKind
    subject: str
    """The certificate's label, or the form's field."""
    group: str
    """The document's name, and for what certificate it would be taken where it was not placed."""
    read: str | None
    """What was read; None where nothing could be."""

    @property
    def code(self) -> str:
        """How a page's form says which it is."""
        return f"{self.sha256} {self.kind.value} {self.subject}"

    @property
    def text(self) -> str:
        """What it is called among the others of its group."""
        return f"{self.subject}: {'nothing was read' if self.read is None else plain.value(self.read)}"


def choices(dossier: Dossier, entry: NewEntry, point: Point | None = None) -> tuple[Choice, ...]:
    """List what may be corrected and is not yet: of the entry's form, of every certificate, of what was not placed.

    Args:
        dossier: as it was judged.
        entry: one of its entries.
        point: of which nothing but what has to do with it is listed; None for everything.
    """
    dossier = dossier.judging(entry)
    listed = (*_cells(dossier, entry), *(choice for document in dossier.documents for choice in _facts(document)))
    return tuple(choice for choice in listed if point is None or _concerns(dossier, choice, point))


def _cells(dossier: Dossier, entry: NewEntry) -> Iterator[Choice]:
    workbook = dossier.workbook
    for row in entry.rows:
        if workbook is not None and correctable(row) and len(entry.named(row.field)) == 1:
            yield Choice(workbook.sha256, DocumentKind.NEW_ENTRY, row.field, _name(workbook), row.value)


def _facts(document: Document) -> Iterator[Choice]:
    stated = values_of(document)
    if document.certificate is not None:
        kinds: tuple[DocumentKind, ...] = (document.kind,)
    elif document.may_be_a_certificate:
        kinds = tuple(kind for kind in CERTIFICATES if kind in CERTIFICATE_KINDS)
    else:
        return
    for kind in kinds:
        group = _name(document) if document.certificate else f"{_name(document)}, as a {CERTIFICATES[kind]} certificate"
        for label in sorted(LABELS[kind]):
            value = stated.get(label)
            if value is None or value.corrected is None:
                yield Choice(document.sha256, kind, label, group, None if value is None else value.value)


def _concerns(dossier: Dossier, choice: Choice, point: Point) -> bool:
    """Whether the value has to do with what the point says."""
    findings = [finding for part in point.whole for finding in part.findings]
    if choice.kind is DocumentKind.NEW_ENTRY:
        return any(choice.subject == finding.field for finding in findings)
    document = next(document for document in dossier.documents if document.sha256 == choice.sha256)
    named = {finding.where.document for finding in findings if finding.where is not None}
    named |= {name for finding in findings for name in finding.rests_on}
    if document.certificate is None:
        return document.name in named
    compared = {(f.against.kind, f.against.label, f.against.stated.where.document) for f in findings if f.against}
    if compared:
        return (choice.kind, choice.subject, document.name) in compared
    labels = {pair for finding in findings for pair in labels_of(finding.field or "")}
    meant = any(certificate.document == document.name for certificate in dossier.certificates(choice.kind))
    return meant and (choice.kind, choice.subject) in labels


def _name(document: Document) -> str:
    return plain.bounded(plain.one_line(document.name))
