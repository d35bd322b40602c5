"""Every attack on signed OpenDocument files that is known to us, as a file.

The classes are those of the first study of such signatures (USENIX Security 2022): content and macros exchanged under a
doubled certificate, a signature of unknown kind, a time put in by wrapping, a document of an older version; and our
own: what canonical forms forget, and what the container can hide.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from pki import Holder
from signatures.odf_signer import MANIFEST, SIGNATURES, SPACE, Odf, Parts, file, reference, sign, signature, unsigned
from signatures.signer import C14N, EXCLUSIVE, XD
from signatures.smime import signer

Build = Callable[[Holder], bytes]
PLAIN = Odf()


def attacker() -> Holder:
    return signer("rsa2048", 3)


def exchanged(parts: Parts, name: str, old: bytes, new: bytes) -> Parts:
    assert old in parts[name], name
    return {**parts, name: parts[name].replace(old, new, 1)}


def in_signature(holder: Holder, old: str, new: str, *, odf: Odf = PLAIN) -> bytes:
    """A change in the file of signatures."""
    return file(exchanged(sign(unsigned(), holder, odf), SIGNATURES, old.encode(), new.encode()))


def after(holder: Holder, name: str, old: bytes, new: bytes) -> bytes:
    """A part changed after it was signed."""
    return file(exchanged(sign(unsigned(), holder), name, old, new))


def with_more(holder: Holder, **more: bytes) -> bytes:
    """Parts put in after the others were signed."""
    return file({**sign(unsigned(), holder), **{name.replace("__", "/"): content for name, content in more.items()}})


def without(holder: Holder, name: str) -> bytes:
    """A part taken out after it was signed."""
    return file({key: content for key, content in sign(unsigned(), holder).items() if key != name})


def leaving_out(holder: Holder, *names: str) -> bytes:
    """A signature that was made over less."""
    return file(sign(unsigned(), holder, Odf(leave_out=names)))


def evil(parts: Parts) -> Parts:
    """The same document with another text in it."""
    return exchanged(parts, "content.xml", b"Central Products List", b"Another Products List")


def certificates(*holders: Holder) -> str:
    return "".join(f"<X509Certificate>{base64.b64encode(holder.der).decode()}</X509Certificate>" for holder in holders)


def doubled_data(holder: Holder, *, first: bool) -> bytes:
    """The attacker signs; the victim's certificate stands in an X509Data of its own."""

    def double(key_info: str) -> str:
        data = f"<X509Data>{certificates(holder)}</X509Data>"
        place = "<X509Data>" if first else "</KeyInfo>"
        return key_info.replace(place, f"{data}{place}", 1)

    return file(sign(evil(unsigned()), attacker(), Odf(how=replace(PLAIN.how, key_info=double))))


def tripled_key_info(holder: Holder) -> bytes:
    def triple(key_info: str) -> str:
        return f"<KeyInfo><X509Data>{certificates(holder)}</X509Data></KeyInfo>{key_info}"

    return file(sign(evil(unsigned()), attacker(), Odf(how=replace(PLAIN.how, key_info=triple))))


def victims_certificate_alone(holder: Holder) -> bytes:
    def exchange(_key_info: str) -> str:
        return f"<KeyInfo><X509Data>{certificates(holder)}</X509Data></KeyInfo>"

    return file(sign(evil(unsigned()), attacker(), Odf(how=replace(PLAIN.how, key_info=exchange))))


def victim_named_in_properties(holder: Holder) -> bytes:
    """The attacker's key and certificate; the signed properties name the victim's."""
    how = replace(PLAIN.how, named=holder.der, behind=(holder.der,))
    return file(sign(evil(unsigned()), attacker(), Odf(how=how)))


def wrapped_time(holder: Holder) -> bytes:
    """The signed time moved aside, another put in its place under the same Id."""
    parts = sign(unsigned(), holder)
    text = parts[SIGNATURES].decode()
    match = re.search(r"<SignatureProperty Id.*?</SignatureProperty>", text)
    assert match
    later = match[0].replace("2026-11-20", "2020-01-01")
    return file({**parts, SIGNATURES: text.replace(match[0], later + match[0]).encode()})


