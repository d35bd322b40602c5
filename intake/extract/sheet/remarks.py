"""Tells what a person who looks at a form sees beside its values: notes on it, and values that do not look valid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from intake.extract.certificate.withdrawal import standing
from intake.extract.sheet.addresses import column_letters
from intake.extract.sheet.cells import text_of
from intake.extract.sheet.form import HEADLESS, Layout
from intake.extract.sheet.grid import Grid
from intake.extract.sheet.styles import CROSSED
from intake.extract.text.parted import small
from rules.facts import FormRow, Remark, RemarkKind, Where

MAX_REMARKS = 20
"""Remarks that are told one by one."""
_MAX_TEXT = 500
_HOLDS_BACK = re.compile(
    r"\b(drafts?|not (yet )?(final|finished|approved|complete)|provisional|on hold|do not|don't|withdrawn"
    r"|supersede[sd]?|obsolete|outdated|cancel(led)?|tbc|to be (confirmed|changed|replaced|corrected|updated)|wait"
    r"|ignore"
    r"|preliminary|tentative|wrong|incorrect|old (value|version|hash|firmware|number)|(test|sample|example"
    r"|specimen) only"
    r"|entwurf|vorläufig|brouillon|provisoire|borrador|provisional|bozza|provvisorio|concept)\b"
)
"""In small letters, words that hold a form back; looked for where SECAS's own texts stand too: above it, in its labels,
page headers."""


_TRIAL = re.compile(
    r"\W*(?:this is )?(?:an? |only an? )?(?:tests?|demos?|trial|wip|work in progress|in progress|training|examples?"
    r"|samples?|dummy|to ?do|not (?:for submission|submitted|sent)|muster|beispiel|exemple|ejemplo|esempio|voorbeeld)"
    r"(?: (?:data|values?|form|entry|version|only|purposes?|submission))*\W*"
)
"""In small letters, a text that calls the form a trial."""
_NOTHING = re.compile(r"ok(?:ay)?\.?|valid\.?|n/?a|[-\u2013\u2014.*\u2713\u2714\u2611]+")
"""In small letters, what ticks a row off: people do so, and the form's own macro may."""
_STAMPED = re.compile(
    r"\b(?:void|withdrawn|rejected|refused|cancell?ed|superseded|obsolete|expired|revoked|invalid|specimen|sample"
    r"|not valid|not approved|declined)\b"
)
"""In small letters, words of a stamp in what is said of a picture."""


def _holds_back(text: str) -> bool:
    """Whether a text that stands by itself, in no label or instruction, holds the form back."""
    in_small = small(text)
    if _HOLDS_BACK.search(in_small) or _TRIAL.fullmatch(in_small):
        return True
    state = standing([text])
    return state is not None and state.casefold() != "template"  # which the empty form is, too


def aside_remarks(grids: Iterable[Grid], document: str) -> Iterator[Remark]:
    """Give what other sheets of the workbook say against its form, whether they are hidden or not.

    Args:
        grids: the sheets that are neither forms nor tabs of the list.
        document: the workbook's name.
    """
    for grid in grids:
        told = set[int]()
        cells = [(place, text) for place, cell in sorted(grid.cells.items()) if (text := text_of(cell).strip())]
        is_table = len(cells) > _MOST_SENTENCES
        for place, text in (*cells, *((note.cell, note.text) for note in grid.notes.texts)):
            if _HOLDS_BACK.search(small(text)) or standing([text]) or (not is_table and _objects(text)):
                told.add(place[0] if place is not None else 0)
                yield Remark(RemarkKind.OUTSIDE, _short(text), _where(grid, document, place))
        for number, row in groupby(cells, key=lambda cell: cell[0][0]):
            text = ": ".join(words for _, words in row)
            if number not in told and standing([text]):
                yield Remark(RemarkKind.OUTSIDE, _short(text), _where(grid, document, (number, 1)))


def _objects(text: str) -> bool:
    if len(text.split()) < _SENTENCE:
        return False
    from rules.objections import objects  # noqa: PLC0415  # most workbooks have no such sheet, and its words take long

    return objects(text)


