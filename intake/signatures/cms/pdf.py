"""Verifies the signatures in a PDF (ISO 32000-2, 12.8; PAdES, ETSI EN 319 142-1).

A PDF grows by revisions, so a signature covers the file as it was and says nothing of what was put behind. pyHanko
compares the revisions; only what prolongs a signature's life (time stamps, revocation data) leaves it covering all.
Properties of the document, which nothing here reads, may change too: they are named as uncovered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

from asn1crypto import parser
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from intake.signatures import surprise
from intake.signatures.cms.pdf_changes import is_merely_commented, is_merely_prolonged, properties
from intake.signatures.cms.signed_data import CHANGED, encapsulated, parse, verify_signers
from intake.signatures.refused import (
    FORMAT_FAILURE,
    GENERIC,
    HASH_FAILURE,
    SIGNED_DATA_NOT_FOUND,
    MalformedSignatureError,
    refuse,
)
from intake.signatures.surprise import surprised
from intake.signatures.verified import TimeStamp, Verified, broken
from rules.signature_facts import Coverage

FORM = "pdf"
MAX_SIGNATURES = 20
_DETACHED = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
_DIGESTED = "/adbe.pkcs7.sha1"
_END, _BLANK = b"%%EOF", b"\0\t\n\f\r "
_HARMLESS = frozenset({ModificationLevel.NONE, ModificationLevel.LTA_UPDATES})
_SIGNATURE, _TIME_STAMP = "/Sig", "/DocTimeStamp"

DAMAGED = "The PDF or a signature in it is damaged, so the signature cannot be verified."
REMOVED = "The PDF holds the remains of a signature that its form no longer names."
CROWDED = "The PDF holds far more signatures than any real one."
GAP = "The signature leaves out more of the file than itself."
NO_REVISION = "The signature does not cover the file as it was when it was signed."
BEHIND = "COVERAGE_PARTIAL: the file goes on behind the end of the PDF, which the signature does not cover."
UNFIT_DIGEST = "The signature carries no digest of the PDF, which signatures of its kind must."
UNFIT = "The signature carries content of its own, which signatures in PDFs must not."
TWO_TABLES = "COVERAGE_UNCLEAR: the PDF lists its objects twice, so readers may show different content."
COMMENTED = (
    "COVERAGE_PARTIAL: comments were added after the signature, which it allows; they may hide what was signed, "
    "and nobody has signed them."
)
LATER = "changes made after the signature"
NOT_FOLLOWED = "COVERAGE_UNCLEAR: validation data or time stamps were added later, in a way that is not followed here."


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A time stamp over the whole file as it was."""

    revision: int
    stamp: TimeStamp


def verify(content: bytes) -> tuple[Verified, ...]:
    """Verify every signature of a PDF that has any; never raises.

    A PDF that carries nothing but time stamps comes back without signatures.
    """
    try:
        return _verify(content)
    except MalformedSignatureError as refused:
        return (broken(FORM, refused.failure, refused.reason),)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return (surprised(FORM, error, DAMAGED),)


def _verify(content: bytes) -> tuple[Verified, ...]:
    content = _ended_once(content)
    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        reader.decrypt(b"")  # what opens without a password is encrypted with the empty one
    fields = list(islice(enumerate_sig_fields(reader, filled_status=True), MAX_SIGNATURES + 1))
    if not fields:
        refuse(REMOVED, SIGNED_DATA_NOT_FOUND)
    if len(fields) > MAX_SIGNATURES:
        refuse(CROWDED)
    read = [(value, _embedded(reader, field, name)) for name, value, field in fields]
    embedded = sorted((field for _, field in read if field is not None), key=lambda field: field.signed_revision)
    stamps = [field for embedded_signature in embedded for field in _stamps(embedded_signature, content)]
    hints = tuple(_hints(reader))
    signatures = [field for field in embedded if field.sig_object_type != _TIME_STAMP]
    # A time stamp that cannot be read proves nothing, and takes nothing from the signatures that it prolongs.
    unread = [broken(FORM, FORMAT_FAILURE, DAMAGED) for value, field in read if field is None and not _is_stamp(value)]
    return (*unread, *(verified for field in signatures for verified in _signature(field, content, stamps, hints)))


def _ended_once(content: bytes) -> bytes:
    """The file without marks of its end behind that mark, as gateways put them: they are comments, and hold nothing."""
    while (bare := content.rstrip(_BLANK)).endswith(_END):
        before = bare.removesuffix(_END)
        if not before.rstrip(_BLANK).endswith(_END):
            break
        content = before
    return content


