"""What other programs read in a workbook of ours is what went in: LibreOffice, exceljs, openpyxl."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from peers.npm import installed
from peers.peers import require
from publication.books import FORM_TAB, OLD, VERSION_ROWS, a_book, edition

from intake.publication import dcc
from intake.publication.edition import Edition
from intake.publication.tabs import CSV_TAB, LIST_TAB, VERSIONS_TAB, listed
from intake.publication.workbook import workbook
from intake.register.published import read_list, read_tab
from rules.published import PUBLISHED

HERE = Path(__file__).parent
SECONDS = 180
DATA = Path(os.environ.get("CPL_SHARED_DATA", HERE.parents[2] / "shared" / "data")) / "cpl"
ENTRIES = DATA / "entries-000001-000450.csv"
EVERY_TAB = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
NOTE = "Entry 000005 added: <new> & “odd”, =1+1"


def editions() -> list[Edition]:
    """One that is made up and, where it is at hand, the published one."""
    told = [edition(note=NOTE)]
    return [*told, edition(*read_list(ENTRIES.read_bytes()), note=NOTE)] if ENTRIES.exists() else told


def expected(told: Edition) -> dict[str, list[list[str]]]:
    """The rows of entries, by tab."""
    return {
        LIST_TAB: [list(listed(entry, PUBLISHED)) for entry in told.entries],
        CSV_TAB: [dcc.row(entry, told.line) for entry in told.entries],
    }


def entries_of(rows: list[list[str]], width: int) -> list[list[str]]:
    """A tab's rows behind its header, padded to the width."""
    padded = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    return [row for row in padded if any(text.isdecimal() and len(text) == 6 for text in row[:2])]


def expect(tabs: dict[str, list[list[str]]], told: Edition) -> None:
    for title, rows in expected(told).items():
        assert entries_of(tabs[title], len(rows[0])) == rows
    versions = [row for row in tabs[VERSIONS_TAB] if row and row[0].startswith("2.")]
    assert [row[0] for row in versions] == [said[0] for said in VERSION_ROWS] + ["2.052"]
    assert versions[-1][:3] == ["2.052", "30/11/2026", NOTE]
    assert "Notes" in [text for row in tabs[FORM_TAB] for text in row]


@pytest.mark.parametrize("shared", [True, False])
def test_openpyxl_reads_what_went_in(shared: bool, tmp_path: Path) -> None:
    for told in editions():
        file = tmp_path / "list.xlsm"
        file.write_bytes(workbook(told, a_book(shared=shared)))
        opened = load_workbook(file, keep_vba=True)
        expect(
            {sheet.title: [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()] for sheet in opened},
            told,
        )


def test_libreoffice_reads_what_went_in(tmp_path: Path) -> None:
    require(shutil.which("soffice"), "LibreOffice (libreoffice-calc-nogui) is not installed")
    for told in editions():
        file = tmp_path / "list.xlsx"
        file.write_bytes(workbook(told, a_book(macros=False)))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ("soffice", "--headless", profile, "--convert-to", EVERY_TAB, "--outdir", tmp_path, file)
        subprocess.run(
            command, check=True, capture_output=True, timeout=SECONDS, env=os.environ | {"HOME": str(tmp_path)}
        )
        expect(
            {title: from_csv(tmp_path / f"list-{title}.csv") for title in (*expected(told), VERSIONS_TAB, FORM_TAB)},
            told,
        )


@pytest.mark.parametrize("plain", [False, True])
def test_what_another_program_saved_again_is_written_into(plain: bool, tmp_path: Path) -> None:
    require(shutil.which("soffice"), "LibreOffice (libreoffice-calc-nogui) is not installed")
    file, folder = tmp_path / "list.xlsx", tmp_path / "saved"
    file.write_bytes(workbook(edition(*OLD, version="2.051")) if plain else a_book(macros=False))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = (
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        folder,
        file,
    )
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, env=os.environ | {"HOME": str(tmp_path)})
    load_workbook(file).save(folder / "openpyxl.xlsx")
    for saved in folder.iterdir():
        content = workbook(edition(note=NOTE), saved)
        assert [list(listed(entry, PUBLISHED)) for entry in read_list(content)] == expected(edition())[LIST_TAB]
        assert list(read_tab(content, VERSIONS_TAB) or ())[-1][:3] == ["2.052", "30/11/2026", NOTE]
        assert workbook(edition(note=NOTE), content) == content


def from_csv(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script beside the packages that the lock file names."""
    return installed(HERE / "read_with_exceljs.js", tmp_path_factory.mktemp("npm"))


def test_exceljs_reads_what_went_in(script: Path, tmp_path: Path) -> None:
    for told in editions():
        file = tmp_path / "list.xlsm"
        file.write_bytes(workbook(told, a_book()))
        done = subprocess.run(("node", script, file), capture_output=True, text=True, timeout=SECONDS, check=False)
        assert done.returncode == 0, done.stderr
        read: dict[str, Any] = json.loads(done.stdout)
        expect(read["tabs"], told)
        assert read["formulas"] == [f"{FORM_TAB}!G7"]
