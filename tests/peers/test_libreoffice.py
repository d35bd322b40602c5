"""LibreOffice signs and judges as a peer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from extract import opendocs
from peers.libreoffice import LibreOffice, libreoffice, needed
from signatures.signer import packed, sign, unpacked
from signatures.workbooks import SHEET, authority, form, full, maker

from intake.demo.forms import new_entry_form
from intake.signatures.office import opc, zipstrict
from rules.signature_facts import Coverage

MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    b'<manifest:file-entry manifest:full-path="/" '
    b'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreOffice]:
    needed()
    with libreoffice(tmp_path_factory.mktemp("office"), authority(), [maker(), maker("p256")]) as running:
        yield running


@pytest.mark.parametrize("kind", ["rsa2048", "p256"])
def test_what_libreoffice_signs_verifies_here(office: LibreOffice, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(packed(full()))
    office.sign(path, maker(kind))
    (verified,) = opc.verify(zipstrict.unpack(path.read_bytes()))
    assert (verified.intact, verified.valid, verified.coverage, verified.bound) == (
        True,
        True,
        Coverage.ENTIRE,
        True,
    ), verified
    assert verified.certificate == maker(kind).der


@pytest.mark.parametrize("kind", ["rsa2048", "p256"])
def test_libreoffice_takes_what_the_tests_signer_signs_and_sees_what_was_changed(
    office: LibreOffice, tmp_path: Path, kind: str
) -> None:
    parts = sign(form(), maker(kind))
    path = tmp_path / "form.xlsx"
    path.write_bytes(packed(parts))
    assert [said.valid for said in office.verify(path)] == [True]
    parts[SHEET] += b" "
    path.write_bytes(packed(parts))
    assert [said.valid for said in office.verify(path)] == [False]


def test_libreoffice_signs_open_documents(office: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "form.ods"
    path.write_bytes(
        opendocs.packed(opendocs.content(opendocs.table(opendocs.rows())), **{"META-INF/manifest.xml": MANIFEST})
    )
    office.sign(path, maker())
    assert "META-INF/documentsignatures.xml" in unpacked(path.read_bytes())
    assert [said.valid for said in office.verify(path)] == [True]


def test_an_unsigned_workbook_has_no_signature(office: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(new_entry_form({}))
    assert office.verify(path) == []
