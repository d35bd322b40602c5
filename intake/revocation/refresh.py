"""Fetches CRLs and OCSP answers for the signers that were seen; stores nothing that does not verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event

from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.revinfo.archival import OCSPContainer

from intake.files import write_durably
from intake.revocation import seen
from intake.revocation.fetching import Bounds, FetchError, Question, fetch
from intake.revocation.refreshed import Refreshed
from intake.signatures.trust.crl import Crl, UnusableCrlError
from intake.signatures.trust.names import line_of
from intake.signatures.trust.paths import paths
from intake.signatures.trust.revocation import from_answer
from intake.signatures.trust.revocation_cache import RevocationCache
from intake.signatures.trust.trust_list import TrustList

MAX_ADDRESSES = 4
"""Of one certificate, for lists and for answers each."""
_OCSP_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Refresher:
    """Keeps one cache fresh."""

    cache: RevocationCache
    bounds: Bounds
    every: timedelta
    """How old a word may become before it is asked for again."""
    alive: Callable[[], None] = lambda: None
    """Called before each address is asked, so that a long round is not taken for a stuck one."""

    def round(self, trust_list: TrustList, now: datetime, stopping: Event) -> Refreshed:
        """Fetch everything due; a failing address stops no other.

        Raises:
            OSError: the cache cannot be written.
        """
        told = Refreshed()
        asked: set[Path] = set()
        for path in self._paths(trust_list, now):
            certificates = list(path)
            for issuer, certificate in pairwise(certificates):
                for asking in (*self._lists(certificate, issuer), *self._answers(certificate, issuer, path)):
                    if stopping.is_set():
                        return told
                    if asking.file not in asked:
                        asked.add(asking.file)
                        self.alive()
                        self._ask(asking, now, told)
        return told

    def _paths(self, trust_list: TrustList, now: datetime) -> Iterator[ValidationPath]:
        """Those of the authorities listed, and of the signers seen, as far as they still lead to an anchor."""
        for authority in trust_list.signers.intermediates:
            yield from (path.certvalidator_path for path in paths(authority, trust_list.signers, (), now))
        for file, chain in seen.chains(self.cache.folder or Path()):
            validation_path = _path(chain, trust_list, now)
            if validation_path is None:
                file.unlink(missing_ok=True)
            else:
                yield validation_path

    def _lists(self, certificate: Certificate, issuer: Certificate) -> Iterator[_Asking]:
        urls = [url for point in certificate.crl_distribution_points for url in _urls(point["distribution_point"])]
        for url in urls[:MAX_ADDRESSES]:
            yield _List(url, self.cache.crl_file(issuer, url), certificate, issuer)

    def _answers(self, certificate: Certificate, issuer: Certificate, path: ValidationPath) -> Iterator[_Asking]:
        for url in certificate.ocsp_urls[:MAX_ADDRESSES]:
            yield _Answer(url, self.cache.ocsp_file(certificate), certificate, issuer, path)

    def _ask(self, asking: _Asking, now: datetime, told: Refreshed) -> None:
        if self._is_fresh(asking, now):
            told.fresh += 1
            return
        try:
            content = asking.fetched(self.bounds)
            fault = asking.fault(content, now)
        except FetchError as error:
            told.failed.append(f"{line_of(asking.certificate.subject)}: {error}.")
            return
        if fault:
            told.failed.append(f"{line_of(asking.certificate.subject)}: what {asking.url[:100]} sends {fault}.")
            return
        asking.file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(asking.file, content)
        told.fetched.append(asking.url)

    def _is_fresh(self, asking: _Asking, now: datetime) -> bool:
        with suppress(OSError):
            fetched_at = datetime.fromtimestamp(asking.file.stat().st_mtime, UTC)
            return fetched_at + self.every > now and not asking.fault(asking.file.read_bytes(), now)
        return False


@dataclass(frozen=True, slots=True)
class _List:
    """A CRL to be asked for."""

    url: str
    file: Path
    certificate: Certificate
    issuer: Certificate

    def fetched(self, bounds: Bounds) -> bytes:
        return _der(fetch(self.url, bounds))

    def fault(self, content: bytes, now: datetime) -> str:
        try:
            crl = Crl.read(content)
        except UnusableCrlError as error:
            return f"cannot be used: {error}"
        if not crl.speaks_of(self.certificate, self.issuer):
            return "is no list of the certificate's issuer"
        if crl.next_update < now:
            return "is out of date"
        with suppress(OSError, UnusableCrlError):
            if Crl.read(self.file.read_bytes()).issued_at > crl.issued_at:
                return "is older than what is known"
        return ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An OCSP answer to be asked for."""

    url: str
    file: Path
    certificate: Certificate
    issuer: Certificate
    path: ValidationPath

    def fetched(self, bounds: Bounds) -> bytes:
        """Build the request (RFC 6960); SHA-1, by which certificates are named, protects nothing here (RFC 5019)."""
        builder = ocsp.OCSPRequestBuilder().add_certificate(
            x509.load_der_x509_certificate(self.certificate.dump()),
            x509.load_der_x509_certificate(self.issuer.dump()),
            hashes.SHA1(),  # noqa: S303  # RFC 6960 names certificates by it; nothing is trusted for it
        )
        asked = builder.build().public_bytes(serialization.Encoding.DER)
        small = Bounds(_OCSP_BYTES, bounds.seconds, bounds.reach)
        return fetch(self.url, small, Question(asked, "application/ocsp-request"))

    def fault(self, content: bytes, now: datetime) -> str:
        try:
            ocspcontainers = OCSPContainer.load_multi(OCSPResponse.load(content, strict=True))
        except (ValueError, TypeError):
            ocspcontainers = []
        if not ocspcontainers or from_answer(ocspcontainers[0], self.certificate, self.path, now) is None:
            return "is no answer that holds"
        return ""


_Asking = _List | _Answer


def _path(chain: seen.Chain, trust_list: TrustList, now: datetime) -> ValidationPath | None:
    """Find the chain's path to a listed anchor; None once its signer has expired."""
    try:
        signer, *hints = [Certificate.load(der, strict=True) for der in chain]
        if signer.not_valid_after < now:
            return None
        return next((path.certvalidator_path for path in paths(signer, trust_list.signers, hints, now)), None)
    except (ValueError, TypeError, KeyError):
        return None


def _urls(name: object) -> Iterator[str]:
    for location in name.chosen:  # type: ignore[attr-defined]  # asn1crypto's
        if location.name == "uniform_resource_identifier" and location.native.lower().startswith(("http:", "https:")):
            yield location.native


def _der(content: bytes) -> bytes:
    """Decode a list published as PEM to DER."""
    if not content.lstrip().startswith(b"-----BEGIN"):
        return content
    try:
        return x509.load_pem_x509_crl(content).public_bytes(serialization.Encoding.DER)
    except ValueError:
        return content