def _embedded(reader: PdfFileReader, field: generic.DictionaryObject, name: str) -> EmbeddedPdfSignature | None:
    """A signature field as pyHanko takes it; None where it is damaged."""
    try:
        return EmbeddedPdfSignature(reader, field, name)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        surprise.is_ours(error)
        return None


def _is_stamp(value: Any) -> bool:  # noqa: ANN401  # half typed in pyHanko
    """Whether a field's value calls itself a time stamp over the file."""
    resolved = value.get_object()
    return isinstance(resolved, generic.DictionaryObject) and resolved.get("/Type") == _TIME_STAMP


def _signature(
    embedded: EmbeddedPdfSignature, content: bytes, stamps: list[_Stamp], hints: tuple[bytes, ...]
) -> tuple[Verified, ...]:
    """One signature; a fault of its own does not hide the others."""
    try:
        kind = embedded.sig_object.get("/SubFilter")
        if embedded.sig_object_type != _SIGNATURE or kind not in {*_DETACHED, _DIGESTED}:
            refuse(f"The signature is of a kind that is not verified here: {kind}.", GENERIC)
        data, signed = parse(embedded.pkcs7_content), _signed(embedded, content)
        carried = encapsulated(data)
        if kind == _DIGESTED:
            signed = _digest_carried(carried, signed)
        elif carried is not None:
            refuse(UNFIT)
        verified_signatures = verify_signers(data, signed, FORM)
        if kind == _DIGESTED:
            verified_signatures = tuple(_over_sha1(verified) for verified in verified_signatures)
        judged = (_with_facts(verified, embedded, stamps, hints) for verified in verified_signatures)
        return tuple(_with_end(verified, embedded, content) for verified in judged)
    except MalformedSignatureError as refused:
        return (broken(FORM, refused.failure, refused.reason),)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return (surprised(FORM, error, DAMAGED),)


def _digest_carried(carried: bytes | None, signed: bytes) -> bytes:
    """What an old signature covers: the SHA-1 of the file, which it carries itself (ISO 32000-1, 12.8.3.3).

    Raises:
        RefusedError: it carries nothing, or the digest of another file.
    """
    if carried is None:
        refuse(UNFIT_DIGEST)
    if carried != hashlib.sha1(signed, usedforsecurity=False).digest():
        refuse(CHANGED, HASH_FAILURE)
    return carried


def _over_sha1(verified: Verified) -> Verified:
    return replace(verified, algorithms=tuple(dict.fromkeys((*verified.algorithms, "sha1"))))


def _with_end(verified: Verified, embedded: EmbeddedPdfSignature, content: bytes) -> Verified:
    """The signature with what stands behind the file's last revision, which no revision holds and nothing covers."""
    if verified.coverage is not Coverage.ENTIRE:
        return verified
    end = sum([int(offset) for offset in embedded.byte_range][2:])
    is_last = embedded.signed_revision == embedded.reader.xrefs.total_revisions - 1
    behind = content[end:] if is_last else content[content.rfind(_END) + len(_END) :]
    if not behind.strip(_BLANK):
        return verified
    uncovered = (f"{len(behind)} bytes behind the end of the PDF", *verified.uncovered)
    return replace(verified, coverage=Coverage.PARTIAL, uncovered=uncovered, reasons=(*verified.reasons, BEHIND))


def _with_facts(
    verified: Verified, embedded: EmbeddedPdfSignature, stamps: list[_Stamp], hints: tuple[bytes, ...]
) -> Verified:
    later = tuple(stamp.stamp for stamp in stamps if stamp.revision >= embedded.signed_revision)
    signature_facts = replace(
        verified,
        stamps=verified.stamps + later,
        certificates=tuple(dict.fromkeys((*verified.certificates, *hints))),
    )
    return signature_facts if signature_facts.failure is not None else _with_coverage(signature_facts, embedded)


