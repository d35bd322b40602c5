from __future__ import annotations

import pytest
from dossiers import (
    CPA_DATE,
    CPA_ID,
    DISPLAY,
    GAS,
    a_cpa_certificate,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    named,
    ruling,
    verdict,
)

from rules.facts import Dossier
from rules.fields import FormField

RULE = "alignment.cpa_certificate"


def compared(number: str, date: str, changes: dict[str, str | None]) -> Dossier:
    form = a_form(GAS, {CPA_ID: number, CPA_DATE: date})
    return a_dossier(form, [a_zigbee_certificate(form), a_cpa_certificate(form, changes)])


@pytest.mark.parametrize(
    ("form_value", "stated", "expected"),
    [
        ("[E] SMCH58603416", "SMCH58603416", "pass"),
        ("[E] SMCH58603416", "[E] SMCH58603416", "pass"),
        ("[E] SMCH58603416", "smch 58603416", "pass"),
        ("[E] SMCH58603416", "58603416", "pass"),
        ("[R] NCSC-1433053936-1497", "1433053936-1497", "pass"),
        ("[R] NCSC-1433053936-1497", "NCSC1433053936-1497", "pass"),
        ("[R] 1433053936-1497", "GSME1433053936-1497", "pass"),
        ("[E] SMCH58603416", "SMCH58603461", "fail"),
        ("[R] NCSC-1433053936-1497", "1433053936-1498", "fail"),
        ("[E] 1943", "GSME1433053936-1943", "undetermined"),
        ("[E] GSME1433053936-1943", "1943", "undetermined"),
        ("[E] GSME1433053936-1943", "943", "fail"),
        ("[E] GSME1433053936-1943", "ESME1433053936-1943", "undetermined"),
        ("[E] NCSC-1433053936-1497", "NCSC\u20131433053936\u20131497", "pass"),
        ("[E] SMCH58603416", "SMCH58603416\u0410", "undetermined"),
        ("[E] SMCH58603416", "SMCH5860341\uff16", "undetermined"),
        ("[E] SMCH58603416", "see annex A", "undetermined"),
        ("[E] SMCH58603416", "SMCH58603416 issue 2", "undetermined"),
        ("[E] SMCH58603416", "", "undetermined"),
        ("[E] SMCH58603416", None, "undetermined"),
        ("[E] ---", "---", "undetermined"),
        ("", "SMCH58603416", "undetermined"),
    ],
)
def test_the_number_is_compared_whatever_its_spelling(form_value: str, stated: str | None, expected: str) -> None:
    dossier = compared(
        form_value, "30/08/2028", {"Certificate Identification Number": stated, "Expiry Date": "30/08/2028"}
    )
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([] if expected == "pass" else [CPA_ID])


def test_numbers_are_shown_as_they_stand() -> None:
    dossier = compared("[E] SMCH58603416", "30/08/2028", {"Certificate Identification Number": "SMCH-5860 3461-X"})
    (finding,) = ruling(dossier, RULE).findings
    assert (finding.said, finding.expected) == ("[E] SMCH58603416", "SMCH-5860 3461-X")


@pytest.mark.parametrize(
    ("form_value", "stated", "expected"),
    [
        ("30/08/2028", "30/08/2028", "pass"),
        ("30/08/2028", "30 August 2028", "pass"),
        ("30/08/2028", "30th August, 2028", "pass"),
        ("30/08/2028", "30-08-2028", "pass"),
        ("30/08/2028", "2028-08-30", "pass"),
        ("30/08/2028", "29/08/2028", "fail"),
        ("30/08/2028", "30 August 2027", "fail"),
        ("30/08/2028", "August 2028", "undetermined"),
        ("30/08/2028", "08/30/2028", "undetermined"),
        ("30/08/2028", "2028-02-30", "undetermined"),
        ("30/08/2028", None, "undetermined"),
        ("30-08-2028", "30/08/2028", "undetermined"),
        ("", "30/08/2028", "undetermined"),
    ],
)
def test_the_date_is_compared_as_a_day(form_value: str, stated: str | None, expected: str) -> None:
    dossier = compared("[E] SMCH58603416", form_value, {"Expiry Date": stated})
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([] if expected == "pass" else [CPA_DATE])


@pytest.mark.parametrize(
    ("number", "expiry", "renewal", "expected"),
    [
        ("[R] SMCH58603416", "01/01/2027", "30/08/2028", "pass"),
        ("[E] SMCH58603416", "30/08/2028", "01/01/2027", "pass"),
        ("[R] SMCH58603416", "30/08/2028", "01/01/2027", "fail"),
        ("[R] SMCH58603416", "30/08/2028", None, "pass"),
        ("[E] SMCH58603416", None, "30/08/2028", "pass"),
        ("SMCH58603416", None, "30/08/2028", "pass"),
        ("SMCH58603416", "30/08/2028", "01/01/2027", "pass"),
    ],
)
def test_the_prefix_says_which_date_counts(number: str, expiry: str | None, renewal: str | None, expected: str) -> None:
    dossier = compared(number, "30/08/2028", {"Expiry Date": expiry, "Renewal Date": renewal})
    assert verdict(dossier, RULE) == expected


def with_numbers(*numbers: str) -> Dossier:
    """A gas meter's form with CPA certificates of these numbers, each of which names a model of its own."""
    form = a_form(GAS)
    changes = ({"Certificate Identification Number": number, "Model": str(at)} for at, number in enumerate(numbers))
    return a_dossier(form, [a_cpa_certificate(form, of_one, name=f"{at}.pdf") for at, of_one in enumerate(changes)])


def test_several_certificates_of_other_numbers_leave_the_date_to_a_person() -> None:
    dossier = with_numbers("SMCH58603416", "SMCH58603417")
    assert verdict(dossier, RULE) == "fail"
    assert verdict(dossier, "alignment.cpa_details") == "not_applicable"
    *others, ambiguous = ruling(dossier, RULE).findings
    assert ([finding.unknown for finding in others], ambiguous.unknown) == ([False, False], True)
    assert ambiguous.message == (
        "Several certificates were sent (0.pdf, 1.pdf), and it cannot be told which of them the form means."
    )


def test_two_certificates_of_the_form_s_number_that_differ_are_put_before_a_person() -> None:
    number = a_form(GAS).value(FormField.CPA_NUMBER)
    for numbers in ((number, number), (number, number, "SMCH58603417")):
        (ambiguous,) = ruling(with_numbers(*numbers), RULE).findings
        assert ambiguous.unknown
        assert ambiguous.message == f"2 different documents carry the number {number}: 0.pdf, 1.pdf."


@pytest.mark.parametrize(
    ("count", "rest"),
    [
        (3, []),
        (4, ["Nor is the number that of the other certificate of the kind."]),
        (6, ["Nor is the number that of the 3 others of the kind."]),
    ],
)
def test_of_many_certificates_of_other_numbers_three_are_told_of_one_by_one(count: int, rest: list[str]) -> None:
    dossier = with_numbers(*(f"SMCH586034{number}" for number in range(10, 10 + count)))
    *others, _ = [finding.message for finding in ruling(dossier, RULE).findings]
    assert others[3:] == rest


def test_a_display_s_certificates_are_another_entry_s() -> None:
    form = a_form(DISPLAY)
    assert verdict(a_dossier(form, [a_zigbee_certificate(form), a_cpa_certificate(a_form(GAS))]), RULE) == (
        "not_applicable"
    )
