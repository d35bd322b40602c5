"""Compares a list that is offered with the register: what is new, changed, missing, spelled otherwise, contradictory.

Nothing of the register is ever dropped by it: an entry that the file does not have stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake.register.published import UNCOMPUTED, ListFile
from intake.register.spoilt import spoilt
from rules.certificate_number import without_prefix
from rules.days import stated_date
from rules.facts import RegisterEntry
from rules.fields import MODEL_AND_HARDWARE, FormField
from rules.published import CERTIFICATES, listed, one_listed, published, same_form

SPELLING = "spelling"
"""Kind of a cell that says the same as the register in other characters, such as blanks behind it."""
STATUS = str(FormField.ENTRY_STATUS)
_OTHERS = {"Version", MODEL_AND_HARDWARE}
"""Columns of the DCC's copy that repeat what others say."""
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_FEW = 5
"""Entries that are named where a certificate is told of in several ways."""
_MONTHS = 12
_VALID_TO: Mapping[str, str] = {FormField.CPA_NUMBER: FormField.CPA_DATE}


@dataclass(frozen=True, slots=True)
class Change:
    """A value of an entry that is another now."""

    entry: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One certificate, of which the list says two things."""

    certificate: str
    what: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What taking in a list would do."""

    file: ListFile
    new: tuple[RegisterEntry, ...] = ()
    altered: tuple[RegisterEntry, ...] = ()
    """Entries as they will be, whose values or spelling are others."""
    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    normalised: Mapping[str, int] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    contradicted: tuple[str, ...] = ()
    """Entries of which people approved something that is not published, while the file says something else."""
    confirmed: tuple[str, ...] = ()
    """Entries of which the file says what people approved; so it has published that."""
    exchanged: tuple[Change, ...] = ()
    """Days whose day and month are exchanged, where that is so of every one that tells."""

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why it is not taken in whatever anybody accepts, a sentence each."""
        return (*self._months, *self._spoilt, *self._contradicted)

    @property
    def _spoilt(self) -> tuple[str, ...]:
        """Values that a spreadsheet has made; one that the register has already stays as it was published."""
        uncomputed = self.file.normalised.get(UNCOMPUTED, 0)
        if uncomputed:
            cells = "a cell" if uncomputed == 1 else f"{uncomputed} cells"
            return (
                f"It has {cells} with a formula and no result. Save it in a spreadsheet program, and take in that.",
            )
        stated = [(change.entry, change.field, change.after) for change in self.changes]
        stated += [(entry.number, name, text) for entry in self.new for name, text in entry.fields.items()]
        told = [(*value, why) for value in stated if (why := spoilt(*value[1:]))]
        if not told:
            return ()
        entry, name, text, why = told[0]
        others = f", and {len(told) - 1} more values are like it" if len(told) > 1 else ""
        return (f"Entry {entry} has “{text}” as {name}, {why}{others}. Put the file right, and take in that.",)

    @property
    def _contradicted(self) -> tuple[str, ...]:
        if not self.contradicted:
            return ()
        why = (
            f"Of {_some(self.contradicted)} it says neither what was published last nor what has been approved since. "
            "Publish what is approved first, or put the file right."
        )
        return (why,)

    @property
    def _months(self) -> tuple[str, ...]:
        odd = [entry for entry in self.file.entries if _month_first(published(entry, FormField.CPA_DATE))]
        remedy = "Save the workbook itself, or its CSV with the days as dd/mm/yyyy text."
        if self.exchanged and not odd:
            first = self.exchanged[0]
            why = (
                f"Entry {first.entry} has the day {first.after} where the register has {first.before}, and so it is "
                f"with every day that would tell, so the days of the file have their month first. {remedy}"
            )
            return (why,)
        if not odd:
            return ()
        day = published(odd[0], FormField.CPA_DATE)
        why = (
            f"Entry {odd[0].number} has the day {day}, which cannot be day first, so every day of the file may have "
            f"its month first. {remedy}"
        )
        return (why,)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What it does not have, a sentence each; taken in only where a person accepts that."""
        reasons = []
        if self.missing:
            reasons.append(f"It lacks entries that the register has: {_some(self.missing)}.")
        if self.file.lacking:
            reasons.append(f"It lacks columns of the list: {', '.join(self.file.lacking)}.")
        return tuple(reasons)


