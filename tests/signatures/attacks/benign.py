"""Signed workbooks that look unusual, and are as good as any: what other programs and other habits make."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
from signatures import signer
from signatures.attacks.parts import Parts, swap
from signatures.signer import (
    C14N_11,
    EXCLUSIVE,
    ROOT,
    SIG,
    How,
    digest_xml,
    packed,
    related,
    relation,
    sign,
    unpacked,
)
from signatures.workbooks import (
    BOOK_RELS,
    FILLED,
    OFFICE,
    SHEET_RELS,
    added,
    authority,
    form,
    full,
    maker,
    with_custom_properties,
)

from intake.demo.forms import new_entry_form

_MICROSOFT = "http://schemas.microsoft.com/office"


def _by(kind: str = "rsa2048", how: How | None = None) -> Callable[[], bytes]:
    return lambda: packed(sign(full(), maker(kind), how))


def _then(change: Callable[[Parts], None], how: How | None = None) -> Callable[[], bytes]:
    """Signed first, changed afterwards, where no signature looks."""

    def build() -> bytes:
        parts = sign(full(), maker(), how)
        change(parts)
        return packed(parts)

    return build


def _first(change: Callable[[Parts], None], **options: object) -> Callable[[], bytes]:
    """Changed first, then signed."""

    def build() -> bytes:
        parts = form(**options)
        change(parts)
        return packed(sign(parts, maker()))

    return build


def _openpyxl() -> bytes:
    out = BytesIO()
    openpyxl.load_workbook(BytesIO(new_entry_form(FILLED))).save(out)
    return packed(sign(unpacked(out.getvalue()), maker()))


def _twice() -> bytes:
    return packed(sign(sign(full(), maker()), maker("p256", "Elm Testing Ltd"), How(number=2)))


def _threaded_comments(parts: Parts) -> None:
    kind = "application/vnd.ms-excel.threadedcomments+xml"
    relation = f"{_MICROSOFT}/2017/10/relationships/threadedComment"
    added(parts, SHEET_RELS, relation, "xl/threadedComments/threadedComment1.xml", kind, b"<ThreadedComments/>")
    kind = "application/vnd.ms-excel.person+xml"
    added(
        parts, BOOK_RELS, f"{_MICROSOFT}/2017/10/relationships/person", "xl/persons/person.xml", kind, b"<personList/>"
    )


def _macros(parts: Parts) -> None:
    """Its project is related as Excel relates it."""
    name = next(name for name in parts if name.endswith("vbaProject.bin"))
    if name.encode() not in parts[BOOK_RELS] and b"vbaProject.bin" not in parts[BOOK_RELS]:
        related(parts, BOOK_RELS, "rIdMacros", f"{_MICROSOFT}/2006/relationships/vbaProject", f"/{name}")


def _pretty_relationships(parts: Parts) -> None:
    for name in (ROOT, BOOK_RELS):
        parts[name] = parts[name].replace(b"<Relationship ", b"\n  <Relationship ")


def _prefixed(parts: Parts, prefix: str = "r") -> None:
    """The relationships' namespace under a prefix, as any writer of XML may put it."""
    signed = {ROOT} & parts.keys() if SIG in parts else set()  # the signer adds to it as it stands
    for name in {BOOK_RELS, SHEET_RELS} & parts.keys() | signed:
        text = parts[name].decode().replace(" xmlns=", f" xmlns:{prefix}=")
        parts[name] = re.sub(r"<(/?)Relationship", rf"<\1{prefix}:Relationship", text).encode()


def _with_a_needless_space(parts: Parts) -> None:
    for name in (BOOK_RELS, SHEET_RELS):
        parts[name] = parts[name].replace(b"<Relationships ", b'<Relationships xmlns:x="urn:needless" ')


