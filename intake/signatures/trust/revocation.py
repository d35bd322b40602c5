"""Revocation status of a path's certificates, from cached OCSP answers and CRLs, never fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto.x509 import Certificate
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    OCSPNoMatchesError,
    OCSPValidationError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy
from pyhanko_certvalidator.revinfo.archival import OCSPContainer
from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response

from intake.signatures.trust.crl import Crl, UnusableCrlError
from intake.signatures.trust.names import line_of
from intake.signatures.trust.policy import is_weak_signature
from intake.signatures.trust.revocation_cache import RevocationCache
from intake.signatures.trust.run_sync import run_sync
from intake.signatures.trust.validation_issue import ValidationIssue, validation_issue
from rules.signature_facts import Revocation


@dataclass(frozen=True, slots=True)
class RevocationStatus:
    """The revocation status of one certificate."""

    revocation: Revocation
    stale_since: datetime | None = None
    """Where there was a word that is no longer good."""

    @property
    def revoked(self) -> bool:
        """Tell whether the word is that the certificate was revoked, whenever."""
        return self.revocation.revoked_at is not None


@dataclass(frozen=True, slots=True)
class Sources:
    """Sources of revocation status."""

    crls: tuple[Crl, ...]
    cache: RevocationCache

    def status(
        self, certificate: Certificate, issuer: Certificate, path: ValidationPath, at: datetime
    ) -> RevocationStatus:
        """Determine a certificate's revocation status at a moment.

        A list that was made after that moment speaks of it too, as it gives the day of each revocation. The newest word
        counts; one that a certificate was revoked counts also where it is no longer fresh, or comes from a list that
        is not complete, unless a newer one says otherwise, be it a delta that lifts a hold.
        """
        lists = [crl for crl in (*self.crls, *self.cache.crls(issuer)) if crl.is_issued_by(certificate, issuer)]
        complete = [crl for crl in lists if crl.is_complete_for(certificate)]
        words = [_from_list(crl, certificate) for crl in lists]
        lifted = max((crl.issued_at for crl in lists if crl.lifts(certificate)), default=None)
        told = [
            word
            for word, crl in zip(words, lists, strict=True)
            if (word.revoked and (lifted is None or crl.issued_at > lifted))
            or (crl in complete and crl.next_update >= at and not word.revoked)
        ]
        answered = self._ocsp(certificate, path, at)
        told += [] if answered is None else [answered]
        newest = max(told, key=_weight, default=None)
        if newest is not None and (newest.revoked or all(word.revocation.source != "none" for word in told)):
            return newest
        stale = max((crl.next_update for crl in complete if crl.next_update < at), default=None)
        return RevocationStatus(Revocation(line_of(certificate.subject), "none"), None if told else stale)

    def _ocsp(self, certificate: Certificate, path: ValidationPath, at: datetime) -> RevocationStatus | None:
        """Give the status from a cached OCSP answer; None where there is no valid one."""
        container = self.cache.ocsp(certificate)
        return None if container is None else from_answer(container, certificate, path, at)


def _weight(word: RevocationStatus) -> tuple[datetime, bool, bool]:
    """How much a word counts against others: the newest first, of one moment that of a revocation, then an answer."""
    told = word.revocation
    return told.issued_at or datetime.min.replace(tzinfo=UTC), word.revoked, told.source == "ocsp"


def _from_list(crl: Crl, certificate: Certificate) -> RevocationStatus:
    subject = line_of(certificate.subject)
    try:
        revoked_at = crl.revoked_at(certificate)
    except UnusableCrlError:
        return RevocationStatus(Revocation(subject, "none"))
    return RevocationStatus(Revocation(subject, "crl", crl.issued_at, revoked_at))


def from_answer(
    container: OCSPContainer, certificate: Certificate, path: ValidationPath, at: datetime
) -> RevocationStatus | None:
    """Read the status from an OCSP answer, judged at its own time where that is later."""
    policy = CertRevTrustPolicy(NO_REVOCATION, retroactive_revinfo=True)
    subject, issued_at = line_of(certificate.subject), container.issuance_date
    try:
        algorithm = container.revinfo_sig_mechanism_used
        if issued_at is None or algorithm is None or is_weak_signature(algorithm):
            return None
        moment = max(at, issued_at)
        context = ValidationContext(
            trust_roots=[path.trust_anchor],
            other_certs=list(path),
            ocsps=[container],
            moment=moment,
            revinfo_policy=policy,
        )
        run_sync(verify_ocsp_response(certificate, path, context))
    except RevokedError as error:
        return RevocationStatus(Revocation(subject, "ocsp", issued_at, error.revocation_dt))
    except (OCSPNoMatchesError, OCSPValidationError, ValidationError, PathError, ValueError, TypeError):
        return None
    return RevocationStatus(Revocation(subject, "ocsp", issued_at))


def statuses(path: ValidationPath, sources: Sources, at: datetime) -> tuple[RevocationStatus, ...]:
    """List the status of each certificate of a path, the signer's first, without the anchor."""
    certificates = list(path)
    pairs = list(zip(certificates[1:], certificates[:-1], strict=True))
    return tuple(sources.status(certificate, issuer, path, at) for certificate, issuer in reversed(pairs))


def revocations(
    statuses_of_path: tuple[RevocationStatus, ...], at: datetime, *, proven: bool
) -> Iterator[ValidationIssue]:
    """Yield an issue for each certificate revoked by the moment; the first status is the signer's."""
    for number, status in enumerate(statuses_of_path):
        revoked_at = status.revocation.revoked_at
        if revoked_at is None or is_later(status, at):
            continue
        what = "REVOKED_NO_POE" if number == 0 else "REVOKED_CA_NO_POE"
        when = "before the signature's proven time" if proven else "by the moment judged"
        sentence = f"The certificate of {status.revocation.subject} was revoked at {_day(revoked_at)}, {when}."
        yield validation_issue(what, sentence, trusted=False)


def is_later(status: RevocationStatus, at: datetime) -> bool:
    """Tell whether a certificate was revoked only after a moment: by its day, and by a word that came after it."""
    revoked_at, issued_at = status.revocation.revoked_at, status.revocation.issued_at
    return revoked_at is not None and revoked_at > at and issued_at is not None and issued_at > at


def unknowns(statuses_of_path: Iterable[RevocationStatus]) -> Iterator[ValidationIssue]:
    """Yield an issue for each certificate of unknown status."""
    for status in statuses_of_path:
        if status.revocation.source == "none":
            why = "there is no list or answer of its issuer"
            if status.stale_since is not None:
                why = f"the newest list of its issuer was good until {_day(status.stale_since)}"
            sentence = f"It is not known whether the certificate of {status.revocation.subject} was revoked: {why}."
            yield validation_issue("TRY_LATER", sentence, trusted=None)


def later(statuses_of_path: Iterable[RevocationStatus], at: datetime) -> Iterator[str]:
    """Yield a note for each certificate revoked only after the moment."""
    for status in statuses_of_path:
        revoked_at = status.revocation.revoked_at
        if revoked_at is not None and is_later(status, at):
            yield f"REVOKED_LATER: The certificate of {status.revocation.subject} was revoked at {_day(revoked_at)}."


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
