"""``cpl import``: the published list comes into the store, and the daemon judges against it."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from pathlib import Path

import pytest
from helpers import FRIDAY, a_submission
from openpyxl import Workbook
from programs import Done, a_place
from warm import cpl_intake

from intake import bootstrap
from intake.config import load
from intake.demo import products
from intake.domain import records
from intake.store import events, listing, queue
from intake.store.engine import Store
from rules.facts import Dossier
from rules.published import COLUMNS, PUBLISHED

DATA = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "cpl"
REAL = DATA / "entries-000001-000450.csv"
VALUES = products.faultless_form(products.SINGLE, on=FRIDAY.date(), serial=1)
FORM_NAMES = {column: name for name, column in COLUMNS.items()}


def a_row(number: str, status: str = "Current", **changes: str) -> list[str]:
    values = {**VALUES, **changes, "Entry.number": number, "Entry.status": status}
    return [values.get(FORM_NAMES.get(column, column), "") for column in PUBLISHED]


OTHER = a_row("000001", **{"Device_Model.firmware_version": "00:00:00:01"})
SAME = a_row("000002")
REMOVED = a_row("000002", status="Removed")


def as_csv(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([PUBLISHED, *rows])
    return out.getvalue().encode()


def as_book(*rows: list[str]) -> bytes:
    book = Workbook()
    book.active.title = "Version Control"
    sheet = book.create_sheet("Central Products List")
    for row in [["Central Products List"], list(PUBLISHED), *rows]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(config: Path, content: bytes, name: str = "list.csv") -> Done:
    (config.parent / name).write_bytes(content)
    return cpl_intake("cpl", "import", config.parent / name, "--config", config)


def stored(config: Path) -> Store:
    return Store(bootstrap.store_address(load(config))).open()


def numbers(config: Path) -> list[str]:
    store = stored(config)
    with store.reading() as tx:
        lines = listing.all_entries(tx) or ()
    store.close()
    return [line.number for line in lines]


def judge(config: Path, serial: int = 1) -> tuple[str | None, Dossier]:
    """Have the daemon take in a faultless submission; gives its outcome and its dossier."""
    (config.parent / "mail" / f"{serial}.eml").write_bytes(a_submission(products.SINGLE, serial=serial))
    assert cpl_intake("run", "--once", "--config", config).code == 0
    store = stored(config)
    with store.reading() as tx:
        submission = max((row.submission for row in queue.rows(tx)), key=lambda one: one.id)
    store.close()
    sha256 = submission.dossier_sha256 or ""
    archive = bootstrap.archive(load(config))
    return submission.outcome, records.dossier(archive.get(sha256))


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.xlsm"])
def test_what_is_on_the_imported_list_already_is_returned(tmp_path: Path, name: str) -> None:
    config = a_place(tmp_path)
    done = bring(config, (as_csv if name.endswith("csv") else as_book)(OTHER, SAME), name)
    assert done.code == 0
    assert "2 entries" in done.out
    outcome, dossier = judge(config)
    assert outcome == "return"
    assert [line.number for line in dossier.register or ()] == ["000001", "000002"]


@pytest.mark.parametrize(("row", "expected"), [(OTHER, "ready"), (REMOVED, "needs_a_person")])
def test_what_is_not_current_on_it_is_not_returned(tmp_path: Path, row: list[str], expected: str) -> None:
    config = a_place(tmp_path)
    done = bring(config, as_csv(row))
    assert "1 entry " in done.out
    outcome, dossier = judge(config)
    assert outcome == expected
    assert dossier.register is not None


def test_without_a_list_nothing_is_said_of_it(tmp_path: Path) -> None:
    outcome, dossier = judge(a_place(tmp_path))
    assert (outcome, dossier.register) == ("ready", None)


def test_the_newest_list_counts_and_one_that_lacks_entries_changes_nothing(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    bring(config, as_csv(SAME))
    lacking = bring(config, as_csv(OTHER))
    assert (lacking.code, "lacks entries that the register has: 000002" in lacking.out) == (1, True)
    assert numbers(config) == ["000002"]
    assert bring(config, as_csv(OTHER, REMOVED)).code == 0
    assert numbers(config) == ["000001", "000002"]
    assert judge(config)[0] == "needs_a_person"


def test_the_import_is_in_the_ledger_and_its_file_in_the_evidence(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    content = as_csv(OTHER, SAME)
    bring(config, content)
    sha256 = hashlib.sha256(content).hexdigest()
    store = stored(config)
    with store.reading() as tx:
        (event,) = events.chain(tx)
    store.close()
    told = {name: event.detail[name] for name in ("entries", "new", "sha256")}
    assert (event.name, event.message, told) == ("list_imported", None, {"entries": 2, "new": 2, "sha256": sha256})
    assert (tmp_path / "var" / "evidence" / "sha256" / sha256[:2] / sha256).read_bytes() == content
    assert cpl_intake("evidence", "verify", "--config", config).code == 0


def test_a_list_whose_file_has_vanished_from_the_evidence_is_told(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    bring(config, as_csv(SAME))
    (evidence,) = (tmp_path / "var" / "evidence" / "sha256").glob("*/*")
    evidence.unlink()
    done = cpl_intake("evidence", "verify", "--config", config)
    assert done.code == 1
    assert evidence.name in done.out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no header row"),
        (b"hello", "no header row"),
        (b"PK\x03\x04", "workbook"),
        (as_csv(), "no entries"),
        (as_csv(SAME, SAME), "000002 twice"),
        (as_csv(SAME, a_row("seven")), "'seven'"),
        (None, "does not exist"),
    ],
)
def test_a_list_that_cannot_be_read_is_a_sentence_and_changes_nothing(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    config = a_place(tmp_path)
    bring(config, as_csv(OTHER))
    if content is None:
        done = cpl_intake("cpl", "import", tmp_path / "nowhere.csv", "--config", config)
    else:
        done = bring(config, content, "wrong.csv")
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert numbers(config) == ["000001"]


@pytest.mark.skipif(not REAL.is_file(), reason="the published list is not beside this checkout")
def test_the_real_list_is_imported_whole(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    done = bring(config, REAL.read_bytes())
    assert done.code == 0
    assert "447 entries" in done.out
    assert len(numbers(config)) == 447
