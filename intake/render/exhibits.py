"""Everything that is stated of one field of the form, each with the place where a person can see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from intake.render import plain
from intake.render.beside import Beside, Mark
from intake.render.differs import Marked, unmarked
from intake.render.entry_view import EntryView, FieldView
from intake.render.words import CERTIFICATES, DOCUMENTS, sentence
from rules.facts import Document, DocumentKind, Dossier, EvidenceFacts, FormRow, Remark, Stated, Where
from rules.fields import FormField

ROWS_AROUND = 3
"""Of the form, above and below the row that is looked at."""
MOST_OF_A_NOTE = 4
"""Statements of one release note beside one field."""
_CERTIFICATE_NUMBERS = frozenset({FormField.ZSE_NUMBER, FormField.CPA_NUMBER, FormField.DLMS_NUMBER})


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One statement; every text of it safe to print."""

    who: str
    """Whose it is, as the head of it says."""
    label: str
    """What it stands under there."""
    document: str
    sha256: str
    """The document's; empty where the submission does not hold it."""
    where: Where | None
    """None where nothing could be read."""
    pieces: Marked
    mark: Mark | None = None
    """How it compares with the form; None for the form itself."""
    why: str = ""
    rows: tuple[FormRow, ...] = ()
    """Of the form, around the one that is looked at."""
    remarks: tuple[Remark, ...] = ()
    """What stands on the form's sheet beside it."""

    @property
    def value(self) -> str:
        """The statement as one text."""
        return "".join(text for text, _ in self.pieces)

    @property
    def place(self) -> str:
        """Where it stands in its document."""
        if self.where is None:
            return ""
        if self.where.cell is not None:
            return plain.one_line(f"{self.where.sheet}!{self.where.cell}")
        if self.where.page is not None:
            return f"page {self.where.page}"
        return f"line {self.where.line}" if self.where.line is not None else ""


def exhibits(dossier: Dossier, entry: EntryView, field: str) -> tuple[Exhibit, ...]:
    """Give the form's own cell, or cells, then each certificate, then what release notes and letters say of it.

    Args:
        dossier: of the submission.
        entry: whose form it is.
        field: its name, as the form has it.
    """
    documents = {document.name: document for document in dossier.documents}
    views = [view for view in entry.fields if view.row.field == field]
    forms = (_form(entry, view, documents) for view in views)
    certified = (_certificate(stated, documents) for view in views[:1] for stated in view.certified)
    notes = (note for view in views[:1] for note in _notes(dossier, view.row))
    return tuple(chain(forms, certified, notes))


def _form(entry: EntryView, view: FieldView, documents: dict[str, Document]) -> Exhibit:
    rows = entry.entry.rows
    at = next(number for number, row in enumerate(rows) if row is view.row)
    return Exhibit(
        who="The form",
        label=plain.bounded(plain.one_line(view.row.field)),
        document=_name(view.row.where.document),
        sha256=_digest(documents, view.row.where.document),
        where=view.row.where,
        pieces=view.pieces,
        why=view.oddity,
        rows=rows[max(at - ROWS_AROUND, 0) : at + ROWS_AROUND + 1],
        remarks=tuple(remark for remark in entry.entry.remarks if remark.field == view.row.field),
    )


def _certificate(stated: Beside, documents: dict[str, Document]) -> Exhibit:
    name = stated.certificate.document
    return Exhibit(
        who=f"{CERTIFICATES[stated.kind]} certificate",
        label=stated.label.value,
        document=_name(name),
        sha256=_digest(documents, name),
        where=stated.stated.where if stated.stated is not None else None,
        pieces=stated.pieces,
        mark=stated.mark,
        why=stated.why,
    )


def _notes(dossier: Dossier, row: FormRow) -> Iterator[Exhibit]:
    for document in dossier.of_kind(DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE):
        statements = list(_said(document.evidence, row.field)) if document.evidence is not None else []
        statements.sort(
            key=lambda labelled: labelled[1].value != row.value.strip()
        )  # what is like the form's value comes first
        for label, stated in statements[:MOST_OF_A_NOTE]:
            yield Exhibit(
                who=sentence(DOCUMENTS[document.kind]),
                label=label,
                document=_name(document.name),
                sha256=document.sha256,
                where=stated.where,
                pieces=unmarked(plain.value(stated.value)),
                mark=Mark.NOT_COMPARED,
                why="shown to be read",
            )


def _said(evidence: EvidenceFacts, field: str) -> Iterator[tuple[str, Stated]]:
    """What the evidence states that has to do with a field, with what it is."""
    if field == FormField.FIRMWARE_VERSION:
        yield from (("A firmware version", stated) for stated in evidence.firmware_versions)
    if field in _CERTIFICATE_NUMBERS:
        yield from (("A certificate number", stated) for stated in evidence.certificate_ids)
    if field in {FormField.ZSE_NUMBER, FormField.FIRMWARE_VERSION}:
        for label, stated in (("The ZigBee module", evidence.zigbee_module), ("No change", evidence.no_change)):
            if stated is not None:
                yield label, stated


def _name(name: str) -> str:
    return plain.bounded(plain.one_line(name))


def _digest(documents: dict[str, Document], name: str) -> str:
    document = documents.get(name)
    return document.sha256 if document is not None else ""
