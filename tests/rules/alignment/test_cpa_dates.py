from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dossiers import (
    CPA_DATE,
    CPA_ID,
    GAS,
    a_cpa_certificate,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    judged,
    ruling,
    verdict,
)

from rules.facts import Dossier, ReadBy
from rules.finding import Outcome, Severity

RULE = "alignment.cpa_dates"
RENEWAL = "alignment.cpa_renewal"
LIFETIME = "[R] NCSC-1433053936-9001"


def stating(
    changes: dict[str, str | None], number: str = "[E] 9001", date: str = "30/08/2028", read_by: ReadBy = ReadBy.TEXT
) -> Dossier:
    form = a_form(GAS, {CPA_ID: number, CPA_DATE: date})
    documents = [a_zigbee_certificate(form), a_cpa_certificate(form, changes, read_by=read_by)]
    return a_dossier(form, documents, judged_at=datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("issued", "ends", "messages"),
    [
        ("30/08/2022", "30/08/2028", []),
        ("20/11/2026", "30/08/2028", []),
        ("20/11/2026", "20/11/2026", []),
        ("20/11/2026", None, []),
        ("21/11/2026", "30/08/2028", ["'Issue Date' of cpa.pdf is after 20/11/2026, the day of the check."]),
        ("30/08/2022", "29/08/2022", ["'Issue Date' of cpa.pdf is after its 'Expiry Date', 29/08/2022."]),
        (
            "1 January 2030",
            "30/08/2028",
            [
                "'Issue Date' of cpa.pdf is after 20/11/2026, the day of the check.",
                "'Issue Date' of cpa.pdf is after its 'Expiry Date', 30/08/2028.",
            ],
        ),
    ],
)
def test_the_certificate_s_dates_fit_each_other(issued: str, ends: str | None, messages: list[str]) -> None:
    dossier = stating({"Issue Date": issued, "Expiry Date": ends})
    actual = ruling(dossier, RULE)
    assert [finding.message for finding in actual.findings] == messages
    assert actual.severity is Severity.QUERY
    for finding in actual.findings:
        assert (finding.field, finding.said, str(finding.where)) == ("CPA_Certificate", issued, "cpa.pdf, page 1")


def test_the_renewal_date_counts_for_a_lifetime_certificate() -> None:
    changes: dict[str, str | None] = {
        "Issue Date": "30/08/2022",
        "Expiry Date": "01/01/2020",
        "Renewal Date": "30/08/2028",
    }
    assert verdict(stating(changes, number=LIFETIME), RULE) == "pass"


@pytest.mark.parametrize(
    ("issued", "read_by"),
    [(None, ReadBy.TEXT), ("last year", ReadBy.TEXT), ("21/11/2026", ReadBy.OCR), ("21/11/2026", ReadBy.NONE)],
)
def test_an_issue_date_that_cannot_be_read_is_not_compared(issued: str | None, read_by: ReadBy) -> None:
    assert verdict(stating({"Issue Date": issued}, read_by=read_by), RULE) == "not_applicable"


@pytest.mark.parametrize("rule", [RULE, RENEWAL])
def test_without_a_certificate_there_are_no_dates(rule: str) -> None:
    form = a_form(GAS, {CPA_ID: LIFETIME})
    assert verdict(a_dossier(form, [a_zigbee_certificate(form)]), rule) == "not_applicable"


@pytest.mark.parametrize(
    ("renewal", "expected"),
    [("19/11/2026", "fail"), ("20/11/2026", "pass"), ("30/08/2028", "pass"), ("next year", "pass")],
)
def test_a_renewal_date_that_has_passed_is_noted(renewal: str, expected: str) -> None:
    assert verdict(stating({"Renewal Date": renewal}, number=LIFETIME), RENEWAL) == expected


def test_the_note_decides_nothing() -> None:
    dossier = stating({"Renewal Date": "30/08/2023"}, number=LIFETIME, date="30/08/2023")
    (finding,) = ruling(dossier, RENEWAL).findings
    assert finding.message == "The 'Renewal Date' of cpa.pdf, 30/08/2023, has passed."
    assert (finding.field, finding.said, str(finding.where)) == (CPA_DATE, "30/08/2023", "cpa.pdf, page 1")
    assert judged(dossier).outcome is Outcome.READY


@pytest.mark.parametrize(
    ("number", "changes", "read_by"),
    [
        ("[E] 9001", {"Renewal Date": "30/08/2023"}, ReadBy.TEXT),
        (LIFETIME, {"Renewal Date": None}, ReadBy.TEXT),
        (LIFETIME, {"Renewal Date": "30/08/2023"}, ReadBy.OCR),
    ],
)
def test_without_a_printed_renewal_date_there_is_nothing_to_note(
    number: str, changes: dict[str, str | None], read_by: ReadBy
) -> None:
    assert verdict(stating(changes, number=number, read_by=read_by), RENEWAL) == "not_applicable"


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("30/08/28", "The certificate writes its date as '30/08/28', which we read as 30/08/2028."),
        ("30.8.28", "The certificate writes its date as '30.8.28', which we read as 30/08/2028."),
        ("31/09/28", "We cannot read the certificate's date."),
        ("next year", "We cannot read the certificate's date."),
    ],
)
def test_a_day_that_a_certificate_should_not_write_so_is_never_compared(stated: str, message: str) -> None:
    finding = next(
        finding
        for finding in ruling(stating({"Expiry Date": stated}), "alignment.cpa_certificate").findings
        if finding.field == CPA_DATE
    )
    assert finding.message.startswith(message)
    assert finding.unknown
    assert finding.expected == stated
