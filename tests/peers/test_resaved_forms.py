"""A form that another program has saved again says what it said, and is ready as it was."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from peers.npm import installed
from peers.peers import require
from xlsxwriter import Workbook

from intake.demo import products
from intake.demo.forms import SHEET_NAME, new_entry_form
from intake.extract.document import read_document
from rules.examine import examine
from rules.facts import Dossier, NewEntry
from rules.finding import Outcome

HERE = Path(__file__).parent / "forms"
SECONDS = 120
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
VALUES = products.faultless_form(products.SINGLE, on=NOW.date())
FORM = new_entry_form(VALUES)
CERTIFICATES = products.certificates(VALUES)

Program = Callable[[Path, Path], None]
"""Saves the first file again as the second."""


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script beside the packages that the lock file names."""
    return installed(HERE / "resave.js", tmp_path_factory.mktemp("npm"))


def by_openpyxl(source: Path, target: Path) -> None:
    load_workbook(source).save(target)


def by_xlsxwriter(source: Path, target: Path) -> None:
    """Cell by cell, as a script does that fills forms from a database: no styles but text."""
    sheet = load_workbook(source)[SHEET_NAME]
    with Workbook(target) as book:
        copy, text = book.add_worksheet(SHEET_NAME), book.add_format({"num_format": "@"})
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.value is not None:
                    copy.write_string(cell.row - 1, cell.column - 1, str(cell.value), text)


def by_libreoffice(source: Path, target: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    require(program, "LibreOffice (libreoffice-calc) is not installed")
    assert program is not None
    profile = f"-env:UserInstallation={(target.parent / 'profile').as_uri()}"
    form = target.suffix.removeprefix(".")
    run(program, profile, "--headless", "--convert-to", form, "--outdir", target.parent, source)
    (target.parent / source.with_suffix(target.suffix).name).replace(target)


IN_PYTHON: Mapping[str, tuple[Program, str]] = {
    "openpyxl": (by_openpyxl, "xlsx"),
    "XlsxWriter": (by_xlsxwriter, "xlsx"),
    "LibreOffice": (by_libreoffice, "xlsx"),
    "LibreOffice, as an open document": (by_libreoffice, "ods"),
}
IN_NODE = (("exceljs", "xlsx"), ("sheetjs", "xlsx"), ("sheetjs", "ods"))


def read(name: str, content: bytes) -> NewEntry:
    entry = read_document(name, content).entry
    assert entry is not None
    return entry


def check(source: Path, target: Path, save: Program) -> None:
    """Save the form again, and compare what it states and what becomes of it."""
    source.write_bytes(FORM)
    save(source, target)
    content = target.read_bytes()
    before, after = read(source.name, FORM), read(target.name, content)
    assert after.trouble is None
    assert {row.field: row.value for row in after.rows} == {row.field: row.value for row in before.rows}
    assert after.remarks == ()
    readings = [read_document(name, paper) for name, paper in {target.name: content, **CERTIFICATES}.items()]
    entries = tuple(reading.entry for reading in readings if reading.entry is not None)
    report = examine(Dossier(NOW, None, tuple(reading.document for reading in readings), entries))
    findings = [finding.message for entry in report.entries for ruling in entry.rulings for finding in ruling.findings]
    assert report.outcome is Outcome.READY, findings


@pytest.mark.parametrize("program", IN_PYTHON)
def test_a_form_saved_again_is_what_it_was(program: str, tmp_path: Path) -> None:
    save, suffix = IN_PYTHON[program]
    (tmp_path / "saved").mkdir()
    check(tmp_path / "form.xlsx", tmp_path / "saved" / f"again.{suffix}", save)


@pytest.mark.parametrize(("program", "suffix"), IN_NODE)
def test_a_form_saved_again_by_a_program_of_node_is_what_it_was(
    script: Path, program: str, suffix: str, tmp_path: Path
) -> None:
    def save(source: Path, target: Path) -> None:
        run("node", script, program, source, target)

    check(tmp_path / "form.xlsx", tmp_path / f"again.{suffix}", save)
