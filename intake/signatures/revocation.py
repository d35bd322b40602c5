"""The word on whether a certificate of a path was revoked: from OCSP answers and CRLs at hand, never fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

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

from intake.signatures.crl import Crl, UnusableCrlError
from intake.signatures.doubt import Doubt, doubt
from intake.signatures.names import line_of
from intake.signatures.policy import is_weak_signature
from intake.signatures.revocation_cache import RevocationCache
from intake.signatures.still import still
from rules.signature_facts import Revocation


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one certificate."""

    told: Revocation
    stale_since: datetime | None = None
    """Where there was a word that is no longer good."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where words come from."""

    crls: tuple[Crl, ...]
    cache: RevocationCache

    def word(self, certificate: Certificate, issuer: Certificate, path: ValidationPath, at: datetime) -> Word:
        """What is known at a moment.

        A list that was made after that moment speaks of it too, as it gives the day of each revocation.
        """
        answered = self._ocsp(certificate, path, at)
        if answered is not None:
            return answered
        stale: datetime | None = None
        best: Crl | None = None
        for crl in (*self.crls, *self.cache.crls(issuer)):
            if not crl.speaks_of(certificate, issuer):
                continue
            if crl.next_update < at:
                stale = max(crl.next_update, stale or crl.next_update)
            elif best is None or crl.issued_at > best.issued_at:
                best = crl
        if best is not None:
            return _from_list(best, certificate)
        return Word(Revocation(line_of(certificate.subject), "none"), stale)

    def _ocsp(self, certificate: Certificate, path: ValidationPath, at: datetime) -> Word | None:
        """The word of a cached OCSP answer; None where there is none, or none that holds."""
        container = self.cache.ocsp(certificate)
        return None if container is None else from_answer(container, certificate, path, at)


def _from_list(crl: Crl, certificate: Certificate) -> Word:
    subject = line_of(certificate.subject)
    try:
        revoked_at = crl.revoked_at(certificate)
    except UnusableCrlError:
        return Word(Revocation(subject, "none"))
    return Word(Revocation(subject, "crl", crl.issued_at, revoked_at))


def from_answer(container: OCSPContainer, certificate: Certificate, path: ValidationPath, at: datetime) -> Word | None:
    """An answer of a later day is judged on that day: it gives the moment of a revocation."""
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
        still(verify_ocsp_response(certificate, path, context))
    except RevokedError as error:
        return Word(Revocation(subject, "ocsp", issued_at, error.revocation_dt))
    except (OCSPNoMatchesError, OCSPValidationError, ValidationError, PathError, ValueError, TypeError):
        return None
    return Word(Revocation(subject, "ocsp", issued_at))


def words(path: ValidationPath, sources: Sources, at: datetime) -> tuple[Word, ...]:
    """What is known of each certificate of a path, the signer first, the anchor left out."""
    certificates = list(path)
    pairs = list(zip(certificates[1:], certificates[:-1], strict=True))
    return tuple(sources.word(certificate, issuer, path, at) for certificate, issuer in reversed(pairs))


def revocations(found: tuple[Word, ...], at: datetime, *, proven: bool) -> Iterator[Doubt]:
    """Certificates that were revoked by the moment; the first word is the signer's."""
    for number, word in enumerate(found):
        revoked_at = word.told.revoked_at
        if revoked_at is None or revoked_at > at:
            continue
        what = "REVOKED_NO_POE" if number == 0 else "REVOKED_CA_NO_POE"
        when = "before the signature's proven time" if proven else "by the moment judged"
        sentence = f"The certificate of {word.told.subject} was revoked at {_day(revoked_at)}, {when}."
        yield doubt(what, sentence, trusted=False)


def unknowns(found: Iterable[Word]) -> Iterator[Doubt]:
    """Certificates that there is no usable word on."""
    for word in found:
        if word.told.source == "none":
            why = "there is no list or answer of its issuer"
            if word.stale_since is not None:
                why = f"the newest list of its issuer was good until {_day(word.stale_since)}"
            sentence = f"It is not known whether the certificate of {word.told.subject} was revoked: {why}."
            yield doubt("TRY_LATER", sentence, trusted=None)


def later(found: Iterable[Word], at: datetime) -> Iterator[str]:
    """Notes on certificates that were revoked only after the moment."""
    for word in found:
        revoked_at = word.told.revoked_at
        if revoked_at is not None and revoked_at > at:
            yield f"REVOKED_LATER: The certificate of {word.told.subject} was revoked at {_day(revoked_at)}."


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
