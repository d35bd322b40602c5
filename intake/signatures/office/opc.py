"""Verifies the signatures of an Office package: .xlsx, .xlsm, .docx (ISO/IEC 29500-2, 10; [MS-OFFCRYPTO] 2.5).

The signature covers a Manifest, and the Manifest states the digests of the parts. XML-DSig libraries do not look at a
Manifest's digests, and the standard lets a signature cover as little as it likes; both are settled here. What Office
and others accept and this refuses is listed, attack by attack, under ``tests/signatures/attacks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.signatures import detect as marks
from intake.signatures.office.coverage import Covered, left_out, outside
from intake.signatures.office.outcome import holding, is_within, listed, undermined
from intake.signatures.office.package import (
    RELATIONSHIPS_TYPE,
    ROOT,
    TYPES,
    Package,
    Relationship,
    read_package,
    relations_of,
)
from intake.signatures.office.relationships import (
    Chosen,
    chosen_by,
    transformed,
    transformed_anew,
    transformed_by_libxmlsec,
)
from intake.signatures.refused import (
    MalformedSignatureError,
    refuse,
)
from intake.signatures.surprise import surprised
from intake.signatures.verified import Verified, broken
from intake.signatures.xml.canonical import DS, Element, parse
from intake.signatures.xml.xades import moment, read_properties, signed_by
from intake.signatures.xml.xmldsig import (
    Reference,
    Signature,
    bytes_of_element,
    read_signature,
    references_in,
    same_document,
    unlike,
)

_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
_TYPE = "application/vnd.openxmlformats-package.digital-signature"
_SPACE = "{http://schemas.openxmlformats.org/package/2006/digital-signature}"
_MAX_SIGNATURES = 10
_MAX_OWN_REFERENCES = 20
_MAX_SIGNATURE_SIZE = 4 * 1024 * 1024
_SURPRISE = "The signature could not be read to its end."
_MAIN_TYPES = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroenabled.main+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        "application/vnd.ms-excel.template.macroenabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroenabled.main+xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    }
)


@dataclass(frozen=True, slots=True)
class _Infrastructure:
    """The parts that make up the package's signatures."""

    signatures: tuple[str, ...]
    own: frozenset[str]
    """Every part of them: origin, its relationships, signatures, their relationships and certificates."""
    certificates: Mapping[str, tuple[str, ...]]
    """By the name of a signature: parts that hold certificates of its own, as .NET's packaging keeps them."""


@dataclass(frozen=True, slots=True)
class _Digests:
    """The result of comparing every digest of a signature."""

    covered: Covered
    elements: tuple[Element, ...]
    """Those of the signature's own that it covers, and that are as they were signed."""
    names: tuple[str, ...]
    """Of the digests, such as ``sha256``."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    legacy: tuple[str, ...]
    """Relationships that were hashed in the way of old libxmlsec1."""


def verify(parts: Mapping[str, bytes]) -> tuple[Verified, ...]:
    """Verify every signature of a package; none where it carries none. Never raises.

    Args:
        parts: as `zipstrict.unpack` gives them; whoever reads the document must read these bytes and no others.
    """
    if not marks.of_opc(parts, parts.get(ROOT, b"")):
        return ()
    try:
        package = read_package(parts)
        infrastructure = _infrastructure(package)
    except MalformedSignatureError as error:
        return (broken("opc", error.failure, error.reason),)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return (surprised("opc", error, _SURPRISE),)
    return tuple(_verified(package, name, infrastructure) for name in infrastructure.signatures)


def _verified(package: Package, name: str, infrastructure: _Infrastructure) -> Verified:
    try:
        return _verify(package, name, infrastructure)
    except MalformedSignatureError as error:
        return broken("opc", error.failure, error.reason)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return surprised("opc", error, _SURPRISE)


def _verify(package: Package, name: str, infrastructure: _Infrastructure) -> Verified:
    _expect(len(package.parts[name]) <= _MAX_SIGNATURE_SIZE, "is far larger than any program writes it")
    beside = [package.parts[part] for part in infrastructure.certificates[name]]
    signature = read_signature(parse(package.parts[name], name), beside)
    _expect(len(signature.references) <= _MAX_OWN_REFERENCES, "refers to far too much")
    signed = [same_document(signature, reference) for reference in signature.references]
    _expect(len(set(signed)) == len(signed), "refers to one thing twice")
    manifest = _manifest(signature, signed)
    digests = _compare(package, signature, signed, references_in(list(manifest)))
    if package.main not in digests.covered.parts:
        refuse("The signature does not cover the document itself.")
    properties = read_properties(signature, lambda element: is_within(element, digests.elements))
    verified = signed_by("opc", signature, properties)
    dated = _office_time(manifest.getparent(), digests.elements) if verified.valid else None
    verified = replace(
        verified,
        claimed_time=verified.claimed_time or dated,
        algorithms=unlike((*verified.algorithms, *digests.names)),
        covered=(*sorted(digests.covered.parts), *sorted(digests.covered.relations)),
    )
    return _judged(package, verified, digests, infrastructure.own)


def _judged(package: Package, verified: Verified, digests: _Digests, own: frozenset[str]) -> Verified:
    """Combine the signature with its digests' result and what it leaves out."""
    return undermined(verified, digests.changed, digests.missing) or holding(
        verified, left_out(package, digests.covered, own), _notes(package, digests)
    )


