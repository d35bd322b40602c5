"""The signatures of a document as facts: every form verified, every signer judged. Light until there is a signature.

Where a damaged one surprises a verifier, it fails (``FORMAT_FAILURE``); a fault of ours leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from intake.signatures import detect as marks
from intake.signatures import unverified
from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verified import Verified, broken
from rules.signature_facts import SignatureFacts

SURPRISE = "FORMAT_FAILURE: The signature could not be read to its end."
STRAY = "FORMAT_FAILURE: The document carries parts of a signature, but no signature of its own form."

_UNVERIFIED = frozenset({"signature", "packed", "xmldsig", "text"})
"""What may be signed in a way that is not verified here."""

Chain = tuple[bytes, ...]
"""DER of certificates, from a signer's to an anchor."""


@dataclass(frozen=True, slots=True)
class Validated:
    """The facts of verified signatures and the certificate paths found."""

    facts: tuple[SignatureFacts, ...] = ()
    chains: tuple[Chain, ...] = ()
    """The paths that were found, for whoever keeps revocation lists fresh."""


def validate(verified: Sequence[Verified], trust_settings: TrustSettings) -> Validated:
    """Validate signatures against the trust settings."""
    if not verified:
        return Validated()
    from intake.signatures.trust.judge import judge  # noqa: PLC0415  # a fifth of a second, which unsigned documents save

    judgements = [judge(signature, trust_settings) for signature in verified]
    return Validated(
        tuple(judgement.facts for judgement in judgements),
        tuple(dict.fromkeys(judgement.chain for judgement in judgements if judgement.chain)),
    )


def signatures_of(
    content: bytes, media: str, parts: Mapping[str, bytes] | None, *, signed: bool, trust_settings: TrustSettings
) -> Validated:
    """Verify and validate the signatures embedded in a document.

    Args:
        content: the document.
        media: what it is: ``pdf``, ``pkcs7``, or a container.
        parts: of a signed container, as `zipstrict.unpack` gave them to whoever reads it; None where it refused.
        signed: whether a container carries anything of a signature.
        trust_settings: whom to trust.
    """
    return validate(_verified(content, media, parts, signed=signed), trust_settings)


def _verified(content: bytes, media: str, parts: Mapping[str, bytes] | None, *, signed: bool) -> Sequence[Verified]:
    if media == "pkcs7":
        return _guarded("cms", lambda: _of_cms(content))
    if media in _UNVERIFIED:
        return unverified.signature_of(content)
    if media == "pdf":
        return _guarded("pdf", lambda: _of_pdf(content)) if marks.of_pdf(content) else ()
    if not signed:
        return ()
    form = "odf" if media in {"ods", "odf"} else "opc"
    return _guarded(form, lambda: _of_container(content, form, parts))


def _guarded(form: str, verify: Callable[[], Sequence[Verified]]) -> Sequence[Verified]:
    try:
        return verify()
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        from intake.signatures.surprise import surprised  # noqa: PLC0415  # light until there is a signature

        return (surprised(form, error, SURPRISE),)


def _of_container(content: bytes, form: str, parts: Mapping[str, bytes] | None) -> Sequence[Verified]:
    from intake.signatures.office import odf, opc  # noqa: PLC0415  # they load lxml
    from intake.signatures.office.zipstrict import unpack  # noqa: PLC0415  # likewise
    from intake.signatures.refused import MalformedSignatureError  # noqa: PLC0415  # only workbooks need it

    try:
        unpacked = unpack(content) if parts is None else parts
    except MalformedSignatureError as error:
        return (broken(form, error.failure, error.reason),)
    verify = odf.verify if form == "odf" else opc.verify
    return verify(unpacked) or (broken(form, "FORMAT_FAILURE", STRAY),)


def _of_cms(content: bytes) -> Sequence[Verified]:
    from intake.signatures.cms.message import verify_alone  # noqa: PLC0415  # it loads asn1crypto

    return verify_alone(content)


def _of_pdf(content: bytes) -> Sequence[Verified]:
    from intake.signatures.cms.pdf import verify  # noqa: PLC0415  # it loads pyHanko

    return verify(content)
