"""``check --format html``: one page that needs nothing beside it, to read, to print and to keep."""

from __future__ import annotations

import intake
from intake.render import plain, words
from intake.render.entry_view import entry_views
from intake.render.points import counts
from intake.render.signed import signature_account
from intake.render.templates import reports
from intake.render.terminal import stamp
from rules.facts import Dossier
from rules.finding import Outcome, Report

HERE = "on the computer on which the check was run; nothing was sent anywhere"


def html(dossier: Dossier, report: Report, outcome: Outcome, trouble: str | None, remark: str = HERE) -> str:
    """Render the whole HTML document; the remark says where the check was made."""
    entries = entry_views(dossier, report) if outcome is not Outcome.NOT_A_SUBMISSION else ()
    page = reports().get_template("report.html")
    return page.render(
        version=intake.__version__,
        remark=remark,
        stamp=stamp(report, outcome) if outcome is Outcome.READY else "",
        dossier=dossier,
        report=report,
        outcome=outcome,
        trouble=trouble,
        entries=entries,
        words=words,
        bounded=plain.bounded,
        counts=counts,
        told=signature_account,
        above={view.workbook.name for view in entries if view.workbook},
    )