def wrapped_properties(holder: Holder) -> bytes:
    """The signed properties moved into an Object of their own, others in their place with another Id."""
    parts = sign(unsigned(), holder)
    text = parts[SIGNATURES].decode()
    match = re.search(r"<xd:SignedProperties.*?</xd:SignedProperties>", text)
    assert match
    later = match[0].replace("2026-11-20", "2020-01-01").replace("idSigned", "idOther")
    moved = text.replace(match[0], later).replace(
        "</Signature>", f'<Object xmlns:xd="{XD}">{match[0]}</Object></Signature>'
    )
    return file({**parts, SIGNATURES: moved.encode()})


def foreign_signature(holder: Holder) -> bytes:
    """A good XML signature from elsewhere, which covers nothing of this file."""
    made = signature({}, holder, PLAIN)
    root = f'<document-signatures xmlns="{SPACE}">{made}</document-signatures>'
    return file({**unsigned(), SIGNATURES: root.encode()})


def nested_signature(holder: Holder) -> bytes:
    """The victim's whole signature wrapped into an Object of the attacker's."""
    made = signature(unsigned(), holder, PLAIN)
    parts = evil(unsigned())
    own = signature(parts, attacker(), Odf(number=2)).replace("</Signature>", f"<Object>{made}</Object></Signature>")
    root = f'<document-signatures xmlns="{SPACE}">{own}</document-signatures>'
    return file({**parts, SIGNATURES: root.encode()})


def macros_only(holder: Holder) -> bytes:
    parts = sign(unsigned(), holder)
    return file(
        {("META-INF/macrosignatures.xml" if name == SIGNATURES else name): content for name, content in parts.items()}
    )


def older_version(holder: Holder) -> bytes:
    """A document signed as in ODF 1.1, which leaves META-INF/manifest.xml and mimetype out, and then 'upgraded'."""
    parts = sign(unsigned(), holder, Odf(leave_out=(MANIFEST, "mimetype")))
    return file(exchanged(parts, MANIFEST, b'manifest:version="1.3"', b'manifest:version="1.2"'))


def open_pgp(holder: Holder) -> bytes:
    def key_info(_given: str) -> str:
        space = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
        data = f'<loext:PGPData xmlns:loext="{space}"><loext:PGPKeyID>QUFB</loext:PGPKeyID></loext:PGPData>'
        return f"<KeyInfo>{data}</KeyInfo>"

    return file(sign(unsigned(), holder, Odf(how=replace(PLAIN.how, key_info=key_info))))


def twice(holder: Holder, name: str) -> bytes:
    """A reference that names one part twice."""
    parts = unsigned()

    def edit(references: list[str]) -> list[str]:
        return [*references, reference(name, parts[name], PLAIN.how)]

    return file(sign(parts, holder, Odf(edit=edit)))


def doubled_entry(holder: Holder) -> bytes:
    """Two parts of one name in the container; readers take one or the other."""
    parts, out = sign(unsigned(), holder), BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
        target.writestr("content.xm_", evil(unsigned())["content.xml"])
    return out.getvalue().replace(b"content.xm_", b"content.xml")


def other_form(holder: Holder, form: str) -> bytes:
    """Content hashed by a transform that a signature must not use."""

    def edit(references: list[str]) -> list[str]:
        return [each.replace(C14N, form) if 'URI="content.xml"' in each else each for each in references]

    return file(sign(unsigned(), holder, Odf(edit=edit)))


def two_forms(holder: Holder) -> bytes:
    def edit(references: list[str]) -> list[str]:
        more = f'<Transform Algorithm="{EXCLUSIVE}"></Transform></Transforms>'
        return [each.replace("</Transforms>", more) if 'URI="content.xml"' in each else each for each in references]

    return file(sign(unsigned(), holder, Odf(edit=edit)))


COMMENT = (b"Central Products List", b"Central Products<!-- so to say --> List")
EVIL_CONTENT = evil(unsigned())["content.xml"]

