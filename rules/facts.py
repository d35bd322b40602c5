"""The facts a submission states, each with its place: frozen data, to the letter, nothing corrected or guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache

from rules.certificate_number import spelling_free
from rules.corrected import Corrected
from rules.fields import LABELS, NUMBER_FIELDS, FormField, Label
from rules.message_facts import MessageFacts
from rules.shelf import Shelf, shelf_of
from rules.signature_facts import SignatureFacts


@lru_cache(maxsize=1024)
def folded(label: str) -> str:
    """Fold white space and case: labels are compared in this form only."""
    return " ".join(label.split()).casefold()


STANDS_IN = "A mail system put a notice in the place of a message or a file"
"""Words of every sentence that says so."""
OUR_FAULT = "because of a fault in our program"
"""In the sentence of whatever could not be read through no fault of its sender."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place in a document where a value stands."""

    document: str
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    """Counted from 1."""
    box: tuple[float, float, float, float] | None = None
    """Left, bottom, right, top in PDF points, as the page is shown."""
    line: int | None = None
    """Of running text without pages, counted from 1."""

    def __str__(self) -> str:
        """Format the place: ``form.xlsx, CPL - New Entry!G14``."""
        if self.cell is not None:
            return f"{self.document}, {self.sheet}!{self.cell}"
        if self.page is not None:
            return f"{self.document}, page {self.page}"
        if self.line is not None:
            return f"{self.document}, line {self.line}"
        return self.document


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and where it is stated."""

    value: str
    where: Where
    corrected: Corrected | None = None


class CellKind(StrEnum):
    """What the workbook holds in a cell, before any display format."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the New Entry form: its labels and the cell under 'New Entry's Details'."""

    group: str
    """Column 'Data Group', white space folded."""
    attribute: str
    """Column 'Data Attribute', white space folded."""
    value: str
    """The cell's text to the letter; for other kinds the stored value as text; a formula's source."""
    kind: CellKind
    where: Where
    number_format: str = "General"
    cached: str | None = None
    """What a formula last gave, where the workbook kept it."""
    hidden: bool = False
    """The row, its column or the cell's sheet is hidden."""
    merged: bool = False
    """The cell is merged with others."""
    offered: bool = False
    """The form's own list of valid values, in the cell's drop-down or beside it, has this value."""
    corrected: Corrected | None = None
    """Where a person stated the value that this row and, above, a certificate have."""

    @property
    def field(self) -> str:
        """The form's own name of the field: ``<Data Group>.<Data Attribute>``."""
        return f"{self.group}.{self.attribute}"

    @property
    def filled(self) -> bool:
        """Whether the cell holds anything beside white space."""
        return bool(self.value.strip())


class RemarkKind(StrEnum):
    """How a remark stands on a form's sheet."""

    COMMENT = "comment"
    """On a cell; a note or a threaded comment."""
    SHAPE = "shape"
    """In a text box or another shape."""
    OUTSIDE = "outside"
    """In a cell that is no part of the form, or at the head or foot of its printed page."""
    APPEARANCE = "appearance"
    """A value, or a part of it, that is struck through or cannot be read."""
    COVER = "cover"
    """Something without words lies over a value."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person who looks at the form sees beside its values."""

    kind: RemarkKind
    text: str
    """Its own words; of an appearance the text that is concerned."""
    where: Where
    field: str | None = None
    """The field on whose row it stands."""
    appearance: str = ""
    """How the text looks, such as ``struck through``; empty for other kinds."""