def _prefixed_as_they_stand() -> bytes:
    """Hashed with the prefix that the part gives, as the standard's transform does."""
    parts = form()
    _prefixed(parts)
    plain = relation(parts[BOOK_RELS])
    prefixed = re.sub(rb"<(/?)Relationship", rb"<\1r:Relationship", plain).replace(b" xmlns=", b" xmlns:r=")
    old, new = (digest_xml(octets, "sha256") for octets in (plain, prefixed))
    return packed(
        sign(parts, maker(), How(edit=lambda references: [reference.replace(old, new) for reference in references]))
    )


def _in_details(attribute: str) -> Callable[[str], str]:
    return lambda given: given.replace("<SignatureText>", f"<SignatureText {attribute}>")


def _explicit_modes(parts: Parts) -> None:
    swap(parts, BOOK_RELS, 'Target="styles.xml"', 'Target="styles.xml" TargetMode="Internal"')


def _reordered(parts: Parts) -> None:
    """The same relationships in another order."""
    actual = re.findall(rb"<Relationship [^>]*/>", parts[BOOK_RELS])
    body = b"".join(reversed(actual))
    parts[BOOK_RELS] = re.sub(rb"(<Relationships[^>]*>).*(</Relationships>)", rb"\1" + body + rb"\2", parts[BOOK_RELS])


def _strict_export(parts: Parts) -> None:
    """LibreOffice's own name for the relationship to the core properties."""
    old = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    swap(
        parts, ROOT, old, "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
    )


def _thumbnail(parts: Parts) -> None:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    added(parts, ROOT, kind, "docProps/thumbnail.jpeg", "image/jpeg", b"\xff\xd8\xff")


def _embedded_authority(_value: bytes) -> str:
    encoded = base64.b64encode(authority().der).decode()
    values = f"<xd:CertificateValues><xd:EncapsulatedX509Certificate>{encoded}</xd:EncapsulatedX509Certificate>"
    return (
        f"<xd:UnsignedProperties><xd:UnsignedSignatureProperties>{values}</xd:CertificateValues>"
        "</xd:UnsignedSignatureProperties></xd:UnsignedProperties>"
    )


def _bare_key_beside(given: str) -> str:
    """As Office 2007 writes it."""
    key = "<KeyValue><RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>"
    return given.replace("<KeyInfo>", f"<KeyInfo>{key}")


def _key_s_name_beside(given: str) -> str:
    """As xmlsec's templates write it."""
    return given.replace("<KeyInfo>", "<KeyInfo><KeyName>Ashdown signing 2026</KeyName>")


