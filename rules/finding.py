"""Findings, verdicts and outcomes: what examination has to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from rules.corrected import Corrected
from rules.facts import NEW_ENTRY_ABSENT, DocumentKind, Dossier, NewEntry, Stated, Where

NOTHING_TO_DO = "Nothing; the fault is ours, and a person reads the file."
"""The remedy of what is not the sender's to mend."""


class Verdict(StrEnum):
    """The five answers a rule can have; nothing passes by silence."""

    PASS = "pass"  # noqa: S105  # a verdict, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_IN_FORCE = "not_in_force"
    UNDETERMINED = "undetermined"
    """The rule raised, or the facts it needs could not be read."""


class Severity(StrEnum):
    """What a failed rule means for the submission."""

    RETURN = "return"
    QUERY = "query"
    """A person must look."""
    NOTE = "note"


class Outcome(StrEnum):
    """The outcome of the rulings."""

    READY = "ready"
    RETURN = "return"
    NEEDS_A_PERSON = "needs_a_person"
    NOT_A_SUBMISSION = "not_a_submission"


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What a certificate states of the same thing as the form."""

    kind: DocumentKind
    label: str
    """The label's standard wording."""
    stated: Stated


@dataclass(frozen=True, slots=True)
class Topic:
    """The one thing that several findings say, so that a reader is told it once.

    Two findings are of one topic where the texts are equal.
    """

    before: str
    """A sentence, or its beginning, behind which the findings' items stand."""
    after: str = ""
    shared: bool = False
    """It is about the submission's documents, whichever of several forms it came up on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint of one rule: where, what was said, what was expected, why."""

    message: str
    """A sentence for the submitter."""
    field: str | None = None
    """``<Data Group>.<Data Attribute>``, a group, or None."""
    where: Where | None = None
    said: str | None = None
    expected: str | None = None
    suggestion: str | None = None
    """What was probably meant; never compared, only shown."""
    unknown: bool = False
    """True where the rule could not tell, so that a person must."""
    remedy: str = ""
    """What to do about this very finding; where a rule says nothing, the runner adds the rulebook's."""
    short: str = ""
    """The message without the values, for readers who see these beside it; empty where it is the message itself."""
    against: Counterpart | None = None
    """What the field was compared with."""
    topic: Topic | None = None
    item: str = ""
    """What this finding adds to its topic."""
    covers: tuple[str, ...] = ()
    """Further fields that it is about."""
    rests_on: tuple[str, ...] = ()
    """Fields, and names of documents, that it takes to be right: where one is at fault, this follows from it."""
    internal: bool = False
    """Only SECAS can settle it, so that no letter asks the submitter."""

    waits: bool = False
    """It only says that something cannot be judged before that on which it rests is mended."""
    corrected: Corrected | None = None
    """The correction that it names, so that whoever shows the value can say whose it is."""

    def adding(self, sentence: str) -> Finding:
        """Say one thing more; it is of one topic with those that say it too."""
        short = f"{self.short} {sentence}" if self.short else ""
        topic = replace(self.topic, after=f"{self.topic.after} {sentence}") if self.topic else None
        return replace(self, message=f"{self.message} {sentence}", short=short, topic=topic)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule's answer on one entry."""

    rule: str
    title: str
    citation: str
    verdict: Verdict
    severity: Severity
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryReport:
    """Every rule's answer on one entry."""

    document: str | None
    profile: str | None
    """The form's edition, e.g. ``2022-09``; None where it was not recognised."""
    rulings: tuple[Ruling, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """The whole examination of one dossier."""

    rulebook_edition: str
    rulebook_digest: str
    judged_at: datetime
    entries: tuple[EntryReport, ...]
    outcome: Outcome


def outcome_of(rulings: tuple[Ruling, ...]) -> Outcome:
    """Give the outcome: any failed ``return`` returns; any failed ``query`` or undetermined needs a person; else ready.

    No rulings at all is never ready.
    """
    failed = {ruling.severity for ruling in rulings if ruling.verdict is Verdict.FAIL}
    if Severity.RETURN in failed:
        return Outcome.RETURN
    undetermined = any(ruling.verdict is Verdict.UNDETERMINED for ruling in rulings)
    if not rulings or undetermined or Severity.QUERY in failed:
        return Outcome.NEEDS_A_PERSON
    return Outcome.READY


_WORST_FIRST = (Outcome.RETURN, Outcome.NEEDS_A_PERSON, Outcome.READY)


def worst(outcomes: tuple[Outcome, ...]) -> Outcome:
    """Give the worst outcome of a message's entries, its own entry's; a message without one needs a person."""
    return next((outcome for outcome in _WORST_FIRST if outcome in outcomes), Outcome.NEEDS_A_PERSON)


def by_entry(dossier: Dossier, report: Report | None) -> tuple[tuple[NewEntry, EntryReport | None], ...]:
    """Give each entry with its report; the absent entry where there is no workbook and its absence was judged.

    Raises:
        ValueError: the report is not this dossier's.
    """
    if report is None:
        return tuple((entry, None) for entry in dossier.entries)
    return tuple(zip(dossier.entries or (NEW_ENTRY_ABSENT,), report.entries, strict=True))
