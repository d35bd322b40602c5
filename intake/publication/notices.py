"""Drafts what SEC Parties and the DCC are told of a version; people may change the words before they go out.

Source: SEC F2.8 (the list, the DCC and all Parties within one Working Day); guidance on CPL submissions, appendix A.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.publication.edition import Issue
from intake.publication.files import CHANGES_CSV, DCC_CSV, INVENTORY_CSV, WORKBOOK
from intake.publication.fir import CAVEAT
from intake.publication.inventory import ModelEffect, model_effects
from intake.publication.note import generated_note
from intake.render.templates import letter

MOST_MODELS = 40
"""Device Models that a letter names; all of them stand in ``inventory.csv``."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that nobody has decided on yet."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the DCC said of a version."""

    loaded: bool
    text: str = ""
    """Why it was not loaded, where it was not."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the templates tell of a version."""

    line: str
    note: Sequence[str]
    digest: str
    count: int
    models: Sequence[str]
    """The effect on the inventory, a line a Device Model."""
    further: int
    """Models beyond those."""
    inventory: str
    """The version by which the DCC's inventory goes until it loads this one; empty where it is not known."""
    rejected: str
    """The version before this one, where the DCC has rejected that; else empty."""
    unanswered: bool
    """The DCC has not said yet whether that version, from which the effect counts, is loaded."""
    overtaken: bool
    """``inventory.csv`` counts from the rejected version, and this letter does not."""
    unloaded: Sequence[tuple[str, Sequence[str]]]
    """Versions that the DCC has rejected and this one holds, each with the lines of its note."""
    files: Sequence[str]
    signed: str
    """The file that the signature is of; empty where there is none."""
    caveat: str = CAVEAT


def parties_notice(issue: Issue, answer: Answer | None = None) -> Draft:
    """Draft the notice to all SEC Parties.

    Args:
        issue: the version.
        answer: what the DCC said; None where it has said nothing yet, which the notice says too.
    """
    subject = f"Central Products List {issue.edition.version} published{_state(answer)}"
    return Draft(subject, letter("parties.txt", told=_told(issue), answer=answer))


def dcc_notice(issue: Issue, workbook: str = f"{WORKBOOK}.xlsx", *, signed: bool = True) -> Draft:
    """Draft the letter with which the DCC is sent a version.

    Args:
        issue: the version.
        workbook: its file's name; its signature's has ``.p7s`` behind that.
        signed: whether it is signed; where it is not, the letter says nothing of a signature.
    """
    files = (workbook, *((f"{workbook}.p7s",) if signed else ()), DCC_CSV, CHANGES_CSV, INVENTORY_CSV)
    subject = f"Central Products List {issue.edition.version} to be loaded"
    return Draft(subject, letter("dcc.txt", told=_told(issue, files, workbook if signed else "")))


def _state(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return ", loaded by the DCC" if answer.loaded else ", not loaded by the DCC"


def _told(issue: Issue, files: Sequence[str] = (), signed: str = "") -> Told:
    edition = issue.edition
    effects = list(model_effects(issue))
    note = edition.note.strip() or generated_note(issue)
    most = len(effects) if issue.inventory_overtaken else MOST_MODELS
    return Told(
        edition.line,
        note.splitlines(),
        edition.digest,
        len(edition.entries),
        list(_lines(effects[:most])),
        max(len(effects) - most, 0),
        issue.inventory.version if issue.inventory else "",
        issue.before.version if issue.before and issue.rejected else "",
        issue.unanswered,
        issue.inventory_overtaken,
        [(version, note.splitlines()) for version, note in reversed(issue.unloaded) if note],
        files,
        signed,
    )


def _lines(effects: Sequence[ModelEffect]) -> Iterator[str]:
    for effect in effects:
        yield f"{' '.join(effect.model[1:])}  {effect.model[0]}: {effect.told}"
