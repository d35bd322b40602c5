"""The whole way, from a file's bytes to its indication: the signer is trusted, and still no attack passes."""

from __future__ import annotations

import pki
import pytest
from signatures.attacks.benign import BENIGN
from signatures.attacks.corpus import Attack, attacks
from signatures.workbooks import authority

from intake.extract.document import read_document
from intake.signatures.trust_settings import TrustSettings
from rules.facts import Document, DocumentKind
from rules.signature_facts import Indication

ATTACKS = [attack for attack in attacks() if attack.key == "p256"]
WEAK = {"RSA with SHA-1", "no certificate named, as Excel 2007"}


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> TrustSettings:
    return TrustSettings(folder=pki.trust_folder(tmp_path_factory.mktemp("trust"), authority()))


def read(content: bytes, trust_settings: TrustSettings) -> Document:
    return read_document("form.xlsx", content, trust_settings=trust_settings).document


def passes(document: Document) -> bool:
    """Whether it carries signatures and every one has passed."""
    indications = [signature.indication for signature in document.signatures]
    return bool(indications) and set(indications) == {Indication.TOTAL_PASSED}


@pytest.mark.parametrize("group", sorted({attack.group for attack in ATTACKS}))
def test_no_attack_passes_though_its_signer_is_trusted(group: str, trusting: TrustSettings) -> None:
    passed: list[Attack] = []
    silent: list[Attack] = []
    for attack in ATTACKS:
        if attack.group == group:
            document = read(attack.build(), trusting)
            passed += [attack] if passes(document) else []
            # What cannot be opened at all is unreadable; everything else tells of its signature.
            silent += [attack] if not document.signatures and document.kind is not DocumentKind.UNREADABLE else []
    assert passed == []
    assert silent == []


@pytest.mark.parametrize("name", BENIGN)
def test_what_is_benign_passes_unless_it_is_weak(name: str, trusting: TrustSettings) -> None:
    document = read(BENIGN[name](), trusting)
    assert document.kind is DocumentKind.NEW_ENTRY
    assert document.trouble is None
    assert passes(document) == (name not in WEAK), document.signatures
