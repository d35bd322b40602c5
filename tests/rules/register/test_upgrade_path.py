from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import MANUFACTURER, MODEL, NUMBER, a_dossier, a_row, judged, named, ruling, verdict
from published_lists import PATH, a_line, beside, on_path, with_path

from rules.finding import Outcome

RULE = "register.upgrade_path"
FIELD = ".".join(PATH)
FORM = with_path("000010")
FIRMWARE, REVISION, TYPE = "Device_Model.firmware_version", "Device_Model.hardware_version.revision", "Device_Type.name"


def test_a_path_through_current_entries_of_the_model_passes() -> None:
    dossier = beside(with_path("000010, 000011"), on_path(FORM, "000010", "000011"), on_path(FORM, "000011", "N/A"))
    assert verdict(dossier, RULE) == "pass"
    assert judged(dossier).outcome is Outcome.READY


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (on_path(FORM, "000011"), "not on the list"),
        (a_line(FORM, "000010", {FIRMWARE: "01:00:00:00"}, "Removed"), "was removed"),
        (a_line(FORM, "000010", {FIRMWARE: "01:00:00:00", MANUFACTURER: "10:63"}), f"{MANUFACTURER} 10:63"),
        (a_line(FORM, "000010", {FIRMWARE: "01:00:00:00", MODEL: "43:32"}), f"{MODEL} 43:32"),
        (a_line(FORM, "000010", {FIRMWARE: "01:00:00:00", REVISION: "0F"}), f"{REVISION} 0F"),
        (a_line(FORM, "000010", {FIRMWARE: "01:00:00:00", TYPE: "Communications Hub"}), f"{TYPE} Communications Hub"),
        (a_line(FORM, "000010"), "this entry itself"),
        (on_path(FORM, "000010", "000010"), "000010 to 000010"),
    ],
)
def test_a_number_that_cannot_be_right_is_asked_about(line: object, words: str) -> None:
    dossier = beside(FORM, line)  # type: ignore[arg-type]  # a RegisterEntry; parametrize loses its type
    assert verdict(dossier, RULE) == "fail"
    assert ruling(dossier, RULE).severity.value == "query"
    assert named(dossier, RULE) == [FIELD]
    assert words in ruling(dossier, RULE).findings[0].message


def test_a_path_that_leads_back_to_the_entry_is_a_circle() -> None:
    form = with_path("000010")
    itself = a_line(form, "000050")
    lines = [on_path(form, "000010", "000011 000012"), on_path(form, "000011"), on_path(form, "000012", "000050")]
    (finding,) = ruling(beside(form, *lines, itself), RULE).findings
    assert "000010 to 000012 to 000050" in finding.message


def test_the_number_that_the_form_quotes_is_its_own() -> None:
    form = with_path("000010")
    rows = tuple(a_row("Entry", "number", "000010", 7) if row.field == NUMBER else row for row in form.rows)
    (finding,) = ruling(beside(replace(form, rows=rows), on_path(form, "000010")), RULE).findings
    assert "itself" in finding.message


def test_paths_that_meet_again_are_no_circle() -> None:
    lines = [on_path(FORM, "000010", "000011 000012"), on_path(FORM, "000011", "000013")]
    lines += [on_path(FORM, "000012", "000013"), on_path(FORM, "000013", "000014")]
    assert verdict(beside(FORM, *lines), RULE) == "pass"


def test_a_number_named_twice_is_asked_about_once() -> None:
    assert named(beside(with_path("000099 000099")), RULE) == [FIELD]


@pytest.mark.parametrize("path", ["N/A", "", "version 1.2"])
def test_a_path_without_numbers_is_not_followed(path: str) -> None:
    assert verdict(beside(with_path(path)), RULE) == "not_applicable"


def test_without_a_list_nothing_is_followed() -> None:
    assert verdict(a_dossier(FORM), RULE) == "not_applicable"