def _notes(package: Package, digests: _Digests) -> Iterator[str]:
    if digests.legacy:
        yield f"LEGACY_RELS: Signed as LibreOffice does, against the standard: {listed(digests.legacy)}."
    links = tuple(outside(package))
    if links:
        yield f"EXTERNAL: The document refers to what is outside of it: {listed(links)}."


def _infrastructure(package: Package) -> _Infrastructure:
    """Follow the relationships from the package to its signatures; a part of a signature elsewhere is refused.

    Raises:
        RefusedError: they lead nowhere, twice to one place, or leave something out.
    """
    _expect_one_main(package)
    origins = [relation for relation in package.relations[ROOT] if relation.type == f"{_RELATION}/origin"]
    _expect(len(origins) == 1, "has no origin, or several")
    origin = _led_to(package, origins[0], f"{_TYPE}-origin")
    _expect(not package.parts[origin], "has an origin that holds something")
    arrows = relations_of(origin)
    relations = package.relations.get(arrows, ())
    _expect(0 < len(relations) <= _MAX_SIGNATURES, "has an origin that leads to no signature, or to far too many")
    _expect(all(relation.type == f"{_RELATION}/signature" for relation in relations), "has unknown relationships")
    signatures = tuple(_led_to(package, relation, f"{_TYPE}-xmlsignature+xml") for relation in relations)
    _expect(len(set(signatures)) == len(signatures), "is related twice")
    certificates = {name: tuple(_certificates_of(package, name)) for name in signatures}
    arrows_of_signatures = package.relations.keys() & {relations_of(name) for name in signatures}
    held = [part for parts in certificates.values() for part in parts]
    own = frozenset({origin, arrows, *signatures, *arrows_of_signatures, *held})
    strays = sorted(name for name in package.parts if name not in own and _is_of_signatures(package, name))
    _expect(not strays, f"has parts that nothing leads to: {listed(strays)}")
    others = [
        relationship
        for name, relationships in package.relations.items()
        if name not in {arrows, *arrows_of_signatures}
        for relationship in relationships
    ]
    _expect(sum(other.type.lower().startswith(_RELATION) for other in others) == 1, "is related from elsewhere")
    return _Infrastructure(signatures, own, certificates)


def _certificates_of(package: Package, signature: str) -> Iterator[str]:
    """The parts with certificates that a signature leads to (ISO/IEC 29500-2, 10.3); it may lead to nothing else."""
    for relation in package.relations.get(relations_of(signature), ()):
        _expect(relation.type == f"{_RELATION}/certificate", "has unknown relationships")
        yield _led_to(package, relation, f"{_TYPE}-certificate")


def _expect_one_main(package: Package) -> None:
    """Readers find the main document by its relationship or by its content type; both must lead to one part."""
    mains = [name for name in package.parts if (package.types[name] or "").lower() in _MAIN_TYPES]
    _expect(mains == [package.main], "belongs to a file with no main document, or more than one")


