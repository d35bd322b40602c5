"""A public key infrastructure that the tests of trust share; nobody changes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pki
import pytest
from pki import Holder

from intake.signatures.trust import judge as trust
from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage, SignatureFacts


@dataclass(frozen=True)
class World:
    """A root, an issuing authority beneath it, and the folder that lists both with their CRLs."""

    root: Holder
    issuer: Holder
    good: Holder
    folder: Path

    @property
    def trusting(self) -> TrustSettings:
        return TrustSettings(self.folder, at=pki.NOW)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = pki.root()
    issuer = root.issue(pki.name("Issuing CA", "Test Trust"), authority=True, key_number=2)
    good = issuer.issue(pki.name("Ada Byron", "Example Meters Ltd", identifier="NTRGB-01234567"), key_number=3)
    folder = pki.trust_folder(tmp_path_factory.mktemp("trust"), root, issuer)
    return World(root, issuer, good, folder)


def judge(verified: Verified, trust_settings: TrustSettings) -> SignatureFacts:
    return trust.judge(verified, trust_settings).facts


def signed_by(holder: Holder, **known: object) -> Verified:
    """What a reader gives of a signature in which all is well."""
    facts: dict[str, object] = {
        "format": "opc",
        "intact": True,
        "valid": True,
        "coverage": Coverage.ENTIRE,
        "covered": ("/xl/workbook.xml",),
        "certificate": holder.der,
        "bound": True,
        "claimed_time": pki.NOW - pki.HOUR,
        "algorithms": ("rsa-sha256", "sha256"),
    }
    return Verified(**(facts | known))  # type: ignore[arg-type]  # the test names the fields it changes
