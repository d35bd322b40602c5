from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    LABELS,
    Content,
    Kept,
    a_dossier,
    a_form,
    a_row,
    complaining,
    judged,
    named,
    suggestion,
    verdict,
)
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import CellKind, Dossier
from rules.finding import Outcome
from rules.shapes import SHAPES, entry_ids

RULE = "format.upgrade_path"
PATH = ("Firmware Upgrade Path", "Entry ids")
FIELD = ".".join(PATH)


def with_path(content: Content, labels: tuple[str, str] = PATH) -> Dossier:
    form = a_form(labels=LABELS)
    return a_dossier(replace(form, rows=(*form.rows, a_row(*labels, content, 40))))


@pytest.mark.parametrize(
    "text", ["000123", "000123, 000124", "000123;000124", "000123\n000124", "000001 999999", "N/A"]
)
def test_entry_numbers_and_no_entry_pass(text: str) -> None:
    dossier = with_path(text)
    assert verdict(dossier, RULE) == "pass"
    assert judged(dossier).outcome is Outcome.READY
    assert judged(dossier).profile == "2023-mp231"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("123", "000123"),
        ("123 / 124", "000123, 000124"),
        ("000123,124", "000123, 000124"),
        ("000000", None),
        ("0001234", None),
        ("n/a", "N/A"),
        ("None", "N/A"),
        ("na", "N/A"),
        ("version 1.2", None),
        ("000123,", None),
        ("\uff10\uff10\uff10123", "000123"),
    ],
)
def test_anything_else_is_a_fault_with_what_was_probably_meant(text: str, meant: str | None) -> None:
    dossier = with_path(text)
    assert named(dossier, RULE) == [FIELD]
    assert suggestion(dossier, RULE) == meant
    assert complaining(dossier) == {RULE}


def test_the_row_may_be_empty_or_absent() -> None:
    assert verdict(with_path(""), RULE) == "not_applicable"
    assert judged(with_path("")).outcome is Outcome.READY
    assert verdict(a_dossier(), RULE) == "not_applicable"


def test_the_finding_names_the_row_as_the_form_does() -> None:
    assert named(with_path("123", ("Firmware", "Upgrade Path (Entry ID)")), RULE) == [
        "Firmware.Upgrade Path (Entry ID)"
    ]


def test_a_row_that_stands_twice_is_a_fault() -> None:
    dossier = with_path("000123")
    form = dossier.entries[0]
    twice = replace(form, rows=(*form.rows, form.rows[-1]))
    assert named(a_dossier(twice), "format.form_rows") == [FIELD]


@pytest.mark.parametrize(
    ("kept", "meant"),
    [
        (Kept(CellKind.NUMBER, "123"), "000123"),
        (Kept(CellKind.NUMBER, "1234567"), None),
        (Kept(CellKind.NUMBER, "0"), None),
        (Kept(CellKind.DATE, "2026-01-01"), None),
    ],
)
def test_a_number_kept_by_excel_is_a_fault_with_its_zeros_as_suggestion(kept: Kept, meant: str | None) -> None:
    dossier = with_path(kept)
    assert named(dossier, "format.text_cells") == [FIELD]
    assert suggestion(dossier, "format.text_cells") == meant


@given(st.text(max_size=20))
def test_what_was_meant_is_always_of_the_shape(text: str) -> None:
    shape = SHAPES["entry_ids"]
    meant = shape.meant(text)
    assert meant is None or shape.fits(meant)


@given(st.lists(st.integers(1, 999_999), min_size=1, max_size=5), st.sampled_from([",", ", ", ";", " ", "\n", "\r\n"]))
def test_every_way_to_separate_numbers_is_read(numbers: list[int], between: str) -> None:
    ids = tuple(f"{number:06}" for number in numbers)
    assert entry_ids(between.join(ids)) == ids


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("n/a", "N/A"),
        ("NA", "N/A"),
        ("N.A.", "N/A"),
        ("n / a", "N/A"),
        ("None", "N/A"),
        ("none", "N/A"),
        ("Not applicable", "N/A"),
        ("nil", "N/A"),
        ("-", "N/A"),
        ("000123 / 000124", "000123, 000124"),
        ("000123/000124", "000123, 000124"),
        ("000123 and 000124", "000123, 000124"),
        ("000123 & 000124", "000123, 000124"),
        ("000123, 000124 and 000125", "000123, 000124, 000125"),
    ],
)
def test_what_says_the_same_in_other_words_is_asked_about(text: str, meant: str) -> None:
    dossier = with_path(text)
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON
    assert suggestion(dossier, RULE) == meant


@pytest.mark.parametrize("text", ["123", "version 1.2", "000000", "000123 to 000126", "000123,", "000123 and more"])
def test_what_does_not_is_returned(text: str) -> None:
    assert judged(with_path(text)).outcome is Outcome.RETURN
