"""Writes what a version changed as sentences for its readers, out of the changes themselves.

Notes that were typed named entries that do not exist; a generated one names number, kind, references and replacement
as they are. It is a draft: a version's own note, where a person wrote one, takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from intake.publication.alterations import REPLACED_BY, Alteration, alterations
from intake.publication.edition import Issue, Why, whys_of
from intake.publication.fir import CAVEAT

_Group = tuple[str, tuple[str, ...], str, tuple[str, ...], str]
_DONE: Mapping[str, str] = {
    "add": "Added {entries}",
    "update hash": "Listed the manufacturer's image of {entries}",
    "correct": "Corrected {fields} of {entries}",
    "replace certificate": "Replaced the certificate of {entries}",
    "remove": "Removed {entries}",
    "reinstate": "Reinstated {entries}",
    "re-add": "Listed again under a new number: {entries}",
    "amend": "Amended {fields} of {entries} for a time",
    "end amendment": "Ended the amendment of {entries}",
    "rename value": "Renamed {fields} on {entries}",
    "state upgrade path": "Stated the upgrade path of {entries}",
}
"""By the kind of a change."""
_NEW, _OTHERWISE = "Added {entries}", "Changed {fields} of {entries}"
_RUN = 3
"""So many numbers in a row are told by their first and last."""


def generated_note(issue: Issue) -> str:
    """Draft the note of a version: a sentence for each kind of change and reason, by the entries' numbers."""
    if issue.before is None:
        return f"First version of the list here: {len(issue.edition.entries)} entries."
    told = list(alterations(issue))
    return "\n".join(_sentence(group, numbers) for group, numbers in _grouped(issue, told).items()) or (
        "No entry has changed."
    )


def note_txt(issue: Issue) -> bytes:
    """Write ``note.txt``: the version, its note, and the digest of the list's content."""
    edition = issue.edition
    lines = (
        f"Central Products List, {edition.line}",
        "",
        edition.note.strip() or generated_note(issue),
        "",
        f"Digest of the list (SHA-256 of its content): {edition.digest}",
        CAVEAT,
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _grouped(issue: Issue, told: Iterable[Alteration]) -> dict[_Group, list[str]]:
    """The entries of each kind, reason, set of references, replacement and set of fields, in order."""
    fields: dict[str, dict[str, None]] = {}
    new = set()
    for alteration in told:
        fields.setdefault(alteration.entry, {})
        if alteration.field is None:
            new.add(alteration.entry)
        elif alteration.field != REPLACED_BY:
            fields[alteration.entry][alteration.field] = None
    groups: dict[_Group, list[str]] = {}
    for number, names in fields.items():
        whys = issue.whys.get(number) or (Why(""),)
        made = {why for name in ([None] if number in new else names) for why in whys_of(whys, name)}
        for why in (why for why in whys if why in made):
            template = _template(why, is_new=number in new)
            own = (name for name in names if why.touched is None or name in why.touched)
            shown = tuple(own) if "{fields}" in template else ()
            key = (template, shown, why.reason.strip(), why.references, why.replaced_by)
            groups.setdefault(key, []).append(number)
    return groups


def _template(why: Why, *, is_new: bool) -> str:
    return _DONE.get(why.kind, _NEW if is_new else _OTHERWISE)


def _sentence(group: _Group, numbers: Sequence[str]) -> str:
    template, fields, reason, references, replaced_by = group
    done = template.format(entries=in_runs(dict.fromkeys(numbers)), fields=_joined(fields) or "what is known")
    place = f", whose place entry {replaced_by} takes" if replaced_by else ""
    why = f": {reason.rstrip('.')}" if reason else ""
    beside = f" ({', '.join(references)})" if references else ""
    return f"{done}{place}{why}{beside}."


def in_runs(numbers: Iterable[str]) -> str:
    """Name entries by their numbers, those in a row by the first and last: ``entries 000001 to 000032 and 000040``."""
    ordered = sorted(numbers)
    parts = list(_runs(ordered))
    return f"{'entry' if len(ordered) == 1 else 'entries'} {_joined(parts)}"


def _runs(ordered: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and int(ordered[end + 1]) == int(ordered[end]) + 1:
            end += 1
        run = ordered[at : end + 1]
        yield from (f"{run[0]} to {run[-1]}",) if len(run) >= _RUN else run
        at = end + 1


def _joined(parts: Iterable[str]) -> str:
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last
