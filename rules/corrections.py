"""Corrections of misread values: what a person says that a document shows, put into a dossier.

Only what the program read for itself may be corrected: a value of a certificate, a certificate that it could not read
or place, a cell whose text it had to make from a number or a formula. What a form states as text is the submitter's own
word, and an empty cell states nothing; both are changed by sending the form again, never here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.corrected import Corrected
from rules.facts import (
    CERTIFICATE_KINDS,
    AssuranceCertificate,
    CellKind,
    Document,
    DocumentKind,
    Dossier,
    FormRow,
    NewEntry,
    Stated,
    Where,
)
from rules.fields import LABELS
from rules.text import invisible

LONGEST = 400
"""Characters of a value; no certificate or cell of the form states a longer one."""
READ_BY_US = frozenset({CellKind.NUMBER, CellKind.DATE, CellKind.TIME, CellKind.BOOLEAN, CellKind.FORMULA})
"""Cells that show something else than they hold, so that their text is a reading of ours."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One value as a person has read it."""

    document: str
    """Name of the certificate or the workbook."""
    sha256: str
    """The digest of its bytes."""
    kind: DocumentKind
    """``new_entry`` for a cell of the form; else what certificate it is, which a person says of what was not placed."""
    subject: str
    """The certificate's label in its standard wording, or the form's name of the field."""
    original: str | None
    """What the program read; None where it could read nothing."""
    value: str
    by: str
    entry: int = 0
    """Of a form's cell: which of the dossier's entries it belongs to, counted from 0."""

    @property
    def target(self) -> tuple[object, ...]:
        """What it corrects; two corrections of one target cannot stand beside each other."""
        own = self.entry if self.kind is DocumentKind.NEW_ENTRY else None
        return self.document, self.sha256, self.subject, own


def refusal(dossier: Dossier, correction: Correction) -> str | None:
    """Say in a sentence why a correction cannot be made; None where it can.

    Args:
        dossier: as it was read, without any correction.
        correction: of one value.
    """
    if correction.kind is DocumentKind.NEW_ENTRY:
        reason = _refused_cell(dossier, correction)
    else:
        reason = _refused_fact(dossier, correction)
    return reason or _refused_value(correction)


def correct(dossier: Dossier, corrections: Iterable[Correction]) -> tuple[Dossier, tuple[Correction, ...]]:
    """Put corrections into a dossier, those left out that no longer fit what was read.

    Args:
        dossier: as it was read, without any correction; it is not changed.
        corrections: in the order in which they were made; of two on one target the first counts.

    Returns:
        The corrected dossier, and the corrections that are in it.
    """
    fitting: dict[tuple[object, ...], Correction] = {}
    kinds: dict[tuple[str, str], DocumentKind] = {}
    for correction in corrections:
        if refusal(dossier, correction) is not None or correction.target in fitting:
            continue
        if kinds.setdefault((correction.document, correction.sha256), correction.kind) is correction.kind:
            fitting[correction.target] = correction
    applied = tuple(fitting.values())
    if not applied:
        return dossier, ()
    documents = tuple(_document(document, _of(document, applied)) for document in dossier.documents)
    entries = tuple(_entry(entry, at, applied) for at, entry in enumerate(dossier.entries))
    return replace(dossier, documents=documents, entries=entries), applied


def correctable(row: FormRow) -> bool:
    """Tell whether a cell's text is a reading of ours, and not the submitter's own word."""
    return row.kind in READ_BY_US


def values_of(document: Document) -> Mapping[str, Stated]:
    """Give what was read on a certificate by label; nothing of a document that is none."""
    return document.certificate.facts if document.certificate is not None else {}


def _refused_cell(dossier: Dossier, correction: Correction) -> str | None:
    entry = dossier.entries[correction.entry] if 0 <= correction.entry < len(dossier.entries) else None
    rows = entry.named(correction.subject) if entry is not None and entry.document == correction.document else ()
    documents = _named(dossier.documents, correction)
    if len(rows) != 1 or not documents:
        return "This form has no such cell, or more than one."
    (row,) = rows
    if row.kind is CellKind.TEXT:
        return (
            f"{row.field} is stated as text on the form. That is the submitter's own word: only a form that is sent "
            "again can change it. Return the entry, or ask."
        )
    if not correctable(row):
        return f"The form states nothing for {row.field}. The submitter must fill it in: return the entry, or ask."
    return _refused_original(correction, row.value)


def _refused_fact(dossier: Dossier, correction: Correction) -> str | None:
    documents = _named(dossier.documents, correction)
    if correction.kind not in CERTIFICATE_KINDS or len(documents) != 1:
        return "There is no such certificate in this message, or more than one of this name."
    (document,) = documents
    if document.certificate is None and not document.may_be_a_certificate:
        return f"{document.name} is no certificate, nor could it be one."
    if document.certificate is not None and document.kind is not correction.kind:
        return f"{document.name} is another kind of certificate."
    if correction.subject not in LABELS[correction.kind]:
        return "No certificate of this kind has such a label."
    stated = values_of(document).get(correction.subject)
    return _refused_original(correction, None if stated is None else stated.value)


def _refused_original(correction: Correction, read: str | None) -> str | None:
    if correction.original != read:
        return "Something else is read there than what was corrected."
    return None


def _refused_value(correction: Correction) -> str | None:
    value = correction.value
    if not value.strip():
        return "Say which value the document shows."
    if len(value) > LONGEST:
        return f"The value is longer than {LONGEST} characters."
    if value != value.strip() or any(map(invisible, value)):
        return "The value holds a character that cannot be seen, or a blank at one end. Type it by hand."
    return "That is the value that was read." if value == correction.original else None


def _named(documents: Iterable[Document], correction: Correction) -> tuple[Document, ...]:
    return tuple(d for d in documents if (d.name, d.sha256) == (correction.document, correction.sha256))


def _of(document: Document, applied: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections of a certificate's values."""
    return tuple(
        correction
        for correction in applied
        if correction.kind is not DocumentKind.NEW_ENTRY
        and (correction.document, correction.sha256) == (document.name, document.sha256)
    )


def _document(document: Document, corrections: tuple[Correction, ...]) -> Document:
    """The document as a certificate that states what a person read on it."""
    if not corrections:
        return document
    facts = dict(values_of(document))
    for correction in corrections:
        before = facts.get(correction.subject)
        where = before.where if before is not None else Where(document.name)
        facts[correction.subject] = Stated(
            correction.value, where, corrected=Corrected(correction.by, correction.original)
        )
    kind = corrections[0].kind
    return replace(document, kind=kind, certificate=AssuranceCertificate(document.name, kind, facts))


def _entry(entry: NewEntry, at: int, applied: Sequence[Correction]) -> NewEntry:
    own = {
        correction.subject: correction
        for correction in applied
        if correction.kind is DocumentKind.NEW_ENTRY and correction.entry == at
    }
    if not own:
        return entry
    return replace(entry, rows=tuple(_row(row, own[row.field]) if row.field in own else row for row in entry.rows))


def _row(row: FormRow, correction: Correction) -> FormRow:
    corrected = Corrected(correction.by, row.value, row.kind.value)
    return replace(row, value=correction.value, kind=CellKind.TEXT, cached=None, corrected=corrected)
