"""Signs Office packages as Excel does: a Manifest of parts, Office's own details, XAdES properties.

It shares no code with the verifier, so that the two check each other; canonical forms are written by hand.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from pki import Holder

DS = "http://www.w3.org/2000/09/xmldsig#"
XD = "http://uri.etsi.org/01903/v1.3.2#"
MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N_11 = "http://www.w3.org/2006/12/xml-c14n11"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
SIG_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
SIG_TYPE = "application/vnd.openxmlformats-package.digital-signature"
TYPES = "[Content_Types].xml"
ROOT = "_rels/.rels"
SIG = "_xmlsignatures/sig1.xml"
ORIGIN = "_xmlsignatures/origin.sigs"
ORIGIN_RELS = "_xmlsignatures/_rels/origin.sigs.rels"

DIGESTS = {
    "sha1": f"{DS}sha1",
    "sha256": "http://www.w3.org/2001/04/xmlenc#sha256",
    "sha384": "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "sha512": "http://www.w3.org/2001/04/xmlenc#sha512",
}
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,  # old Excel signs with it
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
UNSIGNED = re.compile(r"docProps/|_xmlsignatures/|\[Content_Types\]\.xml\Z")
UNRELATED = re.compile(
    r"(?i)/(core-properties|extended-?properties|custom-?properties|thumbnail|digital-signature/.*)\Z"
)


@dataclass(frozen=True)
class How:
    """How to sign; as Excel 365 does unless something else is said."""

    digest: str = "sha256"
    pss: bool = False
    time: str = "2026-11-20T18:16:44Z"
    xades: str | None = "SigningCertificate"
    """Name of the element that names the certificate; None signs as Excel 2007 does."""
    before: Sequence[bytes] = ()
    """DER of certificates that stand before the signer's."""
    behind: Sequence[bytes] = ()
    leave_out: Collection[str] = ()
    """Parts, and relationships as ``part#id``, that the Manifest does not name."""
    by_type: bool = False
    """Choose relationships by type instead of by Id."""
    form: str = C14N
    """Canonical form of SignedInfo."""
    number: int = 1
    named: bytes | None = None
    """DER of the certificate that the signed properties name, where it is another one."""
    edit: Callable[[list[str]], list[str]] = field(default=lambda references: references)
    """Changes the Manifest's references before they are signed."""
    details: Callable[[str], str] = field(default=lambda given: given)
    """Changes Office's own details, which are signed."""
    object_form: str = ""
    """Canonical form that is named for the Objects; none is, unless something is said."""
    key_info: Callable[[str], str] = field(default=lambda given: given)
    """Changes KeyInfo, which is not signed."""
    signed_properties: str = ""
    """More of the signed XAdES properties, canonical."""
    unsigned_properties: Callable[[bytes], str] = field(default=lambda _value: "")
    """Unsigned XAdES properties, made of the canonical SignatureValue."""


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A container of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def sign(parts: Mapping[str, bytes], holder: Holder, how: How | None = None) -> dict[str, bytes]:
    """The package with a signature, or with one more."""
    how = how or How()
    name = f"_xmlsignatures/sig{how.number}.xml"
    signed = _with_infrastructure(parts, name, how.number)
    references = how.edit(
        [reference for each in signed if (reference := _reference(signed, each, how)) and not UNSIGNED.match(each)]
    )
    signed[name] = signature([package_object(references, how), how.details(office_object())], holder, how)
    return signed


def package_object(references: Sequence[str], how: How) -> str:
    """The Object that Excel keeps the Manifest in."""
    properties = (
        f'<SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{MDSSI}"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>'
        f"<mdssi:Value>{how.time}</mdssi:Value></mdssi:SignatureTime></SignatureProperty></SignatureProperties>"
    )
    manifest = f"<Manifest>{''.join(references)}</Manifest>"
    return f'<Object xmlns="{DS}" Id="idPackageObject">{manifest}{properties}</Object>'


def office_object() -> str:
    details = (
        "<SetupID></SetupID><SignatureText></SignatureText><SignatureImage></SignatureImage>"
        "<SignatureComments></SignatureComments><WindowsVersion>10.0</WindowsVersion>"
        "<OfficeVersion>16.0.17928/27</OfficeVersion><ApplicationVersion>16.0.17928</ApplicationVersion>"
        "<SignatureProviderId>{00000000-0000-0000-0000-000000000000}</SignatureProviderId>"
        "<SignatureProviderDetails>9</SignatureProviderDetails><SignatureType>1</SignatureType>"
    )
    return (
        f'<Object xmlns="{DS}" Id="idOfficeObject"><SignatureProperties><SignatureProperty Id="idOfficeV1Details" '
        'Target="#idPackageSignature"><SignatureInfoV1 xmlns="http://schemas.microsoft.com/office/2006/digsig">'
        f"{details}</SignatureInfoV1></SignatureProperty></SignatureProperties></Object>"
    )