def reconcile(
    register: Sequence[RegisterEntry], file: ListFile, approved: Mapping[str, RegisterEntry] | None = None
) -> Reconciliation:
    """Compare the register with a file of the list; values are compared in their normal form.

    Args:
        register: the entries as they were published last; none where nothing was ever taken in.
        file: the list as read.
        approved: by number, entries of which people have approved something that no version has published.
    """
    by_number = {entry.number: entry for entry in register}
    new, altered, changes = [], [], list[Change]()
    confirmed, contradicted = list[str](), list[str]()
    counts = Counter(file.normalised)
    for offered in file.entries:
        before = by_number.get(offered.number)
        meant = (approved or {}).get(offered.number)
        if meant is not None:
            if _says(offered, meant):
                confirmed.append(offered.number)
            elif before is None or not _says(offered, before):
                contradicted.append(offered.number)
            continue
        if before is None:
            new.append(offered if _OTHERS.isdisjoint(offered.fields) else replace(offered, fields=_own(offered.fields)))
            continue
        after = replace(offered, fields={**before.fields, **_own(_verbatim_where_changed(before, offered))})
        changes += _changes(before, after)
        counts[SPELLING] += _respelled(before, after)
        if (after.status, after.fields) != (before.status, before.fields):
            altered.append(after)
    numbers = {offered.number for offered in file.entries}
    return Reconciliation(
        file=file,
        new=tuple(new),
        altered=tuple(altered),
        changes=tuple(changes),
        missing=tuple(sorted(by_number.keys() - numbers)),
        normalised={kind: count for kind, count in counts.items() if count},
        contradictions=tuple(contradictions(file.entries)),
        contradicted=tuple(contradicted),
        confirmed=tuple(confirmed),
        exchanged=tuple(_exchanged(by_number, file.entries)),
    )


def _exchanged(register: Mapping[str, RegisterEntry], offered: Sequence[RegisterEntry]) -> Sequence[Change]:
    """The days that have day and month exchanged; none where another tells that days come first, or it is one alone."""
    exchanged = []
    for entry in offered:
        texts = [published(line, FormField.CPA_DATE) for line in (register.get(entry.number, entry), entry)]
        before, after = map(stated_date, texts)
        if after is not None and after.day > _MONTHS:
            return ()
        if before is None or after is None or before.day == before.month or entry.number not in register:
            continue
        if after == before:
            return ()
        if (after.year, after.month, after.day) == (before.year, before.day, before.month):
            exchanged.append(Change(entry.number, str(FormField.CPA_DATE), *texts))
    return exchanged if len({change.after for change in exchanged}) > 1 else ()


def _says(offered: RegisterEntry, meant: RegisterEntry) -> bool:
    """Whether a line of the file says what an entry means, in the columns that the file has."""
    merged = replace(offered, fields={**meant.fields, **_own(_verbatim_where_changed(meant, offered))})
    return next(_changes(meant, merged), None) is None


def _some(numbers: Sequence[str], most: int = 5) -> str:
    further = len(numbers) - most
    return ", ".join(numbers[:most]) + (f" and {further} more" if further > 0 else "")


def _month_first(text: str) -> bool:
    """Whether it is a day only if its month comes first."""
    match = _NUMERIC.fullmatch(text)
    return (
        match is not None and stated_date(text) is None and stated_date(f"{match[2]}/{match[1]}/{match[3]}") is not None
    )


def _own(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if name not in _OTHERS}


