"""Reads the New Entry form out of a workbook."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from intake import faults
from intake.extract.sheet.cells import text_of
from intake.extract.sheet.form import HEADLESS, Layout, filled_by_submitter, layout_of, rows_of
from intake.extract.sheet.grid import Grid, Sheet
from intake.extract.sheet.listed import Workbook, with_lists
from intake.extract.sheet.parts import MissingPartError, Parts
from intake.extract.sheet.plainbook import PlainBook
from intake.extract.sheet.plaincells import HandedOverError
from intake.extract.sheet.remarks import MAX_REMARKS, aside_remarks, remarks_of
from intake.extract.sheet.sheetscan import folded
from intake.extract.unreadable import BOOK_BROKEN, BOOK_FORMS, BOOK_HEADLESS, BOOK_UNSEEN, FAULT, UnreadableError
from rules.facts import CellKind, FormRow, NewEntry

SHEET_NAME = "cpl-newentry"
"""The sheet's name as `_folded_name` gives it."""
KNOWN_GROUP = "device_model"
"""A data group of every edition, by which a form is known whose header row is gone."""
_DAMAGE = (BadZipFile, DefusedXmlException, ExpatError, MissingPartError, ParseError, UnicodeError, zlib.error)
_LIBRARIES = ("openpyxl", "zipfile", "defusedxml", "xml")
"""What a damaged workbook makes raise."""


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """The New Entry forms read from a workbook."""

    entry: NewEntry | None
    """None where the workbook was read and holds no New Entry form."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One sheet with a form on it."""

    grid: Grid
    layout: Layout
    rows: tuple[FormRow, ...]
    doubt: str | None

    @property
    def named(self) -> bool:
        return _is_named(self.grid.sheet)

    @property
    def filled(self) -> bool:
        return filled_by_submitter(self.rows)


def read_workbook(name: str, parts: Parts, *, open_document: bool = False, signed: bool = False) -> WorkbookReading:
    """Read the New Entry form of an .xlsx, .xlsm or .ods workbook.

    The form is the sheet of its name, else the first sheet with its header row; a filled form goes before an
    empty one, so that a submitter's copy beside the blank tab of the list's own workbook is found.
    A workbook that cannot be read gives an entry whose `trouble` says why.

    Args:
        name: the document's name, for the places of its values.
        parts: the workbook's.
        open_document: it is an .ods.
        signed: it carries signatures, so there must be one New Entry sheet for all to see; nobody else could know
            which one was signed.
    """
    if open_document:
        from intake.extract.sheet.ods import OdsBook  # noqa: PLC0415  # few forms are

        return _read(name, partial(OdsBook, parts), signed=signed)
    with suppress(HandedOverError):
        return _read(name, partial(PlainBook, parts), signed=signed, hands_over=True)
    from intake.extract.sheet.book import Book  # noqa: PLC0415  # what it loads costs more than reading a form

    return _read(name, partial(Book, parts), signed=signed)


class _Opening(Protocol):
    def __call__(self, *, values: bool = False) -> Workbook:
        """Open the workbook, with formulas or with what they last gave."""


def _read(name: str, opened: _Opening, *, signed: bool, hands_over: bool = False) -> WorkbookReading:
    """Read the form of a workbook that is opened this way.

    Raises:
        HandedOverError: it is to be opened another way, which says what is wrong with it; where it `hands_over` only.
    """
    try:
        book = opened()
        forms = _forms(name, book)
        if not forms:
            return WorkbookReading(None)
        form = max(forms, key=lambda form: (form.filled, form.named))
        others = tuple(other.grid.sheet.name for other in forms if other is not form and other.filled)
        rows = _with_results(form, partial(opened, values=True))
        very_hidden = tuple(sheet.name for sheet in book.sheets() if sheet.very_hidden)
        aside = tuple(aside_remarks(_asides(book, forms), name))
        doubt = (
            book.doubt
            or (_unclear(forms) if signed else None)
            or form.doubt
            or next((other.doubt for other in forms if other.doubt), None)
        )
    except HandedOverError:
        raise
    except UnreadableError as error:
        if hands_over:
            raise HandedOverError from error
        return unreadable_workbook(name, str(error))
    except Exception as error:  # sorted into the file's faults and ours
        if hands_over and isinstance(error, _DAMAGE):
            raise HandedOverError from error
        ours = faults.is_ours(error, _DAMAGE, _LIBRARIES)
        return unreadable_workbook(name, FAULT if ours else BOOK_BROKEN)
    remarks = (*remarks_of(form.grid, form.layout, rows, name), *aside)[:MAX_REMARKS]
    entry = NewEntry(name, form.grid.sheet.name, rows, others, very_hidden, doubt, remarks)
    return WorkbookReading(entry)


