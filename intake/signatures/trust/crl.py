"""One revocation list: what it says of a certificate, where it may say anything at all (RFC 5280, 5 and 6.3).

The library that validates paths could answer too, but reads a list entry by entry in Python: a list of 20,000 entries
takes it a second, and cryptography a few milliseconds. What is unusual about a list (indirect, an unknown critical
extension) makes it say nothing here, so that a person waits for a better one. A list that is not complete (a delta, of
some reasons only, of another distribution point) or not good any more never says that a certificate is good; that one
is revoked it does say, for what an authority has revoked stays so until a later list of its own says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from asn1crypto.core import GeneralizedTime
from asn1crypto.x509 import Certificate, Name
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import CRLEntryExtensionOID, ExtensionOID

_WEAK = (hashes.SHA1, hashes.MD5)
_KNOWN = frozenset(
    {
        ExtensionOID.ISSUING_DISTRIBUTION_POINT,
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
        ExtensionOID.DELTA_CRL_INDICATOR,
    }
)
_KEEPS_EXPIRED = x509.ObjectIdentifier("2.5.29.60")
"""ExpiredCertsOnCRL (ISO/IEC 9594-8, 9.5.2.8): since when the list has kept certificates that have expired."""
_KNOWN_OF_ENTRIES = frozenset({CRLEntryExtensionOID.CRL_REASON, CRLEntryExtensionOID.INVALIDITY_DATE})


class UnusableCrlError(Exception):
    """A list that nothing can be learnt from; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Crl:
    """A list that was read; whether its issuer signed it is asked with each question."""

    issuer: str
    """Comparable."""
    issued_at: datetime
    next_update: datetime
    parsed: x509.CertificateRevocationList

    @classmethod
    def read(cls, der: bytes) -> Self:
        """Parse it.

        Raises:
            UnusableCrlError: it cannot be parsed, or has no end.
        """
        try:
            parsed = x509.load_der_x509_crl(der)
            issuer = Name.load(parsed.issuer.public_bytes()).hashable
            next_update = parsed.next_update_utc
            weak = isinstance(parsed.signature_hash_algorithm, _WEAK)
            critical = {extension.oid for extension in parsed.extensions if extension.critical}
        except (ValueError, TypeError, UnsupportedAlgorithm, x509.UnsupportedGeneralNameType) as error:
            message = f"it cannot be parsed ({error})"
            raise UnusableCrlError(message) from error
        if next_update is None:
            message = "it does not say until when it is good"
            raise UnusableCrlError(message)
        if weak:
            message = "it is signed with an algorithm that is no longer secure"
            raise UnusableCrlError(message)
        if critical - _KNOWN:
            message = "it has an extension that this program does not know"
            raise UnusableCrlError(message)
        return cls(issuer, parsed.last_update_utc, next_update, parsed)

    def is_issued_by(self, certificate: Certificate, issuer: Certificate) -> bool:
        """Tell whether the certificate's issuer signed this list, so that it may say at least whom it has revoked."""
        if self.issuer != issuer.subject.hashable or self.issuer != certificate.issuer.hashable:
            return False
        usage = issuer.key_usage_value
        if usage is not None and "crl_sign" not in usage.native:
            return False
        scope = _scope(self.parsed)
        return not (scope is not None and scope.indirect_crl) and _signed(self.parsed, issuer)

    def is_complete_for(self, certificate: Certificate) -> bool:
        """Tell whether a certificate that is not on this list was not revoked when the list was made.

        An authority need not keep one on its list that has expired (RFC 5280, 3.3), so a later list says nothing of it.
        """
        if self.issued_at > certificate.not_valid_after and not _keeps_expired(self.parsed, certificate):
            return False
        return not _is_delta(self.parsed) and _in_scope(self.parsed, certificate)

    def speaks_of(self, certificate: Certificate, issuer: Certificate) -> bool:
        """Tell whether the certificate's issuer signed this list, and it is complete for such a certificate."""
        return self.is_complete_for(certificate) and self.is_issued_by(certificate, issuer)

    def lifts(self, certificate: Certificate) -> bool:
        """Tell whether this delta says that the certificate is on hold no longer (RFC 5280, 5.3.1: removeFromCRL)."""
        entry = self.parsed.get_revoked_certificate_by_serial_number(certificate.serial_number)
        return entry is not None and _is_removed(entry) and _is_delta(self.parsed)

    def revoked_at(self, certificate: Certificate) -> datetime | None:
        """Give the time since when it is revoked; None where the list does not name the certificate, or lifts that.

        Where the authority says that the key was lost before that day, it is the earlier one (RFC 5280, 5.3.2), for a
        signature made between the two may be whoever's found it.

        Raises:
            UnusableCrlError: the entry says something that this program does not know, or that such a list cannot say.
        """
        entry = self.parsed.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is None or self.lifts(certificate):
            return None
        if _is_removed(entry):
            message = "it takes a certificate off a list, which only a delta can"
            raise UnusableCrlError(message)
        if any(extension.critical and extension.oid not in _KNOWN_OF_ENTRIES for extension in entry.extensions):
            message = "its entry on the certificate has an extension that this program does not know"
            raise UnusableCrlError(message)
        return min(entry.revocation_date_utc, _invalid_since(entry) or entry.revocation_date_utc)


