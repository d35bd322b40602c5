"""What is made of a signed container before anybody is trusted."""

from __future__ import annotations

from intake.signatures import opc, zipstrict
from intake.signatures.refused import RefusedError
from intake.signatures.verified import Verified, broken
from rules.signature_facts import Coverage


def verified(content: bytes) -> tuple[Verified, ...]:
    """The signatures of a container, as the daemon takes them."""
    try:
        return opc.verify(zipstrict.unpack(content))
    except RefusedError as error:
        return (broken("opc", error.failure, error.reason),)


def is_accepted(found: tuple[Verified, ...]) -> bool:
    """Whether every signature is whole, right and covers everything."""
    return bool(found) and all(one.intact and one.valid and one.coverage is Coverage.ENTIRE for one in found)
