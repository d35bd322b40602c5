"""Signature wrapping: the signature's own XML is bent, so that what is verified and what is believed differ."""

from __future__ import annotations

import base64
import re

from signatures.attacks.parts import CRYPTO, FORMAT, HASH, NOBODY, Case, Change, Parts, all_of, in_signature
from signatures.signer import C14N, DS, SIG, XD
from signatures.workbooks import maker

_FOREIGN = "Foe Ltd"
_XSLT = '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>'


def _sub(pattern: bytes, new: bytes) -> Change:
    """The signature with every match of a pattern replaced; there must be one."""

    def change(parts: Parts) -> None:
        parts[SIG], count = re.subn(pattern, new, parts[SIG])
        assert count

    return change


def _object(parts: Parts, identity: str) -> str:
    match = re.search(rf'<Object Id="{identity}">.*?</Object>'.encode(), parts[SIG], re.DOTALL)
    assert match is not None
    return match[0].decode()


def _cloned(*, first: bool) -> Case:
    """Two package Objects with one Id: the signed one, and one that says something else."""

    def change(parts: Parts) -> None:
        signed = _object(parts, "idPackageObject")
        other = signed.replace("/xl/styles.xml", "/xl/other.xml")
        pair = other + signed if first else signed + other
        parts[SIG] = parts[SIG].replace(signed.encode(), pair.encode())

    return FORMAT, change


def _wrapped(place: str) -> Case:
    """The signed Object moved to where nobody looks, and another in its place."""

    def change(parts: Parts) -> None:
        signed = _object(parts, "idPackageObject")
        other = signed.replace('Id="idPackageObject"', 'Id="idOther"').replace("/xl/styles.xml", "/xl/other.xml")
        moved = place.format(signed)
        parts[SIG] = parts[SIG].replace(signed.encode(), (other + moved).encode())

    return FORMAT, change


def _certificate(name: str, number: int) -> str:
    return base64.b64encode(maker(name=name, number=number).der).decode()


def _other_certificate(parts: Parts) -> None:
    """Another name's certificate alone."""
    parts[SIG] = re.sub(
        rb"(<X509Certificate>).*?(</X509Certificate>)", rb"\1" + _certificate(_FOREIGN, 7).encode() + rb"\2", parts[SIG]
    )


def _second_data(parts: Parts) -> None:
    data = f"<X509Data><X509Certificate>{_certificate(_FOREIGN, 7)}</X509Certificate></X509Data>"
    parts[SIG] = parts[SIG].replace(b"<KeyInfo>", f"<KeyInfo>{data}".encode())


def _value(parts: Parts) -> None:
    """One bit of the signature value."""
    at = parts[SIG].index(b"<SignatureValue>") + len(b"<SignatureValue>") + 20
    octet = b"B" if parts[SIG][at : at + 1] != b"B" else b"C"
    parts[SIG] = parts[SIG][:at] + octet + parts[SIG][at + 1 :]


def _digest(parts: Parts) -> None:
    """One bit of a digest in the Manifest."""
    at = parts[SIG].rindex(b"<DigestValue>", 0, parts[SIG].index(b"</Manifest>")) + len(b"<DigestValue>") + 5
    octet = b"B" if parts[SIG][at : at + 1] != b"B" else b"C"
    parts[SIG] = parts[SIG][:at] + octet + parts[SIG][at + 1 :]


def _second_properties(parts: Parts) -> None:
    """Properties of one's own beside the signed ones."""
    own = (
        f'<Object><xd:QualifyingProperties xmlns:xd="{XD}" Target="#idPackageSignature">'
        '<xd:SignedProperties Id="idOwn"><xd:SignedSignatureProperties>'
        "<xd:SigningTime>2001-01-01T00:00:00Z</xd:SigningTime>"
        "</xd:SignedSignatureProperties></xd:SignedProperties></xd:QualifyingProperties></Object></Signature>"
    )
    parts[SIG] = parts[SIG].replace(b"</Signature>", own.encode())


def _properties_aside(parts: Parts) -> None:
    """The signed properties moved to an Object of their own, and others, with another time, in their place."""
    text = parts[SIG].decode()
    match = re.search(r"<xd:SignedProperties.*?</xd:SignedProperties>", text)
    assert match is not None
    other = match[0].replace("idSignedProperties", "idOther").replace("2026-11-20", "2020-01-01")
    moved = f'<Object xmlns:xd="{XD}">{match[0]}</Object></Signature>'
    parts[SIG] = text.replace(match[0], other).replace("</Signature>", moved).encode()


