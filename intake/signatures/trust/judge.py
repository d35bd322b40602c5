"""Makes facts of a verified signature: whose it is, whether that one is trusted, and why the verdict.

A signature passes (TOTAL-PASSED) where nothing at all stands in its way; the first thing that does gives the
sub-indication, and every one of them is told. What comes first follows ETSI EN 319 102-1, 5.3: the format and the
mathematics, what is covered, the signer's certificate, then times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from asn1crypto.x509 import Certificate

from intake.signatures import surprise
from intake.signatures.trust import revocation
from intake.signatures.trust.names import signer_of
from intake.signatures.trust.paths import MAX_HINTS, Path, paths
from intake.signatures.trust.policy import weak_algorithms
from intake.signatures.trust.revocation import RevocationStatus, Sources, statuses
from intake.signatures.trust.revocation_cache import RevocationCache
from intake.signatures.trust.stamps import Proof, proven
from intake.signatures.trust.trust_list import TrustList, read_trust_list
from intake.signatures.trust.validation_issue import ValidationIssue, validation_issue
from intake.signatures.trust_settings import RevocationMode, TrustSettings
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage, Indication, SignatureFacts

UNSETTLED = frozenset(
    {
        "SIGNED_DATA_NOT_FOUND",
        "NO_SIGNING_CERTIFICATE_FOUND",
        "CRYPTO_CONSTRAINTS_FAILURE",
        "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
        "SIG_CONSTRAINTS_FAILURE",
        "GENERIC",
    }
)
"""Failures of reading that leave the matter open; any other is certain (EN 319 102-1, tables 5 and 6)."""
_CLOCKS = timedelta(minutes=5)
"""How far a signer's clock may be ahead of a time-stamping authority's: nobody sets those of desks by it."""
_MUST_BIND = frozenset({"opc", "odf"})
"""Forms in which nothing but XAdES ties the signature to its certificate."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """The standing of the signer's certificate."""

    path: Path | None = None
    words: tuple[RevocationStatus, ...] = ()
    issues: tuple[ValidationIssue, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement on a signature."""

    facts: SignatureFacts
    chain: tuple[bytes, ...] = ()
    """DER of the certificates from the signer's to the anchor; empty where there is no path."""


def judge(verified: Verified, trust_settings: TrustSettings) -> Judgement:
    """Judge one signature; never raises for its content."""
    try:
        return _judge(verified, trust_settings, read_trust_list(trust_settings.folder))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        unread = f"GENERIC: The signer's certificates cannot be judged ({type(error).__name__})."
        reason = surprise.OURS if surprise.is_ours(error) else unread
        issues = [*_of_format(verified), ValidationIssue("GENERIC", reason, trusted=None)]
        return Judgement(_facts(verified, issues))


def _judge(verified: Verified, trust_settings: TrustSettings, trust_list: TrustList) -> Judgement:
    issues = list(_of_format(verified))
    certificate = None if verified.certificate is None else Certificate.load(verified.certificate, strict=True)
    if certificate is None:
        if not issues:
            issues.append(
                validation_issue("NO_SIGNING_CERTIFICATE_FOUND", "There is no certificate of the signer.", trusted=None)
            )
        return Judgement(replace(_facts(verified, issues), trust_list=trust_list.digest))
    signer = signer_of(certificate)
    if verified.valid is not True or verified.intact is not True:
        if not issues:
            issues.append(
                validation_issue("GENERIC", "Whether the signed bytes are unchanged is not known.", trusted=None)
            )
        return Judgement(replace(_facts(verified, issues), signer=signer, trust_list=trust_list.digest))
    sources = Sources(trust_list.crls, RevocationCache(trust_settings.cache))
    proof = proven(verified.stamps, trust_list, sources, trust_settings.moment)
    standing = _standing(certificate, verified, trust_list, sources, trust_settings, proof)
    issues += [*standing.issues, *_of_algorithms(verified, proof), *_of_binding(verified)]
    issues += _of_times(verified, certificate, trust_settings.moment, proof)
    facts = _facts(verified, issues)
    judged = replace(
        facts,
        trusted=_trusted(standing, trust_list),
        signer=signer,
        proven_time=proof.time,
        chain=standing.path.subjects if standing.path else (),
        revocation=tuple(word.revocation for word in standing.words),
        trust_list=trust_list.digest,
        notes=facts.notes + proof.notes + standing.notes,
    )
    path = standing.path
    return Judgement(judged, tuple(path_certificate.dump() for path_certificate in path.certificates) if path else ())


def _facts(verified: Verified, issues: list[ValidationIssue]) -> SignatureFacts:
    failed = any(issue.fails for issue in issues)
    first = next((issue for issue in issues if issue.fails), issues[0] if issues else None)
    passed = Indication.INDETERMINATE if issues else Indication.TOTAL_PASSED
    return SignatureFacts(
        format=verified.format,
        intact=verified.intact,
        valid=verified.valid,
        coverage=verified.coverage,
        uncovered=verified.uncovered,
        signing_time=_aware(verified.claimed_time),
        algorithms=verified.algorithms,
        indication=Indication.TOTAL_FAILED if failed else passed,
        sub_indication=first.sub_indication if first else None,
        reasons=tuple(dict.fromkeys((*verified.reasons, *(issue.reason for issue in issues if issue.reason)))),
        covered=verified.covered,
        notes=verified.notes,
    )


def _of_format(verified: Verified) -> Iterator[ValidationIssue]:
    """Yield the issues that the format's reader has found."""
    if verified.failure is not None:
        sentence = "" if verified.reasons else f"{verified.failure}: The signature cannot be verified."
        yield ValidationIssue(verified.failure, sentence, None, fails=verified.failure not in UNSETTLED)
    elif verified.intact is False or verified.valid is False:
        what = "HASH_FAILURE" if verified.intact is False else "SIG_CRYPTO_FAILURE"
        sentence = "" if verified.reasons else f"{what}: The signature does not fit what it covers."
        yield ValidationIssue(what, sentence, None, fails=True)
    read = verified.intact is True and verified.valid is True
    if verified.coverage is Coverage.PARTIAL or (read and verified.coverage is Coverage.UNCLEAR):
        told = any(reason.startswith("COVERAGE_") for reason in verified.reasons)
        left = ", ".join(verified.uncovered[:10]) or "parts that cannot be named"
        sentence = f"COVERAGE_PARTIAL: The signature does not cover the whole document; it leaves out {left}."
        yield ValidationIssue("SIG_CONSTRAINTS_FAILURE", "" if told else sentence)


def _standing(
    certificate: Certificate,
    verified: Verified,
    trust_list: TrustList,
    sources: Sources,
    trust_settings: TrustSettings,
    proof: Proof,
) -> _Standing:
    """Choose the best path: one without issues, else one awaiting revocation data, else the first."""
    moment = proof.time or trust_settings.moment
    best: _Standing | None = None
    for path in paths(certificate, trust_list.signers, _hints(verified), moment):
        standing = _with_words(path, sources, trust_settings, moment, proven_time=proof.time is not None)
        if not standing.issues:
            return standing
        if best is None or (_only_waits(standing) and not _only_waits(best)):
            best = standing
    return best or _Standing(issues=(_chainless(certificate, trust_list),))


def _with_words(
    path: Path, sources: Sources, trust_settings: TrustSettings, moment: datetime, *, proven_time: bool
) -> _Standing:
    if trust_settings.revocation is RevocationMode.OFF:
        note = "REVOCATION_OFF: Whether certificates were revoked was not asked, as configured."
        return _Standing(path, (), path.faults, (note,))
    path_statuses = statuses(path.certvalidator_path, sources, moment)
    revoked = tuple(revocation.revocations(path_statuses, moment, proven=proven_time))
    unknown = tuple(revocation.unknowns(path_statuses))
    notes = tuple(revocation.later(path_statuses, moment))
    if trust_settings.revocation is RevocationMode.SOFT:
        return _Standing(path, path_statuses, path.faults + revoked, notes + tuple(issue.reason for issue in unknown))
    return _Standing(path, path_statuses, revoked + path.faults + unknown, notes)


def _only_waits(standing: _Standing) -> bool:
    return all(issue.sub_indication == "TRY_LATER" for issue in standing.issues)


def _chainless(certificate: Certificate, trust_list: TrustList) -> ValidationIssue:
    issuer = signer_of(certificate).issuer
    sentence = (
        f"No path leads from the signer, by way of its issuer {issuer}, to an anchor of the trust list."
        if trust_list.signers.anchors
        else "The trust list has no anchor, so nobody is trusted."
    )
    return validation_issue(
        "NO_CERTIFICATE_CHAIN_FOUND", sentence, trusted=False if trust_list.signers.anchors else None
    )


def _hints(verified: Verified) -> list[Certificate]:
    hints = []
    for der in verified.certificates[:MAX_HINTS]:
        try:
            hint = Certificate.load(der, strict=True)
            _ = hint.issuer_serial, hint.public_key.sha1, hint.subject.hashable, hint.key_identifier
            _ = hint.authority_key_identifier, hint.authority_issuer_serial, hint.issuer.hashable
        except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; a hint that cannot be read is no hint
            surprise.is_ours(error)
            continue
        hints.append(hint)
    return hints


def _of_algorithms(verified: Verified, proof: Proof) -> Iterator[ValidationIssue]:
    weak = weak_algorithms(verified.algorithms)
    if weak:
        what = "CRYPTO_CONSTRAINTS_FAILURE" if proof.time else "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
        yield validation_issue(
            what, f"The signature rests on {', '.join(dict.fromkeys(weak))}, which is no longer secure."
        )


def _of_binding(verified: Verified) -> Iterator[ValidationIssue]:
    if verified.format in _MUST_BIND and not verified.bound:
        sentence = "The signed bytes do not name the signer's certificate, so another one could have been put there."
        yield validation_issue("SIG_CONSTRAINTS_FAILURE", sentence, code="CERTIFICATE_NOT_BOUND")


def _of_times(verified: Verified, certificate: Certificate, at: datetime, proof: Proof) -> Iterator[ValidationIssue]:
    claimed = _aware(verified.claimed_time)
    if claimed is None:
        return
    if proof.time is not None and claimed > proof.time + _CLOCKS:
        sentence = "The signature claims to be younger than the time stamp that proves its existence."
        yield validation_issue("TIMESTAMP_ORDER_FAILURE", sentence)
    if claimed > at:
        yield validation_issue(
            "SIG_CONSTRAINTS_FAILURE", "The claimed time is after the moment judged.", code="UNTRUSTED_TIME"
        )
    elif not certificate.not_valid_before <= claimed <= certificate.not_valid_after:
        sentence = "The claimed time is outside the validity of the signer's certificate."
        yield validation_issue("SIG_CONSTRAINTS_FAILURE", sentence, code="UNTRUSTED_TIME")


def _aware(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _trusted(standing: _Standing, trust_list: TrustList) -> bool | None:
    """Tell whether the signer is trusted, whatever other issues the signature has."""
    if not trust_list.signers.anchors:
        return None
    says = [issue.trusted for issue in standing.issues]
    if False in says:
        return False
    return None if None in says else True
