"""The line by which a submitter tells of their own check, as mails quote and break it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import GAS, a_dossier, a_form

from intake.render.quoted_check import quoted_check
from intake.render.terminal import stamp
from rules.examine import examine
from rules.finding import Outcome, Report


@pytest.fixture(scope="module")
def report() -> Report:
    return examine(a_dossier(a_form(GAS)))


@pytest.mark.parametrize(
    "mail",
    [
        "Dear SECAS,\n\n{line}\n\nRegards",
        "> > {line}",
        "> checked with rulebook\n> {rest}",
        "{line}.",
        "an older one:\nchecked with rulebook 1999-01 (000000000000) on 1999-01-01: ready\nand now\n{line}",
    ],
)
def test_the_line_is_found_as_mails_bring_it(report: Report, mail: str) -> None:
    line = stamp(report, Outcome.READY)
    text = mail.format(line=line, rest=line.removeprefix("checked with rulebook "))
    told = quoted_check(text, replace(report, outcome=Outcome.READY))
    assert told is not None
    assert (told.edition, told.outcome) == (report.rulebook_edition, "ready")
    assert report.rulebook_digest.startswith(told.digest)
    assert told.compared == "The same rules came to the same here."


def test_what_differs_is_said(report: Report) -> None:
    line = stamp(report, Outcome.READY)
    other = quoted_check(line, replace(report, outcome=Outcome.RETURN))
    assert other is not None
    assert other.compared.startswith("The same rules came to something else here")
    newer = quoted_check(line, replace(report, outcome=Outcome.READY, rulebook_digest="f" * 64))
    assert newer is not None
    assert newer.compared == "Other rules judged it here, and came to the same."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We have checked with rulebook and all.",
        "checked with rulebook 2026-11 (0123) on 2026-11-20: ready",
        "checked with rulebook <script> (0123456789ab) on 2026-11-20: ready",
        "checked with rulebook " * 100_000,
    ],
)
def test_other_words_are_no_such_line(report: Report, text: str) -> None:
    assert quoted_check(text, report) is None


def test_without_a_report_there_is_nothing_to_compare_with(report: Report) -> None:
    assert quoted_check(stamp(report, Outcome.READY), None) is None
