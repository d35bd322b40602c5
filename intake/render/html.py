"""``check --format html``: one page that needs nothing beside it, to read, to print and to keep."""

from __future__ import annotations

from collections.abc import Mapping

import intake
from intake.render import plain, words
from intake.render.entry_view import EntryView, entry_views
from intake.render.next_step import next_step, verdict
from intake.render.points import Point, counts
from intake.render.signed import signature_account
from intake.render.templates import reports
from intake.render.terminal import stamp
from rules.facts import Dossier
from rules.finding import Outcome, Report, Ruling

HERE = "on the computer on which the check was run; nothing was sent anywhere"


def html(dossier: Dossier, report: Report, outcome: Outcome, trouble: str | None, remark: str = HERE) -> str:
    """Render the whole HTML document; the remark says where the check was made."""
    facts = page_facts(dossier, report, outcome, entries_shown(dossier, report, outcome))
    return reports().get_template("report.html").render(**facts, trouble=trouble, remark=remark)


def entries_shown(dossier: Dossier, report: Report, outcome: Outcome) -> tuple[EntryView, ...]:
    """Give the entries that a page of a check shows: none of what is no submission."""
    return entry_views(dossier, report) if outcome is not Outcome.NOT_A_SUBMISSION else ()


def page_facts(
    dossier: Dossier, report: Report, outcome: Outcome, entries: tuple[EntryView, ...]
) -> Mapping[str, object]:
    """Give what the templates of a check's page are rendered with, by name."""
    return {
        "version": intake.__version__,
        "stamp": stamp(report, outcome) if outcome is Outcome.READY else "",
        "dossier": dossier,
        "report": report,
        "outcome": outcome,
        "verdict": verdict(outcome, entries),
        "next_step": next_step(outcome, entries),
        "entries": entries,
        "words": words,
        "bounded": plain.bounded,
        "counts": counts,
        "further_rulings": _further_rulings,
        "told": signature_account,
        "above": {view.workbook.name for view in entries if view.workbook},
    }


def _further_rulings(point: Point) -> tuple[Ruling, ...]:
    """Give the rulings that only what stands beneath a point has, each once."""
    beneath = (ruling for other in (*point.also, *point.follows) for ruling in other.rulings)
    once = {ruling.rule: ruling for ruling in beneath}
    own = {ruling.rule for ruling in point.rulings}
    return tuple(ruling for name, ruling in once.items() if name not in own)
