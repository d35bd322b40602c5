"""Which keys of a file no section knows, where they stand and what was probably meant; and which are missing.

Only a file that has been refused is looked at here, so that a good one costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from msgspec import inspect

from intake.config.whole import Config

_NOT_OF_THE_FILE = "folder"
"""A field that `load` sets."""


def key_faults(table: Mapping[str, object]) -> list[str]:
    """Tell every unknown and every missing key, and every unknown kind, a sentence each with its place."""
    whole = inspect.type_info(Config)
    assert isinstance(whole, inspect.StructType)  # noqa: S101  # for the type checker
    sections = {field.encode_name: field.type for field in whole.fields if field.encode_name != _NOT_OF_THE_FILE}
    faults: list[str] = []
    for name, value in table.items():
        if name not in sections:
            faults.append(_unknown_at_top(name, value, sections))
        elif isinstance(sections[name], inspect.VarTupleType) and isinstance(value, dict):
            faults.append(f"[{name}] is written [[{name}]], as there may be several")
        elif isinstance(value, list):
            for number, section in enumerate(value, 1):
                faults += _faults(section, _kinds(sections[name]), _place(name, section, number), sections)
        else:
            faults += _faults(value, _kinds(sections[name]), f"[{name}]", sections)
    return faults


def choices_at(path: str) -> list[str]:
    """List the words that a key may be, by its path as msgspec writes it; none where it is no choice of words."""
    here = [inspect.type_info(Config)]
    for step in re.findall(r"\w+|\[[^\]]*\]", path):
        here = [inner for kind in here for inner in _inside(kind, step)]
    return list(dict.fromkeys(str(word) for kind in here for word in _words(kind)))


def _inside(kind: inspect.Type, step: str) -> Iterator[inspect.Type]:
    match kind:
        case inspect.UnionType():
            for choice in kind.types:
                yield from _inside(choice, step)
        case inspect.StructType():
            yield from (field.type for field in kind.fields if field.encode_name == step)
        case inspect.VarTupleType():
            yield kind.item_type
        case inspect.DictType():
            yield kind.value_type


def _words(kind: inspect.Type) -> Iterator[object]:
    match kind:
        case inspect.UnionType():
            for choice in kind.types:
                yield from _words(choice)
        case inspect.LiteralType():
            yield from kind.values


def _place(section: str, table: object, number: int) -> str:
    """Name one of several sections of the same name."""
    own = table.get("name") if isinstance(table, dict) else None
    return f"{section} {own!r}" if own else f"{section} number {number}"


def _kinds(expected: inspect.Type) -> list[inspect.StructType]:
    """The classes that a section may be of: one, one for each kind, or none where it is a plain value."""
    if isinstance(expected, inspect.VarTupleType):
        return _kinds(expected.item_type)
    if isinstance(expected, inspect.UnionType):
        return [kind for kind in expected.types if isinstance(kind, inspect.StructType)]
    return [expected] if isinstance(expected, inspect.StructType) else []


def _faults(
    table: object, kinds: list[inspect.StructType], place: str, sections: Mapping[str, inspect.Type]
) -> Iterator[str]:
    if not isinstance(table, dict) or not kinds:
        return
    kind, named = kinds[0], place
    if kind.tag_field is not None:
        by_tag = {str(choice.tag): choice for choice in kinds}
        kind_name = table.get(kind.tag_field)
        if not isinstance(kind_name, str) or kind_name not in by_tag:
            yield _kind_fault(place, kind_name, sorted(by_tag))
            return
        kind, named = by_tag[kind_name], f"{place} of kind {kind_name}"
    fields = {field.encode_name: field for field in kind.fields}
    for key in table:
        if key not in fields and key != kind.tag_field:
            yield f"{named} has no key {key!r}{_meant(key, kind, kinds, sections)}"
    missing = [name for name, field in fields.items() if field.required and table.get(name, "") == ""]
    if missing:
        yield f"{named} needs {' and '.join(_with_article(name, fields[name]) for name in missing)}"
    for name, field in fields.items():
        yield from _faults(table.get(name), _kinds(field.type), f"{place} {name}", sections)


def _kind_fault(place: str, said: object, kinds: list[str]) -> str:
    if said is None:
        return f"{place} needs a kind: {', '.join(kinds)}"
    close = get_close_matches(str(said), kinds, n=1)
    return f"{place} is of no kind {said!r}{f', probably meant: {close[0]!r}' if close else ''} ({', '.join(kinds)})"


def _with_article(name: str, field: inspect.Field) -> str:
    if _kinds(field.type):
        return f"{name} = {{ … }}"
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _unknown_at_top(name: str, value: object, sections: Mapping[str, inspect.Type]) -> str:
    what = f"section [{name}]" if isinstance(value, dict | list) else f"key {name!r}"
    if elsewhere := _elsewhere(name, sections):
        return f"there is no {what}{elsewhere}"
    if close := get_close_matches(name, sections, n=1):
        return f"there is no {what}, probably meant: {close[0]!r}"
    return f"there is no {what}"


def _meant(
    key: str, kind: inspect.StructType, kinds: list[inspect.StructType], sections: Mapping[str, inspect.Type]
) -> str:
    """What was probably meant by a key: one of another kind, one that is written alike, or one of another section."""
    owners = [str(other.tag) for other in kinds if key in _names(other)]
    if owners:
        return f", which belongs to kind {' or '.join(owners)}"
    if close := get_close_matches(key.lower(), _names(kind), n=1):
        return f", probably meant: {close[0]!r}"
    if close := get_close_matches(key.lower(), sorted({name for other in kinds for name in _names(other)}), n=1):
        return f", probably meant: {close[0]!r} of another kind"
    return _elsewhere(key, sections)


def _elsewhere(key: str, sections: Mapping[str, inspect.Type]) -> str:
    if key in sections:
        return f", {key!r} stands at the top of the file" if not _kinds(sections[key]) else f", see section [{key}]"
    owners = [name for name, expected in sections.items() if any(key in _names(kind) for kind in _kinds(expected))]
    return f", which belongs to {' or '.join(f'[{name}]' for name in owners)}" if owners else ""


def _names(kind: inspect.StructType) -> list[str]:
    return [field.encode_name for field in kind.fields]
