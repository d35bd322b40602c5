"""What a person settled, and the key that binds it to one point of one report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from intake.domain.resolution import Resolution, ResolutionKind, corrections_of, point_key
from rules.corrections import Correction
from rules.facts import DocumentKind, Stated, Where
from rules.finding import Counterpart, Finding

CORRECTED = Resolution(
    id=1,
    entry=2,
    kind=ResolutionKind.CORRECTED,
    subject="Firmware Version",
    value="1.O",
    original="1.0",
    document="cpa.pdf",
    document_sha256="aa",
    document_kind=DocumentKind.CPA_CERTIFICATE,
    reason="misread",
    person="ada",
    at=datetime(2026, 11, 20, 12, tzinfo=UTC),
)
OVERRULED = replace(
    CORRECTED, id=2, kind=ResolutionKind.OVERRULED, subject="It is late", point="k", value=None, document_kind=None
)
WITHDRAWN = replace(CORRECTED, id=3, withdrawn_by="ben", withdrawn_at=datetime(2026, 11, 21, tzinfo=UTC))


def test_a_correction_is_handed_to_the_rules_as_it_was_made() -> None:
    assert CORRECTED.correction == Correction(
        document="cpa.pdf",
        sha256="aa",
        kind=DocumentKind.CPA_CERTIFICATE,
        subject="Firmware Version",
        original="1.0",
        value="1.O",
        by="ada",
        entry=2,
    )


@pytest.mark.parametrize(
    "resolution",
    [OVERRULED, replace(OVERRULED, document_kind=DocumentKind.NEW_ENTRY), replace(CORRECTED, document_kind=None)],
)
def test_what_corrects_no_value_of_a_known_document_is_no_correction(resolution: Resolution) -> None:
    assert resolution.correction is None


def test_corrections_that_were_taken_back_are_left_out_and_the_others_keep_their_order() -> None:
    second = replace(CORRECTED, id=4, subject="Model")
    settled = [second, OVERRULED, WITHDRAWN, CORRECTED]
    assert [correction.subject for correction in corrections_of(settled)] == ["Model", "Firmware Version"]
    assert (CORRECTED.active, WITHDRAWN.active) == (True, False)


@pytest.mark.parametrize(
    ("resolution", "what"),
    [
        (CORRECTED, "Firmware Version on cpa.pdf corrected to “1.O”"),
        (OVERRULED, "overruled: It is late"),
        (replace(OVERRULED, kind=ResolutionKind.ACCEPTED), "accepted: It is late"),
    ],
)
def test_what_was_settled_is_said_in_a_line(resolution: Resolution, what: str) -> None:
    assert resolution.what == what


AGAINST = Counterpart(DocumentKind.CPA_CERTIFICATE, "Model", Stated("43:31", Where("cpa.pdf", page=1)))
FINDING = Finding("They differ", field="Model", where=Where("form.xlsx", cell="G9"), said="43:32", expected="43:31",
                  against=AGAINST)  # fmt: skip
POINT = [("A1", FINDING), ("A2", Finding("It is late"))]


def test_the_key_is_the_same_in_whatever_order_its_rules_spoke() -> None:
    assert point_key("form.xlsx", POINT) == point_key("form.xlsx", POINT[::-1])
    assert len(point_key("form.xlsx", POINT)) == 64


@pytest.mark.parametrize(
    ("workbook", "findings"),
    [
        (None, POINT),
        ("other.xlsx", POINT),
        ("form.xlsx", POINT[:1]),
        ("form.xlsx", [*POINT, POINT[1]]),
        ("form.xlsx", [("A9", FINDING), POINT[1]]),
        *(
            ("form.xlsx", [("A1", changed), POINT[1]])
            for changed in (
                replace(FINDING, message="They differ much"),
                replace(FINDING, field="Firmware Version"),
                replace(FINDING, where=None),
                replace(FINDING, where=Where("form.xlsx", cell="G8")),
                replace(FINDING, said="43:33"),
                replace(FINDING, expected="43:33"),
                replace(FINDING, unknown=not FINDING.unknown),
                replace(FINDING, against=None),
                replace(FINDING, against=replace(AGAINST, kind=DocumentKind.ZIGBEE_CERTIFICATE)),
                replace(FINDING, against=replace(AGAINST, label="Type")),
                replace(FINDING, against=replace(AGAINST, stated=Stated("43:33", AGAINST.stated.where))),
                replace(FINDING, against=replace(AGAINST, stated=Stated("43:31", Where("cpa.pdf", page=2)))),
            )
        ),
    ],
)
def test_whatever_else_is_found_or_stated_makes_another_point(
    workbook: str | None, findings: list[tuple[str, Finding]]
) -> None:
    assert point_key(workbook, findings) != point_key("form.xlsx", POINT)


def test_what_a_rule_suggests_is_no_part_of_the_point() -> None:
    advised = [("A1", replace(FINDING, suggestion="43:31")), POINT[1]]
    assert point_key("form.xlsx", advised) == point_key("form.xlsx", POINT)