_OF_THE_LIST = ("version control", "central products list", "certified products list", "cpl - saveable")
"""How the list's own tabs begin, which come along with its whole workbook."""
_MOST_ASIDE = 4_000
"""Cells of a sheet that is looked through; a list of products or values has more."""


def _asides(book: Workbook, forms: Sequence[_Form]) -> Iterator[Grid]:
    """The workbook's small sheets beside its forms; what cannot be read of them is no part of the entry."""
    own = {form.grid.sheet.part for form in forms} | {form.grid.sheet.name for form in forms}
    for sheet in book.sheets():
        if {sheet.part, sheet.name} & own or folded(sheet.name).startswith(_OF_THE_LIST):
            continue
        with suppress(UnreadableError, ValueError, TypeError, LookupError, *_DAMAGE):
            book.scan(sheet, wanted=True)  # to the end: it bounds what is loaded
            grid = book.grid(sheet)
            if len(grid.cells) <= _MOST_ASIDE:
                yield grid


def unreadable_workbook(name: str, trouble: str) -> WorkbookReading:
    """Build the reading of a workbook that cannot be read."""
    return WorkbookReading(NewEntry(document=name, trouble=trouble))


def _forms(name: str, book: Workbook) -> list[_Form]:
    sheets = list(book.sheets())
    forms = [form for sheet in sheets if (form := _form(name, book, sheet)) is not None]
    if not forms and any(_is_named(sheet) for sheet in sheets):
        raise UnreadableError(BOOK_HEADLESS)
    return forms


def _unclear(forms: Sequence[_Form]) -> str | None:
    """Explain why it is unclear which New Entry form was signed."""
    if len(forms) > 1:
        return BOOK_FORMS
    return None if forms[0].grid.sheet.visible else BOOK_UNSEEN


def _form(name: str, book: Workbook, sheet: Sheet) -> _Form | None:
    named = _is_named(sheet)
    scanned = book.scan(sheet, wanted=named)
    if not (scanned.form or named):
        return None
    grid = with_lists(book.grid(sheet), book)
    layout = layout_of(grid) or HEADLESS
    rows = tuple(rows_of(grid, layout, name))
    recognised = layout is not HEADLESS or any(folded(row.group) == KNOWN_GROUP for row in rows)
    return _Form(grid, layout, rows, scanned.doubt or layout.doubt) if recognised else None


def _is_named(sheet: Sheet) -> bool:
    return _folded_name(sheet.name) == SHEET_NAME


def _with_results(form: _Form, opened: Callable[[], Workbook]) -> tuple[FormRow, ...]:
    """Read the form's rows, with the cached results of formulas."""
    if not any(row.kind is CellKind.FORMULA for row in form.rows):
        return form.rows
    results = opened().grid(form.grid.sheet)
    return tuple(_with_result(row, results, form.layout) for row in form.rows)


def _with_result(row: FormRow, results: Grid, layout: Layout) -> FormRow:
    if row.kind is not CellKind.FORMULA or row.where.cell is None:
        return row
    number = int(row.where.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    cell = results.cells.get((number, layout.value))
    return replace(row, cached=text_of(cell) if cell is not None and cell.value is not None else None)


def _folded_name(name: str) -> str:
    """Fold a sheet's name: no case, no white space, every dash a hyphen."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\s+", "", re.sub(r"[\u2010-\u2015\u2212_]", "-", plain))
