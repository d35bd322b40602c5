"""LibreOffice signs spreadsheets and we accept them; it accepts what our test signer writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from peers.libreoffice import LibreOffice, libreoffice, needed
from signatures import odf_signer, smime

from intake.extract.document import read_document
from intake.signatures.office import odf, zipstrict
from rules.facts import DocumentKind
from rules.signature_facts import Coverage

KINDS = ("rsa2048", "p256")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreOffice]:
    needed()
    holders = [smime.signer(kind) for kind in KINDS]
    with libreoffice(tmp_path_factory.mktemp("office"), smime.authority(), holders) as started:
        yield started


@pytest.mark.parametrize("kind", KINDS)
def test_what_libreoffice_signs_is_accepted(kind: str, tmp_path: Path, office: LibreOffice) -> None:
    path = tmp_path / "form.ods"
    path.write_bytes(odf_signer.file(odf_signer.unsigned()))
    office.sign(path, smime.signer(kind))
    (verified,) = odf.verify(zipstrict.unpack(path.read_bytes()))
    assert (verified.intact, verified.valid, verified.coverage, verified.reasons) == (True, True, Coverage.ENTIRE, ())
    assert (verified.certificate, verified.bound) == (smime.signer(kind).der, True)
    reading = read_document("form.ods", path.read_bytes())
    assert reading.document.kind is DocumentKind.NEW_ENTRY


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_accepts_what_the_test_signer_writes(kind: str, tmp_path: Path, office: LibreOffice) -> None:
    path = tmp_path / "form.ods"
    path.write_bytes(odf_signer.file(odf_signer.sign(odf_signer.unsigned(), smime.signer(kind))))
    (statement,) = office.verify(path)
    assert statement.valid