def _led_to(package: Package, relation: Relationship, kind: str) -> str:
    if relation.part is None or package.types[relation.part] != kind:
        refuse(f"The signature's relationship {relation.id} leads to something else.")
    return relation.part


def _is_of_signatures(package: Package, name: str) -> bool:
    return name.lower().startswith(marks.OPC_FOLDER) or (package.types[name] or "").lower().startswith(_TYPE)


def _manifest(signature: Signature, signed: list[Element]) -> Element:
    """The only Manifest; it must stand in an Object that the signature covers as a whole."""
    manifests = list(signature.element.iter(f"{DS}Manifest"))
    _expect(len(manifests) == 1, "has no list of what it covers, or several")
    place = manifests[0].getparent()
    _expect(place in signature.objects and place in signed, "does not cover its own list of what it covers")
    return manifests[0]


def _compare(
    package: Package, signature: Signature, signed: list[Element], manifest: tuple[Reference, ...]
) -> _Digests:
    """Compare every digest: of the signature's own elements, and of the parts that the Manifest names."""
    unchanged = tuple(
        element
        for reference, element in zip(signature.references, signed, strict=True)
        if reference.holds(bytes_of_element(reference, element))
    )
    pairs = zip(signature.references, signed, strict=True)
    changed = [reference.uri for reference, element in pairs if element not in unchanged]
    parts: set[str] = set()
    relations: dict[str, Chosen] = {}
    missing: list[str] = []
    legacy: list[str] = []
    for reference in manifest:
        name = _part_named(package, reference)
        _expect(name not in parts and name not in relations and name not in missing, f"covers {name} twice")
        if name not in package.parts:
            missing.append(name)
        elif not reference.transforms:
            parts.add(name)
            if not reference.holds(package.parts[name]):
                changed.append(name)
        else:
            relations[name] = _chosen(package, name, reference)
            way = _way_hashed(package.parts[name], name, reference)
            if way is None:
                changed.append(name)
            elif way:
                legacy.append(name)
    names = unlike(tuple(reference.digest for reference in manifest))
    covered = Covered(frozenset(parts), relations)
    return _Digests(covered, unchanged, names, tuple(changed), tuple(missing), tuple(legacy))


def _part_named(package: Package, reference: Reference) -> str:
    """The part that a Manifest's reference names; its content type must be the package's."""
    path, _, query = reference.uri.partition("?")
    kind = query.removeprefix("ContentType=")
    _expect(path.startswith("/") and bool(kind) and kind != query, f"refers to {reference.uri!r} in an unusual way")
    name = path[1:]
    _expect(name != TYPES, "covers the content types as if they were a part")
    content_type = package.types[name] if name in package.parts else kind
    _expect(kind == content_type, f"covers {name} as {kind}, but the file says that it is {content_type}")
    return name


def _chosen(package: Package, name: str, reference: Reference) -> Chosen:
    _expect(package.types[name] == RELATIONSHIPS_TYPE, f"covers {name} by transforms that are not supported")
    return chosen_by(reference.transforms)


def _way_hashed(content: bytes, name: str, reference: Reference) -> bool | None:
    """Tell how relationships were hashed: False by the standard, True the legacy way, None neither."""
    ways = (transformed(content, name, reference.transforms), transformed_anew(content, name, reference.transforms))
    if any(octets is not None and reference.holds(octets) for octets in ways):
        return False
    legacy = transformed_by_libxmlsec(content, name, reference.transforms)
    return True if legacy is not None and reference.holds(legacy) else None


def _office_time(place: Element, unchanged: Sequence[Element]) -> datetime | None:
    """The time that Office states beside the Manifest, all that Office 2007 states; only where it is signed."""
    times = place.findall(f".//{_SPACE}SignatureTime/{_SPACE}Value")
    _expect(len(times) <= 1, "claims two times")
    return moment(times[0].text or "") if times and place in unchanged else None


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as a sentence
    if not condition:
        refuse(f"The signature {otherwise}.")
