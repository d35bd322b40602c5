"""``check --register``: a submission beside the published list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from helpers import FRIDAY
from openpyxl import Workbook
from programs import Done, cpl_intake

from intake.demo import products
from intake.demo.samples import submission
from rules.published import COLUMNS, PUBLISHED

VALUES = products.faultless_form(products.SINGLE, on=FRIDAY.date())
OTHER = {"Device_Model.firmware_version": "00:00:00:01"}
FORM_NAMES = {column: name for name, column in COLUMNS.items()}


def a_row(number: str, status: str = "Current", **changes: str) -> list[str]:
    values = {**VALUES, **changes, "Entry.number": number, "Entry.status": status}
    return [values.get(FORM_NAMES.get(column, column), "") for column in PUBLISHED]


def as_csv(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([PUBLISHED, *rows])
    return path


def as_book(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    book.active.title = "Version Control"
    sheet = book.create_sheet("Central Products List")
    for row in [["Central Products List"], list(PUBLISHED), *rows]:
        sheet.append(row)
    book.save(path)
    return path


def check(folder: Path, register: Path | None) -> Done:
    for name, content in submission(VALUES).items():
        (folder / name).write_bytes(content)
    listed: list[str | Path] = ["--register", register] if register is not None else []
    files = [folder / name for name in submission(VALUES)]
    return cpl_intake("check", *files, *listed, "--format", "json", "--at", "2026-11-20T12:00:00Z")


def verdicts(done: Done) -> dict[str, str]:
    (entry,) = done.json["entries"]
    return {one["rule"]: one["verdict"] for one in entry["rulings"] if one["rule"].startswith("register.")}


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.xlsm"])
def test_an_entry_that_is_on_the_list_would_be_returned(tmp_path: Path, name: str) -> None:
    write = as_csv if name.endswith("csv") else as_book
    rows = [a_row("000001", **OTHER), a_row("000002")]
    done = check(tmp_path, write(tmp_path / name, rows))
    assert done.code == 1
    assert verdicts(done)["register.duplicate"] == "fail"


def test_an_entry_that_is_not_on_the_list_is_ready(tmp_path: Path) -> None:
    rows = [a_row("000001", **OTHER)]
    done = check(tmp_path, as_csv(tmp_path / "list.csv", rows))
    assert done.code == 0
    assert verdicts(done)["register.duplicate"] == "pass"
    assert verdicts(done)["register.certificate_reuse"] == "fail"


def test_the_model_under_another_version_needs_a_person(tmp_path: Path) -> None:
    rows = [a_row("000001", **{"GBCS Version.version_number": "GBCS Version 4.0"})]
    assert check(tmp_path, as_csv(tmp_path / "list.csv", rows)).code == 3


def test_without_a_list_its_rules_do_not_apply(tmp_path: Path) -> None:
    done = check(tmp_path, None)
    assert done.code == 0
    assert set(verdicts(done).values()) == {"not_applicable"}


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", None])
def test_a_list_that_cannot_be_read_is_a_usage_error_with_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "list.csv"
    if content is not None:
        file.write_bytes(content)
    done = check(tmp_path, file)
    assert (done.code, done.out) == (2, "")
    assert "list.csv" in done.err
    assert "Traceback" not in done.err
