"""CRLs and OCSP answers that the refresher has fetched, as files; what they say is verified with each use.

``crl/<issuer>-<address>.crl`` and ``ocsp/<certificate>.ocsp``; each part of a name is a SHA-256.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate, Name
from pyhanko_certvalidator.revinfo.archival import OCSPContainer

from intake.signatures.trust.crl import Crl, UnusableCrlError

MAX_LISTS = 16
"""Of one issuer, which may have cut its list into parts."""


@dataclass(frozen=True, slots=True)
class RevocationCache:
    """A cache folder; None where there is none."""

    folder: Path | None = None

    def crls(self, issuer: Certificate) -> list[Crl]:
        """List an issuer's CRLs; unreadable ones are left out."""
        if self.folder is None:
            return []
        lists = []
        for file in sorted((self.folder / "crl").glob(f"{key_of(issuer.subject)}-*.crl"))[:MAX_LISTS]:
            with suppress(OSError, UnusableCrlError):
                lists.append(Crl.read(file.read_bytes()))
        return lists

    def ocsp(self, certificate: Certificate) -> OCSPContainer | None:
        """Read the cached OCSP answer on a certificate."""
        if self.folder is None:
            return None
        with suppress(OSError, ValueError, TypeError):
            response = OCSPResponse.load(self.ocsp_file(certificate).read_bytes(), strict=True)
            return next(iter(OCSPContainer.load_multi(response)), None)
        return None

    def crl_file(self, issuer: Certificate, address: str) -> Path:
        """Give the path of a CRL's file."""
        return (self.folder or Path()) / "crl" / f"{key_of(issuer.subject)}-{_digest(address.encode())}.crl"

    def ocsp_file(self, certificate: Certificate) -> Path:
        """Give the path of an OCSP answer's file."""
        return (self.folder or Path()) / "ocsp" / f"{certificate.sha256.hex()}.ocsp"


def key_of(name: Name) -> str:
    """Give a name as a part of a file's name, the same however it is encoded."""
    return _digest(name.hashable.encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
