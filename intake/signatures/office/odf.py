"""Verifies the signatures of an OpenDocument file (ISO/IEC 26300-3, 5; ODF 1.3 part 2, 5).

A document signature must name every part of the container but its own; what office programs show as signed although
parts were left out, exchanged or wrapped is refused here. Parts of XML are hashed in their canonical form, which drops
comments and processing instructions: a part with any is refused, so that what is read is what was hashed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from intake.signatures import detect as marks
from intake.signatures.office.outcome import holding, is_within, undermined
from intake.signatures.refused import (
    NO_SIGNING_CERTIFICATE_FOUND,
    SIGNED_DATA_NOT_FOUND,
    MalformedSignatureError,
    refuse,
)
from intake.signatures.surprise import surprised
from intake.signatures.verified import Verified, broken
from intake.signatures.xml.canonical import DS, Element, form_of, of_document, parse
from intake.signatures.xml.xades import moment, read_properties, signed_by
from intake.signatures.xml.xmldsig import (
    Reference,
    Signature,
    bytes_of_element,
    read_signature,
    same_document,
)

FORM = "odf"
SIGNATURES = "META-INF/documentsignatures.xml"
MANIFEST = "META-INF/manifest.xml"
CONTENT = "content.xml"
MAX_SIGNATURES = 20
_MAX_SIZE = 4 * 1024 * 1024
"""Bytes of the file of signatures; pictures of signature lines lie in it."""
_MAX_OWN_REFERENCES = 16
_ROOTS = frozenset(
    {
        "{urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0}document-signatures",
        "{http://openoffice.org/2004/documentsignatures}document-signatures",
    }
)
_ENCRYPTED = (b"encryption-data", b"encrypted-package")
_DATE = "{http://purl.org/dc/elements/1.1/}date"

SURPRISE = "The signature could not be read to its end."
NOT_THE_DOCUMENT = "Something in the file is signed, such as its macros, but not the document."
LOCKED = "The signed file says that parts of it are encrypted, so what was signed cannot be told."
OPEN_PGP = "The document is signed with OpenPGP, which is not verified here; please sign with an X.509 certificate."
NO_CONTENT = "The signature does not cover the document's content."


@dataclass(frozen=True, slots=True)
class _Digests:
    """The result of comparing every digest of a signature."""

    covered: frozenset[str]
    elements: tuple[Element, ...]
    """Elements of the signature's own document that it covers, and that are as they were signed."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]


def verify(parts: Mapping[str, bytes]) -> tuple[Verified, ...]:
    """Verify every document signature; none where the file carries no signature at all. Never raises.

    Args:
        parts: as `zipstrict.unpack` gives them; whoever reads the document must read these bytes and no others.
    """
    if not marks.of_odf(parts):
        return ()
    try:
        elements = _signatures(parts)
    except MalformedSignatureError as error:
        return (broken(FORM, error.failure, error.reason),)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return (surprised(FORM, error, SURPRISE),)
    return tuple(_verified(parts, element) for element in elements)


def _signatures(parts: Mapping[str, bytes]) -> list[Element]:
    """The ds:Signature elements of the document's signatures.

    Raises:
        RefusedError: there are none, or far too many, or the file is encrypted.
    """
    if SIGNATURES not in parts:
        refuse(NOT_THE_DOCUMENT, SIGNED_DATA_NOT_FOUND)
    if any(mark in parts.get(MANIFEST, b"") for mark in _ENCRYPTED):
        refuse(LOCKED)
    _expect(len(parts[SIGNATURES]) <= _MAX_SIZE, "is in a far larger file than any program writes")
    root = parse(parts[SIGNATURES], SIGNATURES)
    elements = list(root)
    _expect(
        root.tag in _ROOTS and all(element.tag == f"{DS}Signature" for element in elements), "is in an unknown file"
    )
    _expect(0 < len(elements) <= MAX_SIGNATURES, "is in a file that holds none, or far too many")
    return elements


def _verified(parts: Mapping[str, bytes], element: Element) -> Verified:
    try:
        return _verify(parts, element)
    except MalformedSignatureError as error:
        return broken(FORM, error.failure, error.reason)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return surprised(FORM, error, SURPRISE)


def _verify(parts: Mapping[str, bytes], element: Element) -> Verified:
    if any(str(key_info_child.tag).endswith("}PGPData") for key_info_child in element.iterfind(f"{DS}KeyInfo/*")):
        refuse(OPEN_PGP, NO_SIGNING_CERTIFICATE_FOUND)
    signature = read_signature(element)
    digests = _compare(parts, signature)
    if CONTENT not in digests.covered:
        refuse(NO_CONTENT)
    properties = read_properties(signature, lambda node: is_within(node, digests.elements))
    verified = signed_by(FORM, signature, properties)
    dated = _date(signature, digests) if verified.valid else None
    verified = replace(
        verified,
        claimed_time=verified.claimed_time or dated,
        covered=tuple(sorted(digests.covered)),
    )
    uncovered = sorted(parts.keys() - digests.covered - {SIGNATURES})
    return undermined(verified, digests.changed, digests.missing) or holding(verified, uncovered)


def _compare(parts: Mapping[str, bytes], signature: Signature) -> _Digests:
    """Compare every digest: of the container's parts, and of the signature's own elements."""
    covered: dict[str, bool] = {}
    changed: list[str] = []
    referred: list[Element] = []
    elements: list[Element] = []
    for reference in signature.references:
        if reference.uri.startswith("#"):
            element = same_document(signature, reference)
            _expect(element not in referred and len(referred) < _MAX_OWN_REFERENCES, "refers to itself far too often")
            referred.append(element)
            if reference.holds(bytes_of_element(reference, element)):
                elements.append(element)
            else:
                changed.append(reference.uri)
            continue
        name = reference.uri if reference.uri in parts else unquote(reference.uri)
        _expect(name not in covered and name != SIGNATURES, f"covers {name} twice, or itself")
        covered[name] = name in parts
        if name in parts and not reference.holds(_bytes_of_part(parts[name], name, reference)):
            changed.append(name)
    missing = tuple(name for name, there in covered.items() if not there)
    digests_hold = frozenset(covered.keys() - set(missing))
    return _Digests(digests_hold, tuple(elements), tuple(changed), missing)


def _bytes_of_part(content: bytes, name: str, reference: Reference) -> bytes:
    """Give the bytes that a reference to a part hashes: the part's, or its canonical form's."""
    if not reference.transforms:
        return content
    _expect(len(reference.transforms) == 1, f"covers {name} by transforms that are not supported")
    return of_document(parse(content, name), form_of(reference.transforms[0]))


def _date(signature: Signature, digests: _Digests) -> datetime | None:
    """The time that LibreOffice and OpenOffice state beside the references; only where it is covered."""
    dates = [
        element
        for signed_object in signature.objects
        for element in signed_object.iter(_DATE)
        if is_within(element, digests.elements)
    ]
    _expect(len(dates) <= 1, "claims two times")
    return moment(dates[0].text or "") if dates else None


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as a sentence
    if not condition:
        refuse(f"The signature {otherwise}.")