@dataclass(frozen=True)  # without slots, as it keeps what is derived from it
class NewEntry:
    """What one workbook's New Entry form states."""

    document: str | None
    """The workbook's name; None where the submission has no workbook at all."""
    sheet: str | None = None
    rows: tuple[FormRow, ...] = ()
    other_forms: tuple[str, ...] = ()
    """Names of further New Entry sheets of the same workbook that have been filled in."""
    very_hidden_sheets: tuple[str, ...] = ()
    """Names of the workbook's sheets that Excel's own menus do not show."""
    trouble: str | None = None
    """Why the form could not be read, in a sentence; None where it was read."""
    remarks: tuple[Remark, ...] = ()
    """What stands on its sheet beside the form."""

    @property
    def readable(self) -> bool:
        """Whether a form was found and read."""
        return self.trouble is None

    def __hash__(self) -> int:
        """Over what is stated alone, which costs little, so that what is derived from a form can be remembered."""
        return hash((self.document, *[row.value for row in self.rows]))

    def named(self, name: str) -> tuple[FormRow, ...]:
        """Give every row of this field name, whatever its case; more than one is a fault (`format.form_rows`)."""
        return self._rows_by_name.get(folded(name), ())

    @cached_property
    def derived(self) -> dict[object, object]:
        """What `rules.remembered` keeps of it, by the function that derived it."""
        return {}

    @cached_property
    def _rows_by_name(self) -> Mapping[str, tuple[FormRow, ...]]:
        rows_by_name: dict[str, tuple[FormRow, ...]] = {}
        for row in self.rows:
            name = folded(row.field)
            rows_by_name[name] = (*rows_by_name.get(name, ()), row)
        return rows_by_name

    def row(self, name: FormField) -> FormRow | None:
        """Give the first row of this field, or None."""
        return next(iter(self.named(name)), None)

    def value(self, name: FormField) -> str:
        """Give the stated text of the field, without the white space around it; empty where there is none."""
        row = self.row(name)
        return row.value.strip() if row is not None else ""


NEW_ENTRY_ABSENT = NewEntry(document=None, trouble="The submission has no New Entry workbook.")


class DocumentKind(StrEnum):
    """What a document turned out to be, by its content."""

    NEW_ENTRY = "new_entry"
    ZIGBEE_CERTIFICATE = "zigbee_certificate"
    CPA_CERTIFICATE = "cpa_certificate"
    DLMS_CERTIFICATE = "dlms_certificate"
    RELEASE_NOTE = "release_note"
    EVIDENCE = "evidence"
    OTHER = "other"
    UNREADABLE = "unreadable"


_CERTIFICATE_MEDIA = frozenset({"pdf", "image", "docx", "zip", "message", "unknown"})
"""What a certificate may arrive as; plain text only where it reads like one, never a spreadsheet or a signature."""
_TEXT = "text"

_PAPERS = frozenset({"pdf", "docx"})
"""What is said of these by their words alone: a certificate that names no scheme is still one."""

CERTIFICATE_KINDS = frozenset(
    {DocumentKind.ZIGBEE_CERTIFICATE, DocumentKind.CPA_CERTIFICATE, DocumentKind.DLMS_CERTIFICATE}
)


class ReadBy(StrEnum):
    """How a document's content was read."""

    TEXT = "text"
    OCR = "ocr"
    WORKBOOK = "workbook"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AssuranceCertificate:
    """What a ZigBee, CPA or DLMS certificate document states, under its own labels."""

    document: str
    kind: DocumentKind
    facts: Mapping[str, Stated]
    """By the label's standard wording, e.g. ``Firmware Version``; a label not found is unreadable, never absent."""

    def stated(self, label: Label) -> Stated | None:
        """Give the value under the label; None where it could not be read.

        Raises:
            KeyError: no certificate of this kind has such a label, so that asking for it is a fault of ours.
        """
        if label not in LABELS[self.kind]:
            raise KeyError(self.kind, label)
        return self.facts.get(label)


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What release notes or other evidence state about the reuse of a certificate (guidance, appendix A 2.10)."""

    zigbee_module: Stated | None = None
    certificate_ids: tuple[Stated, ...] = ()
    no_change: Stated | None = None
    firmware_versions: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One attachment or file of a submission."""

    name: str
    sha256: str
    size: int
    """Bytes."""
    kind: DocumentKind
    read_by: ReadBy
    media: str = "unknown"
    """By content: ``pdf xlsx xlsm xls ods xlsb docx zip image text message signature unknown``."""
    trouble: str | None = None
    """Why it could not be read, in a sentence."""
    inline: bool = False
    """A picture of the mail's own text, such as a logo beneath it."""
    certificate: AssuranceCertificate | None = None
    signatures: tuple[SignatureFacts, ...] = ()
    evidence: EvidenceFacts | None = None
    notes: tuple[str, ...] = ()
    """What a person should know of a document that was read, in sentences."""
    words: str | None = None
    """All that it says, of a document that the readers know to be none of the submission's evidence: an attached
    message whose files were taken, a paper of no scheme; empty for a picture too small for words. Else None."""

    @property
    def restricted(self) -> bool:
        """Whether it is kept for audit only and never published (guidance, appendix A 2.10)."""
        return self.kind in {DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE}

    @property
    def may_be_a_certificate(self) -> bool:
        """Whether a person could find a certificate in what the readers could not place."""
        unplaced = self.kind in {DocumentKind.OTHER, DocumentKind.UNREADABLE}
        is_placed = self.words is not None and self.media not in _PAPERS
        reads_like_one = self.kind is DocumentKind.OTHER and self.media == _TEXT and self.trouble is not None
        may_be = reads_like_one or self.media in _CERTIFICATE_MEDIA
        return unplaced and may_be and not self.inline and not is_placed

    @property
    def may_hold_a_certificate(self) -> bool:
        """Whether a person could find one in what could not be placed, or beside one that was read in part."""
        return self.may_be_a_certificate or (self.kind in CERTIFICATE_KINDS and bool(self.notes))


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the published list."""

    number: str
    """Six digits."""
    status: str
    """``Current`` or ``Removed``, as published."""
    fields: Mapping[str, str]
    """What is published of it, to the letter, by the list's own column names."""


