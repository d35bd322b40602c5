"""The register's commands as their users run them: reconcile, export, compare, look back, plan, be warned."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from programs import Done, a_place
from publication.books import FORM_TAB, MACRO, NEW, a_book, unpacked
from register.lines import a_version
from warm import cpl_intake

from intake.publication import dcc
from intake.publication.tabs import CSV_TAB, LIST_TAB, VERSIONS_TAB, columns_of, listed
from rules.facts import RegisterEntry

GBCS, CREATOR = "GBCS Version.version_number", "Manufacturer_Image.creator"
ENDS = {"certificate": "[E] NCSC-1", "ends": "30/08/2099"}


def as_csv(*entries: RegisterEntry, version: str = "") -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    columns = columns_of(entries)
    table.writerow((*columns, *(["Version"] if version else [])))
    for entry in entries:
        table.writerow((*listed(entry, columns), *([f"Version {version} Issued on 20-11-2026"] if version else [])))
    return out.getvalue().encode()


def with_value(entry: RegisterEntry, column: str, text: str) -> RegisterEntry:
    return RegisterEntry(entry.number, entry.status, {**entry.fields, column: text})


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return a_place(tmp_path)


def cpl(config: Path, *words: str | Path) -> Done:
    return cpl_intake("cpl", *words, "--config", config)


def bring(config: Path, *entries: RegisterEntry, version: str = "", accept: bool = False) -> Done:
    file = config.parent / "list.csv"
    file.write_bytes(as_csv(*entries, version=version))
    return cpl(config, "import", file, "--format", "json", *(["--accept-missing"] if accept else []))


FIRST = (a_version(1, **ENDS), a_version(2, "000001"), a_version(3, "000002", status="Removed"))


@pytest.mark.parametrize("words", [("history", "000001"), ("diff", "2.051", "2.052"), ("export", "--csv", "list.csv")])
def test_before_any_list_was_taken_in_commands_say_how_one_is(config: Path, words: tuple[str, ...]) -> None:
    done = cpl(config, *words)
    assert (done.code, "cpl-intake cpl import FILE" in done.err) == (1, True), done.err


def test_an_import_reports_what_it_did_as_one_object(config: Path) -> None:
    done = bring(config, *FIRST, version="2.051")
    assert (done.code, done.json["version"], done.json["entries"], done.json["taken"]) == (0, "2.051", 3, True)
    assert done.json["new"] == ["000001", "000002", "000003"]
    changed = with_value(FIRST[1], GBCS, "GBCS Version 4.0")
    done = bring(config, FIRST[0], changed, a_version(9), version="2.052")
    assert (done.code, done.json["taken"], done.json["missing"], done.json["new"]) == (1, False, ["000003"], ["000009"])
    assert done.json["changed"] == [
        {"entry": "000002", "field": GBCS, "before": "GBCS Version 3.2", "after": "GBCS Version 4.0"}
    ]
    assert cpl(config, "history", "000009").code == 1
    assert bring(config, FIRST[0], changed, a_version(9), version="2.052", accept=True).json["taken"] is True
    assert json.loads(cpl(config, "history", "000003", "--format", "json").out)[0]["status"] == "Removed"


def test_a_list_whose_days_have_their_month_first_is_never_taken_in(config: Path) -> None:
    done = bring(config, a_version(1, certificate="[E] NCSC-1", ends="08/30/2099"), accept=True)
    assert (done.code, done.json["taken"]) == (1, False)
    assert cpl(config, "export", "--csv", config.parent / "out.csv").code == 1


def test_the_register_is_exported_as_it_is_and_as_it_was(config: Path) -> None:
    bring(config, *FIRST, version="2.051")
    bring(config, *FIRST, a_version(9), version="2.052")
    out = config.parent / "out.csv"
    cpl(config, "export", "--csv", out)
    assert out.read_bytes() == dcc.dcc_csv((*FIRST, a_version(9)), "Version 2.052 Issued on 20-11-2026")
    cpl(config, "export", "--csv", out, "--version", "2.051")
    assert out.read_bytes() == dcc.dcc_csv(FIRST, "Version 2.051 Issued on 20-11-2026")
    assert cpl(config, "export", "--csv", out, "--as-of", "2020-01-01").code == 1
    assert cpl(config, "export", "--csv", out, "--version", "2.050").code == 2
    assert cpl(config, "export").code == 2


def test_line_ends_are_configured(config: Path) -> None:
    config.write_text(config.read_text("utf-8") + '\n[publish]\ncsv_line_end = "lf"\n', "utf-8")
    bring(config, *FIRST)
    out = config.parent / "out.csv"
    cpl(config, "export", "--csv", out)
    assert (out.read_bytes().count(b"\r"), out.read_bytes().count(b"\n")) == (0, 4)


def test_an_exported_workbook_reads_back_to_the_letter_and_holds_no_formula(config: Path) -> None:
    odd = with_value(with_value(a_version(7), CREATOR, "=1+1"), GBCS, " GBCS Version 3.2 ")
    bring(config, *FIRST, odd, version="2.051")
    book, again = config.parent / "out.xlsx", config.parent / "again.xlsx"
    assert cpl(config, "export", "--workbook", book).code == 0
    assert "Nothing differs" in cpl(config, "diff", "2.051", book).out
    opened = load_workbook(book)
    assert opened.sheetnames == [VERSIONS_TAB, LIST_TAB, CSV_TAB]
    assert {cell.data_type for sheet in opened for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert bring_file(config, book).json["new"] == []
    assert cpl(config, "export", "--workbook", again).code == 0
    assert again.read_bytes() == book.read_bytes()


def bring_file(config: Path, file: Path) -> Done:
    return cpl(config, "import", file, "--format", "json")


def test_what_the_dcc_cannot_load_is_no_csv_and_names_the_entry(config: Path) -> None:
    bring(config, a_version(1), with_value(a_version(2), GBCS, "GBCS\N{NO-BREAK SPACE}3.2"))
    done = cpl(config, "export", "--csv", config.parent / "out.csv")
    assert done.code == 1
    assert "entry 000002" in done.err
    assert "U+00A0" in done.err


def test_a_difference_names_who_and_when_where_the_register_knows(config: Path) -> None:
    bring(config, *FIRST, version="2.051")
    bring(config, FIRST[0], with_value(FIRST[1], GBCS, "GBCS Version 4.0"), FIRST[2], a_version(9), version="2.052")
    rows: list[dict[str, Any]] = cpl(config, "diff", "2.051", "2.052", "--format", "json").json
    assert [(row["entry"], row["field"], row["before"], row["after"]) for row in rows] == [
        ("000002", GBCS, "GBCS Version 3.2", "GBCS Version 4.0"),
        ("000009", None, None, "Current"),
    ]
    assert all(row["at"] and row["at"].startswith("20") for row in rows)
    table = list(csv.DictReader(io.StringIO(cpl(config, "diff", "2.051", "2.052", "--format", "csv").out)))
    assert [row["entry"] for row in table] == ["000002", "000009"]
    assert cpl(config, "diff", "2.051", "nowhere").code == 2


@pytest.mark.parametrize("form", ["--csv", "--workbook"])
def test_a_file_of_a_version_does_not_differ_from_it(config: Path, form: str) -> None:
    bring(config, *FIRST, version="2.051")
    out = config.parent / ("out.csv" if form == "--csv" else "out.xlsx")
    assert cpl(config, "export", form, out).code == 0
    assert "Nothing differs" in cpl(config, "diff", "2.051", out).out
    assert "Nothing differs" in cpl(config, "diff", out, "2.051").out
    if form == "--csv":
        text = out.read_text("utf-8")
        out.write_text(
            text.replace(FIRST[1].fields[GBCS], "GBCS Version 9.9", 2).replace(
                "GBCS Version 9.9", FIRST[0].fields[GBCS], 1
            ),
            "utf-8",
        )
        rows = cpl(config, "diff", "2.051", out, "--format", "json").json
        assert [(row["entry"], row["field"], row["after"]) for row in rows] == [("000002", GBCS, "GBCS Version 9.9")]


def test_a_difference_in_status_is_told_like_any_other(config: Path) -> None:
    bring(config, *FIRST, version="2.051")
    bring(config, replace(FIRST[0], status="Removed"), *FIRST[1:], version="2.052")
    (row,) = cpl(config, "diff", "2.051", "2.052", "--format", "json").json
    assert (row["field"], row["before"], row["after"]) == ("Entry.status", "Current", "Removed")
    assert row["at"].startswith("20")
    told = cpl(config, "diff", "2.051", "2.052").out
    assert told == "000001 Entry.status: was “Current”, is now “Removed”\n"


def test_an_entry_s_life_is_told(config: Path) -> None:
    bring(config, *FIRST, version="2.051")
    bring(config, FIRST[0], with_value(FIRST[1], GBCS, "GBCS Version 4.0"), FIRST[2], version="2.052")
    first, second = cpl(config, "history", "2", "--format", "json").json
    assert (first["version"], first["kind"], first["changes"]) == ("2.051", "import", [])
    assert second["changes"] == [{"field": GBCS, "before": "GBCS Version 3.2", "after": "GBCS Version 4.0"}]
    assert "was “GBCS Version 3.2”, is now “GBCS Version 4.0”" in cpl(config, "history", "2").out


def test_a_path_is_planned_from_the_register_and_offline_from_a_file(config: Path, tmp_path: Path) -> None:
    entries = (a_version(1), a_version(2, "000001"), a_version(3, "000002"))
    bring(config, *entries, version="2.051")
    told = cpl(config, "path", "1", "--format", "json").json
    assert (told["next"], told["steps"], told["as_of"]) == ("000002", 2, "2.051")
    offline = tmp_path / "elsewhere.csv"
    offline.write_bytes(as_csv(*entries, version="2.051"))
    done = cpl_intake("cpl", "path", "1", "--list", offline, "--format", "json")
    assert done.json == told
    assert "next 000002, 2 steps" in cpl(config, "path", "1").out
    assert cpl(config, "path", "8").code == 2
    assert cpl(config, "path").code == 2


def test_a_fleet_gets_a_plan_a_line(config: Path, tmp_path: Path) -> None:
    bring(config, a_version(1), a_version(2, "000001"))
    fleet = tmp_path / "fleet.csv"
    fleet.write_text(
        "manufacturer_identifier,model_identifier,hardware_version.version,hardware_version.revision,firmware_version,"
        "count\n10:01,00:02,01,00,00:00:00:01,12\n10:01,00:02,01,00,00:00:00:0F,1\n",
        "utf-8",
    )
    rows = list(csv.DictReader(io.StringIO(cpl(config, "path", "--installed", fleet, "--format", "csv").out)))
    assert [(row["count"], row["from"], row["next"], row["blocked"]) for row in rows] == [
        ("12", "000001", "000002", ""),
        ("1", "", "", "This Device Model is not on the list."),
    ]


def test_notices_are_listed_and_a_contact_that_is_taken_in_is_whom_they_go_to(config: Path, tmp_path: Path) -> None:
    bring(config, *FIRST)
    first, second = cpl(config, "expiry", "--format", "json").json
    assert (first["term"], second["term"], first["contact"]) == ("12 months", "6 months", None)
    contacts = tmp_path / "contacts.csv"
    contacts.write_text("Entry,Name,Telephone,Email\n1,Robin,01,Robin <robin@ashdown.example>\n8,A,2,a@b.example\n")
    done = cpl(config, "contacts", "import", contacts)
    assert (done.code, "1 contact kept." in done.out, "000008" in done.out) == (0, True, True)
    first, _ = cpl(config, "expiry", "--format", "json").json
    assert (first["contact"], first["entries"], first["state"]) == ("robin@ashdown.example", ["000001"], "upcoming")
    assert cpl(config, "expiry", "--format", "json", "--until", "2026-12-31").json == []
    told = cpl(config, "expiry").out.splitlines()
    assert ["12 months before" in line for line in told] == ["6 months before" not in line for line in told]
    assert "robin@ashdown.example" not in "".join(published(config))


def published(config: Path) -> Iterator[str]:
    out = config.parent / "out.csv"
    cpl(config, "export", "--csv", out)
    yield out.read_text("ascii")
    yield cpl(config, "diff", "list.csv", out).out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("entry,name\n", "lacks the columns"),
        ("entry,name,telephone,email,E-mail,Email\n", "the column email twice"),
        ("entry,name,telephone,email\nx,A,1,a@b.example\n", "line 2 has 'x'"),
        ("entry,name,telephone,email\n1,A,1,nobody\n", "line 2 has no e-mail address"),
    ],
)
def test_contacts_that_cannot_be_read_are_a_sentence(config: Path, tmp_path: Path, text: str, says: str) -> None:
    bring(config, *FIRST)
    file = tmp_path / "contacts.csv"
    file.write_text(text)
    done = cpl(config, "contacts", "import", file)
    assert done.code == 2
    assert says in done.err


def test_a_copy_is_unchanged_or_its_first_difference_is_told(config: Path, tmp_path: Path) -> None:
    bring(config, *FIRST, version="2.051")
    bring(config, *FIRST, a_version(9), version="2.052")
    book, table, whole = tmp_path / "list.xlsx", tmp_path / "dcc.csv", tmp_path / "whole.csv"
    cpl(config, "export", "--workbook", book, "--csv", table, "--version", "2.051")
    whole.write_bytes(as_csv(*FIRST, version="2.051"))
    for copy in (book, table, whole):
        done = cpl(config, "verify", copy)
        assert (done.code, "this is 2.051, unchanged" in done.out) == (0, True), copy
    whole.write_bytes(as_csv(FIRST[0], with_value(FIRST[1], GBCS, "GBCS Version 3.2 "), FIRST[2], version="2.051"))
    done = cpl(config, "verify", whole)
    assert done.code == 1
    assert f"entry 000002, {GBCS}: “GBCS Version 3.2 ”, and “GBCS Version 3.2” in the register" in done.out
    table.write_bytes(table.read_bytes().replace(b"CPA", b"CPB").replace(b"00000002", b"00000003"))
    assert "entry 000002, Device_Model.firmware_version: “00000003”" in cpl(config, "verify", table).out
    whole.write_bytes(as_csv(*FIRST, a_version(8), version="2.051"))
    assert "entry 000008 is not in the register" in cpl(config, "verify", whole).out
    whole.write_bytes(as_csv(*FIRST[:2], version="2.051"))
    assert "entry 000003 is missing" in cpl(config, "verify", whole).out


def test_a_change_on_the_csv_tab_alone_is_found(config: Path, tmp_path: Path) -> None:
    bring(config, *FIRST, version="2.051")
    book = tmp_path / "list.xlsx"
    cpl(config, "export", "--workbook", book)
    opened = load_workbook(book)
    opened[LIST_TAB].row_dimensions[3].hidden = True
    opened.save(book)
    done = cpl(config, "verify", book)
    assert (done.code, f"does not see row 3 of the tab '{LIST_TAB}'" in done.out) == (0, True)
    opened = load_workbook(book)
    opened[CSV_TAB]["C3"] = "Removed"
    opened.save(book)
    done = cpl(config, "verify", book)
    assert done.code == 1
    assert f"the tab '{CSV_TAB}': entry 000002, Entry.status: “Removed”, and “Current” in the register" in done.out


def test_what_is_no_list_or_of_no_known_version_is_said(config: Path, tmp_path: Path) -> None:
    bring(config, *FIRST, version="2.051")
    strange = tmp_path / "strange.csv"
    strange.write_bytes(as_csv(*FIRST, version="3.000"))
    done = cpl(config, "verify", strange)
    assert (done.code, "no version 3.000" in done.out) == (1, True)
    strange.write_bytes(b"hello")
    assert cpl(config, "verify", strange).code == 2


def test_the_workbook_that_was_taken_in_is_the_one_that_is_written_into(config: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.xlsm"
    before.write_bytes(a_book())
    assert bring_file(config, before).json["version"] == "2.051"
    bring(config, *NEW, version="2.052")
    out = tmp_path / "out.xlsm"
    done = cpl(config, "export", "--workbook", out)
    assert (done.code, done.err) == (0, "")
    after, parts = unpacked(out.read_bytes()), unpacked(a_book())
    assert after["xl/vbaProject.bin"] == MACRO
    assert {name for name in ("xl/styles.xml", "xl/sharedStrings.xml") if after[name] != parts[name]} == set()
    assert [sheet.max_row for sheet in load_workbook(out)] == [5, 7, 9, 5]
    assert (
        "opens it only under a name that ends in .xlsm" in cpl(config, "export", "--workbook", tmp_path / "x.xlsx").err
    )
    assert "this is 2.052, unchanged" in cpl(config, "verify", out).out
    old = tmp_path / "old.xlsm"
    cpl(config, "export", "--workbook", old, "--version", "2.051")
    assert "this is 2.051, unchanged" in cpl(config, "verify", old).out


def test_a_workbook_into_which_nothing_can_be_written_makes_way_for_a_plain_one(config: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.xlsx"
    book = Workbook()
    book.active.title = LIST_TAB
    for row in (columns_of(FIRST), *(list(listed(entry, columns_of(FIRST))) for entry in FIRST)):
        book.active.append(list(row))
    book.save(bare)
    assert bring_file(config, bare).code == 0
    done = cpl(config, "export", "--workbook", tmp_path / "out.xlsx")
    assert done.code == 0
    assert done.err == f"The previous workbook has no tab '{CSV_TAB}'. A plain workbook is written.\n"


@pytest.mark.parametrize(
    ("title", "cell", "text", "says"),
    [
        (VERSIONS_TAB, "C4", "Nothing.", "cell C4: “Nothing.”, and “Entries 000001 to 000004 added ” in the register"),
        (VERSIONS_TAB, "A6", "2.053", "cell A6: “2.053”, and “” in the register"),
        (FORM_TAB, "C6", "Remarks", "cell C6: “Remarks”, and “Notes” in the register"),
        (LIST_TAB, "A1", "Certified", "cell A1: “Certified”, and “Central Products List” in the register"),
        (LIST_TAB, "H7", "FF:FF:FF:FF", "entry 000002, Device_Model.firmware_version: “FF:FF:FF:FF”"),
        (CSV_TAB, "M1", "Hash", "cell M1: “Hash”, and “Manufacturer_Image.hash” in the register"),
    ],
)
def test_a_change_on_any_tab_is_found(
    config: Path, tmp_path: Path, title: str, cell: str, text: str, says: str
) -> None:
    before, copy = tmp_path / "before.xlsx", tmp_path / "copy.xlsx"
    before.write_bytes(a_book(macros=False))
    bring_file(config, before)
    cpl(config, "export", "--workbook", copy)
    opened = load_workbook(copy)
    opened[FORM_TAB]["G7"] = 2  # computed by a formula; openpyxl keeps no computed value
    opened[title][cell] = text
    opened.save(copy)
    done = cpl(config, "verify", copy)
    assert (done.code, says in done.out) == (1, True), done.out


def test_a_look_at_the_list_names_a_blemish_once_with_its_entries(config: Path) -> None:
    bring(config, *(with_value(a_version(number), GBCS, " GBCS Version 3.2") for number in range(1, 12)))
    done = cpl(config, "check")
    assert done.code == 0
    assert done.out.count(f"{GBCS} has blanks around it") == 1
    assert "11 entries: 000001, 000002, 000003, 000004, 000005, 000006, 000007, 000008 and 3 more" in done.out
    standing = cpl(config, "check", "--format", "json").json["standing"]
    assert [blemish["entry"] for blemish in standing if blemish["field"] == GBCS] == [f"{n:06}" for n in range(1, 12)]


def test_of_a_list_whose_certificates_have_all_ended_that_is_said(config: Path) -> None:
    bring(config, a_version(1, certificate="[E] NCSC-1", ends="30/08/2023"))
    said = cpl(config, "expiry").out
    assert said.startswith("No certificate of the list ends from now on.\n2 notices are about certificates whose day")
    assert cpl(config, "expiry", "--until", "2020-01-01").out == "No notice is due by 01/01/2020.\n"