WRAPPING: dict[str, Case] = {
    "a second package Object behind": _cloned(first=False),
    "a second package Object in front": _cloned(first=True),
    "the signed Object within another": _wrapped("<Object Id='idHolder'>{}</Object>"),
    "the signed Object within KeyInfo": (
        FORMAT,
        in_signature("</KeyInfo>", "<Object Id='idCopy'><Manifest/></Object></KeyInfo>"),
    ),
    "a second Manifest": (FORMAT, in_signature("</Manifest>", "</Manifest><Manifest></Manifest>")),
    "a second Manifest in an Object of its own": (
        FORMAT,
        in_signature("</Signature>", "<Object><Manifest><Reference/></Manifest></Object></Signature>"),
    ),
    "a second SignedInfo": (FORMAT, in_signature("<SignatureValue>", "<SignedInfo></SignedInfo><SignatureValue>")),
    "a second signature value": (FORMAT, in_signature("<KeyInfo>", "<SignatureValue>AAAA</SignatureValue><KeyInfo>")),
    "a second KeyInfo": (FORMAT, in_signature("<KeyInfo>", "<KeyInfo></KeyInfo><KeyInfo>")),
    "an Id in other letters": (FORMAT, in_signature("<KeyInfo>", '<KeyInfo ID="idPackageObject">')),
    "an xml:id": (FORMAT, in_signature("<KeyInfo>", '<KeyInfo xml:id="idPackageObject">')),
    "an xml:lang above everything": (FORMAT, in_signature("<Signature ", '<Signature xml:lang="en" ')),
    "a signature within something else": (
        FORMAT,
        all_of(
            in_signature("<Signature ", "<Holder><Signature "), in_signature("</Signature>", "</Signature></Holder>")
        ),
    ),
    "a root of another namespace": (FORMAT, in_signature(f'<Signature xmlns="{DS}"', '<Signature xmlns="urn:x"')),
    "a root of another name": (
        FORMAT,
        all_of(in_signature("<Signature ", "<Signatures "), in_signature("</Signature>", "</Signatures>")),
    ),
    "another attribute of the signature": (FORMAT, in_signature("<Signature ", '<Signature Other="1" ')),
    "a comment in a digest": (FORMAT, in_signature("<DigestValue>", "<DigestValue><!-- -->")),
    "an instruction in SignedInfo": (FORMAT, in_signature("<SignedInfo>", "<SignedInfo><?a b?>")),
    "an XPath transform": (
        FORMAT,
        in_signature(
            f'<Transform Algorithm="{C14N}"></Transform>',
            '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>self::a</XPath></Transform>',
        ),
    ),
    "a stylesheet as transform": (
        FORMAT,
        in_signature(
            f'<Transform Algorithm="{C14N}"></Transform>',
            f'<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116">{_XSLT}</Transform>',
        ),
    ),
    "the enveloped transform": (
        FORMAT,
        in_signature(
            f'<Transform Algorithm="{C14N}"></Transform>',
            f'<Transform Algorithm="{DS}enveloped-signature"></Transform>',
        ),
    ),
    "the base64 transform": (
        FORMAT,
        in_signature(f'<Transform Algorithm="{C14N}"></Transform>', f'<Transform Algorithm="{DS}base64"></Transform>'),
    ),
    "an unknown canonical form": (
        FORMAT,
        in_signature(f'<CanonicalizationMethod Algorithm="{C14N}"', '<CanonicalizationMethod Algorithm="urn:x"'),
    ),
    "a MAC with the public key": (
        FORMAT,
        _sub(rb"xmldsig-more#(rsa|ecdsa)-sha256", b"xmldsig-more#hmac-sha256"),
    ),
    "an unknown signature method": (
        FORMAT,
        _sub(rb"xmldsig-more#(rsa|ecdsa)-sha256", b"xmldsig-more#none"),
    ),
    "MD5": (
        FORMAT,
        in_signature("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmldsig-more#md5"),
    ),
    "an unknown digest": (FORMAT, in_signature("http://www.w3.org/2001/04/xmlenc#sha256", "urn:identity")),
    "another signature method": (
        CRYPTO,
        _sub(rb"(more#(?:rsa|ecdsa))-sha256", rb"\1-sha384"),
    ),
    "another digest of the Manifest": (
        HASH,
        _digest,
    ),
    "another signature value": (CRYPTO, _value),
    "no signature value": (
        FORMAT,
        _sub(rb"<SignatureValue>.*?</Sig", b"<SignatureValue></Sig"),
    ),
    "another's certificate": (CRYPTO, _other_certificate),
    "another's certificate in data of its own": (FORMAT, _second_data),
    "no certificate": (
        NOBODY,
        _sub(rb"<X509Certificate>.*?</X509Certificate>", b""),
    ),
    "no KeyInfo": (
        NOBODY,
        _sub(rb"<KeyInfo>.*?</KeyInfo>", b""),
    ),
    "a key by its name alone": (
        NOBODY,
        _sub(rb"<KeyInfo>.*?</KeyInfo>", b"<KeyInfo><KeyName>root</KeyName></KeyInfo>"),
    ),
    "a key to be fetched": (
        FORMAT,
        in_signature("<KeyInfo>", '<KeyInfo><RetrievalMethod URI="https://example.test/"/>'),
    ),
    "a certificate that is none": (FORMAT, in_signature("<X509Certificate>", "<X509Certificate>AAAA")),
    "properties of one's own": (FORMAT, _second_properties),
    "properties moved aside": (FORMAT, _properties_aside),
    "properties under another name": (
        FORMAT,
        lambda parts: parts.update({SIG: parts[SIG].replace(b"xd:QualifyingProperties", b"xd:OtherProperties")}),
    ),
    "properties of another signature": (FORMAT, in_signature('Target="#idPackageSignature"><xd:', 'Target="#x"><xd:')),
    "another claimed time": (HASH, in_signature("<xd:SigningTime>2026", "<xd:SigningTime>2020")),
    "another time beside the Manifest": (HASH, in_signature("<mdssi:Value>2026", "<mdssi:Value>2020")),
    "an empty signature": (FORMAT, lambda parts: parts.update({SIG: b"<Signature xmlns='" + DS.encode() + b"'/>"})),
    "a signature part without octets": (FORMAT, lambda parts: parts.update({SIG: b""})),
    "a reference that is not there": (FORMAT, in_signature('URI="#idOfficeObject"', 'URI="#idNobody"')),
    "a reference to the whole document": (FORMAT, in_signature('URI="#idOfficeObject"', 'URI=""')),
    "a reference by XPointer": (
        FORMAT,
        in_signature('URI="#idOfficeObject"', "URI=\"#xpointer(id('idOfficeObject'))\""),
    ),
    "a reference to a file": (FORMAT, in_signature('URI="#idOfficeObject"', 'URI="file:///etc/passwd"')),
    "a reference to the network": (FORMAT, in_signature('URI="#idOfficeObject"', 'URI="https://example.test/"')),
}
