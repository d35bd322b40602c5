"""What XAdES adds to a signature: which certificate it is by, when it claims to be made, time stamps.

(ETSI TS 101 903 1.4.2 and EN 319 132-1.) Only what stands under the signature is believed, and a claimed time never is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from intake.clock import LONDON
from intake.signatures.refused import NO_SIGNING_CERTIFICATE_FOUND, SIG_CRYPTO_FAILURE, refuse
from intake.signatures.verified import TimeStamp, Verified
from intake.signatures.xml.algorithms import digest_name, digest_of
from intake.signatures.xml.canonical import DS, INCLUSIVE, Element, form_of, of_element
from intake.signatures.xml.xmldsig import MAX_CERTIFICATES, Signature, bytes_of, unlike

_XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
_COUNTER = f"{_XADES}CounterSignature"
"""A signature over this one's value (TS 101 903, 7.2.4); it is unsigned here, and not verified."""
COUNTERSIGNED = "COUNTERSIGNED: Others have signed this signature; that is not verified here."
_MAX_STAMPS = 10
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d{1,12}))?(Z|[+-]\d\d:\d\d)?\Z")


@dataclass(frozen=True, slots=True)
class Properties:
    """What the XAdES properties of one signature say."""

    certificates: tuple[tuple[tuple[str, bytes], ...], ...] = ()
    """Digests, by name and value, of the certificates that each statement of the signed properties names."""
    claimed_time: datetime | None = None
    stamps: tuple[TimeStamp, ...] = ()
    hints: tuple[bytes, ...] = ()
    """DER of certificates among the unsigned properties."""
    countersigned: bool = False
    """Others have signed the signature's value, among the unsigned properties."""

    def names(self, certificate: x509.Certificate) -> bool:
        """Tell whether the signed properties name this certificate, in each of their statements that name any."""
        der = certificate.public_bytes(Encoding.DER)
        return bool(self.certificates) and all(
            any(digest_of(digest, der) == value for digest, value in statement) for statement in self.certificates
        )


def read_properties(signature: Signature, covered: Callable[[Element], bool]) -> Properties:
    """Read a signature's properties.

    Args:
        signature: as `xmldsig` read it.
        covered: tells whether an element stands under the signature.

    Raises:
        RefusedError: they stand twice, are another signature's, or cannot be read.
    """
    own = list(_own(signature.element))
    signed_properties = [qualifying for qualifying in own if str(qualifying.tag).endswith("}QualifyingProperties")]
    all_properties = [qualifying for qualifying in own if str(qualifying.tag).endswith("}SignedProperties")]
    _expect(all(qualifying.getparent() in signed_properties for qualifying in all_properties), "in an unusual place")
    if not signed_properties:
        return Properties()
    _expect(
        len(signed_properties) == 1 and signed_properties[0].tag == f"{_XADES}QualifyingProperties",
        "twice, or in an old form",
    )
    _expect(signed_properties[0].getparent() in signature.objects, "in an unusual place")
    _expect(signed_properties[0].get("Target", "").removeprefix("#") == signature.id, "of another signature")
    signed = signed_properties[0].findall(f"{_XADES}SignedProperties")
    _expect(len(signed) <= 1, "twice")
    believed = [qualifying for qualifying in signed if covered(qualifying)]
    named = [statement for qualifying in believed for statement in _named(qualifying)]
    times = [qualifying for properties in believed for qualifying in properties.iter(f"{_XADES}SigningTime")]
    _expect(len(times) <= 1, "that claim two times")
    return Properties(
        certificates=tuple(named),
        claimed_time=moment(times[0].text or "") if times else None,
        stamps=_stamps(signature, signed_properties[0]),
        hints=_hints(signed_properties[0]),
        countersigned=any(element.tag == _COUNTER for element in own),
    )


def _own(element: Element) -> Iterator[Element]:
    """An element and all in it, but for what is in a counter-signature, whose properties are another signature's."""
    yield element
    for child in element if element.tag != _COUNTER else ():
        yield from _own(child)


