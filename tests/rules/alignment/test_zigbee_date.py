from __future__ import annotations

import pytest
from dossiers import DISPLAY, a_dossier, a_form, a_zigbee_certificate, judged, ruling, verdict

from rules.facts import ReadBy
from rules.finding import Outcome

RULE = "alignment.zigbee_date"
FORM = a_form(DISPLAY)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("19/11/2026", "pass"),
        ("20 November 2026", "pass"),
        ("November 20, 2026", "pass"),
        ("Nov. 20th 2026", "pass"),
        ("20-Nov-2026", "pass"),
        ("21/11/2026", "fail"),
        ("November 21, 2026", "fail"),
        ("11/20/2026", "undetermined"),
        ("soon", "undetermined"),
        (None, "undetermined"),
    ],
)
def test_the_date_is_a_day_that_has_come(stated: str | None, expected: str) -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {"Certification Date": stated})])
    assert verdict(dossier, RULE) == expected
    assert (judged(dossier).outcome is Outcome.READY) == (expected == "pass")


def test_a_day_to_come_is_shown_with_the_day_of_the_check() -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {"Certification Date": "21/11/2026"})])
    (finding,) = ruling(dossier, RULE).findings
    assert finding.message == "'Certification Date' of zigbee.pdf is after 20/11/2026, the day of the check."
    assert (finding.field, finding.said, str(finding.where)) == ("ZSE_Certificate", "21/11/2026", "zigbee.pdf, page 1")


def test_a_date_that_was_not_read_is_said_of_the_document() -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {"Certification Date": None})])
    (finding,) = ruling(dossier, RULE).findings
    assert finding.message == "'Certification Date' of zigbee.pdf cannot be read as a day."
    assert (finding.said, str(finding.where)) == (None, "zigbee.pdf")


@pytest.mark.parametrize("read_by", [ReadBy.OCR, ReadBy.NONE])
def test_a_picture_s_date_is_never_taken_as_printed(read_by: ReadBy) -> None:
    assert verdict(a_dossier(FORM, [a_zigbee_certificate(FORM, read_by=read_by)]), RULE) == "undetermined"


def test_without_a_certificate_or_without_knowing_which_there_is_no_date() -> None:
    numbers = {"a.pdf": "ZIG23002ZSE13201-24", "b.pdf": "ZIG23003ZSE13202-24"}
    two = [
        a_zigbee_certificate(FORM, {"Certification ID Number": number}, name=name) for name, number in numbers.items()
    ]
    assert verdict(a_dossier(FORM, []), RULE) == "not_applicable"
    assert verdict(a_dossier(FORM, two), RULE) == "not_applicable"
