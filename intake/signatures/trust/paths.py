"""Paths from a signing certificate to an anchor of the trust list (RFC 5280, 6), within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial

from asn1crypto.x509 import Certificate
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator.authority import CertTrustAnchor, TrustAnchor, TrustQualifiers, derive_quals_from_cert
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy
from pyhanko_certvalidator.registry import CertificateRegistry, TrustManager
from pyhanko_certvalidator.util import CancelableAsyncIterator
from pyhanko_certvalidator.validate import async_validate_path

from intake.signatures.trust.names import line_of
from intake.signatures.trust.policy import misuses, weaknesses
from intake.signatures.trust.run_sync import run_sync
from intake.signatures.trust.trust_list import Authorities
from intake.signatures.trust.validation_issue import ValidationIssue, validation_issue

MAX_HINTS = 20
"""Certificates that came with a signature and are looked at; a real chain has three."""
MAX_STEPS = 100
"""Certificates whose issuer is looked for; whoever sends a maze of authorities leads nowhere."""
MAX_PATHS = 8
_UNCHECKED = CertRevTrustPolicy(NO_REVOCATION)
"""Revocation is asked by itself, so that the word on each certificate can be told."""


class _LongEnoughError(PathBuildingError):
    """The path search has reached its step limit."""


class _NoPathError(Exception):
    """One of the certificates only names the next one as its issuer, who never signed it."""


class _Registry(CertificateRegistry):
    """A registry that answers only so often."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def find_potential_issuers(
        self, cert: Certificate, trust_manager: TrustManager
    ) -> Iterator[TrustAnchor | Certificate]:
        self._steps += 1
        if self._steps > MAX_STEPS:
            message = f"no path among the first {MAX_STEPS} steps"
            raise _LongEnoughError(message)
        yield from super().find_potential_issuers(cert, trust_manager)


@dataclass(frozen=True, slots=True)
class Path:
    """One way from the signer to an anchor, and what is wrong with it."""

    certvalidator_path: ValidationPath
    faults: tuple[ValidationIssue, ...] = ()

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """List the path's certificates, the signer's first, the anchor last."""
        return tuple(reversed(list(self.certvalidator_path)))

    @property
    def subjects(self) -> tuple[str, ...]:
        """List the subjects of the same certificates."""
        return tuple(line_of(certificate.subject) for certificate in self.certificates)


def context_of(authorities: Authorities, hints: Iterable[Certificate], at: datetime) -> ValidationContext:
    """Build the validation context: these authorities only, nothing fetched, no revocation check.

    The list's own certificates come before the hints, so that none of them can take the place of one. Of anchors with
    one name and key, such as one and its renewal, the library takes the first: the one good at the moment, and longest.
    """
    registry = _Registry()
    listed = sorted(authorities.anchors, key=partial(_goodness, at=at), reverse=True)
    registry.register_multiple((*listed, *authorities.intermediates, *list(hints)[:MAX_HINTS]))
    anchors = [_anchor(anchor) for anchor in listed]
    return ValidationContext(
        trust_roots=anchors, certificate_registry=registry, moment=at, revinfo_policy=_UNCHECKED, allow_fetching=False
    )


def _goodness(anchor: Certificate, at: datetime) -> tuple[bool, datetime]:
    return anchor.not_valid_before <= at <= anchor.not_valid_after, anchor.not_valid_after


@lru_cache(maxsize=256)
def _anchor(certificate: Certificate) -> CertTrustAnchor:
    """An anchor with the limits that its own certificate states: its life, names, depth, and being an authority."""
    limits = derive_quals_from_cert(certificate)
    if limits.standard_parameters is not None:  # policies are the configuration's to demand, not the anchor's
        named = limits.standard_parameters
        limits = replace(
            limits,
            standard_parameters=replace(
                named, user_initial_policy_set=frozenset({"any_policy"}), initial_explicit_policy=False
            ),
        )
    return CertTrustAnchor(certificate, _of_version_1(certificate, limits))


def _of_version_1(certificate: Certificate, limits: TrustQualifiers) -> TrustQualifiers:
    """Accept listed version 1 certificates as authorities, which they cannot state themselves."""
    if certificate["tbs_certificate"]["version"].native != "v1":
        return limits
    return TrustQualifiers(valid_from=limits.valid_from, valid_until=limits.valid_until)


def paths(
    certificate: Certificate, authorities: Authorities, hints: Iterable[Certificate], at: datetime
) -> Iterator[Path]:
    """Yield paths to an anchor, one by one, within the search limit."""
    context = context_of(authorities, hints, at)
    for way in _ways(context.path_builder.async_build_paths_lazy(certificate)):
        certificates = Path(way).certificates
        with suppress(_NoPathError):
            faults = (*_invalid(context, way), *misuses(certificates), *weaknesses(certificates))
            yield Path(way, tuple(dict.fromkeys(faults)))


def _ways(iterator: CancelableAsyncIterator[ValidationPath]) -> Iterator[ValidationPath]:
    for _ in range(MAX_PATHS):
        try:
            yield run_sync(iterator.__anext__())
        except (StopAsyncIteration, PathBuildingError):
            return


def _invalid(context: ValidationContext, way: ValidationPath) -> Iterator[ValidationIssue]:
    try:
        run_sync(async_validate_path(context, way))
    except NotYetValidError as error:
        yield validation_issue("NOT_YET_VALID", _sentence(error), trusted=False)
    except ExpiredError as error:
        yield validation_issue("OUT_OF_BOUNDS_NO_POE", _sentence(error), trusted=False)
    except DisallowedAlgorithmError as error:
        weak = tuple(weaknesses(tuple(reversed(list(way)))))  # they say it of each certificate
        yield from weak or [validation_issue("CRYPTO_CONSTRAINTS_FAILURE", _sentence(error), trusted=False)]
    except (ValidationError, PathBuildingError) as error:
        if isinstance(error.__context__, InvalidSignature):
            raise _NoPathError from error
        yield validation_issue("CHAIN_CONSTRAINTS_FAILURE", _sentence(error), trusted=False)


def _sentence(error: Exception) -> str:
    """Format the library's message, which names the certificate by its place in the path."""
    statement = " ".join(str(error.args[0] if error.args else error).split())
    plain = statement.removeprefix("The path could not be validated because ").rstrip(".")
    return f"{plain[:1].upper()}{plain[1:]}."
