"""Reads one XML signature and does its mathematics; knows nothing of packages (W3C XML Signature 1.1).

The shape is the one that office programs write, and nothing beside it: whatever else the standard allows is refused,
for every freedom of XML-DSig has carried an attack (wrapping, transforms, HMAC with a public key).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from intake.signatures.refused import CRYPTO_CONSTRAINTS_FAILURE, refuse
from intake.signatures.xml.algorithms import (
    SignatureMethod,
    digest_name,
    digest_of,
    signature_method,
    verifies,
)
from intake.signatures.xml.canonical import DS, INCLUSIVE, METHODS, Element, Form, form_of, of_element

MAX_REFERENCES = 1_000
_OF_KEYS = frozenset(
    {f"{DS}X509Data", f"{DS}KeyValue", f"{DS}KeyName", "{http://www.w3.org/2009/xmldsig11#}DEREncodedKeyValue"}
)
"""What KeyInfo may hold. It is not signed, and of it only certificates count, whose keys verify."""
MAX_CERTIFICATES = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """One ds:Reference: what was hashed, how, and what came out."""

    uri: str
    transforms: tuple[Element, ...]
    """Its ds:Transform elements, in their order."""
    digest: str
    """Short name, such as ``sha256``."""
    value: bytes
    type: str = ""

    def holds(self, content: bytes) -> bool:
        """Tell whether the bytes have the stated digest."""
        return digest_of(self.digest, content) == self.value


@dataclass(frozen=True, slots=True)
class Signature:
    """One parsed ds:Signature."""

    element: Element
    id: str
    form: Form
    """The canonical form of its SignedInfo."""
    method: SignatureMethod
    references: tuple[Reference, ...]
    value: bytes
    certificates: tuple[x509.Certificate, ...]
    """Of its KeyInfo, and what lies beside it, in their order, which means nothing."""
    objects: tuple[Element, ...]
    """Its ds:Object elements."""

    @property
    def signed_info(self) -> bytes:
        """Give the bytes under the signature value."""
        return of_element(self.element.find(f"{DS}SignedInfo"), self.form)

    def verifying(self) -> tuple[x509.Certificate, ...]:
        """List its certificates whose key made the signature value."""
        signed_bytes = self.signed_info
        return tuple(
            certificate
            for certificate in self.certificates
            if verifies(self.method, _key(certificate), self.value, signed_bytes)
        )

    def names(self) -> tuple[str, ...]:
        """Give every algorithm of its own, such as ``rsa-sha256`` and ``sha256``."""
        return unlike((self.method.name, *(reference.digest for reference in self.references)))


def unlike(names: tuple[str, ...]) -> tuple[str, ...]:
    """Remove duplicate names, keeping their order."""
    return tuple(dict.fromkeys(names))


def read_signature(element: Element, beside: Sequence[bytes] = ()) -> Signature:
    """Parse a ds:Signature.

    Args:
        element: of a document that must have come through `canonical.parse`.
        beside: DER of certificates that its container keeps for it, worth as much as those of its KeyInfo.

    Raises:
        RefusedError: it has another shape, uses an unknown algorithm, or its document uses one Id twice.
    """
    _expect_unique_ids(element)
    _expect(element.tag == f"{DS}Signature", "is no XML signature")
    info, value, *rest = _children(element, f"{DS}SignedInfo", f"{DS}SignatureValue")
    key_infos, objects = _split(rest)
    _expect(set(element.attrib) <= {"Id"}, "has unknown attributes")
    method, signing, *references = _children(
        info, f"{DS}CanonicalizationMethod", f"{DS}SignatureMethod", f"{DS}Reference"
    )
    _expect(len(signing) == 0 and set(signing.attrib) == {"Algorithm"}, "has parameters that are not supported")
    return Signature(
        element=element,
        id=element.get("Id", ""),
        form=form_of(method),
        method=signature_method(signing.get("Algorithm")),
        references=references_in(references),
        value=bytes_of(value),
        certificates=tuple(_certificates(key_infos, beside)),
        objects=objects,
    )


def references_in(elements: list[Element]) -> tuple[Reference, ...]:
    """Parse ds:Reference elements.

    Raises:
        RefusedError: one has another shape, there are none, or far too many.
    """
    _expect(0 < len(elements) <= MAX_REFERENCES, "refers to nothing, or to far too much")
    return tuple(map(_reference, elements))


def same_document(signature: Signature, reference: Reference) -> Element:
    """Give the element of this signature that ``#id`` names: within its Objects or its KeyInfo.

    Raises:
        RefusedError: it names something else.
    """
    identity = reference.uri.removeprefix("#")
    _expect(reference.uri.startswith("#") and bool(identity), f"refers to {reference.uri!r} in an unusual way")
    places = (child for child in signature.element if child.tag in {f"{DS}Object", f"{DS}KeyInfo"})
    matching = next((element for child in places for element in child.iter() if element.get("Id") == identity), None)
    _expect(matching is not None, f"refers to {reference.uri}, which is not in it")
    return matching


def bytes_of_element(reference: Reference, element: Element) -> bytes:
    """Give the bytes that a reference to an element hashes: its canonical form, by its transform or default.

    Raises:
        RefusedError: it has other transforms.
    """
    _expect(len(reference.transforms) <= 1, "uses transforms that are not supported")
    return of_element(element, form_of(reference.transforms[0]) if reference.transforms else INCLUSIVE)


def is_canonicalization(transform: Element) -> bool:
    """Tell whether a ds:Transform asks for a canonical form."""
    return transform.get("Algorithm") in METHODS


def bytes_of(element: Element) -> bytes:
    """Decode the bytes that an element holds as base64.

    Raises:
        RefusedError: it holds something else.
    """
    try:
        content = base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        refuse("The signature holds base64 that cannot be read.")
    _expect(len(element) == 0 and bool(content), "lacks a value")
    return content


def _reference(element: Element) -> Reference:
    _expect(element.tag == f"{DS}Reference" and set(element.attrib) <= {"Id", "URI", "Type"}, "has unknown references")
    children = list(element)
    transforms: tuple[Element, ...] = ()
    if children and children[0].tag == f"{DS}Transforms":
        transforms = tuple(children.pop(0))
        _expect(
            bool(transforms) and all(transform.tag == f"{DS}Transform" for transform in transforms),
            "has odd transforms",
        )
    tags = [child.tag for child in children]
    _expect(tags == [f"{DS}DigestMethod", f"{DS}DigestValue"], "has references of another shape")
    method, value = children
    _expect(len(method) == 0, "has parameters that are not supported")
    uri = element.get("URI")
    _expect(uri is not None, "refers to something without naming it")
    return Reference(
        uri or "", transforms, digest_name(method.get("Algorithm")), bytes_of(value), element.get("Type", "")
    )


def _certificates(key_infos: list[Element], beside: Sequence[bytes]) -> Iterator[x509.Certificate]:
    """Those of the one X509Data; a bare key (Office 2007) or a key's name (xmlsec) beside it is never looked at."""
    children = [child for info in key_infos for child in info]
    _expect(all(child.tag in _OF_KEYS for child in children), "names its key in another way")
    data = [child for child in children if child.tag == f"{DS}X509Data"]
    _expect(len(data) <= 1, "names its key twice")
    certificate_elements = [node for x509_data in data for node in x509_data if node.tag == f"{DS}X509Certificate"]
    ders = (*map(bytes_of, certificate_elements), *beside)
    _expect(len(ders) <= MAX_CERTIFICATES, "carries far too many certificates")
    for der in ders:
        try:
            yield x509.load_der_x509_certificate(der)
        except ValueError:
            refuse("The signature carries a certificate that cannot be read.")