def _is_removed(entry: x509.RevokedCertificate) -> bool:
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return False
    return reason is x509.ReasonFlags.remove_from_crl


def _invalid_since(entry: x509.RevokedCertificate) -> datetime | None:
    try:
        return entry.extensions.get_extension_for_class(x509.InvalidityDate).value.invalidity_date_utc
    except x509.ExtensionNotFound:
        return None


def _is_delta(parsed: x509.CertificateRevocationList) -> bool:
    return any(extension.oid == ExtensionOID.DELTA_CRL_INDICATOR for extension in parsed.extensions)


def _signed(parsed: x509.CertificateRevocationList, issuer: Certificate) -> bool:
    try:
        key = x509.load_der_x509_certificate(issuer.dump()).public_key()
        return parsed.is_signature_valid(key)  # type: ignore[arg-type]  # a key that cannot sign raises TypeError
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False


def _keeps_expired(parsed: x509.CertificateRevocationList, certificate: Certificate) -> bool:
    """Whether the list says that it keeps certificates which had not expired when this one did."""
    for extension in parsed.extensions:
        if extension.oid == _KEEPS_EXPIRED and isinstance(extension.value, x509.UnrecognizedExtension):
            try:
                since = GeneralizedTime.load(extension.value.value, strict=True).native
            except (ValueError, TypeError):
                return False
            return isinstance(since, datetime) and since <= certificate.not_valid_after
    return False


def _scope(parsed: x509.CertificateRevocationList) -> x509.IssuingDistributionPoint | None:
    try:
        return parsed.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return None


def _in_scope(parsed: x509.CertificateRevocationList, certificate: Certificate) -> bool:
    """Whether the list's own scope takes in the certificate (RFC 5280, 5.2.5)."""
    scope = _scope(parsed)
    if scope is None:
        return True
    if scope.indirect_crl or scope.only_some_reasons or scope.only_contains_attribute_certs or scope.relative_name:
        return False
    if (scope.only_contains_user_certs and certificate.ca) or (scope.only_contains_ca_certs and not certificate.ca):
        return False
    return scope.full_name is None or bool(
        {general_name.value for general_name in scope.full_name} & _points(certificate)
    )


def _points(certificate: Certificate) -> set[str]:
    """List the certificate's CRL distribution points."""
    points = (point["distribution_point"].chosen for point in certificate.crl_distribution_points)
    return {name.native for names in points for name in names if name.name == "uniform_resource_identifier"}
