"""The Firmware Upgrade Path names Current entries of the same hardware, and leads in no circle.

What: every Entry number of the path is on the list, is Current, is of the same device type, manufacturer_identifier,
model_identifier and hardware version, is not the entry itself, and does not lead back to it through the paths of other
entries.
Why: suppliers follow the path to the firmware from which an upgrade works; a wrong step may cost them meters. An
upgrade changes firmware alone.
Good: the number of the entry with the firmware version before this one, for the same hardware.
Bad: a number that is not on the list; an entry of another manufacturer or hardware version; the entry's own number.
What to do: look each number up in the list; write N/A where no version can be upgraded to this one.
Clause: SEC modification MP231, the proposed row 'Firmware Upgrade Path'.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, RegisterEntry
from rules.finding import Finding
from rules.form import text_shaped
from rules.published import HARDWARE, UPGRADE_PATH, is_current, published, same
from rules.register._entry import lines, list_given, of_model, quoted_number, text
from rules.rule import Rule
from rules.shapes import entry_ids

_ENOUGH = 1000
"""Entries followed; the list's paths are far shorter."""


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form names entries of it."""
    cell = text_shaped(dossier, "entry_ids")
    return list_given(dossier) and cell is not None and bool(entry_ids(cell.text))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every number that cannot be right."""
    cell = text_shaped(dossier, "entry_ids")
    for number in dict.fromkeys(entry_ids(cell.text) if cell is not None else ()):
        complaint = _complaint(dossier, number)
        if cell is not None and complaint is not None:
            yield cell.fault(complaint, expected="a Current entry of the same hardware")


def _complaint(dossier: Dossier, number: str) -> str | None:
    by_number = {line.number: line for line in lines(dossier)}
    line = by_number.get(number)
    selves = _selves(dossier)
    if number in selves:
        return f"names {number}, which is this entry itself."
    if line is None:
        return f"names {number}, which is not on the list."
    if not is_current(line):
        return f"names {number}, which was removed from the list."
    differing = next((name for name in HARDWARE if not same(name, text(dossier, name), line)), None)
    if differing is not None:
        return f"names {number}, which is of other hardware: {differing} {published(line, differing) or 'not stated'}."
    circle = _circle(number, by_number, selves)
    return f"names {number}, which leads in a circle: {' to '.join(circle)}." if circle else None


def _selves(dossier: Dossier) -> set[str]:
    """The numbers under which this very model is on the list, and the one that the form quotes."""
    quoted = quoted_number(dossier)
    return {line.number for line in of_model(dossier)} | ({quoted} if quoted else set())


def _circle(start: str, by_number: dict[str, RegisterEntry], selves: set[str]) -> list[str]:
    """The way from an entry back to itself or to the one under judgement; empty where there is none."""
    ways = [[start]]
    seen = {start}
    while ways and len(seen) < _ENOUGH:
        way = ways.pop()
        for number in path_of(by_number.get(way[-1])):
            if number in selves or number == start:
                return [*way, number]
            if number not in seen:
                seen.add(number)
                ways.append([*way, number])
    return []


def path_of(line: RegisterEntry | None) -> tuple[str, ...]:
    """Give the numbers that a line's own path names."""
    return entry_ids(published(line, UPGRADE_PATH)) if line is not None else ()


RULE = Rule(
    id="register.upgrade_path",
    title="The Firmware Upgrade Path leads through entries of the list",
    citation="MP231, Firmware Upgrade Path",
    check=check,
    applies=applies,
)