def signature(objects: Sequence[str], holder: Holder, how: How, *, references: Sequence[str] | None = None) -> bytes:
    """A signature part over these Objects, which are written in their canonical form."""
    if references is None:
        references = [same_document(each, how) for each in objects]
    objects = list(objects)
    properties = _properties(holder, how)
    if properties:
        references = [*references, same_document(properties, how, f"{XD[: XD.index('/v1')]}#SignedProperties")]
    info = (
        f'<SignedInfo xmlns="{DS}"><CanonicalizationMethod Algorithm="{how.form}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{method(holder, how)}"></SignatureMethod>{"".join(references)}</SignedInfo>'
    )
    value = base64.b64encode(sign_octets(info.encode(), holder, how)).decode()
    written_value = f'<SignatureValue xmlns="{DS}">{value}</SignatureValue>'
    if properties:
        unsigned = how.unsigned_properties(written_value.encode())
        objects.append(
            f'<Object><xd:QualifyingProperties xmlns:xd="{XD}" Target="#idPackageSignature">'
            f"{properties}{unsigned}</xd:QualifyingProperties></Object>"
        )
    certificates = "".join(
        f"<X509Certificate>{base64.b64encode(der).decode()}</X509Certificate>"
        for der in (*how.before, holder.der, *how.behind)
    )
    key_info = how.key_info(f"<KeyInfo><X509Data>{certificates}</X509Data></KeyInfo>")
    body = f"{info}{written_value}{key_info}{''.join(objects)}".replace(f' xmlns="{DS}"', "")
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<Signature xmlns="{DS}" Id="idPackageSignature">{body}</Signature>'
    return xml.encode()


def method(holder: Holder, how: How) -> str:
    """The name of the signature method."""
    if isinstance(holder.key, ec.EllipticCurvePrivateKey):
        return f"{_MORE}ecdsa-{how.digest}"
    if how.pss:
        return f"http://www.w3.org/2007/05/xmldsig-more#{how.digest}-rsa-MGF1"
    return f"{DS}rsa-sha1" if how.digest == "sha1" else f"{_MORE}rsa-{how.digest}"