def _key(certificate: x509.Certificate) -> CertificatePublicKeyTypes:
    try:
        return certificate.public_key()
    except UnsupportedAlgorithm:
        refuse("The signature is by a key of a kind that is not verified here.", CRYPTO_CONSTRAINTS_FAILURE)
    except ValueError:
        refuse("The signature carries a certificate whose key cannot be read.")


def _split(rest: list[Element]) -> tuple[list[Element], tuple[Element, ...]]:
    """Split children into KeyInfo, at most one and first, and Objects."""
    key_infos = rest[:1] if rest and rest[0].tag == f"{DS}KeyInfo" else []
    objects = tuple(rest[len(key_infos) :])
    _expect(all(child.tag == f"{DS}Object" for child in objects), "has unknown parts")
    return key_infos, objects


def _children(element: Element, *tags: str) -> list[Element]:
    """The element's children, which begin with these tags."""
    children = list(element)
    begin = [child.tag for child in children[: len(tags)]]
    _expect(begin == list(tags), "has another shape than office programs give")
    return children


def _expect_unique_ids(element: Element) -> None:
    """No Id twice in the whole document, whatever its letters' case: parsers differ in what they call an Id."""
    seen: set[str] = set()
    for node in element.getroottree().iter():
        for name, value in node.attrib.items():
            if name.rpartition("}")[2].lower() == "id":
                _expect(value not in seen, f"uses the Id {value!r} twice")
                seen.add(value)


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as a sentence
    if not condition:
        refuse(f"The signature {otherwise}.")
