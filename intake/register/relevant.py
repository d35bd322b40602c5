"""Which lines of the published list matter to an entry, so that a dossier does not grow with the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rules.facts import NewEntry, RegisterEntry, folded
from rules.fields import DEVICE_MODEL, FormField
from rules.published import CERTIFICATES, is_current, key_of, one_listed, published, same, same_form
from rules.register.certificate_details import DETAILS
from rules.register.upgrade_path import path_of
from rules.shapes import entry_ids
from rules.text import trimmed

MOST = 60
"""Lines kept for one reason; the most that share one certificate today are 46."""
_PATH_LABEL = "upgrade path"


def relevant(register: Sequence[RegisterEntry], new_entry: NewEntry) -> tuple[RegisterEntry, ...]:
    """Pick the lines that the rules of the register look at, in the list's order.

    They are those of the same Device Model, those with its certificates, the one whose number it quotes,
    one for each manufacturer whom it has with its image or its ZigBee certificate, and each firmware version with the
    image,
    one for each creator whom the list has with its manufacturer's code and each code it has with its creator,
    and those on its firmware upgrade path, to the path's end.

    Args:
        register: the whole list.
        new_entry: the form, as read.
    """
    reasons = (
        _of_model(register, new_entry),
        *(_with_certificate(register, name, new_entry.value(name)) for name in CERTIFICATES),
        _quoted(register, new_entry.value(FormField.ENTRY_NUMBER)),
        _one_of_each(
            register,
            FormField.MANUFACTURER_IDENTIFIER,
            new_entry.value(FormField.MANUFACTURER_IDENTIFIER),
            FormField.IMAGE_CREATOR,
        ),
        _one_of_each(
            register,
            FormField.IMAGE_CREATOR,
            new_entry.value(FormField.IMAGE_CREATOR),
            FormField.MANUFACTURER_IDENTIFIER,
        ),
        *(
            _one_of_each(register, name, new_entry.value(name), FormField.MANUFACTURER_IDENTIFIER)
            for name in (FormField.IMAGE_HASH, FormField.ZSE_NUMBER)
        ),
        _one_of_each(register, FormField.IMAGE_HASH, new_entry.value(FormField.IMAGE_HASH), FormField.FIRMWARE_VERSION),
        _on_path(register, new_entry),
    )
    kept = {id(line) for reason in reasons for line in _first(reason)}
    return tuple(line for line in register if id(line) in kept)


def relevant_to_all(register: Sequence[RegisterEntry], entries: Iterable[NewEntry]) -> tuple[RegisterEntry, ...]:
    """Pick the lines that matter to any of the entries of one submission, in the list's order."""
    kept = {id(line) for entry in entries for line in relevant(register, entry)}
    return tuple(line for line in register if id(line) in kept)


def _first(lines: Iterator[RegisterEntry]) -> Iterator[RegisterEntry]:
    for _, line in zip(range(MOST), lines, strict=False):
        yield line


def _of_model(register: Sequence[RegisterEntry], new_entry: NewEntry) -> Iterator[RegisterEntry]:
    wanted = tuple(same_form(name, new_entry.value(name)) for name in DEVICE_MODEL)
    return (line for line in register if key_of(line, DEVICE_MODEL) == wanted)


def _with_certificate(register: Sequence[RegisterEntry], name: FormField, number: str) -> Iterator[RegisterEntry]:
    """The lines that have it however it is spelt, those first of which each says something else of it."""
    wanted = one_listed(name, number)
    having = [line for line in register if wanted and one_listed(name, published(line, name)) == wanted]
    told = (name, *DETAILS[name], FormField.DEVICE_TYPE, FormField.MANUFACTURER_IDENTIFIER)
    firsts = {(is_current(line), *key_of(line, told)): line for line in reversed(having)}
    of_each = {id(line) for line in firsts.values()}
    return iter(sorted(having, key=lambda line: id(line) not in of_each))


def _quoted(register: Sequence[RegisterEntry], number: str) -> Iterator[RegisterEntry]:
    return (line for line in register if line.number == trimmed(number))


def _one_of_each(register: Sequence[RegisterEntry], name: str, text: str, other: str) -> Iterator[RegisterEntry]:
    """Pick one line for each value of the other field beside this text."""
    seen: set[str] = set()
    for line in register:
        value = published(line, other)
        if text and same(name, text, line) and value not in seen:
            seen.add(value)
            yield line


def _on_path(register: Sequence[RegisterEntry], new_entry: NewEntry) -> Iterator[RegisterEntry]:
    by_number = {line.number: line for line in register}
    ahead = [number for row in new_entry.rows if _PATH_LABEL in folded(row.field) for number in _ids(row.value)]
    seen: set[str] = set()
    while ahead:
        number = ahead.pop(0)
        line = by_number.get(number)
        if line is not None and number not in seen:
            seen.add(number)
            ahead += path_of(line)
            yield line


def _ids(value: str) -> tuple[str, ...]:
    return entry_ids(trimmed(value))