def _with_coverage(verified: Verified, embedded: Any) -> Verified:  # noqa: ANN401  # half typed in pyHanko
    """What the signature covers of the file as it is now."""
    embedded.compute_integrity_info(skip_diff=True)
    if embedded.coverage is None or embedded.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return replace(verified, failure=FORMAT_FAILURE, reasons=(NO_REVISION,))
    if embedded.reader.xrefs.hybrid_xrefs_present:
        return replace(verified, reasons=(TWO_TABLES,))
    reader, revision = embedded.reader, embedded.signed_revision
    dated = replace(verified, covered=(f"revision {revision + 1} of {reader.xrefs.total_revisions}",))
    changes = _changes(embedded)
    if changes is not None:
        return _with_changes(replace(dated, claimed_time=_claimed(verified, embedded)), embedded, changes)
    if is_merely_prolonged(reader, revision):
        return replace(dated, uncovered=(LATER, *_properties(embedded)), reasons=(NOT_FOLLOWED,))
    if is_merely_commented(reader, revision):
        uncovered = (LATER, *_properties(embedded))
        return replace(dated, coverage=Coverage.PARTIAL, uncovered=uncovered, reasons=(COMMENTED,))
    reason = "COVERAGE_PARTIAL: the PDF was changed after it was signed, in a way that a signature does not allow."
    return replace(dated, coverage=Coverage.PARTIAL, uncovered=(LATER,), failure=FORMAT_FAILURE, reasons=(reason,))


def _changes(embedded: Any) -> DiffResult | None:  # noqa: ANN401  # the same
    """The changes after the signature, where it allows them; None where it does not, or pyHanko cannot follow them."""
    try:
        embedded.compute_integrity_info()
    except Exception:  # noqa: BLE001  # the same; the signature's own revision was read before
        return None
    difference = embedded.diff_result
    return (
        difference if isinstance(difference, DiffResult) and embedded.summarise_integrity_info()["docmdp_ok"] else None
    )


def _with_changes(verified: Verified, embedded: Any, changes: DiffResult) -> Verified:  # noqa: ANN401  # the same
    """The signature with the changes that it allows."""
    if changes.modification_level in _HARMLESS:
        return replace(verified, coverage=Coverage.ENTIRE, uncovered=_properties(embedded))
    reason = "COVERAGE_PARTIAL: form fields were filled or signatures added after the signature."
    uncovered = (LATER, *_properties(embedded))
    return replace(verified, coverage=Coverage.PARTIAL, uncovered=uncovered, reasons=(reason,))


def _properties(embedded: Any) -> tuple[str, ...]:  # noqa: ANN401  # the same
    """The properties that changed after the signature, as one thing that it leaves out."""
    names = properties(embedded.reader, embedded.signed_revision)
    return (f"document properties changed after the signature: {', '.join(names)}",) if names else ()


def _claimed(verified: Verified, embedded: Any) -> datetime | None:  # noqa: ANN401  # the same
    """The time that the signature states; of its dictionary only where that is as it was signed, which pyHanko saw."""
    stated: datetime | None = verified.claimed_time or embedded.self_reported_timestamp
    return stated


def _signed(embedded: EmbeddedPdfSignature, content: bytes) -> bytes:
    """The bytes that the signature covers: all of a revision but the signature's own value.

    Raises:
        RefusedError: its byte range leaves out anything else, or does not begin with the file.
    """
    try:
        numbers = [int(offset) for offset in embedded.byte_range]
    except (TypeError, ValueError):
        refuse(GAP)
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:  # noqa: PLR2004  # two pairs: start and length
        refuse(GAP)
    _, before, start, behind = numbers
    gap = content[before:start]
    if start + behind > len(content) or not (gap.startswith(b"<") and gap.endswith(b">")):
        refuse(GAP)
    try:
        value = bytes.fromhex(gap[1:-1].decode("ascii"))
    except ValueError:
        refuse(GAP)
    if value != embedded.pkcs7_content:
        refuse(GAP)
    return content[:before] + content[start : start + behind]


def _stamps(embedded: EmbeddedPdfSignature, content: bytes) -> Iterator[_Stamp]:
    """The signature as a time stamp over the whole file; nothing where it is none, or one that leaves something out."""
    if embedded.sig_object_type != _TIME_STAMP:
        return
    token: bytes = embedded.pkcs7_content
    with suppress(MalformedSignatureError, ValueError):
        stamp = TimeStamp(token[: parser.peek(token)], _signed(embedded, content))
        yield _Stamp(embedded.signed_revision, stamp)


def _hints(reader: PdfFileReader) -> Iterator[bytes]:
    """Certificates of the document security store (PAdES, 5.4.2.2)."""
    try:
        store: Any = DocumentSecurityStore.read_dss(reader)
        ders = [load_cert.dump() for load_cert in store.load_certs()]
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; hints that cannot be read are no hints
        surprise.is_ours(error)
        return
    yield from ders