@dataclass(frozen=True, slots=True)
class ConfirmedName:
    """Two names that a person has confirmed to be one organisation's."""

    creator: str
    """As a form states it in Manufacturer_Image.creator."""
    organisation: str
    """As a signing certificate states it."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All facts of one submission on the day it is judged.

    It is archived, so the same facts can be judged again, years on, under the same rulebook.
    """

    judged_at: datetime
    """With its zone."""
    message: MessageFacts | None
    documents: tuple[Document, ...]
    entries: tuple[NewEntry, ...]
    """One a workbook, an unreadable one too."""
    new_entry: NewEntry = NEW_ENTRY_ABSENT
    """The entry that is being judged; rules look at this one."""
    register: tuple[RegisterEntry, ...] | None = None
    """The lines of the published list that matter to the entries; None where no list was given."""
    confirmed_names: tuple[ConfirmedName, ...] = ()
    """Those that matter to the entries."""
    earlier: tuple[NewEntry, ...] = ()
    """Forms in attached messages, whose place one of the entries takes; they are not judged."""

    def judging(self, new_entry: NewEntry) -> Dossier:
        """Copy the dossier with this entry under judgement."""
        return replace(self, new_entry=new_entry)

    def certificates(self, kind: DocumentKind) -> tuple[AssuranceCertificate, ...]:
        """Give the assurance certificates of one kind that the entry may mean, in the order of the documents.

        Certificates are shared among the entries of a message. Where some have the number that the entry states,
        however it is spelt, these are meant and the others are other entries'; else all of them may be.
        """
        number = self.new_entry.value(NUMBER_FIELDS[kind]) if kind in NUMBER_FIELDS else ""
        return self._shelf.certificates(kind, number)

    def bears_number(self, document: Document, kind: DocumentKind) -> bool:
        """Tell whether a document that was taken for evidence names the very certificate that the entry means.

        It may then be that certificate, set as a letter or in words that no reader knows. Release notes name it too,
        and are none.

        Args:
            document: any of the submission.
            kind: of the certificate.
        """
        number = spelling_free(self.new_entry.value(NUMBER_FIELDS[kind])) if kind in NUMBER_FIELDS else ""
        if document.kind is not DocumentKind.EVIDENCE or document.evidence is None or not number:
            return False
        return any(number.startswith(spelling_free(stated.value)) for stated in document.evidence.certificate_ids)

    def of_kind(self, *kinds: DocumentKind) -> tuple[Document, ...]:
        """List the documents of these kinds."""
        if len(kinds) == 1:
            return self._shelf.by_kind.get(kinds[0], ())
        return tuple(d for d in self.documents if d.kind in kinds)

    @property
    def workbook(self) -> Document | None:
        """Find the document that holds the entry under judgement."""
        name = self.new_entry.document
        return None if name is None else self._shelf.by_name.get(name)

    @property
    def _shelf(self) -> Shelf:
        return shelf_of(self.documents)
