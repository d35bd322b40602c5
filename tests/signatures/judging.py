"""What is made of a signed container before anybody is trusted."""

from __future__ import annotations

from intake.signatures.office import opc, zipstrict
from intake.signatures.refused import MalformedSignatureError
from intake.signatures.verified import Verified, broken
from rules.signature_facts import Coverage


def verified(content: bytes) -> tuple[Verified, ...]:
    """The signatures of a container, as the daemon takes them."""
    try:
        return opc.verify(zipstrict.unpack(content))
    except MalformedSignatureError as error:
        return (broken("opc", error.failure, error.reason),)


def is_accepted(verified_signatures: tuple[Verified, ...]) -> bool:
    """Whether every signature is whole, right and covers everything."""
    return bool(verified_signatures) and all(
        verified_signature.intact and verified_signature.valid and verified_signature.coverage is Coverage.ENTIRE
        for verified_signature in verified_signatures
    )
