"""A signed workbook is read from the bytes its signatures are held against, and leaves no doubt what was signed."""

from __future__ import annotations

import subprocess
import sys
from zipfile import ZipFile

import pytest
from signatures.signer import packed, sign
from signatures.workbooks import BOOK, FILLED, form, maker, signed

from intake.demo.forms import new_entry_form
from intake.extract.document import read_document
from intake.extract.media import media_of
from intake.extract.sheet.parts import HeldParts, parts_of
from intake.extract.unreadable import BOOK_BROKEN, BOOK_FORMS, BOOK_UNSEEN
from intake.signatures.office import zipstrict
from rules.facts import NewEntry


def entry_of(content: bytes) -> NewEntry:
    entry = read_document("form.xlsx", content).entry
    assert entry is not None
    return entry


def values(entry: NewEntry) -> set[str]:
    return {row.value for row in entry.rows if row.value}


@pytest.mark.parametrize("kind", ["rsa2048", "p256"])
def test_a_signed_form_is_read_like_any_other(kind: str) -> None:
    entry = entry_of(packed(signed(kind)))
    assert entry.readable
    assert set(FILLED.values()) <= values(entry)


def test_the_reader_gets_the_bytes_that_the_verifier_hashes() -> None:
    content = packed(signed())
    parts = parts_of(content, media_of(content))
    assert isinstance(parts, HeldParts)
    assert parts.held == zipstrict.unpack(content)


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_part_that_is_missing_is_the_workbook_s_fault_and_none_of_ours(name: str) -> None:
    parts = signed()
    if name not in parts:
        pytest.skip("the form does without it")
    reading = read_document("form.xlsx", packed({key: part for key, part in parts.items() if key != name}))
    assert reading.faults == ()
    assert reading.entry is None or reading.entry.trouble in {None, BOOK_BROKEN}


def test_an_unsigned_workbook_is_read_as_it_always_was() -> None:
    content = new_entry_form(FILLED)
    assert not media_of(content).signed
    assert isinstance(parts_of(content, media_of(content)), ZipFile)
    assert set(FILLED.values()) <= values(entry_of(content))


def test_a_container_that_two_readers_open_differently_is_still_read_for_its_other_faults() -> None:
    content = packed(signed()) + b"trailing"
    assert media_of(content).signed
    assert isinstance(parts_of(content, media_of(content)), ZipFile)
    assert set(FILLED.values()) <= values(entry_of(content))


def test_a_signed_workbook_with_two_forms_is_never_taken_as_read() -> None:
    parts = form(further_forms={"CPL - New Entry (2)": {}})
    assert entry_of(packed(parts)).readable
    assert entry_of(packed(sign(parts, maker()))).trouble == BOOK_FORMS


def test_a_signed_form_that_nobody_sees_is_never_taken_as_read() -> None:
    parts = form(whole_workbook=True)
    shown = b'name="CPL - New Entry" sheetId="2" state="visible"'
    assert shown in parts[BOOK]
    parts[BOOK] = parts[BOOK].replace(shown, shown.replace(b"visible", b"veryHidden"))
    assert entry_of(packed(sign(parts, maker()))).trouble == BOOK_UNSEEN


def test_reading_an_unsigned_workbook_loads_no_verifier() -> None:
    code = (
        "import sys; from intake.demo.forms import new_entry_form; from intake.extract.document import read_document; "
        "read_document('a.xlsx', new_entry_form({})); "
        "sys.exit(any(name in sys.modules for name in ('intake.signatures.office.opc', 'cryptography', 'pyhanko')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
