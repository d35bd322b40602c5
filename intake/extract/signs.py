"""Verifies the signatures that a document carries; whom they may lead to is not judged here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

from intake.extract.media import Media
from intake.signatures.verified import Verified
from rules.signature_facts import Indication, SignatureFacts

UNVERIFIED = "This release does not verify signatures; a person must."
_UNJUDGED = frozenset({"SIGNED_DATA_NOT_FOUND", "NO_SIGNING_CERTIFICATE_FOUND", "SIG_CONSTRAINTS_FAILURE"})
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[")
_PDF_FORMS = (b"/Sig", b"/SubFilter", b"/Contents")
_ORIGIN = b"/digital-signature/origin"
_MAX_RELATIONS = 1024 * 1024


def signatures_of(content: bytes, media: Media) -> tuple[SignatureFacts, ...]:
    """What is known of the document's signatures; one unknown where its form is not verified."""
    form = _form(content, media)
    if form is None:
        return ()
    if form == "cms":
        from intake.signatures.cms import verify_alone  # noqa: PLC0415  # heavy; most documents are not signed

        return judged(verify_alone(content))
    if form == "pdf":
        from intake.signatures.pdf import verify  # noqa: PLC0415  # the same

        return judged(verify(content))
    return (
        SignatureFacts(
            format=form,
            indication=Indication.INDETERMINATE,
            sub_indication="GENERIC",
            reasons=(UNVERIFIED,),
        ),
    )


def judged(verified: Sequence[Verified]) -> tuple[SignatureFacts, ...]:
    """The facts of some signatures, nobody being trusted."""
    return tuple(_judged(each) for each in verified)


def _judged(verified: Verified) -> SignatureFacts:
    failed = verified.failure is not None and verified.failure not in _UNJUDGED
    return SignatureFacts(
        format=verified.format,
        intact=verified.intact,
        valid=verified.valid,
        coverage=verified.coverage,
        uncovered=verified.uncovered,
        covered=verified.covered,
        signing_time=verified.claimed_time,
        algorithms=verified.algorithms,
        indication=Indication.TOTAL_FAILED if failed else Indication.INDETERMINATE,
        sub_indication=verified.failure or "NO_CERTIFICATE_CHAIN_FOUND",
        reasons=verified.reasons,
        notes=verified.notes,
    )


def _form(content: bytes, media: Media) -> str | None:
    if media.kind == "pkcs7":
        return "cms"
    if media.kind == "pdf":
        signed = _BYTE_RANGE.search(content) and all(form in content for form in _PDF_FORMS)
        return "pdf" if signed else None
    if "META-INF/documentsignatures.xml" in media.parts:
        return "odf"
    return "opc" if media.parts and _opc_signed(content, media.parts) else None


def _opc_signed(content: bytes, parts: tuple[str, ...]) -> bool:
    if any(part.lower().startswith("_xmlsignatures/") for part in parts):
        return True
    if "_rels/.rels" not in parts:
        return False
    with ZipFile(BytesIO(content)) as container, container.open("_rels/.rels") as relations:
        return _ORIGIN in relations.read(_MAX_RELATIONS)
