"""Signatures as programs other than Office write them, and as good: counter-signed, .NET's, with more of XAdES."""

from __future__ import annotations

import base64

import pytest
from signatures import odf_signer, signer, smime
from signatures.judging import is_accepted
from signatures.signer import DS, ORIGIN, ORIGIN_RELS, ROOT, SIG, SIG_RELATION, SIG_TYPE, TYPES, How, digest_xml, sign
from signatures.workbooks import authority, full, maker

from intake.signatures.office import odf, opc
from intake.signatures.verified import Verified
from intake.signatures.xml.xades import COUNTERSIGNED

FOLDER = "package/services/digital-signature"
DOTNET = {
    SIG: f"{FOLDER}/xml-signature/a1.psdsxs",
    ORIGIN: f"{FOLDER}/origin.psdsor",
    ORIGIN_RELS: f"{FOLDER}/_rels/origin.psdsor.rels",
}
CERTIFICATE = f"{FOLDER}/certificate/A1.cer"
ARROW = f"{FOLDER}/xml-signature/_rels/a1.psdsxs.rels"
COUNTER_TIME = "2001-01-01T00:00:00Z"


def countersigned(target: str = "idCounter") -> str:
    """Unsigned properties with another's signature over this one's value, which has properties of its own."""
    properties = (
        f'<Object><xd:QualifyingProperties Target="#{target}"><xd:SignedProperties Id="idOther">'
        f"<xd:SignedSignatureProperties><xd:SigningTime>{COUNTER_TIME}</xd:SigningTime>"
        "</xd:SignedSignatureProperties></xd:SignedProperties></xd:QualifyingProperties></Object>"
    )
    signature = (
        f'<Signature xmlns="{DS}" Id="idCounter"><SignedInfo></SignedInfo><SignatureValue>AAAA</SignatureValue>'
        f"<KeyInfo></KeyInfo>{properties}</Signature>"
    )
    return f"<xd:CounterSignature>{signature}</xd:CounterSignature>"


def unsigned(properties: str) -> str:
    inner = f"<xd:UnsignedSignatureProperties>{properties}</xd:UnsignedSignatureProperties>"
    return f"<xd:UnsignedProperties>{inner}</xd:UnsignedProperties>"


def only(parts: dict[str, bytes]) -> Verified:
    (verified,) = opc.verify(parts)
    return verified


@pytest.mark.parametrize("target", ["idCounter", "idPackageSignature"])
def test_a_counter_signature_is_noted_and_tells_nothing_of_the_signature_itself(target: str) -> None:
    for xades in ("SigningCertificate", "SigningCertificateV2"):
        how = How(xades=xades, unsigned_properties=lambda _: unsigned(countersigned(target)))
        verified = only(sign(full(), maker(), how))
        assert is_accepted((verified,)), verified.reasons
        assert (verified.bound, verified.certificate) == (True, maker().der)
        assert verified.claimed_time is not None
        assert verified.claimed_time.year == 2026
        assert COUNTERSIGNED in verified.notes


def test_a_counter_signature_on_an_opendocument_file_is_noted() -> None:
    mark = "</xd:UnsignedSignatureProperties>"
    how = odf_signer.Odf(finish=lambda xml: xml.replace(mark, countersigned() + mark))
    (verified,) = odf.verify(odf_signer.sign(odf_signer.unsigned(), smime.signer(), how))
    assert is_accepted((verified,)), verified.reasons
    assert COUNTERSIGNED in verified.notes


def _naming(der: bytes, *more: bytes, version: str = "V2") -> str:
    named = "".join(
        f"<xd:Cert><xd:CertDigest>{digest_xml(each, 'sha256')}</xd:CertDigest></xd:Cert>" for each in (der, *more)
    )
    return f"<xd:SigningCertificate{version}>{named}</xd:SigningCertificate{version}>"


def test_every_statement_of_the_signing_certificate_must_name_it() -> None:
    """The chain may stand beside it; a second statement that names another alone contradicts the first."""
    for properties in (
        _naming(maker().der),
        _naming(maker().der, authority().der),
        _naming(authority().der, maker().der),
    ):
        assert only(sign(full(), maker(), How(signed_properties=properties))).bound
    twin = maker("rsa2048", "Foe Ltd")
    for version in ("V2", ""):
        how = How(signed_properties=_naming(twin.der, version=version), behind=(twin.der,))
        verified = only(sign(full(), maker(), how))
        assert (verified.bound, verified.failure) == (False, "NO_SIGNING_CERTIFICATE_FOUND")


def packaged(*, certificate: bytes, relation: str = f"{SIG_RELATION}/certificate", kind: str = "") -> dict[str, bytes]:
    """A package as .NET signs it: other names, no XAdES, and the certificate in a part of its own."""
    signed = sign(full(), maker(), How(xades=None, key_info=lambda _: ""))
    parts = {DOTNET.get(name, name): content for name, content in signed.items()}
    parts[TYPES] = parts[TYPES].replace(SIG.encode(), DOTNET[SIG].encode()).replace(b'"sigs"', b'"psdsor"')
    parts[ROOT] = parts[ROOT].replace(ORIGIN.encode(), DOTNET[ORIGIN].encode())
    parts[DOTNET[ORIGIN_RELS]] = parts[DOTNET[ORIGIN_RELS]].replace(b'"sig1.xml"', f'"/{DOTNET[SIG]}"'.encode())
    parts[CERTIFICATE] = certificate
    signer.typed(parts, CERTIFICATE, kind or f"{SIG_TYPE}-certificate")
    signer.related(parts, ARROW, "rId1", relation, f"/{CERTIFICATE}")
    return parts


def test_a_certificate_in_a_part_of_its_own_is_found() -> None:
    verified = only(packaged(certificate=maker().der))
    assert is_accepted((verified,)), verified.reasons
    assert (verified.certificate, verified.bound) == (maker().der, False)


@pytest.mark.parametrize(
    ("changed", "failure"),
    [
        ({"certificate": authority().der}, "SIG_CRYPTO_FAILURE"),
        ({"certificate": b"no certificate"}, "FORMAT_FAILURE"),
        ({"relation": f"{SIG_RELATION}/other"}, "FORMAT_FAILURE"),
        ({"kind": "application/xml"}, "FORMAT_FAILURE"),
    ],
)
def test_a_signature_that_leads_to_anything_else_fails(changed: dict[str, object], failure: str) -> None:
    parts = packaged(**({"certificate": maker().der} | changed))  # type: ignore[arg-type]  # the test names what it changes
    assert only(parts).failure == failure


def test_a_bare_key_in_der_beside_the_certificate_is_not_looked_at() -> None:
    key = '<k:DEREncodedKeyValue xmlns:k="http://www.w3.org/2009/xmldsig11#">'
    value = f"<KeyInfo>{key}{base64.b64encode(b'key').decode()}</k:DEREncodedKeyValue>"
    assert is_accepted((only(sign(full(), maker(), How(key_info=lambda it: it.replace("<KeyInfo>", value)))),))