def _verbatim_where_changed(before: RegisterEntry, offered: RegisterEntry) -> Mapping[str, str]:
    """The offered fields; codes that say the same without their colons stay as the register has them.

    A column that the register does not have of the entry, and that is empty in the file, says nothing.
    """
    stated = ((name, text) for name, text in offered.fields.items() if text or name in before.fields)
    return {name: _verbatim(before.fields.get(name), text) for name, text in stated}


def _verbatim(listed: str | None, text: str) -> str:
    return listed if listed is not None and text == listed.replace(":", "") else text


def _changes(before: RegisterEntry, after: RegisterEntry) -> Iterator[Change]:
    if same_form(STATUS, before.status) != same_form(STATUS, after.status):
        yield Change(after.number, STATUS, before.status, after.status)
    for name, text in after.fields.items():
        old = before.fields.get(name, "")
        if text != old and same_form(name, text) != same_form(name, old):
            yield Change(after.number, name, old, text)


def _respelled(before: RegisterEntry, after: RegisterEntry) -> int:
    return sum(
        text != old and same_form(name, text) == same_form(name, old)
        for name, text in after.fields.items()
        for old in (before.fields.get(name, ""),)
    )


def contradictions(entries: Sequence[RegisterEntry]) -> Iterator[Contradiction]:
    """Find certificates of which the list says two things: two dates, or two spellings of the number."""
    for name in CERTIFICATES:
        grouped: dict[str, list[RegisterEntry]] = {}
        for entry in entries:
            key = one_listed(name, published(entry, name))
            if key:
                grouped.setdefault(key, []).append(entry)
        for lines in grouped.values():
            yield from _of_certificate(name, lines)


def _of_certificate(name: str, lines: Sequence[RegisterEntry]) -> Iterator[Contradiction]:
    numbers = tuple(line.number for line in lines)
    shown = without_prefix(published(lines[0], name)) if name == FormField.CPA_NUMBER else published(lines[0], name)
    spellings = _saying((line.fields.get(name, ""), line) for line in lines)
    if len(spellings) > 1:
        yield Contradiction(shown, f"{len(spellings)} spellings: {_told(spellings)}", numbers)
    date = _VALID_TO.get(name)
    days = _saying((published(line, date), line) for line in lines) if date else {}
    if len({same_form(date or "", day) for day in days}) > 1:
        yield Contradiction(shown, f"{len(days)} dates: {_told(days)}", numbers)


def _saying(told: Iterator[tuple[str, RegisterEntry]]) -> Mapping[str, Sequence[RegisterEntry]]:
    saying: dict[str, list[RegisterEntry]] = {}
    for text, entry in told:
        saying.setdefault(text, []).append(entry)
    return saying


def _told(saying: Mapping[str, Sequence[RegisterEntry]]) -> str:
    """Each text with how many entries say it, the most first; where it is few, with their numbers."""
    ranked = sorted(saying.items(), key=lambda item: (-len(item[1]), item[0]))
    return ", ".join(f"“{text}” ({_those(entries)})" for text, entries in ranked)


def _those(entries: Sequence[RegisterEntry]) -> str:
    return f"{len(entries)}: {listed(entries)}" if len(entries) <= _FEW else str(len(entries))


def difference(before: Sequence[RegisterEntry], after: Sequence[RegisterEntry]) -> Iterator[Change]:
    """List every value that differs to the letter; an entry that only one has is one line without a field's name.

    Lines come in the order of the entries' numbers and of the list's columns.
    """
    old, new = ({entry.number: entry for entry in entries} for entries in (before, after))
    for number in sorted(old.keys() | new.keys()):
        first, second = old.get(number), new.get(number)
        if first is None or second is None:
            yield Change(number, "", first.status if first else "", second.status if second else "")
            continue
        if first is second:
            continue
        if first.status != second.status:
            yield Change(number, STATUS, first.status, second.status)
        if first.fields == second.fields:
            continue
        for name in dict.fromkeys((*first.fields, *second.fields)):
            texts = first.fields.get(name, ""), second.fields.get(name, "")
            if texts[0] != texts[1]:
                yield Change(number, name, *texts)
