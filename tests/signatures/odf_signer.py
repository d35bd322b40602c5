"""Signs OpenDocument files as LibreOffice does: one reference a part, XML in its canonical form, XAdES properties."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from extract import opendocs
from lxml import etree
from pki import Holder
from signatures.signer import C14N, DS, XD, How, digest_xml, method, packed, sign_octets
from signatures.smime import authority, signer

SIGNATURES = "META-INF/documentsignatures.xml"
MANIFEST = "META-INF/manifest.xml"
SPACE = "urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0"
_XML = (".xml",)
_MANIFEST_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
PNG = b"\x89PNG\r\n\x1a\n picture"

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Odf:
    """How to sign; as LibreOffice 7 does unless something else is said."""

    how: How = field(default_factory=lambda: How(time="2026-11-20T18:19:11.723046284"))
    leave_out: Collection[str] = ()
    raw: Collection[str] = ()
    """Parts of XML that are hashed as they stand."""
    xades: bool = True
    chain: bool = True
    """Whether the chain goes along as unsigned values."""
    edit: Callable[[list[str]], list[str]] = field(default=lambda references: references)
    """Changes the references before they are signed."""
    finish: Callable[[str], str] = field(default=lambda xml: xml)
    """Changes the signature after it was made."""
    number: int = 1


def manifest(names: Collection[str]) -> bytes:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" '
        f'manifest:media-type="{"text/xml" if name.endswith(_XML) else "image/png"}"/>'
        for name in names
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_MANIFEST_SPACE}" '
        f'manifest:version="1.3">\n <manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
        f'manifest:media-type="{opendocs.TYPE}"/>{entries}</manifest:manifest>'
    ).encode()


def unsigned(content: bytes | None = None) -> Parts:
    """The parts of a form as .ods."""
    xml = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    parts = {
        "mimetype": opendocs.TYPE.encode(),
        "content.xml": xml + (content or opendocs.content(opendocs.table(opendocs.rows()))),
        "styles.xml": xml + b'<s:document-styles xmlns:s="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "meta.xml": xml + b'<m:document-meta xmlns:m="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "settings.xml": xml + b'<t:document-settings xmlns:t="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "Thumbnails/thumbnail.png": PNG,
    }
    return {**parts, MANIFEST: manifest([name for name in parts if name != "mimetype"])}


def sign(parts: Mapping[str, bytes], holder: Holder | None = None, odf: Odf | None = None) -> Parts:
    """The parts with a signature, or with one more."""
    odf, holder = odf or Odf(), holder or signer()
    made = signature(parts, holder, odf)
    before = parts.get(SIGNATURES, f'<?xml version="1.0"?>\n<document-signatures xmlns="{SPACE}"/>'.encode())
    text = before.decode().replace("/>", "></document-signatures>") if before.endswith(b"/>") else before.decode()
    return {**parts, SIGNATURES: text.replace("</document-signatures>", f"{made}</document-signatures>").encode()}


def signature(parts: Mapping[str, bytes], holder: Holder, odf: Odf) -> str:
    """One ds:Signature; its references are in the order of the parts."""
    how, identity = odf.how, f"ID_{odf.number}"
    names = [name for name in parts if name != SIGNATURES and name not in odf.leave_out]
    references = [reference(name, parts[name], how, raw=name in odf.raw) for name in names]
    elements = [_date(identity, how)] + ([_properties(identity, holder, how)] if odf.xades else [])
    references += [_same_document(element, how) for element in elements]
    info = (
        f'<SignedInfo xmlns="{DS}"><CanonicalizationMethod Algorithm="{how.form}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{method(holder, how)}"></SignatureMethod>{"".join(odf.edit(references))}'
        "</SignedInfo>"
    )
    value = base64.b64encode(sign_octets(info.encode(), holder, how)).decode()
    others = [authority().der] if odf.chain else []
    certificates = "".join(
        f"<X509Certificate>{base64.b64encode(der).decode()}</X509Certificate>"
        for der in (*how.before, holder.der, *how.behind)
    )
    key_info = how.key_info(f"<KeyInfo><X509Data>{certificates}</X509Data></KeyInfo>")
    body = f"{info}<SignatureValue>{value}</SignatureValue>{key_info}{_objects(identity, elements, others)}"
    return odf.finish(
        f'<Signature xmlns="{DS}" Id="{identity}">{body.replace(f" xmlns={chr(34)}{DS}{chr(34)}", "")}</Signature>'
    )


def reference(name: str, content: bytes, how: How, *, raw: bool = False) -> str:
    """A reference to a part: XML by its canonical form, all else as it stands."""
    uri = quote(name, safe="/.-_()")
    if raw or not name.endswith(_XML):
        return f'<Reference URI="{uri}">{digest_xml(content, how.digest)}</Reference>'
    return (
        f'<Reference URI="{uri}"><Transforms><Transform Algorithm="{C14N}"></Transform></Transforms>'
        f"{digest_xml(canonical(content), how.digest)}</Reference>"
    )


def canonical(xml: bytes) -> bytes:
    tree: Any = etree.fromstring(xml).getroottree()  # our own
    content: bytes = etree.tostring(tree, method="c14n", with_comments=False)
    return content


def file(parts: Mapping[str, bytes]) -> bytes:
    """The container."""
    return packed(parts)


def _date(identity: str, how: How) -> str:
    return (
        f'<SignatureProperty xmlns="{DS}" Id="{identity}_date" Target="#{identity}">'
        f'<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">{how.time}</dc:date></SignatureProperty>'
    )


def _properties(identity: str, holder: Holder, how: How) -> str:
    digest = digest_xml(how.named or holder.der, how.digest)
    return (
        f'<xd:SignedProperties xmlns="{DS}" xmlns:xd="{XD}" Id="idSignedProperties_{identity}">'
        f"<xd:SignedSignatureProperties><xd:SigningTime>{how.time}</xd:SigningTime><xd:SigningCertificate><xd:Cert>"
        f"<xd:CertDigest>{digest}</xd:CertDigest></xd:Cert></xd:SigningCertificate><xd:SignaturePolicyIdentifier>"
        "<xd:SignaturePolicyImplied></xd:SignaturePolicyImplied></xd:SignaturePolicyIdentifier>"
        "</xd:SignedSignatureProperties></xd:SignedProperties>"
    )


def _same_document(element: str, how: How) -> str:
    identity = element.split(' Id="', 1)[1].split('"', 1)[0]
    kind = ' Type="http://uri.etsi.org/01903#SignedProperties"' if "xd:" in element else ""
    return f'<Reference{kind} URI="#{identity}">{digest_xml(element.encode(), how.digest)}</Reference>'


def _objects(identity: str, elements: list[str], chain: list[bytes]) -> str:
    date, *properties = elements
    written = f"<Object><SignatureProperties>{date}</SignatureProperties></Object>"
    values = "".join(
        f"<xd:EncapsulatedX509Certificate>{base64.b64encode(der).decode()}</xd:EncapsulatedX509Certificate>"
        for der in chain
    )
    unsigned_values = (
        "<xd:UnsignedProperties><xd:UnsignedSignatureProperties><xd:CertificateValues>"
        f"{values}</xd:CertificateValues></xd:UnsignedSignatureProperties></xd:UnsignedProperties>"
        if values
        else ""
    )
    for each in properties:
        written += (
            f'<Object><xd:QualifyingProperties xmlns:xd="{XD}" Target="#{identity}">'
            f"{each}{unsigned_values}</xd:QualifyingProperties></Object>"
        )
    return written
