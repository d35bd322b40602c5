"""Device type, SMETS or CHTS version and GBCS version go together.

What: the three are one of the combinations that the Code's tables of applicable technical specifications allow.
A Communications Hub states a CHTS version, every other device a SMETS version; SMETS1 is `SMETS V1.2` with
`GBCS Version 0.0`, whatever the device type that may be SMETS1.
Why: a wrong pair has reached the list before and had to be removed with the Panel's leave.
Good: Gas Smart Meter, `SMETS V4.3`, `GBCS Version 4.1`.
Bad: Gas Smart Meter, `SMETS V5.1`, `GBCS Version 4.1`; Communications Hub with any SMETS version but V1.2.
What to do: correct the version that is wrong; the finding lists what goes with the other one.
Clause: New Entry form, SMETS/CHTS Version and GBCS Version; SEC applicability tables of technical specifications.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from rules.days import day_of
from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding, Topic
from rules.form import Cell, recognised, text_named
from rules.reference import reference
from rules.register._entry import as_listed
from rules.rule import Rule

_ONE = "Correct one of the two, not both, or the device type if that is the mistake."
_TABLES = {FormField.DEVICE_TYPE: "device_type", FormField.SMETS_VERSION: "smets_chts", FormField.GBCS_VERSION: "gbcs"}


def applies(dossier: Dossier) -> bool:
    """Apply where all three are values of the form; `format.choice` and `format.required` speak of the others."""
    return recognised(dossier) and len(_stated(dossier)) == len(_TABLES)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of a combination that no table allows on the day, at each cell that could be the wrong one."""
    kind, version, gbcs = _stated(dossier)
    day = day_of(dossier)
    pairs = [
        (combination.version, combination.gbcs)
        for combination in reference().combinations
        if combination.device_type == kind.text and combination.span.covers(day)
    ]
    if (version.text, gbcs.text) in pairs:
        return
    listed = as_listed(dossier, kind, version, gbcs)
    partners = _list(gbcs_version for smets, gbcs_version in pairs if smets == version.text)
    owners = _list(smets for smets, gbcs_version in pairs if gbcs_version == gbcs.text)
    sentence = _sentence(kind.text, (version.text, _or(partners)), (gbcs.text, _or(owners)))
    told = partial(replace, message=sentence, short="", topic=Topic(sentence), remedy=_ONE if partners else "")
    if partners:
        yield told(gbcs.fault("", expected=partners, unknown=listed, by_kind=True))
    expected = owners or _list(v for v, _ in pairs)
    yield told(version.fault("", expected=expected, unknown=listed, by_kind=True))


def _or(listed: str) -> str:
    return listed.replace("; ", " or ")


def _sentence(kind: str, version: tuple[str, str], gbcs: tuple[str, str]) -> str:
    """What goes with either of the two, so that whoever corrects one does not correct the other as well."""
    kind = kind if kind.endswith("Equipment") else f"a {kind}"
    if version[1] and gbcs[1]:
        return f"For {kind}, {version[0]} goes with {version[1]}, and {gbcs[0]} with {gbcs[1]}."
    if version[1]:
        return f"For {kind}, {version[0]} goes with {version[1]}; {gbcs[0]} goes with nothing."
    goes = f"; {gbcs[0]} goes with {gbcs[1]}" if gbcs[1] else ""
    return f"{version[0]} does not exist for {kind}{goes}."


def _stated(dossier: Dossier) -> list[Cell]:
    """The three cells, in order, where they hold a value that the form offers on the day."""
    day = day_of(dossier)
    offered_cells = ((text_named(dossier, name), table) for name, table in _TABLES.items())
    return [cell for cell, table in offered_cells if cell is not None and cell.text in reference().offered(table, day)]


def _list(values: Iterator[str]) -> str:
    return "; ".join(sorted(set(values)))


RULE = Rule(
    id="format.combination",
    title="Device type, SMETS/CHTS and GBCS versions go together",
    citation="New Entry form, SMETS/CHTS Version and GBCS Version; SEC applicability tables",
    check=check,
    applies=applies,
)
