"""Time stamps (RFC 3161): since when a signature is known to have existed, by the word of a listed authority."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp
from asn1crypto.x509 import Certificate

from intake.signatures import surprise
from intake.signatures.trust.paths import Path, context_of
from intake.signatures.trust.policy import weak_algorithms, weaknesses
from intake.signatures.trust.revocation import Sources, is_later, statuses
from intake.signatures.trust.run_sync import run_sync
from intake.signatures.trust.trust_list import TrustList
from intake.signatures.verified import TimeStamp

MAX_STAMPS = 8
MAX_LISTED = 20
"""Listed certificates that are looked at for a token which came without any."""
_DIGESTS = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


class UntrustedStampError(Exception):
    """A time stamp that is not trusted; the message says why."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of verifying a signature's time stamps."""

    time: datetime | None
    """The earliest that is proven."""
    notes: tuple[str, ...]
    """Why the others are ignored."""


def proven(stamps: tuple[TimeStamp, ...], trust_list: TrustList, sources: Sources, at: datetime) -> Proof:
    """Verify the time stamps; ignore those that do not hold."""
    if not stamps:
        return Proof(None, ())
    times, notes = [], []
    for stamp in stamps[:MAX_STAMPS]:
        try:
            times.append(_verified(stamp, trust_list, sources, at))
        except UntrustedStampError as error:
            notes.append(f"UNTRUSTED_TIME: A time stamp is ignored: {error}.")
        except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
            surprise.is_ours(error)
            notes.append(f"UNTRUSTED_TIME: A time stamp is ignored: it cannot be read ({type(error).__name__}).")
    return Proof(min(times, default=None), tuple(dict.fromkeys(notes)))


def _verified(stamp: TimeStamp, trust_list: TrustList, sources: Sources, at: datetime) -> datetime:
    if not trust_list.time_stamps.anchors:
        message = "no time-stamping authority is listed"
        raise UntrustedStampError(message)
    signed = _signed_data(stamp.token)
    info = signed["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        message = "it holds no time"
        raise UntrustedStampError(message)
    _imprint(info, stamp.stamped)
    moment = info["gen_time"].native
    if not isinstance(moment, datetime) or moment.tzinfo is None or moment > at:
        message = "its time is after the moment judged"
        raise UntrustedStampError(message)
    _signature(signed, stamp, trust_list, sources, at, moment)
    return moment


def _signed_data(token: bytes) -> cms.SignedData:
    content = cms.ContentInfo.load(token, strict=True)
    if content["content_type"].native != "signed_data":
        message = "it is not signed"
        raise UntrustedStampError(message)
    return content["content"]


def _imprint(info: tsp.TSTInfo, stamped: bytes) -> None:
    imprint = info["message_imprint"]
    digest = _DIGESTS.get(imprint["hash_algorithm"]["algorithm"].native)
    if digest is None:
        message = "its digest is of a kind that is not secure"
        raise UntrustedStampError(message)
    if digest(stamped).digest() != imprint["hashed_message"].native:
        message = "it was made for another signature"
        raise UntrustedStampError(message)


def _signature(  # a token, what it is on, and all that it is judged by
    signed: cms.SignedData,
    stamp: TimeStamp,
    trust_list: TrustList,
    sources: Sources,
    at: datetime,
    stamped_at: datetime,
) -> None:
    """Whether an authority of the list signed the token, with a certificate for time stamps, good then and now."""
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data  # noqa: PLC0415  # half a second

    if not len(signed["certificates"]):  # the client need not have asked for any (RFC 3161, 2.4.1: certReq)
        listed = trust_list.time_stamps.intermediates[:MAX_LISTED]
        signed["certificates"] = [cms.CertificateChoices({"certificate": certificate}) for certificate in listed]
    context = context_of(trust_list.time_stamps, _certificates(signed), at)

    def imprint(algorithm: str) -> bytes:
        return _DIGESTS[algorithm](stamp.stamped).digest()

    status = run_sync(validate_tst_signed_data(signed, context, imprint))
    if not status["intact"] or not status["valid"]:
        message = "its own signature does not hold"
        raise UntrustedStampError(message)
    path = status.get("validation_path")
    if path is None or status.get("trust_problem_indic") is not None:
        message = "no listed time-stamping authority vouches for it"
        raise UntrustedStampError(message)
    _authority(Path(path).certificates[0], stamped_at)
    if next(weaknesses(Path(path).certificates), None) is not None or weak_algorithms(_algorithms(signed)):
        message = "its authority's keys or algorithms are too weak"
        raise UntrustedStampError(message)
    for word in statuses(path, sources, at):
        if word.revoked and not is_later(word, at):
            message = "its authority's certificate was revoked"
            raise UntrustedStampError(message)


def _authority(certificate: Certificate, stamped_at: datetime) -> None:
    """See that the certificate is for time stamps and nothing else (RFC 3161, 2.3), and was good when it was used."""
    uses = certificate.extended_key_usage_value
    if uses is None or uses.native != ["time_stamping"] or "extended_key_usage" not in certificate.critical_extensions:
        message = "its authority's certificate is not for time stamps alone"
        raise UntrustedStampError(message)
    if stamped_at < certificate.not_valid_before:
        message = "it is older than its authority's certificate"
        raise UntrustedStampError(message)


def _algorithms(signed: cms.SignedData) -> Iterator[str]:
    for signer in signed["signer_infos"]:
        yield from (signer["digest_algorithm"]["algorithm"].native, signer["signature_algorithm"]["algorithm"].native)


def _certificates(signed: cms.SignedData) -> Iterator[Certificate]:
    for choice in signed["certificates"] or ():
        if choice.name == "certificate":
            yield choice.chosen
