from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import FIRMWARE, GAS, a_dossier, a_form, judged

from rules.facts import Remark, RemarkKind, Where
from rules.finding import Outcome, Verdict
from rules.format import remarks

CELL = Where("form.xlsx", sheet="CPL - New Entry", cell="G14")


@pytest.mark.parametrize(
    ("remark", "message", "field"),
    [
        (
            Remark(RemarkKind.COMMENT, "Not final", CELL, FIRMWARE),
            f"A comment on {FIRMWARE} says 'Not final'.",
            FIRMWARE,
        ),
        (Remark(RemarkKind.COMMENT, "{words}", CELL), "A comment on the form's sheet says '{words}'.", None),
        (Remark(RemarkKind.COMMENT, "Hold", CELL), "A comment on the form's sheet says 'Hold'.", None),
        (Remark(RemarkKind.SHAPE, "Draft", CELL), "A text box on the form's sheet says 'Draft'.", None),
        (
            Remark(RemarkKind.APPEARANCE, "05", CELL, FIRMWARE, "struck through"),
            f"{FIRMWARE} is struck through: '05'.",
            FIRMWARE,
        ),
        (Remark(RemarkKind.COVER, "", CELL, FIRMWARE), f"A picture or a shape lies over {FIRMWARE}.", FIRMWARE),
        (Remark(RemarkKind.OUTSIDE, "see\u00a0mail", CELL), "Beside the form stands 'see<U+00A0>mail'.", None),
    ],
)
def test_a_remark_is_asked_about_in_its_own_words(remark: Remark, message: str, field: str | None) -> None:
    report = judged(a_dossier(replace(a_form(GAS), remarks=(remark,))))
    (ruling,) = [ruling for ruling in report.rulings if ruling.rule == remarks.RULE.id]
    (finding,) = ruling.findings
    assert (finding.message, finding.field, finding.where) == (message, field, CELL)
    assert ruling.verdict is Verdict.FAIL
    assert report.outcome is Outcome.NEEDS_A_PERSON


def test_a_form_without_remarks_passes() -> None:
    report = judged(a_dossier(a_form(GAS)))
    assert [ruling.verdict for ruling in report.rulings if ruling.rule == remarks.RULE.id] == [Verdict.PASS]
    assert report.outcome is Outcome.READY
