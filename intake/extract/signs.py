"""Notices that a document carries a signature; whether it holds is not judged here."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from intake.extract.media import Media
from rules.signature_facts import Indication, SignatureFacts

UNVERIFIED = "This release does not verify signatures; a person must."
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[")
_PDF_FORMS = (b"/Sig", b"/SubFilter", b"/Contents")
_ORIGIN = b"/digital-signature/origin"
_MAX_RELATIONS = 1024 * 1024


def signatures_of(content: bytes, media: Media) -> tuple[SignatureFacts, ...]:
    """One unknown signature where the document carries any, by the form of it."""
    form = _form(content, media)
    if form is None:
        return ()
    return (
        SignatureFacts(
            format=form,
            indication=Indication.INDETERMINATE,
            sub_indication="GENERIC",
            reasons=(UNVERIFIED,),
        ),
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
