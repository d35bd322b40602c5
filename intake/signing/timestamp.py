"""Time stamps (RFC 3161) on what we publish: the question to an authority, and the token out of its answer."""

from __future__ import annotations

import hashlib
import secrets

from asn1crypto import algos, cms, tsp

from intake.errors import IntakeError

QUESTION_TYPE = "application/timestamp-query"
"""The media type of a question over http (RFC 3161, 3.4)."""
_GRANTED = frozenset({"granted", "granted_with_mods"})
_NONCE_BITS = 64


class NoTokenError(IntakeError):
    """The authority's answer holds no token for what was asked; the message says why."""


def question(content: bytes) -> bytes:
    """Write the question for a time stamp over these bytes (DER), with a nonce, asking for the certificate."""
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "hashed_message": hashlib.sha256(content).digest(),
        }
    )
    asked = {"version": 1, "message_imprint": imprint, "nonce": secrets.randbits(_NONCE_BITS), "cert_req": True}
    return bytes(tsp.TimeStampReq(asked).dump())


def token(answer: bytes, asked: bytes) -> bytes:
    """Take the token (DER of its CMS) out of an authority's answer to this question.

    Raises:
        NoTokenError: the authority refused, or answered something else.
    """
    request = tsp.TimeStampReq.load(asked)
    try:
        response = tsp.TimeStampResp.load(answer, strict=True)
        status = response["status"]["status"].native
        if status not in _GRANTED:
            message = f"the time-stamp authority refused: {status}"
            raise NoTokenError(message)
        info = _info(response["time_stamp_token"])
        imprint = info["message_imprint"].dump(), info["nonce"].native
    except (ValueError, TypeError, KeyError) as error:
        message = "the time-stamp authority's answer cannot be read"
        raise NoTokenError(message) from error
    if imprint != (request["message_imprint"].dump(), request["nonce"].native):
        message = "the time-stamp authority's token is for something else"
        raise NoTokenError(message)
    return bytes(response["time_stamp_token"].dump())


def is_over(made: bytes, content: bytes) -> bool:
    """Tell whether a token says that it is over these bytes; who signed it is another question."""
    try:
        imprint = _info(cms.ContentInfo.load(made, strict=True))["message_imprint"]
        told = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
    except (ValueError, TypeError, KeyError):
        return False
    return bool(told == ("sha256", hashlib.sha256(content).digest()))


def _info(made: cms.ContentInfo) -> tsp.TSTInfo:
    info = made["content"]["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        message = "it holds no time"
        raise TypeError(message)
    return info