ATTACKS: dict[str, tuple[Build, str]] = {
    # content and macros, changed or put in
    "a value changed": (lambda h: after(h, "content.xml", *COMMENT[:1], b"Central Products Lost"), "HASH_FAILURE"),
    "another content": (
        lambda h: file({**sign(unsigned(), h), "content.xml": EVIL_CONTENT}),
        "HASH_FAILURE",
    ),
    "a style changed": (
        lambda h: after(h, "styles.xml", b"document-styles ", b"document-styles s:x='1' "),
        "HASH_FAILURE",
    ),
    "the picture changed": (lambda h: after(h, "Thumbnails/thumbnail.png", b"picture", b"pictura"), "HASH_FAILURE"),
    "the type changed": (lambda h: after(h, "mimetype", b"spreadsheet", b"text"), "HASH_FAILURE"),
    "the manifest changed": (lambda h: after(h, MANIFEST, b"1.3", b"1.2"), "HASH_FAILURE"),
    "a part taken out": (lambda h: without(h, "styles.xml"), "SIGNED_DATA_NOT_FOUND"),
    "macros put in": (lambda h: with_more(h, Basic__Standard__Module1__xml=b"<a/>"), "COVERAGE_PARTIAL"),
    "a picture put in": (lambda h: with_more(h, Pictures__a=b"x"), "COVERAGE_PARTIAL"),
    "an object put in": (lambda h: with_more(h, Object_1__content=EVIL_CONTENT), "COVERAGE_PARTIAL"),
    "a file put into META-INF": (
        lambda h: file({**sign(unsigned(), h), "META-INF/other.xml": b"<a/>"}),
        "COVERAGE_PARTIAL",
    ),
    "an office package's parts put in": (
        lambda h: file({**sign(unsigned(), h), "[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}),
        "COVERAGE_PARTIAL",
    ),
    # signed in part from the beginning
    "the manifest left out": (lambda h: leaving_out(h, MANIFEST), "COVERAGE_PARTIAL"),
    "the type left out": (lambda h: leaving_out(h, "mimetype"), "COVERAGE_PARTIAL"),
    "styles left out": (lambda h: leaving_out(h, "styles.xml", "settings.xml"), "COVERAGE_PARTIAL"),
    "the content left out": (lambda h: leaving_out(h, "content.xml"), "FORMAT_FAILURE"),
    "an older version": (older_version, "COVERAGE_PARTIAL"),
    "a signature from elsewhere": (foreign_signature, "FORMAT_FAILURE"),
    "macros alone signed": (macros_only, "SIGNED_DATA_NOT_FOUND"),
    # doubled certificates
    "the victim's certificate in front": (lambda h: doubled_data(h, first=True), "FORMAT_FAILURE"),
    "the victim's certificate behind": (lambda h: doubled_data(h, first=False), "FORMAT_FAILURE"),
    "the victim's KeyInfo too": (tripled_key_info, "FORMAT_FAILURE"),
    "the victim's certificate alone": (victims_certificate_alone, "SIG_CRYPTO_FAILURE"),
    "the victim named, the attacker's key": (victim_named_in_properties, "NO_SIGNING_CERTIFICATE_FOUND"),
    # the kind of signature
    "an unknown signature method": (
        lambda h: in_signature(h, 'SignatureMethod Algorithm="http', 'SignatureMethod Algorithm="httq'),
        "FORMAT_FAILURE",
    ),
    "an unknown digest": (lambda h: in_signature(h, "xmlenc#sha256", "xmlenc#sha999"), "FORMAT_FAILURE"),
    "an unknown canonical form": (
        lambda h: in_signature(h, f'CanonicalizationMethod Algorithm="{C14N}', 'CanonicalizationMethod Algorithm="x'),
        "FORMAT_FAILURE",
    ),
    "a key that everybody has": (
        lambda h: in_signature(h, "2001/04/xmldsig-more#", "2000/09/xmldsig#hmac-"),
        "FORMAT_FAILURE",
    ),
    "an unknown transform": (lambda h: other_form(h, "http://www.w3.org/TR/1999/REC-xslt-19991116"), "FORMAT_FAILURE"),
    "a transform that chooses": (
        lambda h: other_form(h, "http://www.w3.org/TR/1999/REC-xpath-19991116"),
        "FORMAT_FAILURE",
    ),
    "two transforms": (two_forms, "FORMAT_FAILURE"),
    "OpenPGP": (open_pgp, "NO_SIGNING_CERTIFICATE_FOUND"),
    "no key": (
        lambda h: file(sign(unsigned(), h, Odf(how=replace(PLAIN.how, key_info=lambda _: "")))),
        "NO_SIGNING_CERTIFICATE_FOUND",
    ),
    "a value of another key": (
        lambda h: in_signature(h, "<SignatureValue>", "<SignatureValue>AAAA"),
        "SIG_CRYPTO_FAILURE",
    ),
    "no value": (
        lambda h: file(
            sign(
                unsigned(),
                h,
                Odf(finish=lambda x: re.sub("<SignatureValue>.*?</SignatureValue>", "<SignatureValue/>", x)),
            )
        ),
        "FORMAT_FAILURE",
    ),
    # wrapping
    "a time under the same Id": (wrapped_time, "FORMAT_FAILURE"),
    "the victim's signature inside the attacker's": (nested_signature, "FORMAT_FAILURE"),
    "one part named twice": (lambda h: twice(h, "content.xml"), "FORMAT_FAILURE"),
    "the signatures signed": (
        lambda h: file(
            sign(
                unsigned(),
                h,
                Odf(edit=lambda rs: [*rs, reference(SIGNATURES, b"<a/>", PLAIN.how)]),
            )
        ),
        "FORMAT_FAILURE",
    ),
    "a reference to nothing": (lambda h: in_signature(h, 'URI="content.xml"', 'URI=""'), "FORMAT_FAILURE"),
    "a reference out of the file": (
        lambda h: file(sign(unsigned(), h, Odf(edit=lambda rs: [*rs, reference("../x", b"", PLAIN.how)]))),
        "SIGNED_DATA_NOT_FOUND",
    ),
    # what canonical forms forget
    "a comment in a value": (lambda h: after(h, "content.xml", *COMMENT), "FORMAT_FAILURE"),
    "a comment before the content": (
        lambda h: after(h, "content.xml", b"<office:document", b"<!-- x --><office:document"),
        "FORMAT_FAILURE",
    ),
    "a processing instruction": (
        lambda h: after(h, "styles.xml", b"<s:", b"<?xml-stylesheet href='x'?><s:"),
        "FORMAT_FAILURE",
    ),
    "a document type": (
        lambda h: after(h, "content.xml", b"<office:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><office:document"),
        "FORMAT_FAILURE",
    ),
    "a document type in the signatures": (
        lambda h: in_signature(h, "<document-signatures", "<!DOCTYPE a><document-signatures"),
        "FORMAT_FAILURE",
    ),
    "another encoding": (
        lambda h: after(h, "content.xml", b'encoding="UTF-8"', b'encoding="UTF-7"'),
        "FORMAT_FAILURE",
    ),
    "another version of XML": (lambda h: after(h, "content.xml", b'version="1.0"', b'version="1.1"'), "FORMAT_FAILURE"),
    # the container
    "two contents": (doubled_entry, "FORMAT_FAILURE"),
    "something behind the end": (lambda h: file(sign(unsigned(), h)) + b"PK", "FORMAT_FAILURE"),
    "something before the beginning": (lambda h: b"MZ" + file(sign(unsigned(), h)), "FORMAT_FAILURE"),
    "names that differ in case": (lambda h: with_more(h, **{"Content.xml": EVIL_CONTENT}), "FORMAT_FAILURE"),
    "parts said to be encrypted": (
        lambda h: file(
            sign(exchanged(unsigned(), MANIFEST, b"/></", b"><manifest:encryption-data/></manifest:file-entry></"), h)
        ),
        "FORMAT_FAILURE",
    ),
    # the file of signatures
    "no signature in it": (
        lambda _: file({**unsigned(), SIGNATURES: f'<document-signatures xmlns="{SPACE}"/>'.encode()}),
        "FORMAT_FAILURE",
    ),
    "an empty file of signatures": (lambda _: file({**unsigned(), SIGNATURES: b""}), "FORMAT_FAILURE"),
    "another root": (lambda h: in_signature(h, SPACE, "urn:x"), "FORMAT_FAILURE"),
    "another element beside": (
        lambda h: in_signature(h, "</document-signatures>", "<Signature/></document-signatures>"),
        "FORMAT_FAILURE",
    ),
    "another case of the name": (
        lambda h: file(
            {("META-INF/DocumentSignatures.xml" if n == SIGNATURES else n): c for n, c in sign(unsigned(), h).items()}
        ),
        "SIGNED_DATA_NOT_FOUND",
    ),
    "a second signature that fails": (
        lambda h: file(
            exchanged(
                sign(sign(unsigned(), h), attacker(), Odf(number=2)),
                SIGNATURES,
                b"<SignatureValue>",
                b"<SignatureValue>AAAA",
            )
        ),
        "SIG_CRYPTO_FAILURE",
    ),
}