def sign_octets(octets: bytes, holder: Holder, how: How) -> bytes:
    digest = _HASHES[how.digest]()
    if isinstance(holder.key, rsa.RSAPrivateKey):
        if how.pss:
            return holder.key.sign(octets, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
        return holder.key.sign(octets, padding.PKCS1v15(), digest)
    size = (holder.key.curve.key_size + 7) // 8
    r, s = decode_dss_signature(holder.key.sign(octets, ec.ECDSA(digest)))
    return r.to_bytes(size) + s.to_bytes(size)


def digest_xml(octets: bytes, digest: str) -> str:
    """DigestMethod and DigestValue, canonical."""
    value = base64.b64encode(hashlib.new(digest, octets).digest()).decode()
    return f'<DigestMethod Algorithm="{DIGESTS[digest]}"></DigestMethod><DigestValue>{value}</DigestValue>'


def part_reference(name: str, content_type: str, content: bytes, digest: str) -> str:
    """The Manifest's reference to a part, by its bytes."""
    uri = quoteattr(f"/{name}?ContentType={content_type}")
    return f"<Reference URI={uri}>{digest_xml(content, digest)}</Reference>"


def content_type(parts: Mapping[str, bytes], name: str) -> str:
    root = ET.fromstring(parts[TYPES])  # noqa: S314  # our own
    for each in root:
        if each.get("PartName") == f"/{name}":
            return each.get("ContentType", "")
    extension = posixpath.basename(name).rpartition(".")[2]
    return next(each.get("ContentType", "") for each in root if each.get("Extension") == extension)


def typed(parts: dict[str, bytes], name: str, kind: str) -> None:
    """State a part's content type."""
    entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    parts[TYPES] = parts[TYPES].replace(b"</Types>", entry)


def related(
    parts: dict[str, bytes], rels: str, identity: str, kind: str, target: str, *, outside: bool = False
) -> None:
    """Add a relationship; with the part to hold it where there is none."""
    mode = ' TargetMode="External"' if outside else ""
    entry = f'<Relationship Id="{identity}" Type="{kind}" Target={quoteattr(target)}{mode}/></Relationships>'.encode()
    content = parts.get(rels, f'<Relationships xmlns="{RELS}"></Relationships>'.encode())
    parts[rels] = content.replace(b"</Relationships>", entry)


def relation(rels: bytes, *, chosen: Collection[str] | None = None, kinds: Collection[str] = ()) -> bytes:
    """What the standard's relationships transform makes of these relationships, canonical."""
    root = ET.fromstring(rels)  # noqa: S314  # our own
    kept = [each for each in root if chosen is None or each.get("Id") in chosen or each.get("Type") in kinds]
    written = []
    for each in sorted(kept, key=lambda one: one.get("Id", "")):
        given = {"TargetMode": "Internal", **each.attrib}
        attributes = "".join(f' {name}="{escape(given[name], {chr(34): "&quot;"})}"' for name in sorted(given))
        written.append(f"<Relationship{attributes}></Relationship>".replace("&gt;", ">"))
    return f'<Relationships xmlns="{RELS}">{"".join(written)}</Relationships>'.encode()


def _with_infrastructure(parts: Mapping[str, bytes], name: str, number: int) -> dict[str, bytes]:
    actual = dict(parts)
    if number == 1:
        actual[TYPES] = actual[TYPES].replace(
            b"</Types>", f'<Default Extension="sigs" ContentType="{SIG_TYPE}-origin"/></Types>'.encode()
        )
        related(actual, ROOT, "rIdSignatures", f"{SIG_RELATION}/origin", ORIGIN)
        actual[ORIGIN] = b""
    typed(actual, name, f"{SIG_TYPE}-xmlsignature+xml")
    related(actual, ORIGIN_RELS, f"rId{number}", f"{SIG_RELATION}/signature", posixpath.basename(name))
    return actual


def _reference(parts: Mapping[str, bytes], name: str, how: How) -> str | None:
    if name in how.leave_out or UNSIGNED.match(name):
        return None
    kind = content_type(parts, name)
    if kind != RELS_TYPE:
        return part_reference(name, kind, parts[name], how.digest)
    root = ET.fromstring(parts[name])  # noqa: S314  # our own
    kept = {
        each.get("Id", ""): each.get("Type", "")
        for each in root
        if not UNRELATED.search(each.get("Type", "")) and f"{name}#{each.get('Id')}" not in how.leave_out
    }
    if how.by_type:
        chosen = "".join(
            f'<mdssi:RelationshipsGroupReference xmlns:mdssi="{MDSSI}" SourceType="{each}">'
            "</mdssi:RelationshipsGroupReference>"
            for each in sorted(set(kept.values()))
        )
    else:
        chosen = "".join(
            f'<mdssi:RelationshipReference xmlns:mdssi="{MDSSI}" SourceId="{each}"></mdssi:RelationshipReference>'
            for each in kept
        )
    octets = relation(parts[name], chosen=kept)
    uri = quoteattr(f"/{name}?ContentType={kind}")
    return (
        f'<Reference URI={uri}><Transforms><Transform Algorithm="{TRANSFORM}">{chosen}</Transform>'
        f'<Transform Algorithm="{C14N}"></Transform></Transforms>{digest_xml(octets, how.digest)}</Reference>'
    )


def same_document(element: str, how: How, kind: str = f"{DS}Object") -> str:
    """A reference to an element of the signature that is written in its canonical form."""
    identity = re.search(r' Id="([^"]+)"', element)
    assert identity is not None
    form = C14N if "xd:" in element else how.object_form
    transforms = f'<Transforms><Transform Algorithm="{form}"></Transform></Transforms>' if form else ""
    return (
        f'<Reference Type="{kind}" URI="#{identity[1]}">{transforms}'
        f"{digest_xml(element.encode(), how.digest)}</Reference>"
    )


def _properties(holder: Holder, how: How) -> str:
    """The signed XAdES properties, canonical."""
    if how.xades is None:
        return ""
    der = how.named or holder.der
    # Children of other namespaces are written as they stand in the document, where ds is the default.
    digest = digest_xml(der, how.digest)
    return (
        f'<xd:SignedProperties xmlns="{DS}" xmlns:xd="{XD}" Id="idSignedProperties"><xd:SignedSignatureProperties>'
        f"<xd:SigningTime>{how.time}</xd:SigningTime><xd:{how.xades}><xd:Cert><xd:CertDigest>{digest}</xd:CertDigest>"
        f"</xd:Cert></xd:{how.xades}>{how.signed_properties}</xd:SignedSignatureProperties></xd:SignedProperties>"
    )
