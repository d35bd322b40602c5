"""Builds the detached CMS signature itself; whoever only asks for a key's certificate need not load what this does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from endesive.signer import Signer, cert2asn

from intake.signing.sign import PrivateKey


def build(
    content: bytes,
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    key: PrivateKey | None,
    token: Any,  # noqa: ANN401  # endesive ships no types
    digest: str,
    moment: datetime,
) -> bytes:
    """Build the DER of a CMS that signs these bytes without holding them.

    Args:
        content: what is signed.
        certificate: the signer's.
        others: of the authorities, which go along.
        key: None where a token keeps it.
        token: what signs in the key's place.
        digest: the name of a hash that suits the key.
        moment: that the signature claims.
    """
    signer = _Signer(
        content,
        key,
        cert2asn(certificate),
        list(others),
        digest,
        attrs=lambda value: _attributes(value, certificate, moment),
        hsm=token,
    )
    return signer.build()


class _Signer(Signer):  # type: ignore[misc]  # endesive ships no types
    """endesive's signer; it calls every signature RSA's, which other programs refuse for elliptic curves."""

    def build(self) -> bytes:
        info = cms.ContentInfo.load(super().build())
        signer = info["content"]["signer_infos"][0]
        if self.cert.public_key.algorithm == "ec":
            signer["signature_algorithm"] = {"algorithm": f"{self.hashalgo}_ecdsa"}
        return bytes(info.dump(force=True))


def _attributes(digest: bytes, certificate: x509.Certificate, moment: datetime) -> list[cms.CMSAttribute]:
    """What is signed: the file's digest, when, and by which certificate (RFC 5652, 11; RFC 5035)."""
    own = tsp.ESSCertIDv2({"cert_hash": sha256(certificate.public_bytes(Encoding.DER)).digest()})
    values = {
        "content_type": "data",
        "message_digest": digest,
        "signing_time": cms.Time({_time_kind(moment): moment.replace(microsecond=0)}),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [own]}),
    }
    return [cms.CMSAttribute({"type": name, "values": [value]}) for name, value in values.items()]


def _time_kind(moment: datetime) -> str:
    """RFC 5652, 11.3: two digits of a year do until 2049."""
    return "utc_time" if moment.year < 2050 else "general_time"  # noqa: PLR2004  # the standard's own number
