"""Compares a signed revision of a PDF with the file as it is now, where pyHanko's own comparison says too little.

Its comparison takes changed properties for harmless, and gives up on what other programs write when they prolong a
signature's life: a document security store, time stamps over the file (PAdES, ETSI EN 319 142-1, 5.4 and 5.5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.fields import MDPPerm

_MAX_COMPARED = 200_000
"""Objects of one file; a larger one is not followed."""
_PROLONGING = frozenset({"/DSS", "/Extensions", "/Metadata", "/Version"})
"""Entries of the catalog that may differ: the store, what announces it, and metadata, which `properties` tells of."""
_XMP = "XMP"
_OF_REVISION = frozenset({"ModDate", "Producer"})
_OF_WRITER = re.compile(rb"(?:ModifyDate|MetadataDate|Producer|InstanceID)(?:>[^<]*<|\s*=\s*\"[^\"]*\")")
"""What a program states in XMP of its own writing, whatever it changed."""
_GROWING = frozenset({"/Annots", "/Fields"})
"""Lists that time stamps are added to, at their end."""
_STAMP_KEYS = frozenset(
    {"/AP", "/DA", "/F", "/FT", "/Ff", "/MK", "/P", "/Rect", "/Subtype", "/T", "/TU", "/Type", "/V"}
)
"""All that the field of a time stamp holds; an action is not among it."""

_COMMENTS = frozenset(
    {
        *("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline"),
        *("/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup"),
    }
)
"""Annotations that people mark a page with (ISO 32000-2, 12.5.6.2); links, films, redactions and the like are none."""
_ACTIONS = frozenset({"/A", "/AA"})

Change = tuple[Any, Any]
"""A value as it was and as it is; half typed in pyHanko."""
_Without = Callable[[Any, Any], Change]
"""Takes out of two lists that grow what may have been added to them."""


def properties(reader: PdfFileReader, revision: int) -> tuple[str, ...]:
    """Give the document properties that changed after a revision: their names in /Info, such as ``Title``, and ``XMP``.

    A revision that adds validation data, signatures or time stamps may state its own moment and program.
    Never raises; what cannot be compared is named as a whole.
    """
    try:
        revisions = [reader.get_historical_resolver(number) for number in range(revision, reader.xrefs.total_revisions)]
        return tuple(sorted({name for old, new in pairwise(revisions) for name in _changed(old, new)}))
    except Exception:  # noqa: BLE001  # pyHanko raises whatever a damaged object leads it to
        return ("all that can be, for they cannot be compared",)


def _changed(old: HistoricalResolver, new: HistoricalResolver) -> set[str]:
    """The properties that one revision changed, but for what it may say of itself."""
    before, after = _information(old), _information(new)
    names = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    if not _has_grown(old, new):
        return names
    return names - _OF_REVISION - (set() if _XMP in before or _is_titled(new) else {_XMP})


def is_merely_prolonged(reader: PdfFileReader, revision: int) -> bool:
    """Tell whether validation data or time stamps came after a revision, and all that is shown is as it was.

    Never raises; what cannot be compared is not alike.
    """
    try:
        last = reader.xrefs.total_revisions - 1
        old, new = (reader.get_historical_resolver(number) for number in (revision, last))
        return _has_grown(old, new) and _is_alike(old.root, new.root)
    except Exception:  # noqa: BLE001  # pyHanko raises whatever a damaged object leads it to
        return False


def is_merely_commented(reader: PdfFileReader, revision: int) -> bool:
    """Tell whether a revision permits comments and, beside what pyHanko allows, nothing but comments came after it.

    The permission is that of the certifying signature (DocMDP, P = 3; ISO 32000-2, 12.8.2.2), as it stands in the
    revision itself. Never raises; what cannot be compared is not alike.
    """
    try:
        revisions = [reader.get_historical_resolver(number) for number in range(revision, reader.xrefs.total_revisions)]
        return _permits_comments(revisions[0]) and all(
            _is_allowed(old, new) or _is_alike(old.root, new.root, comments=True) for old, new in pairwise(revisions)
        )
    except Exception:  # noqa: BLE001  # pyHanko raises whatever a damaged object leads it to
        return False


def _permits_comments(revision: HistoricalResolver) -> bool:
    certifying = _value(_value(revision.root, "/Perms"), "/DocMDP")
    (reference,) = _value(certifying, "/Reference")
    parameters = _value(_resolved(reference), "/TransformParams")
    return bool(_value(parameters, "/P") == MDPPerm.ANNOTATE.value)


def _is_allowed(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Whether one revision after another holds only what any signature allows: signatures, validation data, fields."""
    try:
        DEFAULT_DIFF_POLICY.apply(old, new, doc_mdp=MDPPerm.FILL_FORMS)
    except SuspiciousModification:
        return False
    return True


