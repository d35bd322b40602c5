"""What was put upon a page after it was printed: comments, stamps, marks by a highlighter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from intake.extract.page.runs import Box, Run, turned

_MARKER = frozenset({raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_POPUP})
"""They lead the eye to what is printed, and say nothing where nobody wrote anything to them."""
_HARMLESS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_PRINTERMARK, raw.FPDF_ANNOT_TRAPNET})
"""They put nothing of their own on a page; fields of forms become its text, and a link's words say where it leads."""
_WITH_VALUES = frozenset({raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX})
"""Fields of forms that hold what they show."""
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_WORDS = b"Contents"
_NORMAL = raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL
_NO_LOOK = 2
"""Bytes of an appearance that is empty: the end of its text in UTF-16."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One that is not hidden."""

    kind: int
    """``FPDF_ANNOT_...``"""
    shown: Box
    """As the page is shown."""
    speaks: bool
    """Somebody wrote words to it."""
    value: str = ""
    """What a form's field for text or a choice holds, without blanks, whatever it shows."""
    seen: bool = True
    """On screen as well as on paper."""
    drawn: bool = False
    """It has a look of its own, as every field of a form has."""

    def disturbs(self, values: Sequence[Run], text: str) -> bool:
        """Tell whether it may say something else than the page, or marks one of the pieces of text.

        Args:
            values: the pieces of text.
            text: all that is read of the page, with what stands in its fields.
        """
        if self.kind != raw.FPDF_ANNOT_WIDGET and self.drawn:
            return True
        if self.kind in _HARMLESS:
            return bool(self.value) and not (self.seen and self.value in "".join(text.split()))
        if self.kind not in _MARKER or self.speaks:
            return True
        return self.kind != raw.FPDF_ANNOT_POPUP and any(_share(self.shown, run.shown) for run in values)


def annotations_of(page: Any, forms: Any = None) -> Iterator[Annotation]:  # noqa: ANN401  # pypdfium2 ships no types
    """List the page's annotations that are not hidden.

    Args:
        page: the loaded page.
        forms: the document's forms as PDFium holds them; None where it has none.
    """
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        handle = raw.FPDFPage_GetAnnot(page.raw, index)
        if not handle:
            continue
        flags = raw.FPDFAnnot_GetFlags(handle)
        if not flags & raw.FPDF_ANNOT_FLAG_HIDDEN:
            kind, value = raw.FPDFAnnot_GetSubtype(handle), _value(forms, handle) if forms is not None else ""
            is_drawn = kind in _HARMLESS and raw.FPDFAnnot_GetAP(handle, _NORMAL, None, 0) > _NO_LOOK
            seen = not flags & _UNSEEN
            yield Annotation(kind, _place(page, handle), _speaks(handle), value, seen=seen, drawn=is_drawn)
        raw.FPDFPage_CloseAnnot(handle)


def _place(page: Any, handle: Any) -> Box:  # noqa: ANN401  # the same
    place = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(handle, place)
    left, bottom, right, top = page.get_bbox()
    across, up = sorted((place.left, place.right)), sorted((place.bottom, place.top))
    moved = across[0] - left, up[0] - bottom, across[1] - left, up[1] - bottom
    return turned(moved, page.get_rotation() // 90, (right - left, top - bottom))


def _value(forms: Any, handle: Any) -> str:  # noqa: ANN401  # the same
    """What a field for text or a choice holds; nothing of buttons, whose values are names of what they show."""
    if raw.FPDFAnnot_GetFormFieldType(forms, handle) not in _WITH_VALUES:
        return ""
    size = raw.FPDFAnnot_GetFormFieldValue(forms, handle, None, 0)
    words = (raw.FPDF_WCHAR * max(1, size // 2))()
    raw.FPDFAnnot_GetFormFieldValue(forms, handle, words, size)
    return "".join(bytes(words).decode("utf-16-le", "replace").replace("\0", " ").split())


def _speaks(handle: Any) -> bool:  # noqa: ANN401  # the same
    size = raw.FPDFAnnot_GetStringValue(handle, _WORDS, None, 0)
    words = (raw.FPDF_WCHAR * max(1, size // 2))()
    raw.FPDFAnnot_GetStringValue(handle, _WORDS, words, size)
    return bool(bytes(words).decode("utf-16-le", "replace").strip("\0 \r\n\t"))


def _share(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