def signed_by(form: str, signature: Signature, properties: Properties) -> Verified:
    """Verify the signature value: by the certificate whose key made it and which the signed properties name.

    Args:
        form: ``opc`` or ``odf``.
        signature: as `xmldsig` read it.
        properties: as `read_properties` read them.

    Returns:
        What is known but for digests and coverage. Where it fails: ``SIG_CRYPTO_FAILURE`` if no key fits the value,
        ``NO_SIGNING_CERTIFICATE_FOUND`` if no certificate came along or the signed properties name another.
        A time is told only where the value holds, for nothing else stands under a signature.
    """
    verified = Verified(
        form,
        stamps=properties.stamps,
        algorithms=unlike(
            (*signature.names(), *(digest for statement in properties.certificates for digest, _ in statement))
        ),
        notes=(COUNTERSIGNED,) if properties.countersigned else (),
    )
    if not signature.certificates:
        return _failed(verified, NO_SIGNING_CERTIFICATE_FOUND, "The signature carries no certificate.")
    able = signature.verifying()
    if not able:
        reason = "The signature value is not by any of the certificates that came along."
        return replace(_failed(verified, SIG_CRYPTO_FAILURE, reason), valid=False)
    named = [certificate for certificate in able if properties.names(certificate)]
    if properties.certificates and not named:
        reason = "The signature names another certificate than the one that came along with the same key."
        return _failed(verified, NO_SIGNING_CERTIFICATE_FOUND, reason)
    leaf = (named or able)[0]
    others = (
        certificate.public_bytes(Encoding.DER) for certificate in signature.certificates if certificate is not leaf
    )
    return replace(
        verified,
        valid=True,
        claimed_time=properties.claimed_time,
        certificate=leaf.public_bytes(Encoding.DER),
        certificates=(*others, *properties.hints),
        bound=bool(named),
    )


def _failed(verified: Verified, failure: str, reason: str) -> Verified:
    return replace(verified, failure=failure, reasons=(reason,))


def moment(text: str) -> datetime:
    """Give the moment of an XML dateTime; fractions of a microsecond are left out; London where it has no zone.

    Older LibreOffice puts a comma before the fraction, as ISO 8601 allows and XML does not.

    Raises:
        RefusedError: it is none.
    """
    match = _TIME.match(text.strip())
    try:
        at = datetime.fromisoformat(f"{match[1]}.{(match[2] or '0')[:6]:0<6}{match[3] or ''}" if match else "")
    except ValueError:
        refuse(f"The signature claims a time that is none: {text[:40]!r}.")
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


def _named(signed: Element) -> list[tuple[tuple[str, bytes], ...]]:
    """Digests in SigningCertificate and SigningCertificateV2: each names the signer's, and may name its chain."""
    parents = [f"{_XADES}SigningCertificate", f"{_XADES}SigningCertificateV2"]
    statements = [parent.findall(f"{_XADES}Cert") for parent in signed.iter(*parents)]
    _expect(sum(map(len, statements)) <= MAX_CERTIFICATES, "that name far too many certificates")
    return [tuple(map(_digest, certs)) for certs in statements if certs]


def _digest(cert: Element) -> tuple[str, bytes]:
    method = cert.find(f"{_XADES}CertDigest/{DS}DigestMethod")
    value = cert.find(f"{_XADES}CertDigest/{DS}DigestValue")
    _expect(method is not None and value is not None, "without the digest of a certificate")
    return digest_name(method.get("Algorithm")), bytes_of(value)


def _stamps(signature: Signature, qualifying: Element) -> tuple[TimeStamp, ...]:
    """The time stamps on the signature value."""
    stamp_elements = qualifying.findall(f"{_XADES}UnsignedProperties/*/{_XADES}SignatureTimeStamp")
    _expect(len(stamp_elements) <= _MAX_STAMPS, "with far too many time stamps")
    value = signature.element.find(f"{DS}SignatureValue")
    return tuple(
        TimeStamp(bytes_of(token), _stamped(stamp, value))
        for stamp in stamp_elements
        for token in stamp.findall(f"{_XADES}EncapsulatedTimeStamp")
    )


def _stamped(stamp: Element, value: Element) -> bytes:
    """The canonical SignatureValue, in the form the stamp declares (TS 101 903, 7.3)."""
    method = stamp.find(f"{DS}CanonicalizationMethod")
    return of_element(value, INCLUSIVE if method is None else form_of(method))


def _hints(qualifying: Element) -> tuple[bytes, ...]:
    path = f"{_XADES}UnsignedProperties/*/{_XADES}CertificateValues/{_XADES}EncapsulatedX509Certificate"
    encoded_certificates = qualifying.findall(path)
    _expect(len(encoded_certificates) <= MAX_CERTIFICATES, "with far too many certificates")
    return tuple(map(bytes_of, encoded_certificates))


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as a sentence
    if not condition:
        refuse(f"The signature has properties {otherwise}.")
