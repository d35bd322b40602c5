"""What keys, algorithms and uses a signature may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.x509 import Certificate

from intake.signatures.trust.names import name_in_sentence
from intake.signatures.trust.validation_issue import ValidationIssue, validation_issue

MIN_RSA = 2048
CURVES = frozenset(
    {"secp256r1", "secp384r1", "secp521r1", "brainpoolp256r1", "brainpoolp384r1", "brainpoolp512r1"},
)
"""Of 256 bits and more: NIST's, and those of Brainpool, by the names that asn1crypto gives them."""
_EDWARDS = frozenset({"ed25519", "ed448"})
_BROKEN = ("sha1", "md5", "md2", "md4", "ripemd", "dsa-", "hmac")
MAIL = "email_protection"
USES = frozenset({MAIL, "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "microsoft_document_signing"})
"""Extended key usages that may sign a document: RFC 9336, Microsoft's document signing, and mail."""
ANY_USE = "any_extended_key_usage"
SIGNING = frozenset({"digital_signature", "non_repudiation"})


def weak_algorithms(algorithms: Iterable[str]) -> tuple[str, ...]:
    """Give those of the named algorithms, such as ``rsa-sha1``, that are no longer secure."""
    return tuple(algorithm for algorithm in algorithms if _is_weak(algorithm))


def _is_weak(algorithm: str) -> bool:
    plain = algorithm.lower().replace("sha-1", "sha1").replace("_", "-")
    tokens = plain.replace("ecdsa", "ec").replace("-with-", "-")
    return any(broken in tokens for broken in _BROKEN)


def weak_key(certificate: Certificate) -> str | None:
    """Explain why the certificate's key is too weak; None where it is not."""
    key = certificate.public_key
    if key.algorithm in {"rsa", "rsassa_pss"}:
        return f"an RSA key of {key.bit_size} bits" if key.bit_size < MIN_RSA else None
    if key.algorithm == "ec":
        kind, curve = key.curve
        if kind != "named":
            return "an elliptic curve of its own"
        return None if curve in CURVES else f"the elliptic curve {name_in_sentence(str(curve))}"
    return None if key.algorithm in _EDWARDS else f"a key of kind {name_in_sentence(str(key.algorithm))}"


def weaknesses(path: tuple[Certificate, ...]) -> Iterator[ValidationIssue]:
    """Weak keys and algorithms of a path, from the signer to the anchor, whose own signature proves nothing."""
    for certificate in path:
        weak = weak_key(certificate)
        if weak:
            yield _crypto(f"The certificate of {name_in_sentence(certificate.subject.human_friendly)} has {weak}.")
    for certificate in path[:-1]:
        algorithm = certificate["signature_algorithm"]
        if is_weak_signature(algorithm):
            yield _crypto(
                f"The certificate of {name_in_sentence(certificate.subject.human_friendly)} is signed with "
                f"{algorithm['algorithm'].native}, which is no longer secure."
            )


def is_weak_signature(algorithm: SignedDigestAlgorithm) -> bool:
    """Tell whether a signature of this kind is no longer secure by its digest; Ed25519 and its like have their own."""
    try:
        return _is_weak(str(algorithm.hash_algo))
    except ValueError:
        return False


def _crypto(sentence: str) -> ValidationIssue:
    return validation_issue("CRYPTO_CONSTRAINTS_FAILURE", sentence, trusted=False)


def misuses(path: tuple[Certificate, ...]) -> Iterator[ValidationIssue]:
    """Give what the certificates of a path, signer first, are not made for (RFC 5280, 4.2.1.3 and 4.2.1.12)."""
    signer, *authorities = path
    usage = signer.key_usage_value
    if usage is not None and not SIGNING & set(usage.native):
        uses = ", ".join(sorted(usage.native)) or "nothing"
        yield _misuse(f"The certificate may not sign: its key usage is {uses.replace('_', ' ')}.")
    purposes = _purposes(signer)
    if purposes is not None and purposes <= {ANY_USE}:
        yield _misuse("The certificate does not say that it is for documents or mail, but that it is for any use.")
    elif purposes is not None and not purposes & USES:
        yield _misuse(f"The certificate is not for documents or mail but for {_listed(purposes)}.")
    yield from _limits(None if purposes is None else _kinds(purposes), authorities)


def _limits(common: frozenset[str] | None, authorities: list[Certificate]) -> Iterator[ValidationIssue]:
    """Limits of authorities, an anchor's own too, that leave no use of those which the signer and each other state."""
    for authority in authorities:
        limits = _purposes(authority)
        if limits is None or ANY_USE in limits:
            continue
        kept = _kinds(limits) if common is None else _kinds(limits) & common
        if not kept:
            name = name_in_sentence(authority.subject.human_friendly)
            yield _misuse(f"The authority {name} may only issue certificates for {_listed(limits)}.")
            return
        common = kept


def _kinds(purposes: frozenset[str]) -> frozenset[str]:
    """Which of the two uses that may sign a document are among these: mail, and documents by whichever name."""
    return frozenset(use if use == MAIL else "documents" for use in purposes & USES)


def _purposes(certificate: Certificate) -> frozenset[str] | None:
    extended = certificate.extended_key_usage_value
    return None if extended is None else frozenset(extended.native)


def _listed(purposes: frozenset[str]) -> str:
    return ", ".join(sorted(purpose.replace("_", " ") for purpose in purposes)) or "nothing"


def _misuse(sentence: str) -> ValidationIssue:
    return validation_issue("CHAIN_CONSTRAINTS_FAILURE", sentence, trusted=False)