def _has_grown(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Whether the store of validation data changed, or fields were added, as signatures and time stamps are."""
    stores = [_value(historical_resolver.root, "/DSS") for historical_resolver in (old, new)]
    return stores[0] != stores[1] or len(_fields(new)) > len(_fields(old))


def _information(revision: HistoricalResolver) -> dict[str, object]:
    # By its reference: the trailer's own look-up would give the dictionary as it is now.
    reference: Any = revision.trailer_view.get_value_as_reference("/Info", optional=True)
    dictionary = None if reference is None else revision(reference)
    told: dict[str, object] = {}
    if isinstance(dictionary, generic.DictionaryObject):
        told = {str(key).removeprefix("/"): repr(_resolved(value)) for key, value in dictionary.items()}
    metadata = _value(revision.root, "/Metadata")
    return told | ({_XMP: _OF_WRITER.sub(b"", metadata.data)} if isinstance(metadata, generic.StreamObject) else {})


def _is_titled(revision: HistoricalResolver) -> bool:
    metadata = _value(revision.root, "/Metadata")
    return isinstance(metadata, generic.StreamObject) and b"title" in metadata.data


def _fields(revision: HistoricalResolver) -> Any:  # noqa: ANN401  # half typed in pyHanko
    form = _value(revision.root, "/AcroForm")
    return () if form is None else _value(form, "/Fields") or ()


def _is_alike(old: Any, new: Any, *, comments: bool = False) -> bool:  # noqa: ANN401  # the same
    """Whether two catalogs lead to the same objects, but for what prolongs a signature's life, or `comments`."""
    without = _without_comments if comments else _without_stamps
    waiting: list[Change] = [
        change for change in _entries(old, new, without, but=_PROLONGING) if not _is_form(change, old, new)
    ]
    waiting += _entries(old["/AcroForm"], new["/AcroForm"], without, but={"/SigFlags"})
    seen: set[tuple[generic.Reference, generic.Reference]] = set()
    for _ in range(_MAX_COMPARED):
        if not waiting:
            return True
        before, after = waiting.pop()
        if isinstance(before, generic.IndirectObject) and isinstance(after, generic.IndirectObject):
            pair = before.reference, after.reference
            if pair in seen:
                continue
            seen.add(pair)
        within = _within(_resolved(before), _resolved(after), without)
        if within is None:
            return False
        waiting += within
    return False


def _within(before: Any, after: Any, without: _Without) -> list[Change] | None:  # noqa: ANN401  # the same
    """What is to be compared within two values; None where they differ themselves."""
    if type(before) is not type(after):
        return None
    if isinstance(before, generic.StreamObject) and before.encoded_data != after.encoded_data:
        return None
    if isinstance(before, generic.DictionaryObject):
        return list(_entries(before, after, without))
    if isinstance(before, generic.ArrayObject):
        return list(zip(_raw(before), _raw(after), strict=True)) if len(before) == len(after) else None
    return [] if before == after else None


def _is_form(change: Change, old: Any, new: Any) -> bool:  # noqa: ANN401  # the same
    """Whether this is the catalogs' own form, which is compared entry by entry."""
    before, after = map(_resolved, change)
    return before is old["/AcroForm"] and after is new["/AcroForm"]


def _entries(old: Any, new: Any, without: _Without, but: Collection[str] = ()) -> Iterator[Change]:  # noqa: ANN401  # the same
    """The entries of two dictionaries, side by side; a missing one is null."""
    null = generic.NullObject()
    for key in (old.keys() | new.keys()) - set(but):
        before, after = (state.raw_get(key) if key in state else null for state in (old, new))
        if key in _GROWING:
            before, after = without(before if key in old else generic.ArrayObject(), after)
        yield before, after


def _without_comments(before: Any, after: Any) -> Change:  # noqa: ANN401  # the same
    """Two lists without the comments in them."""
    return _uncommented(before), _uncommented(after)


def _uncommented(listed: Any) -> Any:  # noqa: ANN401  # the same
    array = _resolved(listed)
    if not isinstance(array, generic.ArrayObject):
        return generic.ArrayObject() if isinstance(array, generic.NullObject) else listed
    return generic.ArrayObject(annotation for annotation in _raw(array) if not _is_comment(_resolved(annotation)))


def _is_comment(annotation: Any) -> bool:  # noqa: ANN401  # the same
    return (
        isinstance(annotation, generic.DictionaryObject)
        and annotation.get("/Subtype") in _COMMENTS
        and not annotation.keys() & _ACTIONS
    )


def _without_stamps(before: Any, after: Any) -> Change:  # noqa: ANN401  # the same
    """Two lists, the second without the time stamps at its end that the first does not hold."""
    listed = _resolved(after)
    if not isinstance(listed, generic.ArrayObject):
        return before, after
    former = _resolved(before)
    size = len(former) if isinstance(former, generic.ArrayObject) else 0
    kept = list(_raw(listed))
    while len(kept) > size and _is_hidden_stamp(_resolved(kept[-1])):
        kept.pop()
    return before, generic.ArrayObject(kept)


def _is_hidden_stamp(field: Any) -> bool:  # noqa: ANN401  # the same
    """Whether an object is the field of a time stamp over the file that shows nothing and does nothing."""
    if not isinstance(field, generic.DictionaryObject) or not field.keys() <= _STAMP_KEYS:
        return False
    value = _value(field, "/V")
    left, bottom, right, top = _value(field, "/Rect") or (0, 0, 0, 0)
    return isinstance(value, generic.DictionaryObject) and (
        value.get("/Type") == "/DocTimeStamp" and (left == right or bottom == top)
    )


def _raw(array: generic.ArrayObject) -> Iterator[Any]:
    return (array.raw_get(index) for index in range(len(array)))


def _value(dictionary: Any, key: str) -> Any:  # noqa: ANN401  # the same
    """An entry of a dictionary, resolved; None where there is none."""
    return dictionary[key] if key in dictionary else None  # noqa: SIM401  # pyHanko's own get() resolves nothing


def _resolved(value: Any) -> Any:  # noqa: ANN401  # the same
    resolve: Any = getattr(value, "get_object", None)
    return value if resolve is None else resolve()