BENIGN: dict[str, Callable[[], bytes]] = {
    "as Excel signs": _by(),
    "elliptic curve P-256": _by("p256"),
    "elliptic curve P-384 with SHA-384": _by("p384", How(digest="sha384")),
    "elliptic curve P-521 with SHA-512": _by("p521", How(digest="sha512")),
    "RSA with SHA-384": _by(how=How(digest="sha384")),
    "RSA with SHA-512": _by(how=How(digest="sha512")),
    "RSA with SHA-1": _by(how=How(digest="sha1")),
    "RSA of 3072 bits": _by("rsa3072"),
    "RSA-PSS": _by(how=How(pss=True)),
    "RSA-PSS with SHA-512": _by(how=How(pss=True, digest="sha512")),
    "the certificate named in the newer form": _by(how=How(xades="SigningCertificateV2")),
    "no certificate named, as Excel 2007": _by(how=How(xades=None)),
    "the authority's certificate in front": _by(how=How(before=(authority().der,))),
    "the authority's certificate behind": _by(how=How(behind=(authority().der,))),
    "certificates all about": _by(how=How(before=(authority().der,), behind=(maker("p256").der,))),
    "the chain among the unsigned properties": _by(how=How(unsigned_properties=_embedded_authority)),
    "a bare key beside the certificate": _by(how=How(key_info=_bare_key_beside)),
    "a key's name beside the certificate": _by(how=How(key_info=_key_s_name_beside)),
    "relationships chosen by type": _by(how=How(by_type=True)),
    "SignedInfo in Canonical XML 1.1": _by(how=How(form=C14N_11)),
    "SignedInfo in the exclusive form": _by(how=How(form=EXCLUSIVE)),
    "a time with fractions and a zone": _by(how=How(time="2026-11-20T18:16:44.123456789+01:00")),
    "signed twice": _twice,
    "saved by openpyxl": _openpyxl,
    "with macros, signed": _first(_macros, macro=True),
    "the whole workbook": _first(lambda _: None, whole_workbook=True),
    "custom properties": _first(with_custom_properties),
    "no custom properties": _first(lambda _: None),
    "a thumbnail": _first(_thumbnail),
    "threaded comments, signed": _first(_threaded_comments),
    "pretty relationships": _first(_pretty_relationships),
    "explicit target modes": _first(_explicit_modes),
    "LibreOffice's strict export": _first(_strict_export),
    "core properties changed": _then(
        lambda parts: parts.update({"docProps/core.xml": parts["docProps/core.xml"].replace(b"cpl-intake", b"Other")})
    ),
    "core properties taken away": _then(
        lambda parts: parts.update(
            {ROOT: re.sub(rb"<Relationship [^>]*core\.xml[^>]*/>", b"", parts[ROOT])},
        )
    ),
    "relationships in another order": _then(_reordered),
    "relationships spelt out": _then(_explicit_modes),
    "relationships under a prefix": _first(_prefixed),
    "relationships under a prefix, hashed with it": _prefixed_as_they_stand,
    "relationships put under a prefix afterwards": _then(_prefixed),
    "relationships put under a long prefix": _then(lambda parts: _prefixed(parts, "pkg.rels-2006")),
    "relationships under a prefix, chosen by type": _then(_prefixed, How(by_type=True)),
    "relationships with a namespace that nothing uses": _then(_with_a_needless_space),
    "xml:lang inside what is signed, in the exclusive form": _by(
        how=How(details=_in_details('xml:lang="en"'), object_form=EXCLUSIVE)
    ),
    "xml:space inside what is signed, in the exclusive form": _by(
        "p256", How(details=_in_details('xml:space="preserve"'), object_form=EXCLUSIVE)
    ),
    "xml:lang inside what is signed": _by(how=How(details=_in_details('xml:lang="en"'))),
    "xml:lang inside what is signed, in Canonical XML 1.1": _by(
        how=How(details=_in_details('xml:lang="en"'), object_form=C14N_11)
    ),
    "relationships with white space": _then(_pretty_relationships),
    "content types in other letters": _then(
        lambda parts: swap(parts, signer.TYPES, "/xl/styles.xml", "/xl/Styles.xml"),
    ),
    "an unused default": _then(
        lambda parts: swap(
            parts, signer.TYPES, "</Types>", '<Default Extension="png" ContentType="image/png"/></Types>'
        )
    ),
    "a byte order mark before the relationships": _then(
        lambda parts: parts.update({BOOK_RELS: b"\xef\xbb\xbf" + parts[BOOK_RELS]})
    ),
    "a leftover content type": _then(
        lambda parts: swap(
            parts, signer.TYPES, "</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="a/b"/></Types>'
        )
    ),
    "parts in another order": lambda: packed(dict(reversed(sign(full(), maker()).items()))),
    "white space in base64": _then(
        lambda parts: parts.update({SIG: parts[SIG].replace(b"</SignatureValue>", b"\n</SignatureValue>")})
    ),
    "a signature without a declaration": _then(
        lambda parts: parts.update({SIG: parts[SIG].replace(b'<?xml version="1.0" encoding="UTF-8"?>\n', b"")})
    ),
    "an image, signed": _first(
        lambda parts: added(parts, SHEET_RELS, f"{OFFICE}/image", "xl/media/image1.png", "image/png", b"\x89PNG")
    ),
}
