"""Figures about a period: bars with their values, and each as a table and as a file."""

from __future__ import annotations

import csv
import io

from starlette.responses import Response

from intake.pipeline.people import access
from intake.pipeline.statistics import Chart, charts
from intake.web.document import download
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem

PERIODS = (30, 90, 365)
"""Days, the second of them unless the address says another."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With which a spreadsheet takes a text for a formula."""


def show(page_request: PageRequest) -> Response:
    """Show every chart of the period."""
    days = _days(page_request)
    told = charts(page_request.services, days)
    return page(page_request, "statistics.html", charts=told, days=days, periods=PERIODS)


def send(page_request: PageRequest) -> Response:
    """Send one chart's table as CSV; 404 where there is no such chart."""
    slug, days = page_request.request.path_params["chart"], _days(page_request)
    chart = next((candidate for candidate in charts(page_request.services, days) if candidate.slug == slug), None)
    if chart is None:
        return problem(page_request, 404, "No such chart", "There is no chart of this name.")
    content = _csv(chart)
    access.downloaded(page_request.services, page_request.person, f"statistics: {slug}, {days} days", content)
    return download(f"{slug}-{days}-days.csv", content, "text/csv; charset=utf-8")


def _days(page_request: PageRequest) -> int:
    typed = page_request.query("days")
    return next((days for days in PERIODS if str(days) == typed), PERIODS[1])


def _csv(chart: Chart) -> bytes:
    """The table (RFC 4180); what a submitter wrote is text there and never a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(chart.columns)
    writer.writerows([_plain(cell) for cell in bar.cells] for bar in chart.bars)
    return written.getvalue().encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
