"""Values that may be younger than this program's lists: they have a list's shape and a higher number than its highest.

Standards go on while a table of choices stands still: GBCS 4.2 was in use before any list here named it. Such a value
is neither right nor wrong to us, so a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules.facts import Dossier
from rules.fields import FormField
from rules.reference import reference

_NUMBERED = re.compile(r"(?P<words>.*?)(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})*)(?P<letter>[a-z]?)", re.DOTALL)
_NEXT_TO = 2
"""A first number more than so many above the highest is a slip of the pen and no standard to come."""

Version = tuple[tuple[int, ...], str]


def younger(table: str, text: str, dossier: Dossier | None = None) -> bool:
    """Tell whether the text is written as the values of a table of choices are, with a higher number than all of them.

    Args:
        table: a table of `rules.reference.Reference.choices`.
        text: what the form states.
        dossier: where it is given and states a device type, a SMETS or CHTS version is held against the versions of
            that type alone, as each type goes on in its own line (`SMETS V4.3` for gas, `SMETS V5.1` for electricity).
    """
    stated = _split(text)
    if stated is None:
        return False
    words, version = stated
    alike = [split[1] for split in map(_split, _values(table, dossier)) if split is not None and split[0] == words]
    if not alike:
        return False
    highest = max(alike)
    return version > highest and version[0][0] <= highest[0][0] + _NEXT_TO


def _values(table: str, dossier: Dossier | None) -> Iterable[str]:
    kind = dossier.new_entry.value(FormField.DEVICE_TYPE) if dossier is not None else ""
    if table == "smets_chts" and kind in reference().device_types:
        smets1 = reference().smets1
        return {combination.version for combination in reference().combinations if combination.device_type == kind} - {
            smets1
        }
    return reference().values(table)


def _split(text: str) -> tuple[str, Version] | None:
    """The words before a version, and the version as numbers that compare."""
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return None
    return match["words"], (tuple(int(part) for part in match["number"].split(".")), match["letter"])