_SENTENCE = 2
"""Words of a cell that may say something."""
_MOST_SENTENCES = 400
"""Cells of a sheet that people write in; of a table with more only words of an end are looked for."""


def remarks_of(grid: Grid, layout: Layout, rows: Sequence[FormRow], document: str) -> tuple[Remark, ...]:
    """List what stands on the form's sheet beside the form, in the order of its kinds.

    Args:
        grid: the sheet's cells with its notes.
        layout: where the form stands on it.
        rows: the form's rows.
        document: the workbook's name.
    """
    fields = {_row_of(row): row for row in rows}
    remarks = [
        *_unlike(grid, layout, rows),
        *_noted(grid, layout, fields, document),
        *_covered(grid, layout, rows),
        *_around(grid, layout, fields, document),
    ]
    return tuple(remarks[:MAX_REMARKS])


def _unlike(grid: Grid, layout: Layout, rows: Sequence[FormRow]) -> Iterator[Remark]:
    """Values that are drawn so that a person does not take them as stated, or cannot."""
    for row in rows:
        for text, fault in grid.faults.get((_row_of(row), layout.value), ()) if row.filled else ():
            yield Remark(RemarkKind.APPEARANCE, _short(text), row.where, row.field, fault)
        for column in range(layout.group, layout.value) if row.filled else ():
            for text, fault in grid.faults.get((_row_of(row), column), ()):
                if fault in CROSSED:
                    yield Remark(RemarkKind.APPEARANCE, _short(text), row.where, row.field, fault)


def _noted(grid: Grid, layout: Layout, fields: dict[int, FormRow], document: str) -> Iterator[Remark]:
    for note in grid.notes.texts:
        row = fields.get(note.cell[0]) if note.cell is not None else None
        where = _where(grid, document, note.cell)
        yield Remark(note.kind, _short(note.text), where, row.field if row is not None else None)
    for note in grid.notes.alternatives:
        if _holds_back(note.text) or _STAMPED.search(small(note.text)) or _objects(note.text):
            yield Remark(note.kind, _short(note.text), _where(grid, document, note.cell))
    for text in (*grid.page_texts, grid.sheet.name):
        if layout is not HEADLESS and _holds_back(text):
            yield Remark(RemarkKind.OUTSIDE, _short(text), _where(grid, document, None))


def _covered(grid: Grid, layout: Layout, rows: Sequence[FormRow]) -> Iterator[Remark]:
    """The first value of each thing that lies over values; a text box there has said its words before."""
    for cover in grid.notes.covers:
        under = [row for row in rows if row.filled and cover.covers(_row_of(row), layout.value)]
        if under:
            yield Remark(RemarkKind.COVER, "", under[0].where, under[0].field)


def _around(grid: Grid, layout: Layout, fields: dict[int, FormRow], document: str) -> Iterator[Remark]:
    """Texts in cells that are no part of the form: beside its rows, between them, and below."""
    texts = {place: text_of(cell).strip() for place, cell in grid.cells.items()}
    any_holds_back = _HOLDS_BACK.search(small("\n".join(texts.values()))) is not None
    for (row, column), text in sorted(texts.items()):
        of_form = row in fields and layout.group <= column <= layout.value
        if not text or row == layout.header or (row in fields and column == layout.value):
            continue
        if row in fields and not of_form and _NOTHING.fullmatch(small(text)):
            continue
        if row > layout.header:
            told = not of_form or (any_holds_back and _HOLDS_BACK.search(small(text)))
        else:
            told = row < layout.header and _holds_back(text)
        if told:
            field = fields[row].field if row in fields else None
            yield Remark(RemarkKind.OUTSIDE, _short(text), _where(grid, document, (row, column)), field)


def _row_of(row: FormRow) -> int:
    """The number of the row that a form's row stands in."""
    return int((row.where.cell or "0").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _where(grid: Grid, document: str, cell: tuple[int, int] | None) -> Where:
    address = None if cell is None else f"{column_letters(cell[1])}{cell[0]}"
    return Where(document, sheet=grid.sheet.name, cell=address)


def _short(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"
